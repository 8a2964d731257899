"""Dates as people write them in Kazakh, Azerbaijani, Russian and English, read into EDTF."""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils.translation import gettext_lazy

from ortaq.engine.dates.atom import SIZES, Extent, Unclear
from ortaq.engine.dates.edtf import FORMS, LONGEST, TOO_LONG, Moment, Span, normalise
from ortaq.engine.dates.lex import VALUES, Token, clauses, tokens
from ortaq.engine.dates.ranges import ends, relation, split
from ortaq.engine.dates.words import REFUSED
from ortaq.engine.problems import Problem

EDTF_LIKE = re.compile(r"[-+0-9XYTZx?~%./:,{}\[\]]+", re.ASCII)
PLAIN_EDTF = re.compile(r"[^/]*\d-\d\d-\d\d[?~%]?|[^/]{4,}/[^/]{4,}")
LABEL_WORDS = 3  # "Buddhist images 17th-18th c."
DATED = (*VALUES, "day")
RELATIONS = {"from", "until", "before", "after", "not before", "not after", "between"}

PERIOD = gettext_lazy(
    "“%(value)s” names a period, whose years differ from country to country. "
    "Add its years or centuries, as in “IX–XIII c.”."
)
SEVERAL = gettext_lazy("“%(value)s” holds several dates. Give each as a dating of its own.")


def understand(text: str, lang: str | None = None) -> str:
    """Canonical EDTF of a date in words; words of ``lang`` win where two languages differ. Raises Problem("date")."""
    text = text.strip()
    if len(text) > LONGEST:
        raise Problem("date", TOO_LONG, value=text, limit=LONGEST, length=len(text))
    refusal = None
    if EDTF_LIKE.fullmatch(text) and not re.fullmatch(r"\d{1,3}", text):
        try:
            return normalise(text)
        except Problem as problem:
            refusal = problem
            if PLAIN_EDTF.fullmatch(text):
                raise
    try:
        return normalise(_chosen(text, lang).text())
    except Unclear:
        raise refusal or Problem("date", FORMS, value=text) from None
    except Problem as problem:
        raise Problem(problem.code, problem.message, **{**problem.params, "value": text}) from None


def _chosen(text: str, lang: str | None) -> Span:
    """The first clause that holds a date; what comes before it is a name, what comes after it a remark."""
    doubt, found, period = False, None, False
    for clause in clauses(text):
        words = tokens(clause, lang)
        dated = any(t.kind in (*DATED, "month") for t in words)
        doubt = doubt or any(t.kind in ("doubt", "¿") for t in words)
        period = period or any(t.kind == "period" for t in words)
        if found and words and words[0].kind != "word" and any(t.kind in DATED for t in words):
            raise Problem("date", SEVERAL, value=text)
        if dated and not found:
            if any(t.kind == "period" for t in words):
                raise Problem("date", PERIOD, value=text)
            found = [t for t in words if t.kind not in ("doubt", "¿")]
    if found is None:
        raise Problem("date", PERIOD, value=text) if period else Unclear
    return _alternatives(_unlabelled(found), doubt)


def _unlabelled(words: list[Token]) -> list[Token]:
    """Without "camp" before and "by tradition" after the date; no word that could turn the meaning is passed over."""
    start = next((i for i, t in enumerate(words) if t.kind not in ("word", "filler")), 0)
    label = [t for t in words[:start] if t.kind == "word"]
    rest = words[start:]
    tail = next((i for i, t in enumerate(rest) if i and t.kind == "until" and _is_word(rest, i + 1)), len(rest))
    rest = rest[:tail]
    if any(t.kind == "word" for t in rest) or len(label) > LABEL_WORDS or any(t.text in REFUSED for t in label):
        raise Unclear
    certain = any(t.kind in SIZES or len(t.text) == 4 or t.day for t in rest)
    if label and (not certain or any(t.kind in RELATIONS for t in rest)):
        raise Unclear
    return rest


def _is_word(words: list[Token], at: int) -> bool:
    return at < len(words) and words[at].kind == "word"


def _alternatives(words: list[Token], doubt: bool) -> Span:
    groups = split(words, "or")
    if len(groups) == 1:
        return _span(words, doubt)
    if not all(groups):
        raise Unclear
    # Two single alternatives share a unit like the ends of a range: "14th or 15th c.".
    single = len(groups) == 2 and not any(t.kind in ("dash", "until") for t in words)
    found = [ends([*groups[0], Token("dash"), *groups[1]])] if single else [ends(group) for group in groups]
    every = [extent for pair in found for extent in pair]
    if any((e.first.month or 0) > 12 for e in every):
        raise Unclear
    first = min(every, key=lambda e: e.first.first)
    last = max(every, key=lambda e: e.last.last)
    return _joined(first, last, doubt=True)


def _span(words: list[Token], doubt: bool) -> Span:
    """A date with what stands around it: until, after, onwards, from … to, "1401 – ?"."""
    if len(words) > 2 and [t.kind for t in words[-2:]] == ["dash", "?"]:
        return Span(_marked(ends(words[:-2])[0], "start", doubt), "")
    if len(words) > 2 and [t.kind for t in words[:2]] == ["?", "dash"]:
        return Span("", _marked(ends(words[2:])[1], "end", doubt))
    kind, words = relation(words)
    first, last = ends(words)
    if kind == "turn":
        return _turn(first, last)
    if not kind:
        return _joined(first, last, doubt)
    if kind in ("until", "before"):
        if kind == "before" and first.wide:
            last = replace(last, last=Moment(first.first.year - 1))
        return Span("..", _marked(last, "end", doubt))
    if kind == "after" and last.wide:
        return Span(_marked(replace(last, first=Moment(last.last.year + 1)), "start", doubt), "..")
    # "9th c. onwards" begins somewhere in that century, "8th-9th c. onwards" about where the two meet.
    begins = replace(last, mark=last.mark.replace("~", "") + "~") if first.wide and last.wide else first
    return Span(_marked(begins, "start", doubt), "..")


def _turn(first: Extent, last: Extent) -> Span:
    """Ten years on both sides of the line between two centuries."""
    if not first.wide or last.first.year != first.last.year + 1:
        raise Unclear
    line = first.last.year
    return Span(Moment(line - 9, mark="~"), Moment(line + 10, mark="~"))


def _joined(first: Extent, last: Extent, doubt: bool) -> Span:
    if first is last and first.first == last.last:
        return Span(_marked(first, "", doubt))
    return Span(_marked(first, "start", doubt), _marked(last, "end", doubt))


def _marked(found: Extent, end: str, doubt: bool) -> Moment:
    """One end with its mark; a decade in an interval becomes its first or last year, as Level 1 wants it."""
    moment = found.last if end == "end" else found.first
    marks = set(found.mark + ("?" if doubt else ""))
    mark = "%" if len(marks) == 2 else "".join(marks)
    if moment.blurred and end:
        moment = Moment(moment.years[end == "end"])
    # Level 1 has no mark for years of five digits; the text as given keeps the "c.".
    return replace(moment, mark="" if abs(moment.year) > 9999 else mark)
