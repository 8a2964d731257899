"""One dated thing in a text (a year, a day, a part of a century) and the days it covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy

from ortaq.engine.dates.edtf import Moment
from ortaq.engine.dates.lex import DECADE_SUFFIXES, PARTS, VALUES, Token
from ortaq.engine.problems import Problem

SIZES = {"century": 100, "millennium": 1000}
# Early, middle and late cover a century without gap; as nobody draws these lines sharply, both ends get "~".
ROUGH = {"early": (0, 3), "mid": (3, 7), "late": (7, 10)}
FRACTIONS = {"half": 2, "quarter": 4, "third": 3}
LATEST = 3000  # a century or millennium CE that ends later is a slip
LATEST_BARE_CENTURY = 21

HUNDREDS = gettext_lazy(
    "“%(value)s” may be a decade or a century. Write %(first)s–%(last)s for the decade, or the century."
)


class Unclear(Exception):
    """The words do not make a date; ``understand`` says which forms do."""


@dataclass(slots=True)
class Atom:
    numbers: list[Token] = field(default_factory=list)
    unit: str = ""
    years: bool = False  # the plural of "year" stands beside the number
    era: str = ""
    era_first: bool = False
    part: tuple[str, int] | None = None  # early … third, and which half, quarter, third (-1: the last)
    circa: str = ""  # "word" or "sign"
    doubt: str = ""  # "own": right behind the numeral; "late": after its unit
    month: int = 0
    day: tuple[int, int, int] | None = None

    @property
    def empty(self) -> bool:
        return not self.numbers and self.day is None and not self.month


@dataclass(frozen=True, slots=True)
class Extent:
    """First and last moment of an atom; ``rough``: its ends are not sharp; ``wide``: longer than a decade."""

    first: Moment
    last: Moment
    mark: str = ""
    wide: bool = False


def read_atom(tokens: list[Token]) -> Atom:
    """What the tokens between two dashes say, in any order. Raises Unclear."""
    atom = Atom()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if after in PARTS and token.kind in (*VALUES, "ordinal", "last", "third") and token.kind != after:
            which = {"last": -1, "third": 3}.get(token.kind, token.value)
            _once(atom, "part", (after, which))
            at += 2
            continue
        _take(atom, token)
        at += 1
    return atom


def _once(atom: Atom, name: str, value: Any) -> None:
    if getattr(atom, name):
        raise Unclear
    setattr(atom, name, value)


def _take(atom: Atom, token: Token) -> None:
    kind = token.kind
    if kind in VALUES:
        atom.numbers.append(token)
    elif kind == "day":
        _once(atom, "day", token.day)
    elif kind == "month":
        _once(atom, "month", token.value)
    elif kind in SIZES:
        atom.unit = "" if atom.years else atom.unit  # "80-е годы XIX века": the century counts
        _once(atom, "unit", kind)
    elif kind in ("year", "years"):
        atom.years = atom.years or kind == "years"
        if atom.numbers and kind == "year":
            atom.numbers[-1].kind = "year number"
        atom.unit = atom.unit or "year"
    elif kind in ("bc", "ad"):
        _once(atom, "era", kind)
        atom.era_first = not atom.numbers
    elif kind in ROUGH:
        _once(atom, "part", (kind, 0))
    elif kind in ("circa", "~"):
        atom.circa = "word" if kind == "circa" else "sign"
    elif kind == "?":
        atom.doubt = "late" if atom.unit or atom.era else "own"
    elif kind != "filler":
        raise Unclear


def extent(atom: Atom) -> Extent:
    """The days an atom covers. Raises Unclear, or Problem for what could mean two things."""
    mark = ("~" if atom.circa else "") + ("?" if atom.doubt else "")
    if atom.day or atom.month:
        moment = _day(atom)
        return Extent(moment, moment, mark)
    if len(atom.numbers) == 2:
        return _decade_of_century(atom, mark)
    if len(atom.numbers) != 1:
        raise Unclear
    number = atom.numbers[0]
    unit = atom.unit if atom.unit in SIZES else "century" if number.kind == "roman" else ""
    if unit:
        if number.kind == "roman" and not atom.unit and number.value > LATEST_BARE_CENTURY:
            raise Unclear
        return _cut(_start(number.value, SIZES[unit], atom.era), SIZES[unit], atom.part, mark, wide=True)
    if number.suffix in DECADE_SUFFIXES or (atom.years and number.value % 10 == 0):
        return _decade(number, atom, mark)
    year = _year(number, atom)
    return Extent(Moment(year), Moment(year), mark)


def _start(n: int, size: int, era: str) -> int:
    if not 1 <= n <= 999 or (era != "bc" and n * size > LATEST):
        raise Unclear
    return 1 - n * size if era == "bc" else (n - 1) * size + 1


def _cut(start: int, size: int, part: tuple[str, int] | None, mark: str, *, wide: bool) -> Extent:
    low, high, whole = 0, 1, 1
    if part and part[0] in ROUGH:
        (low, high), whole = ROUGH[part[0]], 10
        mark = mark if "~" in mark else "~" + mark
    elif part:
        whole = FRACTIONS[part[0]]
        high = whole if part[1] == -1 else part[1]
        low = high - 1
        if not 1 <= high <= whole:
            raise Unclear
    first, last = start + size * low // whole, start + size * high // whole - 1
    return Extent(Moment(first), Moment(last), mark, wide)


def _year(number: Token, atom: Atom) -> int:
    digits = len(number.text)
    named = atom.era or atom.unit == "year"
    if number.kind == "roman" or number.value == 0 or (not named and digits not in (3, 4)) or digits > 9:
        raise Unclear
    if not atom.era and digits > 4:
        raise Unclear
    return 1 - number.value if atom.era == "bc" else number.value


def _decade(number: Token, atom: Atom, mark: str) -> Extent:
    if number.value % 10 or len(number.text) not in (3, 4) or atom.era == "bc":
        raise Unclear
    if number.suffix in ("s", "'s") and not atom.years and number.value % 100 == 0:
        first = number.value
        raise Problem("date", HUNDREDS, value=number.text + number.suffix, first=first, last=first + 9)
    if atom.part:
        return _cut(number.value, 10, atom.part, mark, wide=False)
    moment = Moment(number.value, blurred=1)
    return Extent(moment, moment, mark)


def _decade_of_century(atom: Atom, mark: str) -> Extent:
    """The 80s of the 19th century, in the order of any of the languages."""
    short = [n for n in atom.numbers if n.kind != "roman" and n.value % 10 == 0 and n.value < 100 and len(n.text) == 2]
    tens = [n for n in short if n.suffix in DECADE_SUFFIXES or atom.years]
    if atom.unit != "century" or len(tens) != 1 or atom.era == "bc" or atom.part:
        raise Unclear
    century = next(n for n in atom.numbers if n is not tens[0])
    moment = Moment(_start(century.value, 100, "") - 1 + tens[0].value, blurred=1)
    return Extent(moment, moment, mark)


def _day(atom: Atom) -> Moment:
    if atom.part or atom.unit in SIZES or (atom.day and (atom.numbers or atom.month)):
        raise Unclear
    if atom.day:
        year, month, day = atom.day
        return Moment(1 - year if atom.era == "bc" else year, month, day)
    years = [n for n in atom.numbers if len(n.text) >= 3 or n.kind == "year number"]
    days = [n for n in atom.numbers if n not in years]
    if len(years) != 1 or len(days) > 1 or years[0].kind == "roman" or (days and days[0].kind == "roman"):
        raise Unclear
    year = years[0].value
    if len(str(year)) > 4 or (days and atom.month > 12):
        raise Unclear
    return Moment(1 - year if atom.era == "bc" else year, atom.month, days[0].value if days else None)
