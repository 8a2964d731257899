"""What a column probably holds: by its name, folded, in any language, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ortaq.engine.fields import Country, Date, Period, Term, Unit
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import LANGUAGES, L
from ortaq.imports import head as heads
from ortaq.imports.mapping import Column, Mapping, Spot
from ortaq.imports.matching import known
from ortaq.imports.rows import YEAR, target
from ortaq.imports.targets import Goal, goals, place_of
from ortaq.imports.twins import folded
from ortaq.imports.written import composed
from ortaq.search.languages import detect

LANGUAGE_MARKS = {
    **{mark: "kk" for mark in ("kk", "kz", "kaz", "қаз", "каз", "qaz")},
    **{mark: "az" for mark in ("az", "aze", "azj", "аз", "азе")},
    **{mark: "ru" for mark in ("ru", "rus", "рус", "ру")},
    **{mark: "en" for mark in ("en", "eng", "анг", "англ", "ағыл", "ing")},
    **{mark: "tr" for mark in ("tr", "tur")},
}
SPOTS = {
    "@lat": "lat latitude y ендік enlik широта lat_wgs84 point_y northing",
    "@lon": "lon lng long longitude x бойлық uzunluq долгота lon_wgs84 point_x easting",
    "@geometry": "geometry geom wkt coordinates координаттар koordinatlar координаты",
}
NAMES = "name title names атауы атау ad adı название наименование nom label"
UNITS = "district region аудан ауданы облыс облысы район область rayon rayonu bölgə unit"
IDS = "id fid gid code uid uri nr no № number objectid нөмір нөмірі номер nömrə nömrəsi"
MOST_OF = 0.6  # of the values of a column that must be terms
LONG = 120  # characters of a text that is no name
_PARTS = re.compile(r"[\s_.\-:()\[\]/]+")


def mapping(kind: type[Kind], head: dict[str, Any], lang: str, source: str) -> Mapping:
    """A first mapping for a file; it may be all wrong, so a person looks at it."""
    found: list[Column] = []
    spots: dict[str, str] = {"@geometry": head["geometry"]} if head["geometry"] else {}
    taken: set[tuple[str, str]] = set()
    for seen in heads.columns(head):
        code, column = _guess(kind, seen, lang)
        if code in SPOTS and place_of(kind) and code not in spots:
            spots[code] = seen.name
        elif column and (column.field, column.lang) not in taken:
            taken.add((column.field, column.lang))
            found.append(column)
    years = (
        "bce"
        if any(
            (year := YEAR.fullmatch(value)) and year[1]
            for name in _dated(kind, found)
            for value in head["values"][name]
        )
        else ""
    )
    return composed(
        numbered(found),
        years=years,
        place=_spot(kind, spots),
        lang=lang,
        id=_id(head),
        source=source if _id(head) else "",
    )


def _dated(kind: type[Kind], columns: list[Column]) -> list[str]:
    """The columns that hold dates."""
    return [c.name for c in columns if isinstance(target(kind, c.field).field, Date | Period)]


def numbered(columns: list[Column]) -> list[Column]:
    """Columns of one group side by side in one occurrence; the second for the same field begins another one."""
    used: dict[str, int] = {}
    done = []
    for column in columns:
        top, dot, _inner = column.field.partition(".")
        if not dot or column.split or column.row:
            done.append(column)
            continue
        used[column.field] = used.get(column.field, 0) + 1
        done.append(replace(column, row=f"{top}{used[column.field]}"))
    return done


def _guess(kind: type[Kind], seen: heads.Seen, lang: str) -> tuple[str, Column | None]:
    words, marked = _words(seen.name)
    name = "".join(words)
    for code, known_names in SPOTS.items():
        if name in known_names.split() or "_".join(words) in known_names.split():
            return code, None
    goal = _named(kind, name, words) or _held(kind, seen)
    if goal is None:
        return "", None
    wordy = marked or next((found for value in seen.values if (found := detect(value)) in LANGUAGES), lang)
    dated = lang if isinstance(goal.field, Date) else ""
    split = next((mark for mark in ";|" if any(mark in value for value in seen.values)), "")
    many = split if isinstance(goal.field, Term) and goal.field.many else ""
    return goal.code, column(goal, seen.name, lang=str(wordy) if goal.wordy else dated, split=many)


def column(goal: Goal, name: str, *, lang: str = "", split: str = "", row: str = "") -> Column:
    """The column of the mapping for a goal of the form."""
    more: dict[str, Any] = {"set": {"id": {"scheme": goal.scheme}}} if goal.scheme else {}
    return Column(goal.path, name, row=row, lang=lang, split=split, **more)


def _words(name: str) -> tuple[list[str], str]:
    """The words of a column's name without the mark of its language, and that language."""
    words = [part for part in _PARTS.split(name.casefold().replace("i\u0307", "i")) if part]
    marked = next((LANGUAGE_MARKS[word] for word in words[1:] + words[:1] if word in LANGUAGE_MARKS), "")
    rest = [word for word in words if word not in LANGUAGE_MARKS]
    return rest, marked


