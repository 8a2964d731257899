"""What holds for every address of the API: language, limits, who asks, headers, and the one shape of errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import MediaType
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from ninja.operation import Operation
from ninja.security import HttpBearer

from ortaq.api import problems, rate
from ortaq.api.body import LARGEST_BODY
from ortaq.api.problems import Refused
from ortaq.engine.access import Reader
from ortaq.engine.labels import LANGUAGES
from ortaq.engine.problems import Problem, Problems
from ortaq.people.access import of_token
from ortaq.people.actors import Member

View = Callable[..., HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
FORMS = ("application/json", problems.MEDIA_TYPE)


class Token(HttpBearer):
    """A token of an account. A browser's session never writes, so that no other site can make it write."""

    def __call__(self, request: HttpRequest) -> Member | None:
        return self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:
        found = reader(request)
        return found if isinstance(found, Member) and _secret(request) else None


def behind(view: View, *, forms: tuple[str, ...] = FORMS) -> View:
    """``view`` behind the door; ``forms`` are the media types that it can answer with."""

    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(language(request)):
            response = _answer(view, forms, request, *args, **kwargs)
            response["Content-Language"] = translation.get_language() or "en"
        known = "Authorization" in request.headers or getattr(request, "asking", Reader()).id is not None
        response["Cache-Control"] = "private, no-store" if known else "no-cache"
        patch_vary_headers(response, ("Accept", "Accept-Language", "Authorization", "Cookie"))
        return response

    return csrf_exempt(update_wrapper(handle, view))


def _answer(view: View, forms: tuple[str, ...], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    method = request.method
    try:
        refuse(request, forms)
        refuse_too_many(request)
        request.asking = _asking(request)  # type: ignore[attr-defined]
        request.method = "GET" if method == "HEAD" else method
        response = view(request, *args, **kwargs)
    except Exception as error:
        response = problems.answer(request, error)
    finally:
        request.method = method
    if response.status_code >= 400 and response["Content-Type"] != problems.MEDIA_TYPE:
        allowed = {"Allow": response["Allow"]} if "Allow" in response else None
        return problems.problem(request, response.status_code, headers=allowed)
    return response


def reader(request: HttpRequest) -> Reader:
    """Who asks, found once at the door."""
    found: Reader = request.asking  # type: ignore[attr-defined]
    return found


def _asking(request: HttpRequest) -> Reader:
    secret = _secret(request)
    if secret is not None:
        found = of_token(secret)
        if found is None:
            raise Refused(401, **{"WWW-Authenticate": 'Bearer error="invalid_token"'})
        return found
    session: Reader = request.reader  # type: ignore[attr-defined]
    return session if request.method in SAFE else Reader()


def _secret(request: HttpRequest) -> str | None:
    """The token of the request, "" for a header that holds none, None without the header."""
    given = request.headers.get("Authorization")
    if given is None:
        return None
    scheme, _space, secret = given.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def refuse(request: HttpRequest, forms: tuple[str, ...]) -> None:
    """Raises Refused for a body that is too large or no JSON, and for one who takes none of ``forms``."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise Refused(400) from None
    if length >= LARGEST_BODY:
        raise Refused(413)
    if length and request.method in ("POST", "PUT", "PATCH") and not _is_json(request.content_type or ""):
        raise Refused(415)
    if request.headers.get("Accept") and not any(request.accepts(form) for form in forms):
        raise Refused(406)


def refuse_too_many(request: HttpRequest, now: float | None = None) -> None:
    """Counts this request; raises Refused with 429 above the limit."""
    if wait := rate.REQUESTS.wait(rate.asker(request), now):
        raise Refused(429, **{"Retry-After": str(wait)})


def known_parameters_only(run: View) -> View:
    """An operation that refuses misspelt parameters, which would otherwise ask for everything."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    queries = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    known = {name for model in queries for name in getattr(model, "__ninja_flatten_map__", {})}
    message = _("There is no parameter called “%(name)s” here. Check the spelling.")

    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            raise Problems([Problem("unknown_parameter", message, path=(name,), name=name) for name in unknown])
        return run(request, **kwargs)

    return checked


def _is_json(content_type: str) -> bool:
    given = MediaType(content_type)
    return given.main_type == "application" and (given.sub_type == "json" or given.sub_type.endswith("+json"))


def language(request: HttpRequest) -> str:
    """The first language of the request that the node speaks; English without one."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    return next((code[:2] for code, _q in wanted if code[:2] in LANGUAGES), "en")
