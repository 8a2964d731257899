"""What the manage page and the account page show, and what is set on the latter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override

from ortaq.engine import access, terms
from ortaq.engine.access import View
from ortaq.engine.fields.country import country_name
from ortaq.engine.fields.unit import UNITS
from ortaq.engine.outputs.page import readers
from ortaq.engine.problems import Absent, Problem
from ortaq.people import account
from ortaq.people import actions as people
from ortaq.people.access import ACTING_FOR
from ortaq.people.actors import Member
from ortaq.people.rights import RIGHTS
from ortaq.web import managing, staff, tiling
from ortaq.web.writing import organisations, titled

LONGEST_NAME = 100


def manage_page(reader: Member, view: View, form: QueryDict, problems: Iterable[Problem]) -> dict[str, Any]:
    """The acts that are possible, what was typed into a refused one, requests and grants that are open."""
    record = view.record
    possible = managing.possible(reader, view)
    numbers = sorted({e.revision for e in access.history(reader, record)} - {record.revision}, reverse=True)
    parts = [
        (name, view.kind.parts[name].label) for name in sorted(record.parts) if view.kind and name in view.kind.parts
    ]
    return {
        "view": view,
        "title": titled(view, reader.lang),
        "acts": [(name, act) for name, act in possible.items() if act.title],
        "revisions": numbers,
        "parts": parts,
        "audiences": _ticks(view, reader, form),
        "row_readers": _words(record.audience, reader.lang),
        "part_readers": [(label, _words(record.part_audiences.get(name, []), reader.lang)) for name, label in parts],
        "requests": [_asked(r, reader) for r in managing.requests(reader, view)],
        "grants": managing.grants(reader, view) if "end_grant" in possible else [],
        "problems": [problem.text for problem in problems],
        "typed": form.dict(),
        "refused": form.get("do", ""),
    }


def _words(audience: list[str], lang: str) -> list[str]:
    everybody = [_("everybody")] if "public" in audience else []
    return everybody + readers(audience, lang)


def _ticks(view: View, reader: Member, form: QueryDict) -> list[dict[str, Any]]:
    chosen = form.getlist("token")
    found = []
    for token, words in managing.audiences(view):
        country = token.removeprefix("national:") if token.startswith("national:") else ""
        label = _("authorities of this country: %(name)s") % {"name": country_name(country, reader.lang)}
        found.append({"token": token, "label": label if country else words, "chosen": token in chosen})
    return found


def _asked(request: Any, reader: Member) -> dict[str, Any]:
    """A request as it is read by the one who confirms it."""
    terms_ = request.terms
    return {
        "id": str(request.id),
        "erase": request.verb == "erase",
        "revisions": terms_.get("revisions", []),
        "part": terms_.get("part", ""),
        "audience": _words(terms_.get("audience", []), reader.lang),
        "reason": request.reason,
        "created": request.created,
        "own": request.author == reader.id,
    }


def account_page(request: HttpRequest, reader: Member) -> dict[str, Any]:
    """Roles with their ends, organisations to act for, tokens, languages."""
    user: Any = request.user
    own = organisations(reader)
    named = {row["id"]: row for row in own}
    absent = staff.names(reader, {held.instead_of for held in reader.roles if held.instead_of})
    roles = [
        {
            "label": terms.label("platform_role", held.role, reader.lang),
            "instead_of": absent.get(held.instead_of) if held.instead_of else "",
            "organisation": named.get(str(held.organisation)),
            "country": country_name(held.country, reader.lang) if held.country else "",
            "region": terms.label(UNITS, held.region, reader.lang) if held.region else "",
            "until": held.until,
        }
        for held in [*account.roles(user), *account.standing_in(user, reader)]
    ]
    return {
        "roles": roles,
        "organisations": own,
        "may_verify": any("verify" in RIGHTS[held.role] for held in reader.roles),
        "administers": tiling.administers(reader),
        "acting_for": str(reader.organisation or ""),
        "tokens": account.tokens(user),
        "languages_known": settings.LANGUAGES,
    }


def change_account(request: HttpRequest, reader: Member, form: QueryDict) -> tuple[str, HttpResponse | None]:
    """Does what one form of the account page asks; gives (secret shown once, where to go next)."""
    user: Any = request.user
    do = form.get("do", "")
    if do == "token":
        return people.new_token(user, _token_name(form)), None
    if do == "organisation":
        _act_for(request, reader, form.get("organisation", ""))
    elif do == "language":
        return "", _speak(request, user, form.get("language", ""))
    elif do == "end_token":
        if not account.end_token(user, form.get("token", "")):
            raise Absent("token")
        messages.success(request, _("The token opens nothing any more."))
    else:
        raise Absent(do)
    return "", redirect("account")


def _token_name(form: QueryDict) -> str:
    return " ".join(form.get("name", "").split())[:LONGEST_NAME] or _("no name")


def _act_for(request: HttpRequest, reader: Member, id_: str) -> None:
    if id_ not in {str(held.organisation) for held in reader.roles if held.organisation}:
        raise Absent("organisation")
    request.session[ACTING_FOR] = id_
    messages.success(request, _("What you do from now on counts for the organisation chosen."))


def _speak(request: HttpRequest, user: Any, language: str) -> HttpResponse:
    if not account.set_language(user, language, dict(settings.LANGUAGES)):
        raise Absent("language")
    with override(language):
        messages.success(request, _("Pages after signing in and mail come in this language now."))
        return redirect("account")
