"""The two ends of a range, and what each leaves for the other to say: "XIV–XV вв.", "5–8 May 2024", "1904–07"."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from ortaq.engine.dates.atom import SIZES, Atom, Extent, Unclear, extent, read_atom
from ortaq.engine.dates.lex import DECADE_SUFFIXES, VALUES, Token

LEADING = {
    "until": "until",
    "not after": "until",
    "before": "before",
    "after": "after",
    "not before": "onwards",
}
TRAILING = {**LEADING, "onwards": "onwards"}
UNITS = (*SIZES, "year", "years")


def split(words: list[Token], kind: str) -> list[list[Token]]:
    """The words between the tokens of a kind."""
    groups: list[list[Token]] = [[]]
    for token in words:
        if token.kind == kind:
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def relation(words: list[Token]) -> tuple[str, list[Token]]:
    """How the date is bound to time (until, before, after, onwards, turn, or "") and the words without that."""
    if len(words) > 1 and words[0].kind == "circa" and words[1].kind in ("from", *LEADING):
        words = [words[1], words[0], *words[2:]]
    kinds = [t.kind for t in words]
    if "turn" in kinds:
        return "turn", _listed([t for t in words if t.kind != "turn"])
    if "between" in kinds:
        words = _listed([t for t in words if t.kind != "between"])
        return "", words if any(t.kind == "dash" for t in words) else []
    if kinds and kinds[0] in LEADING:
        return LEADING[kinds[0]], words[1:]
    since = bool(kinds) and kinds[0] == "from"
    words = words[since:]
    if words and words[-1].kind == "now":
        words = words[:-1]
        return "onwards", words[:-1] if words and words[-1].kind in ("dash", "until") else words
    if len(words) > 1 and words[-1].kind == "dash":
        return "onwards", words[:-1]
    if words and words[-1].kind in TRAILING:
        kind, words = words[-1].kind, words[:-1]
        return ("", words) if kind == "until" and (since or _pieces(words)[1:]) else (TRAILING[kind], words)
    if len(_pieces(words)) == 1 and (since or (words and words[-1].kind in UNITS and words[-1].value == 1)):
        return "onwards", words
    return "", words


def _listed(words: list[Token]) -> list[Token]:
    return [replace(t, kind="dash") if t.kind == "and" else t for t in words]


def _pieces(words: list[Token]) -> list[list[Token]]:
    """The words of each end: a dash, "to", or an ending that says "from" stands between them."""
    pieces = split([replace(t, kind="dash") if t.kind == "until" else t for t in words], "dash")
    if len(pieces) == 1:
        for at, token in enumerate(words[:-1]):
            if token.kind in UNITS and token.value == 1 and any(t.kind in VALUES for t in words[at + 1 :]):
                return [words[: at + 1], words[at + 1 :]]
    return pieces


def ends(words: list[Token]) -> tuple[Extent, Extent]:
    """What the two ends cover; the same object twice for one date. Raises Unclear."""
    pieces = _pieces(words)
    if len(pieces) > 2 or not all(pieces):
        raise Unclear
    atoms = [read_atom(piece) for piece in pieces]
    if len(atoms) == 1:
        only = extent(atoms[0])
        return only, only
    first, last = _shared(*atoms)
    return extent(first), extent(last)


def _shared(first: Atom, last: Atom) -> tuple[Atom, Atom]:
    first, last = _bare_part(first, last), _bare_part(last, first)
    if last.doubt == "late" and not first.unit and not first.doubt:
        first.doubt = "own"
    if first.circa == "word" and not last.circa:
        last.circa = "word"
    _share_unit(first, last)
    _share_era(first, last)
    _share_month(first, last)
    _shorten(first, last)
    _share_decade(first, last)
    return first, last


def _bare_part(atom: Atom, other: Atom) -> Atom:
    """ "Mid" in "mid to late 15th c." is of the same century."""
    if not (atom.empty and atom.part):
        return atom
    full = copy(other)
    full.numbers = list(other.numbers)
    full.part, full.circa, full.doubt = atom.part, atom.circa, atom.doubt
    return full


def _counts(atom: Atom) -> bool:
    """Whether its numeral can count centuries or millennia."""
    if len(atom.numbers) != 1:
        return False
    number = atom.numbers[0]
    return number.kind == "roman" or len(number.text) <= 2 or number.suffix in ("th", "st", "nd", "rd")


def _share_unit(first: Atom, last: Atom) -> None:
    if not first.unit and not first.month and _counts(first) and last.unit in SIZES:
        first.unit = last.unit
    elif not last.unit and not last.month and _counts(last) and first.unit in SIZES and not first.part:
        if last.numbers[0].kind == "roman" or last.numbers[0].suffix:
            last.unit = first.unit
    elif last.unit == "year" and not first.unit and first.numbers and first.numbers[0].kind != "roman":
        first.unit = "year"
    elif first.unit == "year" and not last.unit and last.numbers and last.numbers[0].kind != "roman" and first.era:
        last.unit = "year"


def _share_era(first: Atom, last: Atom) -> None:
    if last.era and not first.era:
        first.era = last.era
    elif first.era and not last.era and first.era_first and first.numbers and last.numbers:
        # "е.ə. V–III": both are BCE; "б.з.д. V ғасыр – XV ғасыр" crosses over.
        falls = first.unit == last.unit and last.numbers[0].value <= first.numbers[0].value
        last.era = "bc" if first.era == "bc" and falls else "ad"


def _year_of(atom: Atom) -> Token | None:
    return next((n for n in atom.numbers if len(n.text) >= 3 or n.kind == "year number"), None)


def _share_month(first: Atom, last: Atom) -> None:
    if not (first.month or last.month):
        return
    of_first, of_last = _year_of(first), _year_of(last)
    if not first.month and any(n is not of_first for n in first.numbers):
        first.month = last.month
    if first.month and of_first is None and of_last:
        first.numbers = [*first.numbers, of_last]
    if last.month and of_last is None and of_first:
        last.numbers = [*last.numbers, of_first]


def _shorten(first: Atom, last: Atom) -> None:
    """The end of "1904–07" has the digits of its start."""
    if len(first.numbers) != 1 or len(last.numbers) != 1 or first.era or last.era or first.month or last.month:
        return
    start, end = first.numbers[0], last.numbers[0]
    if "roman" in (start.kind, end.kind) or {first.unit, last.unit} & set(SIZES):
        return
    if len(end.text) <= 2 and len(start.text) >= 3:
        text = start.text[: -len(end.text)] + end.text
        last.numbers = [replace(end, value=int(text), text=text)]


def _share_decade(first: Atom, last: Atom) -> None:
    """Years beside two numbers are years (1941–1945-ci illər), unless both are tens (1920–1930-cu illər)."""
    if len(first.numbers) != 1 or len(last.numbers) != 1 or {first.unit, last.unit} & set(SIZES):
        return
    start, end = first.numbers[0], last.numbers[0]
    decades = end.suffix in DECADE_SUFFIXES or (last.years and bool(end.suffix))
    if decades and not last.era and start.value % 10 == end.value % 10 == 0:
        first.numbers = [replace(start, suffix=start.suffix if start.suffix in DECADE_SUFFIXES else end.suffix)]
        first.years = last.years
    elif decades:
        first.numbers, last.numbers = [replace(start, suffix="")], [replace(end, suffix="")]
        first.years = last.years = False
    else:
        first.years = first.years and start.suffix in DECADE_SUFFIXES
        last.years = False
