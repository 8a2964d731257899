"""What an export asks for: the question of the search page, and the same in words for the head of the file."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ortaq.documents.models import Export
from ortaq.search.query import Query
from ortaq.web import finding, wording
from ortaq.web.context import node_name


def language() -> str:
    return (get_language() or "en")[:2]


def question(export: Export) -> Query:
    """Read by the search page itself, so that the file holds what the page showed."""
    with override(export.language):
        return finding.asked(_request(export))[0]


def words(export: Export) -> list[tuple[str, str]]:
    """(what, said) of each word and filter, in the active language."""
    return wording.words(_request(export).GET)


def about(export: Export, count: int, position: int, moment: str) -> list[tuple[str, str]]:
    """What stands at the head of every file."""
    return [
        (_("Node"), node_name()),
        *(words(export) or [(_("Search words"), _("none: all records"))]),
        (_("Records"), str(count)),
        (_("State of the log"), f"{position}, {moment}"),
    ]


def _request(export: Export) -> HttpRequest:
    request = HttpRequest()
    request.GET = QueryDict(export.query)
    return request
