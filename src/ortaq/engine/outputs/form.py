"""Output: the form of a kind, and the way back from what was posted to raw data.

A key of the form that starts with ``_`` belongs to the page (base revision, reason),
every other first step of a key is the name of a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ortaq.engine import dates
from ortaq.engine.access import View
from ortaq.engine.fields.base import LONGEST_LINE, Context, Field, Piece, Row, Widget
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import LANGUAGES, L
from ortaq.engine.problems import Problem

PAGE_KEYS = ("csrfmiddlewaretoken",)
WGS84 = "EPSG:4326"


@dataclass(frozen=True)
class Question:
    """One field of the form. ``part`` is the label of its closed part, ``others`` what readers without it get."""

    widget: Widget
    part: L | None = None
    others: list[Piece] | list[Row] | None = None


@dataclass(frozen=True)
class Mistake:
    """One thing wrong: ``target`` is the name of the widget beside which it stands, "" for the form as a whole."""

    target: str
    label: L | None
    text: str


def ordered(kind: type[Kind], view: View | None = None) -> list[Field]:
    """The fields a writer fills in: what names the thing, then the text of its page, then the rest.

    Without the fields of closed parts that he may not read: they stay as they are.
    """
    closed = view.closed if view else frozenset()
    fields = [f for f in kind.fields if f.part not in closed or not f.part]
    texts = sorted((f for f in fields if f.name in kind.page), key=lambda f: kind.page.index(f.name))
    first = next((at for at, f in enumerate(fields) if f.name in kind.page), len(fields))
    return [*fields[:first], *texts, *(f for f in fields[first:] if f.name not in kind.page)]


def questions(
    kind: type[Kind],
    context: Context,
    data: Mapping[str, Any],
    view: View | None = None,
    problems: Iterable[Problem] = (),
) -> tuple[list[Question], list[Mistake]]:
    """The form filled with ``data`` (canonical, or raw as it was refused) and what is wrong with it."""
    found = []
    for field in ordered(kind, view):
        widget = field.widget(data.get(field.name), field.name, context)
        for inner in walk(widget):
            _tell(inner, context)
        part = kind.parts[field.part].label if field.part in kind.parts else None
        found.append(Question(widget, part, _others(field, data.get(field.name), context) if part else None))
    return found, _attach([q.widget for q in found], problems)


def take(kind: type[Kind], form: Mapping[str, Any], view: View | None = None) -> dict[str, Any]:
    """Raw data for ``Kind.clean``; a field the kind does not have comes along, so that it is refused by name."""
    data: dict[str, Any] = {}
    for field in ordered(kind, view):
        raw = field.take(form, field.name)
        if raw is not None:
            data[field.name] = _untouched(field, raw, view.data.get(field.name) if view else None)
    known = {f.name for f in kind.fields}
    for key in form:
        name = key.partition(".")[0]
        if name not in known and not key.startswith("_") and key not in PAGE_KEYS:
            data[name] = form.get(key)
    return data


def completeness(asked: Iterable[Question]) -> list[tuple[str, tuple[int, int]]]:
    """For each interface language (texts written in it, texts written in any); nothing for a form without texts."""
    texts = [inner.extra["rows"] for q in asked for inner in walk(q.widget) if inner.type == "text"]
    written = [{row["lang"] for row in rows if row["text"]} for rows in texts]
    total = sum(1 for langs in written if langs)
    return [(lang, (sum(lang in langs for langs in written), total)) for lang in LANGUAGES] if texts else []


def walk(widget: Widget) -> Iterator[Widget]:
    """The widget and those inside it."""
    yield widget
    for row in widget.extra.get("rows", ()):
        for inner in row.get("fields", ()):
            yield from walk(inner)


def _tell(widget: Widget, context: Context) -> None:
    """Says what was understood of a date, the short number of a linked thing, and what is empty and may be folded."""
    if widget.type == "date":
        text, edtf = widget.value.get("text"), widget.value.get("edtf")
        same = bool(text and edtf) and _understood(text, widget.value.get("lang") or context.lang) == edtf
        # A reading that follows from the words is made anew when the words change; only another one is typed in.
        widget.extra.update(edtf="" if same else edtf or "", understood=dates.show(edtf, context.lang) if same else "")
    elif widget.type == "period":
        widget.extra["folded"] = not any(widget.value.values())
    elif widget.type in ("link", "source"):
        target = widget.extra.get("link", widget.value)
        lang, title, address = context.names.get(target or "", ("", "", ""))
        typed = address.rpartition("/")[2] if address else target
        widget.extra.update(typed=typed or "", title=title, title_lang=lang, address=address)
        if widget.type == "source":
            widget.extra["folded"] = not any((typed, widget.value.get("text"), widget.value.get("certainty")))


def _understood(text: str, lang: str) -> str:
    try:
        return dates.understand(text[:LONGEST_LINE], lang)
    except Problem:
        return ""


def _others(field: Field, value: Any, context: Context) -> list[Piece] | list[Row]:
    """What readers without the closed part get of a canonical value; nothing for a refused one."""
    try:
        public = field.public(value) if value is not None else None
        return field.show(public, context) if public is not None else []
    except (Problem, KeyError, TypeError, ValueError):
        return []


def _untouched(field: Field, raw: Any, old: Any) -> Any:
    """What the form cannot say stays as it is stored: the order of terms, a geometry with its original system."""
    if isinstance(raw, list) and isinstance(old, list) and all(isinstance(code, str) for code in [*raw, *old]):
        return old if set(raw) == set(old) else raw
    if not (isinstance(raw, dict) and isinstance(old, dict) and old.get("geometry") and raw.get("text")):
        return raw
    shown = field.widget(old, field.name, Context()).extra.get("text")
    if shown != raw["text"] or raw.get("crs", WGS84) != WGS84:
        return raw
    rest = {key: value for key, value in raw.items() if key not in ("text", "crs")}
    return rest | {key: old[key] for key in ("geometry", "original") if key in old}


def _places(widget: Widget) -> Iterator[tuple[str, L, list[str]]]:
    """(name, label, list for messages) of everything an error can stand beside."""
    yield widget.name, widget.label, widget.extra.setdefault("errors", [])
    for row in widget.extra.get("rows", ()):
        yield row["name"], widget.label, row.setdefault("errors", [])
        for inner in row.get("fields", ()):
            yield from _places(inner)


def _attach(widgets: list[Widget], problems: Iterable[Problem]) -> list[Mistake]:
    """Puts each message beside the innermost widget that its path leads to."""
    places = {name: (label, errors) for widget in widgets for name, label, errors in _places(widget)}
    found = []
    for problem in problems:
        path = [str(step) for step in problem.path]
        names = [".".join(path[:end]) for end in range(len(path), 0, -1)]
        name = next((name for name in names if name in places), "")
        label = None
        if name:
            label, errors = places[name]
            errors.append(problem.text)
        found.append(Mistake(name, label, problem.text))
    return found
