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
from ortaq.api.shapes import YEARS, Code, Lang, Ranks, Sort, Whole, Year
from ortaq.engine import access, kinds
from ortaq.engine.dates.edtf import astronomical, number
from ortaq.engine.outputs import json as output
from ortaq.engine.problems import Problem
from ortaq.search import access as search
from ortaq.search import undeclared
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
    rank: Ranks = Field("", description="Neutral ranks of protection, 1 (highest) to 4.")
    owner: Code = Field("", description="UUIDs of the organisations that keep the records.")
    language: Code = Field("", description="Languages that the records are written in.")
    first: Year | None = Field(None, alias="from", description=f"{YEARS} Records that end earlier are left out.")
    last: Year | None = Field(None, alias="to", description=f"{YEARS} Records that begin later are left out.")
    near: str | None = Field(
        None,
        max_length=100,
        description="latitude,longitude in degrees: what sort=distance measures from, at the precision open to you.",
        json_schema_extra={"pattern": shapes.POINT},
    )
    page: int = Field(1, ge=1, le=DEEPEST)
    page_size: int = Field(20, ge=1, le=PAGE)
    sort: Sort = "relevance"
    facets: Code = Field("kind,country,type", description="Filters whose values are counted; at most eight.")

    def question(self) -> Question:
        """Raises Problem for a box, a place or a period that is none, and for a page too far down."""
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
            dates=_dates(self.first, self.last),
            near=_near(self.near, self.sort),
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


# Every facet that a kind declares is a filter; those of the record itself are fields above.
DECLARED = tuple(name for name in kinds.facets() if name not in Common.model_fields)
FILTERS = (*undeclared.NAMES, *DECLARED)
if TYPE_CHECKING:
    Asked = Common
else:
    Asked = create_model("Asked", __base__=Common, **{name: (Code, "") for name in DECLARED})


def _words(text: str) -> list[str]:
    return [word for part in text.replace("\0", " ").split(",") if (word := part.strip())]


def _box(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north; raises Problem."""
    sides = [float(side) for side in text.split(",")] if re.fullmatch(shapes.BBOX, text) else []
    if not sides or sides[1] > sides[3]:
        message = _("A box is west,south,east,north in degrees: longitudes to 180, latitudes to 90, south first.")
        raise Problem("bbox", message, path=("bbox",))
    return sides[0], sides[1], sides[2], sides[3]


def _dates(first: int | None, last: int | None) -> tuple[int | None, int | None] | None:
    """First and last day; raises Problem."""
    if first is None and last is None:
        return None
    if 0 in (first, last) or (first is not None and last is not None and first > last):
        message = _("A period goes from an earlier year to a later one; there is no year 0: -1 is followed by 1.")
        raise Problem("period", message, path=("from",))
    low = None if first is None else number(astronomical(first), 1, 1)
    return low, None if last is None else number(astronomical(last), 12, 31)


def _near(text: str | None, sort: str) -> tuple[float, float] | None:
    """Latitude and longitude; raises Problem."""
    if text is None and sort != "distance":
        return None
    if text is None or not re.fullmatch(shapes.POINT, text):
        message = _("A place is latitude,longitude in degrees; sort=distance needs one.")
        raise Problem("near", message, path=("near",))
    lat, lon = text.split(",")
    return float(lat), float(lon)


@router.get("records", response=answers({200: shapes.Page}), **OPTIONAL)
def list_records(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Records that match, as you may see them. Each filter asked for is counted without its own choice."""
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
