"""What a reader asks, and how it becomes a query that knows no more than the reader.

Any string is a valid text: there is no syntax but quotation marks around words that must stand
together as written. Scores are constants by the way a word matched, never statistics of the whole
index, which would let hidden documents move the visible ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ortaq.search import concepts
from ortaq.search.analysis import asked, forms, wholes, words
from ortaq.search.concepts import MARK, Meant, with_narrower
from ortaq.search.schema import LANGUAGES, MICRO, facet_path, facet_term, outwards, schema
from ortaq.search.starts import SCORES

if TYPE_CHECKING:
    import tantivy

TEXT_CHARACTERS = 400  # of a query that are read
TEXT_WORDS = 16
PREFIX = range(2, 33)  # characters a word needs, and may have, to be taken as a beginning
PAGE = 200
DEEPEST = 10_000  # hits that can be paged through; beyond it a list is narrowed, not turned over
FACETS = ("kind", "country", "type")

EXACT = {"title": 8.0, "term": 3.0, "text": 2.0}
BEGINNING = {"title": 5.0, "term": 2.4, "text": 1.3}
STEM = {"title": 6.0, "term": 2.7, "text": 1.6}
ALIKE_STEM = {"title": 3.0, "term": 1.2, "text": 0.8}  # stems that sound alike
SKELETON = {"title": 4.0, "term": 1.6, "text": 1.0}
CONCEPT = {"title": 0.7, "term": 0.6, "text": 0.5}  # below all that is written as it was asked for
WHOLE = {"=": 10.0, ":": 8.5, "^": 7.0, "~": 5.0, "_": 4.5}
NEAR = {
    "=": (8.0, 7.0, 4.0),
    ":": (8.0, 6.5, 3.5),
    "^": (8.0, 6.0, 3.0),
    "~": (8.0, 5.0, 2.5),
    "_": (6.0, 4.5, 2.0),
    "-": (5.5, 4.0, 2.0),
}  # none, one, two off

_QUOTED = re.compile('"([^"]*)"|«([^»]*)»|[“„]([^”“]*)[”“]')


@dataclass(frozen=True)
class Query:
    """One question. ``tokens`` are the reader's; without one there is nothing to find.

    ``kind``, ``country`` and each entry of ``filters`` are lists: one in common is enough within, all must hold
    across; an empty list asks nothing. ``bbox`` is west, south, east, north in degrees (west > east crosses the
    antimeridian); ``touching`` is another box, not across it, for what reaches into it with its place or a zone,
    wherever its middle lies. ``dates`` is first and last day, either may be None; a record matches that overlaps.
    ``excluded`` are things denied until the index has caught up; of ``things``, where they are given, everything else
    is left out. ``sort`` is relevance, ``name:<lang>``, date, updated, or distance from ``near``: latitude, longitude
    in degrees. ``facets`` are the names whose values are counted, each over the result without its own filter.
    ``expand``: words find the other names of what they mean as well; with ``narrower`` also the names of what lies
    below it in the thesaurus.
    """

    text: str = ""
    lang: str | None = None
    tokens: frozenset[str] = frozenset()
    kind: list[str] | None = None
    country: list[str] | None = None
    filters: dict[str, list[str]] = field(default_factory=dict)
    bbox: tuple[float, float, float, float] | None = None
    touching: tuple[float, float, float, float] | None = None
    dates: tuple[int | None, int | None] | None = None
    excluded: frozenset[str] = frozenset()
    things: frozenset[str] | None = None
    near: tuple[float, float] | None = None
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = FACETS
    expand: bool = True
    narrower: bool = False

    @property
    def concepts(self) -> frozenset[str]:
        """What is looked for beside the words."""
        named = meant(self.text, self.lang) if self.expand else ()
        return frozenset(with_narrower(named) if self.narrower else named)

    @property
    def window(self) -> tuple[int, int]:
        """Offset and limit within what is allowed."""
        offset = max(0, self.offset)
        return offset, max(0, min(self.limit, PAGE, DEEPEST - offset))

    @property
    def by_distance(self) -> bool:
        """Whether the nearest come first; without a place to measure from nothing is near."""
        return self.sort == "distance" and self.near is not None


class Wanted(NamedTuple):
    """One word asked for, in every form it may have; ``beginning`` when more letters may follow."""

    exact: tuple[str, ...]
    stem: tuple[str, ...]
    skeleton: tuple[str, ...]
    sounds: tuple[str, ...]
    beginning: bool


@dataclass(frozen=True)
class Question:
    """A text taken apart. Every clause must hold; of a clause one alternative, of an alternative every word.

    ``meant``: for clauses from ``start`` to before ``end`` one of the concepts will do as well.
    """

    clauses: list[list[list[Wanted]]]
    phrases: list[list[list[str]]]  # of a phrase one reading, its words side by side
    whole: list[str]
    meant: list[Meant]

    @property
    def empty(self) -> bool:
        return not (self.clauses or self.phrases)


def parse(text: str, lang: str | None = None) -> Question:
    """``text`` as clauses and phrases; what stands between unpaired quotation marks is plain words."""
    text = text[:TEXT_CHARACTERS]
    phrases: list[list[list[str]]] = []
    for match in _QUOTED.finditer(text):
        if readings := _phrase(next(part for part in match.groups() if part is not None), lang):
            phrases.append(readings)
    rest = _QUOTED.sub(" ", text)
    clauses, places = _clauses(rest, lang, open_end=rest == text and not text.endswith((" ", "-")))
    whole = [] if phrases else list(dict.fromkeys([*wholes(text, None), *wholes(text, lang)]))
    return Question(clauses, phrases[:TEXT_WORDS], whole, concepts.aligned(rest, lang, places))


@lru_cache(maxsize=64)
def meant(text: str, lang: str | None) -> tuple[str, ...]:
    """The concepts of the thesaurus that the words of ``text`` name, in their order; those in quotation marks apart."""
    found = parse(text, lang).meant
    return tuple(dict.fromkeys(concept for one in found for concept in one.concepts))


def _clauses(text: str, lang: str | None, open_end: bool) -> tuple[list[list[list[Wanted]]], list[tuple[int, int]]]:
    """The clauses, and where in the text the words of each stand."""
    found = asked(text, lang)[:TEXT_WORDS]
    last = max((word.position for word, _ in found), default=-1)
    compounds = {word.position: (word, own) for word, own in found if word.compound}
    clauses: list[list[list[Wanted]]] = []
    places: list[tuple[int, int]] = []
    parts_until = -1
    for word, own in found:
        if word.compound or not own.exact:
            continue
        wanted = Wanted(*own, open_end and word.position == last)
        if word.position in compounds:
            whole, joined = compounds[word.position]
            parts_until = whole.end
            clauses.append([[wanted], [Wanted(*joined, open_end and whole.end == found[-1][0].end)]])
            places.append((whole.start, whole.end))
        elif word.end <= parts_until:
            clauses[-1][0].append(wanted)
        else:
            clauses.append([[wanted]])
            places.append((word.start, word.end))
    return clauses, places


def _phrase(text: str, lang: str | None) -> list[list[str]]:
    found = [forms(word.text, None).exact for word in words(text, None) if not word.compound][:TEXT_WORDS]
    own = [forms(word.text, lang).exact for word in words(text, lang) if not word.compound][:TEXT_WORDS]
    readings = [[f[0] for f in found if f], [f[-1] for f in found if f], [f[0] for f in own if f]]
    return [list(reading) for reading in dict.fromkeys(tuple(r) for r in readings) if reading]


def compiled(query: Query) -> tantivy.Query:
    """The whole question for the index: rights first, then filters, then text."""
    from tantivy import Query as Q

    if not query.text.strip():
        return _allowed(query)
    question = parse(query.text, query.lang)
    return _within(query, Q.empty_query() if question.empty else _text(question, query))


def beginning(query: Query, starts: list[str]) -> tantivy.Query:
    """What this reader may know of and has a name with one of these beginnings, the best beginning first."""
    from tantivy import Query as Q

    # The library's own prefix query stops after 50 words of the dictionary, hidden ones counted.
    ways = [
        Q.const_score_query(Q.regex_query(schema(), "starts", f"{_plain(form)}.*"), SCORES[form[0]]) for form in starts
    ]
    return _within(query, _best(ways))


def nearest(query: Query) -> tantivy.Query | None:
    """What to look for when nothing matches: titles that sound almost so, and any of the words. Never for phrases."""
    question = parse(query.text, query.lang)
    if question.empty or question.phrases:
        return None
    return _within(query, _near(question))


def _within(query: Query, text: tantivy.Query) -> tantivy.Query:
    from tantivy import Occur
    from tantivy import Query as Q

    return Q.boolean_query([(Occur.Must, _allowed(query)), (Occur.Must, text)])


def _allowed(query: Query) -> tantivy.Query:
    """What this reader may know of and the filters let through; it adds nothing to a score."""
    from tantivy import Occur
    from tantivy import Query as Q

    clauses = [(Occur.Must, _readable(query.tokens)), *((Occur.Must, part) for part in _filters(query))]
    if query.excluded:
        clauses.append((Occur.MustNot, Q.term_set_query(schema(), "thing", sorted(query.excluded))))
    return Q.const_score_query(Q.boolean_query(clauses), 0.0)


def _readable(tokens: frozenset[str]) -> tantivy.Query:
    """Of each record that the reader may know of, exactly one variant: the exact one only with the part's token."""
    from tantivy import Occur
    from tantivy import Query as Q

    names = sorted(tokens)
    record = Q.term_set_query(schema(), "tokens", names)
    part = Q.term_set_query(schema(), "part_tokens", names)
    opened = Q.term_query(schema(), "variant", "open", index_option="basic")
    exact = Q.term_query(schema(), "variant", "exact", index_option="basic")
    one = Q.boolean_query(
        [
            (Occur.Should, Q.boolean_query([(Occur.Must, opened), (Occur.MustNot, part)])),
            (Occur.Should, Q.boolean_query([(Occur.Must, exact), (Occur.Must, part)])),
        ]
    )
    return Q.boolean_query([(Occur.Must, record), (Occur.Must, one)])


