"""Numbers up to 39 however they are written, and the centuries they count: XV ғ., XV əsr, XV век, 15th century."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST = 39
CENTURY = "#"  # the mark of the word for a century, and the first sign of a number that counts centuries

_ROMAN = re.compile("(x{0,3})(ix|iv|v?i{0,3})")
_ARABIC = re.compile("([1-9][0-9]?)(?:st|nd|rd|th)?")
_UNITS = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
# Whole words in all their cases; the abbreviations only count after a number.
_WORD = (
    "ғасыр[а-яәіңғүұқөһ]*|жүзжылды[қғ][а-яәіңғүұқөһ]*|[gğǵ]as[yıi]r[a-zäğıñöşüūýáǵńóú]*|əsr[a-zəçğıöşü]*|"
    "әср[а-яәығҹөүҝһј]*|yüzilli[ky][a-zəçğıöşü]*|yüzyıl[a-zçğıöşü]*|век(?:а|е|у|ом|ов|ам|ами|ах|и)?|"
    "столети(?:е|я|и|ю|ем|й|ям|ями|ях)|centur(?:y|ies)"
)
_CENTURY = re.compile(_WORD)
_SHORT = re.compile("ғғ?|вв?|cc?|cent|ст|əə?")
# What may stand between a number and its century: ordinal endings and what joins two numbers.
_BETWEEN = re.compile(
    "ші|шы|нші|ншы|і|й|го|м|ом|е|ый|ий|ых|му|c[ıiuü]|[ıiuü]nc[ıiuü]|и|мен|пен|бен|және|və|ilə|and|to|or|или|до|по|the"
)
HINT = re.compile(rf"(?:{_WORD})|[0-9ivxхі]\W{{0,3}}(?:ғғ?|вв?|cc?|cent|ст|əə?)\b", re.IGNORECASE)


def number(form: str) -> int | None:
    """The number that a folded word is: 15, 15th, xv; None for other words and numbers above ``MOST``."""
    if match := _ARABIC.fullmatch(form):
        value = int(match[1])
        return value if value <= MOST else None
    match = _ROMAN.fullmatch(form.replace("ı", "i")) if form else None
    return 10 * len(match[1]) + _UNITS[match[2]] if match else None


def likeliest(forms: Sequence[str]) -> str:
    """Of the forms of one word the one that is a number, else the first: the letters of ХV may be of two alphabets."""
    return next((form for form in forms if number(form) is not None), forms[0])


def counted(forms: Sequence[str]) -> dict[int, str]:
    """Of the words of a text the places of those that count centuries, with ``#15``, and of their nouns, with ``#``."""
    found: dict[int, str] = {}
    for at, form in enumerate(forms):
        if not _CENTURY.fullmatch(form) and not _SHORT.fullmatch(form):
            continue
        numbers = _before(forms, at)
        if numbers and (at - 1 in numbers or not _SHORT.fullmatch(form)):
            found |= {at: CENTURY} | {place: f"{CENTURY}{value}" for place, value in numbers.items()}
    return found


def _before(forms: Sequence[str], at: int) -> dict[int, int]:
    """The numbers that stand before place ``at``, with nothing but joining words between."""
    found: dict[int, int] = {}
    gap = 0
    for place in range(at - 1, -1, -1):
        value = number(forms[place])
        if value is not None and not _BETWEEN.fullmatch(forms[place]):
            found[place], gap = value, 0
        elif gap == 2 or not _BETWEEN.fullmatch(forms[place]):
            break
        else:
            gap += 1
    return found
