"""The thesaurus and the vocabularies for programs: the same address gives people a page and programs SKOS."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ortaq.vocab import skos
from ortaq.vocab.skos import Thing
from ortaq.web.thesaurus import under

HTML, TURTLE, JSONLD = "text/html", "text/turtle", "application/ld+json"
SUFFIXES = {".ttl": TURTLE, ".jsonld": JSONLD, "": ""}
AN_HOUR = 3600


@require_safe
def thesaurus(request: HttpRequest, suffix: str) -> HttpResponse:
    return _answer(request, suffix, skos.scheme(), reverse("thesaurus"))


@require_safe
def concept(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    return _answer(request, suffix, skos.one("", code), under(code))


@require_safe
def vocabulary(request: HttpRequest, name: str, suffix: str) -> HttpResponse:
    return _answer(request, suffix, skos.scheme(name), reverse("vocabulary", kwargs={"name": name}))


@require_safe
def term(request: HttpRequest, name: str, code: str, suffix: str) -> HttpResponse:
    return _answer(request, suffix, skos.one(name, code), reverse("term", kwargs={"name": name, "code": code}))


def _answer(request: HttpRequest, suffix: str, things: list[Thing], page: str) -> HttpResponse:
    """By its suffix, or by what is asked for: the page in the reader's language, or the data."""
    wanted = SUFFIXES[suffix] or request.get_preferred_type([HTML, TURTLE, JSONLD]) or HTML
    if wanted == HTML:
        response: HttpResponse = HttpResponseRedirect(page)
        patch_vary_headers(response, ("Accept", "Accept-Language", "Cookie"))
        return response
    response = _data(request, wanted, things)
    if not suffix:
        patch_vary_headers(response, ("Accept",))
    return response


def _data(request: HttpRequest, type_: str, things: list[Thing]) -> HttpResponse:
    """The same for everybody, so that anybody may keep it; a kept copy is asked about by its digest."""
    write: Callable[..., str] = skos.turtle if type_ == TURTLE else skos.jsonld
    body = write(
        things, f"{settings.ORTAQ_ADDRESS.rstrip('/') or request.build_absolute_uri('/').rstrip('/')}/"
    ).encode()
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    known = request.headers.get("If-None-Match", "")
    same = known == "*" or etag in (one.strip().removeprefix("W/") for one in known.split(","))
    response = HttpResponseNotModified() if same else HttpResponse(body, content_type=f"{type_}; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={AN_HOUR}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