def _named(kind: type[Kind], name: str, words: list[str]) -> Goal | None:
    """The field whose name, path or label is the column's."""
    known_goals = goals(kind)
    titles = [goal for goal in known_goals.values() if goal.code.partition(".")[0] == kind.title]
    if (name in NAMES.split() or not words) and titles:
        return titles[0]
    units = [goal for goal in known_goals.values() if isinstance(goal.field, Unit) and not goal.group]
    if name in UNITS.split() and units:
        return units[0]
    own = set(folded(" ".join(words), "")) if words else set()
    best = [goal for goal in known_goals.values() if goal.field and own & set(_called(goal))]
    plain = [goal for goal in best if "." not in goal.code]
    return next(iter(plain or best), None) or _part_of(known_goals, words)


def _part_of(known_goals: dict[str, Goal], words: list[str]) -> Goal | None:
    """The required field of whose label the column's name is a part: Type for the type of the object."""
    needed = [goal for goal in known_goals.values() if goal.field and goal.field.required and not goal.group]
    for goal in needed:
        label = goal.field.label if goal.field else None
        texts = [label.at(lang) for lang in LANGUAGES] if isinstance(label, L) else []
        if words and any(set(words) <= set(text.casefold().split()) for text in texts):
            return goal
    return None


def _called(goal: Goal) -> Iterator[str]:
    """The folded names of a goal: its own, its label in each language, that of its group where it is the first."""
    texts = [(goal.code.rpartition(".")[2].partition("#")[0].replace("_", " "), ""), (goal.code.replace(".", " "), "")]
    if goal.scheme:
        texts = [(goal.scheme, "")]
    labels = [goal.field.label if goal.field and not goal.scheme else None, goal.group if not goal.scheme else None]
    for label in labels:
        if isinstance(label, L):
            texts += [(label.at(lang), lang) for lang in LANGUAGES]
    for text, lang in texts:
        yield from folded(text, lang)


def _held(kind: type[Kind], seen: heads.Seen) -> Goal | None:
    """The field whose vocabulary holds most of what stands in the column."""
    if not seen.values or max(map(len, seen.values)) > LONG:
        return None
    values = [part.strip() for value in seen.values for part in re.split("[;|]", value) if part.strip()]
    for goal in goals(kind).values():
        if isinstance(goal.field, Term | Country) and not goal.group and values:
            terms = sum(known(goal.vocabulary, value) for value in values)
            if terms >= MOST_OF * len(values):
                return goal
    return None


def _spot(kind: type[Kind], spots: dict[str, str]) -> Spot | None:
    field = place_of(kind)
    if field is None or not ("@geometry" in spots or {"@lat", "@lon"} <= set(spots)):
        return None
    if "@geometry" in spots:
        return Spot(geometry=spots["@geometry"], field=field.name)
    return Spot(spots["@lat"], spots["@lon"], field=field.name)


def _id(head: dict[str, Any]) -> str:
    """The column that tells the rows apart, when its name says so and its values do."""
    found = {name.casefold(): name for name in head["unique"]}
    return next((found[name] for name in found if _PARTS.split(name)[-1] in IDS.split()), "")
