"""A clause of text as tokens: numerals, dates, and words by what they mean in a date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ortaq.engine.dates.words import find_phrase, fold, roman

SUFFIX = (
    r"'?s|th|st|nd|rd|"
    r"[еыо]?[йяе]|ые|ых|го|ого|х|м|му|"
    r"[иыі]?нші|ыншы|ншы|ші|шы|"
    r"[cs][iu]|n[ci]i|nci|ncu"
)
LEX = re.compile(
    r"(?P<day>\d{1,2}\.\d{1,2}\.\d{4}(?!\d)|\d{4}-\d\d-\d\d(?!\d))"
    rf"|(?P<number>\d+)(?:-?(?P<suffix>{SUFFIX})(?!\w))?"
    r"|(?P<code>[^\W\d_]+\d{1,2}(?!\d))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>[-?~/¿])"
    r"|(?P<skip>[\s.'\"«»“”„]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
DECADE_SUFFIXES = frozenset({"s", "'s", "е", "ые", "ых", "х"})
LONG_NUMBER = 12  # digits; longer ones are no year of anything
VALUES = ("number", "roman")
LOOSE = {"c": "circa", "в": "filler"}  # what "century" means before a numeral: "c. 1160", "в 1880-х годах"
PARTS = ("half", "quarter", "third")


@dataclass(slots=True)
class Token:
    """``kind`` as in words.WORDS, or number, roman, day, word, dash, ``?``, ``~``, ``¿`` (doubt about all)."""

    kind: str
    value: int = 0
    text: str = ""
    suffix: str = ""
    tight: bool = False  # nothing stands between it and the token before
    day: tuple[int, int, int] | None = None


def clauses(text: str) -> list[str]:
    """The folded text at its commas, semicolons and colons; notes in brackets at the end of a clause go."""
    text = fold(text).replace("(?)", " ¿ ")
    text = re.sub(r"\([^()]*\)\s*(?=[,;:]|$)", " ", text)
    text = re.sub(r"(?<=[^\W\d_] )(\d{1,2}), (?=\d{4}\b)", r"\1 ", text)
    text = re.sub(r"(?<!\d)(\d{1,3})[ ,](?=\d{3}\b)", r"\1", text)
    text = re.sub(rf"\?-({SUFFIX})(?!\w)", r"-\1?", text)  # "5?-ci il" is "5-ci? il"
    return [part.strip() for part in re.split(r"[,;:]", text) if part.strip()]


def tokens(clause: str, lang: str | None) -> list[Token]:
    """Tokens of a folded clause; dots and quotation marks are gone."""
    found: list[Token] = []
    words: list[tuple[str, bool]] = []
    end = -1
    for match in LEX.finditer(clause):
        kind = match.lastgroup if match["suffix"] is None else "number"
        if kind == "skip":
            continue
        tight, end = match.start() == end, match.end()
        if kind == "word":
            words.append((match[0], tight))
            continue
        _flush(words, found, lang)
        found.append(_plain(kind or "other", match, tight))
    _flush(words, found, lang)
    return _glued(found)


def _plain(kind: str, match: re.Match[str], tight: bool) -> Token:
    if kind == "number":
        value = int(match["number"]) if len(match["number"]) <= LONG_NUMBER else 10**LONG_NUMBER
        return Token("number", value, match["number"], match["suffix"] or "", tight)
    if kind == "day":
        numbers = [int(part) for part in re.split(r"[.-]", match[0])]
        day, month, year = numbers if "." in match[0] else reversed(numbers)
        return Token("day", text=match[0], tight=tight, day=(year, month, day))
    if kind == "sign":
        return Token("dash" if match[0] in "-/" else match[0], text=match[0], tight=tight)
    return Token("word", text=match[0], tight=tight)


def _flush(words: list[tuple[str, bool]], found: list[Token], lang: str | None) -> None:
    """The words gathered since the last sign, as the longest phrases they make."""
    while words:
        bare = [word for word, _ in words]
        known = find_phrase(bare, lang)
        numeral = roman(bare[0].removesuffix("th"))
        before = found[-1].kind if found else ""
        if known is None and numeral is None:
            size, token = 1, Token("word", text=bare[0])
        elif known is None:
            size, token = 1, Token("roman", numeral or 0, bare[0])
        else:
            size, (kind, value) = known
            if bare[0] in LOOSE and size == 1 and before not in (*VALUES, "?", "~"):
                kind = LOOSE[bare[0]]
            token = Token(kind, value, " ".join(bare[:size]))
        token.tight = words[0][1]
        found.append(token)
        del words[:size]


def _glued(found: list[Token]) -> list[Token]:
    """Without the hyphens that bind a word to its numeral: mid-15th, XV-ci əsr, 2-жартысы, 1880-жылдар."""
    result: list[Token] = []
    for at, token in enumerate(found):
        before, after = (result[-1] if result else None), (found[at + 1] if at + 1 < len(found) else None)
        if token.kind == "dash" and token.text == "-" and before and after and _binds(result, before, after):
            if after.kind == "years":
                before.suffix = before.suffix or "s"
            continue
        bound = before and before.kind in VALUES and found[at - 1].kind == "dash" and result[-1] is not found[at - 1]
        if before and bound and token.kind in ("word", "roman") and re.fullmatch(SUFFIX, token.text):
            before.suffix = before.suffix or token.text
            continue
        result.append(token)
    return result


def _binds(result: list[Token], before: Token, after: Token) -> bool:
    if before.kind in VALUES:
        if after.kind == "word" and re.fullmatch(SUFFIX, after.text):
            return True
        if after.kind == "roman" and after.text == "ci":
            return before.kind == "roman" and after.tight
        return after.tight and after.kind in ("century", "millennium", "year", "years", *PARTS)
    if before.kind in ("ordinal", "last"):
        return after.kind in PARTS
    opens = before.kind in ("early", "late", "mid", "circa", "from", "ordinal")
    return opens and after.kind in VALUES and not _has_value(result)


def _has_value(result: list[Token]) -> bool:
    """Whether a numeral stands after the last dash."""
    for token in reversed(result):
        if token.kind == "dash":
            break
        if token.kind in VALUES:
            return True
    return False