def wanted_facets(query: Query) -> dict[str, list[str]]:
    """All value filters of a query by facet name, the empty ones left out."""
    named = {"kind": query.kind or [], "country": query.country or []}
    for name, values in query.filters.items():
        if values:
            named[name] = [value for value in values if value in named[name]] if named.get(name) else list(values)
            named[name] = named[name] or [""]
    return {name: values for name, values in named.items() if values}


def _filters(query: Query) -> list[tantivy.Query]:
    from tantivy import Query as Q

    parts = [
        Q.term_set_query(schema(), facet_path(name), [facet_term(value) for value in values])
        for name, values in wanted_facets(query).items()
    ]
    if query.things is not None:
        parts.append(Q.term_set_query(schema(), "thing", sorted(query.things)))
    if query.bbox is not None:
        parts += _box(query.bbox)
    if query.touching is not None:
        west, south, east, north = outwards(query.touching)
        parts += [between("west", None, east), between("east", west, None)]
        parts += [between("south", None, north), between("north", south, None)]
    if query.dates is not None:
        first, last = query.dates
        parts.append(between("date_max", first, None))
        parts.append(between("date_min", None, last))
    return parts


def between(name: str, low: int | None, high: int | None) -> tantivy.Query:
    """What has a number from ``low`` to ``high``; None is open, and with two open ends anything that has one."""
    from tantivy import FieldType
    from tantivy import Query as Q

    if low is None and high is None:
        return Q.exists_query(name)
    return Q.range_query(schema(), name, FieldType.Integer, low, high)


