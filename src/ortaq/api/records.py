"""Reading records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field, create_model

from ortaq.api import history, shapes
from ortaq.api.door import reader
from ortaq.api.problems import permanent
from ortaq.api.responses import OPTIONAL, answers
from ortaq.api.shapes import Code, Lang, Sort, Whole
from ortaq.engine import access, kinds
from ortaq.engine.outputs import json as output
from ortaq.engine.problems import Problem
from ortaq.search import access as search
from ortaq.search.query import DEEPEST, PAGE
from ortaq.search.query import Query as Question

router = Router(tags=["records"])

MOST_FACETS = 8


class Common(Schema):
    """What a list is asked for. Several values of one filter are joined by commas: one of them is enough."""

    kind: Code = ""
    q: str = Field("", max_length=400, description="Words in any of the languages; “…” keeps words together.")
    exact: bool = Field(False, description="Only the words of q, not the other names of what they mean.")
    narrower: bool = Field(False, description="The names of what lies below in the thesaurus as well.")
    lang: Lang | None = Field(None, description="Language of q, and of sorting by name.")
    country: Code = Field("", description="ISO codes.")
    bbox: str | None = Field(
        None,
        max_length=200,
        description="west,south,east,north in degrees; west > east crosses 180°.",
        json_schema_extra={"pattern": shapes.BBOX},
    )
    page: int = Field(1, ge=1, le=DEEPEST)
    page_size: int = Field(20, ge=1, le=PAGE)
    sort: Sort = "relevance"
    facets: Code = Field("kind,country,type", description="Filters whose values are counted; at most eight.")

    def question(self) -> Question:
        """Raises Problem for a box that is none and for a page too far down."""
        offset = (self.page - 1) * self.page_size
        if offset >= DEEPEST:
            message = _("Only the first %(limit)s hits can be paged through. Narrow the question.")
            raise Problem("too_deep", message, path=("page",), limit=DEEPEST)
        return Question(
            text=self.q.replace("\0", " "),
            lang=self.lang,
            kind=_words(self.kind),
            country=_words(self.country),
            filters={name: words for name in FILTERS if (words := _words(getattr(self, name)))},
            bbox=_box(self.bbox) if self.bbox is not None else None,
            sort=f"name:{self.lang or 'en'}" if self.sort == "name" else self.sort,
            offset=offset,
            limit=self.page_size,
            facets=self._facets(),
            expand=not self.exact,
            narrower=self.narrower,
        )

    def _facets(self) -> tuple[str, ...]:
        """Raises Problem for a name that is no filter."""
        names = tuple(dict.fromkeys(_words(self.facets)))
        known = ("kind", "country", *FILTERS)
        if len(names) > MOST_FACETS or not set(names) <= set(known):
            message = _("At most %(most)s filters can be counted. Choose among %(known)s.")
            raise Problem("facets", message, path=("facets",), most=MOST_FACETS, known=", ".join(known))
        return names


# Every facet that a kind declares is a filter; country is one of its own.
FILTERS = tuple(name for name in kinds.facets() if name not in Common.model_fields)
if TYPE_CHECKING:
    Asked = Common
else:
    Asked = create_model("Asked", __base__=Common, **{name: (Code, "") for name in FILTERS})


def _words(text: str) -> list[str]:
    return [word for part in text.replace("\0", " ").split(",") if (word := part.strip())]


def _box(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north; raises Problem."""
    sides = [float(side) for side in text.split(",")] if re.fullmatch(shapes.BBOX, text) else []
    if not sides or sides[1] > sides[3]:
        message = _("A box is west,south,east,north in degrees: longitudes to 180, latitudes to 90, south first.")
        raise Problem("bbox", message, path=("bbox",))
    return sides[0], sides[1], sides[2], sides[3]


@router.get("records", response=answers({200: shapes.Page}), **OPTIONAL)
def list_records(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Records that match, as you may see them, with counts by the filters asked for."""
    found = search.search(reader(request), asked.question())
    return {
        "count": found.count,
        "items": [output.brief(view, permanent(request, view)) for view in found.views],
        "facets": {n: [{"value": v, "count": c} for v, c in counts] for n, counts in found.facets.items()},
    }


@router.get("records/{key}", response=answers({200: shapes.Full}), **OPTIONAL)
def read_record(request: HttpRequest, key: str) -> dict[str, Any]:
    """One record by its permanent number or UUID."""
    view = access.get(reader(request), key)
    into = access.successor(reader(request), view)
    return output.item(view, permanent(request, view)) | {"merged_into": into.key if into else None}


@router.get("records/{key}/history", response=answers({200: shapes.History}), **OPTIONAL)
def read_history(request: HttpRequest, key: str, revision: Query[Whole | None] = None) -> dict[str, Any]:
    """All changes of a record; with ``revision`` that one and the record as it was, under today's audience."""
    view = access.get(reader(request), key)
    if revision is None:
        return history.changes(reader(request), view)
    past = access.revision(reader(request), view.record, revision)
    return history.changes(reader(request), view, revision) | {"record": output.item(past, permanent(request, view))}


@router.get("records/{key}/entries", response=answers({200: shapes.Entries}), **OPTIONAL)
def read_entries(request: HttpRequest, key: str) -> dict[str, Any]:
    """The signed log of a record, with the public keys to verify it."""
    return history.entries(reader(request), access.get(reader(request), key))
