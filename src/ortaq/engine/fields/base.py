"""What every field type can do: eight methods, each with a sensible default.

A *value* is the canonical JSON of one field in a body. ``None`` means "not given".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine.facts import Fact
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

LONGEST_LINE = 500


@dataclass(frozen=True)
class Context:
    """Around a value: the writer's or reader's language, the record's country, and how linked things are called."""

    lang: str = "en"
    country: str = ""
    publishing: bool = False
    closed: frozenset[str] = frozenset()  # parts that are there and not the writer's to read
    names: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)  # UUID -> (language, title, address)
    find: Callable[[str], str | None] | None = None  # what people type for a thing (pid, address) -> UUID


@dataclass(frozen=True)
class Piece:
    """A bit of shown text with its language; ``href`` makes it a link, ``note`` is said small beside it.

    ``term``: the vocabulary and the code of the term that it names, so that a page can explain it.
    """

    text: str
    lang: str = ""
    href: str = ""
    note: str = ""
    origin: str = ""
    term: tuple[str, str] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Row:
    """One occurrence of a group: its id and (label, pieces) of each field that has a value."""

    id: str
    cells: list[tuple[L, list[Piece]]]


@dataclass(frozen=True)
class Widget:
    """How one value is typed in: ``type`` names the template, ``name`` the form key, the rest is for that template."""

    type: str
    name: str
    label: L
    help: L | None
    required: bool
    value: Any
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class Field:
    """A field of a kind. Subclasses are dataclasses; ``name`` is the key in the body."""

    name: str
    label: L
    help: L | None = None
    required: bool = False
    facet: str = ""
    fulltext: bool = False
    part: str = ""
    accepted_by: str = ""
    dc: str = ""

    type: ClassVar[str] = "line"

    def clean(self, value: Any, context: Context) -> Any:
        """The canonical value, or None for nothing; raises Problem or Problems."""
        if not isinstance(value, str):
            raise wrong_type(self.type)
        text = one_line(value)
        if len(text) > LONGEST_LINE:
            raise too_long(LONGEST_LINE)
        return text or None

    def read(self, text: str, context: Context) -> Any:
        """A raw value for :meth:`clean` from one cell of a table."""
        return text.strip() or None

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        """A raw value for :meth:`clean` from a posted form; ``name`` is the widget's."""
        return str(form.get(name, "")).strip() or None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        """How ``value`` is typed in; ``value`` may be the raw one that was refused."""
        return Widget(self.type, name, self.label, self.help, self.required, value)

    def show(self, value: Any, context: Context) -> list[Piece] | list[Row]:
        """What people read."""
        return [Piece(str(value))]

    def facts(self, value: Any) -> Iterator[Fact]:
        """What the value says to index, links and map."""
        return iter(())

    def public(self, value: Any, like: Any = None) -> Any:
        """What readers without the closed part get, None for nothing.

        ``like`` is today's public form: an older one must not say more than it.
        """
        return None

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the canonical value."""
        return {"type": "string", "maxLength": LONGEST_LINE}


def one_line(text: str) -> str:
    """Text without control characters and with single spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def wrong_type(expected: str) -> Problem:
    return Problem("type", _("This has the wrong form: %(expected)s is expected here."), expected=expected)


def too_long(limit: int) -> Problem:
    return Problem("too_long", _("This is too long: at most %(limit)s characters fit. Shorten it."), limit=limit)