def micro(bbox: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """The box in whole microdegrees."""
    west, south, east, north = (round(side * MICRO) for side in bbox)
    return west, south, east, north


def _box(bbox: tuple[float, float, float, float]) -> list[tantivy.Query]:
    from tantivy import Occur
    from tantivy import Query as Q

    west, south, east, north = micro(bbox)
    if south > north:
        return [Q.empty_query()]
    latitude = between("lat", south, north)
    if west <= east:
        return [latitude, between("lon", west, east)]
    sides = [(Occur.Should, between("lon", west, None)), (Occur.Should, between("lon", None, east))]
    return [latitude, Q.boolean_query(sides)]


def _text(question: Question, query: Query) -> tantivy.Query:
    from tantivy import Occur
    from tantivy import Query as Q

    literal = [_best([_all([_word(w) for w in way]) for way in ways]) for ways in question.clauses]
    for start, end, named in reversed(question.meant) if query.expand else ():
        wanted = with_narrower(named) if query.narrower else named
        literal[start:end] = [_best([_all(literal[start:end]), *_concepts(wanted)])]
    every = [(Occur.Must, part) for part in literal]
    every += [(Occur.Must, _best([_side_by_side(reading) for reading in phrase])) for phrase in question.phrases]
    asked = Q.boolean_query(every)
    if not question.whole:
        return asked
    titles = _best([_constant("whole", term, WHOLE[term[0]]) for term in question.whole if term[0] in WHOLE])
    return Q.boolean_query([(Occur.Should, asked), (Occur.Should, titles)])


def _near(question: Question) -> tantivy.Query:
    from tantivy import Occur
    from tantivy import Query as Q

    ways = [(Occur.Should, _best([_all([_word(w) for w in way]) for way in ways])) for ways in question.clauses]
    titles = []
    for term in question.whole:
        for distance, score in enumerate(NEAR[term[0]][: 3 if len(term) > 7 else 2 if len(term) > 4 else 1]):
            fuzzy = Q.fuzzy_term_query(schema(), "whole", term, distance=distance)
            titles.append(Q.const_score_query(fuzzy, score))
    return Q.boolean_query([*ways, *([(Occur.Should, _best(titles))] if titles else [])])


def _word(wanted: Wanted) -> tantivy.Query:
    from tantivy import Query as Q

    ways = [_constant(f"{weight}_exact", form, EXACT[weight]) for weight in EXACT for form in wanted.exact]
    for form in wanted.stem:
        scores = ALIKE_STEM if form.startswith("~") else STEM
        ways += [_constant(f"{weight}_stem", form, score) for weight, score in scores.items()]
    for weight, score in SKELETON.items():
        alike = wanted.skeleton if weight == "title" else wanted.sounds
        ways += [_constant(f"{weight}_skeleton", form, score) for form in alike]
    if wanted.beginning:
        for form in wanted.exact:
            if len(form) in PREFIX:
                # The library's own prefix query stops after 50 words of the dictionary, hidden ones counted.
                pattern = _plain(form) + ".*"
                ways += [
                    Q.const_score_query(Q.regex_query(schema(), f"{weight}_exact", pattern), score)
                    for weight, score in BEGINNING.items()
                ]
    return _best(ways)


def _concepts(named: Sequence[str]) -> list[tantivy.Query]:
    """Three clauses, however many concepts."""
    from tantivy import Query as Q

    terms = [f"{MARK}{concept}" for concept in named]
    return [
        Q.const_score_query(Q.term_set_query(schema(), f"{weight}_stem", terms), score)
        for weight, score in CONCEPT.items()
    ]


def _plain(form: str) -> str:
    """``form`` as a pattern that means just this."""
    return "".join(f"\\{c}" if c.isascii() and not (c.isalnum() or c == " ") else c for c in form)


def _side_by_side(reading: list[str]) -> tantivy.Query:
    from tantivy import Query as Q

    if len(reading) == 1:
        return _best([_constant(f"{weight}_exact", reading[0], score) for weight, score in EXACT.items()])
    parts = []
    for weight, score in EXACT.items():
        phrase = Q.phrase_query(schema(), f"{weight}_exact", [(at, form) for at, form in enumerate(reading)])
        parts.append(Q.const_score_query(phrase, score * len(reading)))
    return _best(parts)


def _constant(name: str, form: str, score: float) -> tantivy.Query:
    from tantivy import Query as Q

    return Q.const_score_query(Q.term_query(schema(), name, form, index_option="basic"), score)


def _best(ways: list[tantivy.Query]) -> tantivy.Query:
    from tantivy import Query as Q

    return ways[0] if len(ways) == 1 else Q.disjunction_max_query(ways)


def _all(parts: list[tantivy.Query]) -> tantivy.Query:
    from tantivy import Occur
    from tantivy import Query as Q

    return parts[0] if len(parts) == 1 else Q.boolean_query([(Occur.Must, part) for part in parts])


def order(query: Query) -> tuple[str, bool] | None:
    """The field that sorts and whether upwards; None for relevance. Without a text the newest come first."""
    if query.sort == "date":
        return "by_date", True
    name, _, lang = query.sort.partition(":")
    if name == "name":
        return f"by_name_{lang if lang in LANGUAGES else 'en'}", True
    if query.sort == "updated" or not query.text.strip():
        return "by_updated", False
    return None
