"""The list of the translation desk: its filters from the address, one page of what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from ortaq.engine import kinds
from ortaq.engine.access import View
from ortaq.engine.fields.country import country_name
from ortaq.people.actors import Member
from ortaq.people.rights import RIGHTS
from ortaq.translate.access import Asked, Scope, records, waiting
from ortaq.web.reading import lang, whole
from ortaq.web.writing import titled

PAGE = 20
ALL = "all"
FILTERS = ("kind", "country", "why", "after", "order", "scope")


@dataclass(frozen=True)
class Line:
    """A record that waits; ``row`` has the counts, ``owner`` the name of who answers for it."""

    row: Any
    view: View
    title: dict[str, str]
    owner: dict[str, str] | None


def scope_of(reader: Member) -> Scope:
    """The records that are somebody's own to look after; empty for translators and for those with no such records."""
    if reader.has("translator"):
        return Scope()
    owners = {held.organisation for held in reader.roles if held.organisation}
    by_scope = [(RIGHTS[held.role].get("revise", ""), held) for held in reader.roles]
    return Scope(
        frozenset(owners),
        frozenset(held.country for scope, held in by_scope if _whole_country(scope, held.region) and held.country),
        frozenset(held.region for scope, held in by_scope if scope == "region" and held.region),
    )


def _whole_country(scope: str, region: str) -> bool:
    return scope == "country" or (scope == "region" and not region)


def page(request: HttpRequest, reader: Member) -> dict[str, Any]:
    """The context of the desk in the language of the page."""
    given = request.GET
    own = scope_of(reader)
    scope = Scope() if given.get("scope") == ALL else own
    pages = Paginator(waiting(reader, scope, asked(given)), PAGE)
    found = pages.get_page(whole(request, "page") or 1)
    return {
        "lines": _lines(reader, list(found.object_list)),
        "count": pages.count,
        "found": found,
        "filtered": any(given.get(name) for name in FILTERS),
        "narrow": bool(own),
        "chosen": {name: given.get(name, "") for name in FILTERS},
        "kinds": sorted(((slug, str(kind.plural)) for slug, kind in kinds.KINDS.items()), key=lambda one: one[1]),
        "countries": [(code, country_name(code, lang())) for code in settings.ORTAQ_COUNTRIES],
        "whys": [
            ("missing", _("no text in this language")),
            ("stale", _("the original changed since")),
            ("machine", _("machine translation, unchecked")),
        ],
        "rest": _rest(given),
    }


def asked(given: QueryDict) -> Asked:
    """The question in an address; what makes no sense there is left out."""
    try:
        after = date.fromisoformat(given.get("after", ""))
    except ValueError:
        after = None
    return Asked(
        lang=lang(),
        kind=given.get("kind", ""),
        country=given.get("country", ""),
        why=given.get("why", ""),
        after=after,
        latest=given.get("order") == "latest",
    )


def _rest(given: QueryDict) -> str:
    """The filters for the address of another page."""
    kept = given.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""


def _lines(reader: Member, rows: list[Any]) -> list[Line]:
    views = {view.record.id: view for view in records(reader, [row.thing for row in rows])}
    return [_line(reader, row, views[row.thing]) for row in rows if row.thing in views]


def _line(reader: Member, row: Any, view: View) -> Line:
    owner = view.names.get(str(view.record.owner))
    return Line(row, view, titled(view, reader.lang), titled(owner, reader.lang) if owner else None)
