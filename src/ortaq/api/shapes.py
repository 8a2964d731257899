"""The shapes of bodies and answers, as OpenAPI shows them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(max_length=200)]
Whole = Annotated[int, Field(ge=1, le=2**31 - 1)]
Reason = Annotated[str, StringConstraints(max_length=500)]
LONGITUDE = r"-?(180(\.0{1,12})?|(1[0-7][0-9]|[0-9]{1,2})(\.[0-9]{1,12})?)"
LATITUDE = r"-?(90(\.0{1,12})?|[0-8]?[0-9](\.[0-9]{1,12})?)"
BBOX = f"^{LONGITUDE},{LATITUDE},{LONGITUDE},{LATITUDE}$"
POINT = f"^{LATITUDE},{LONGITUDE}$"
Ranks = Annotated[str, StringConstraints(max_length=20, pattern=r"^([1-4](,[1-4])*)?$")]
Year = Annotated[int, Field(ge=-9_999_999, le=9_999_999)]
YEARS = "A year, with a minus before our era: -300 is the year 300 BC, and there is no year 0."
Sort = Literal["relevance", "name", "date", "updated", "distance"]
Lang = Literal["kk", "az", "ru", "en"]
State = Literal["draft", "in_review", "published", "withdrawn", "merged", "erased"]


class Wide(Schema):
    """An answer that may gain members."""

    model_config = ConfigDict(extra="allow")


class Narrow(Schema):
    """What is sent to us: an unknown member is refused, because it is misspelt or meant for something else."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Error(Schema):
    path: str = Field(description="Where: names and positions joined by dots; empty for the whole.")
    code: str
    message: str


class ProblemShape(Wide):
    """RFC 9457. 409 adds base, mine, theirs and revision; 410 adds pid and withdrawn."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Error]


class Place(Wide):
    geometry: dict[str, Any] | None = Field(description="GeoJSON in WGS 84: exact, or generalised to a grid.")
    precision: Literal["exact", "1km", "10km", "district", "none"]
    exact: bool = Field(description="Whether you see the place as it is.")


class Dates(Wide):
    min: str | None = Field(description="First day, ISO 8601; null is open.")
    max: str | None = Field(description="Last day, ISO 8601; null is open.")
    text: str | None = Field(description="The first dating as it was given.")
    lang: str | None = Field(description="The language of text.")


class Item(Wide):
    id: str
    pid: str | None
    kind: str
    country: str | None
    title: dict[str, str] = Field(description="Language to title.")
    place: Place | None
    dates: Dates | None
    url: str
    state: State
    owner: str
    revision: int
    updated: str


class Full(Item):
    kind_version: int
    origin: str
    created: str
    merged_into: str | None = Field(None, description="The record that this one became part of, if open to you.")
    data: dict[str, Any] = Field(description="By field, as the schema of the kind says.")
    closed: list[str] = Field(description="Parts that exist and are not open to you.")
    links: list[dict[str, Any]] = Field(description="References whose other end is open to you.")


class Count(Schema):
    value: str
    count: int


class Page(Schema):
    count: int
    items: list[Item]
    facets: dict[str, list[Count]]


class Change(Schema):
    seq: int
    epoch: int
    node: str
    action: str
    time: str
    actor: str
    organisation: str | None
    revision: int
    reason: str
    digest: str


class History(Schema):
    count: int
    items: list[Change] = Field(description="The newest first.")
    record: Full | None = Field(None, description="With ?revision= the record as it was, to today's audience.")


class Signed(Schema):
    header: str = Field(description="RFC 8785 text whose UTF-8 bytes are signed.")
    digest: str = Field(description="SHA-256 of the header, hex.")
    signature: str = Field(description="Ed25519 (RFC 8032) over the header, hex.")


class Signer(Schema):
    id: str
    name: str
    prefix: str
    key: str = Field(description="Names the public key in headers.")
    public_key: str = Field(description="Ed25519, 32 bytes, hex.")


class Entries(Schema):
    count: int
    items: list[Signed] = Field(description="The oldest first.")
    nodes: list[Signer]


class KindShape(Schema):
    slug: str
    version: int
    label: dict[str, str]
    plural: dict[str, str]
    schema_url: str


class KindList(Schema):
    items: list[KindShape]


class TermShape(Schema):
    code: str
    labels: dict[str, str]
    doubtful: list[str] = Field(description="Languages whose label is to be checked.")


class Vocabulary(Schema):
    name: str
    label: dict[str, str]
    terms: list[TermShape]


class VocabularyList(Schema):
    items: list[str]


class Create(Narrow):
    kind: Code
    data: dict[str, Any] = Field(description="By field, as the schema of the kind says.")
    owner: Code | None = Field(None, description="Organisation: UUID or pid. Without it the one you act for.")
    submit: bool = Field(False, description="Send to review at once; all that publishing needs must be there.")
    reason: Reason = ""


class Revise(Narrow):
    data: dict[str, Any]
    base_revision: Whole = Field(description="The revision that you read and changed.")
    reason: Reason = ""


class Propose(Narrow):
    data: dict[str, Any]
    base_revision: Whole
    reason: Reason = Field(min_length=1)


class Proposed(Schema):
    id: str
    target: str
    base: int
    state: State
    reason: str
    created: str
