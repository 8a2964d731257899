"""A question as clauses of the index, each with its score.

Scores are constants by the way a word matched, never statistics of the whole index, which would let
hidden documents move the visible ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ortaq.search.concepts import MARK, with_narrower
from ortaq.search.question import Question, Wanted
from ortaq.search.schema import schema
from ortaq.search.starts import SCORES

if TYPE_CHECKING:
    import tantivy

PREFIX = range(2, 33)  # characters a word needs, and may have, to be taken as a beginning
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


def exactly(question: Question, expand: bool, narrower: bool) -> tantivy.Query:
    """What matches a question: every clause and phrase, or a title that is all of it."""
    from tantivy import Occur
    from tantivy import Query as Q

    literal = [_best([_all([_word(w) for w in way]) for way in ways]) for ways in question.clauses]
    for start, end, named in reversed(question.meant) if expand else ():
        wanted = with_narrower(named) if narrower else named
        literal[start:end] = [_best([_all(literal[start:end]), *_concepts(wanted)])]
    every = [(Occur.Must, part) for part in literal]
    every += [(Occur.Must, _best([_side_by_side(reading) for reading in phrase])) for phrase in question.phrases]
    asked = Q.boolean_query(every)
    if not question.whole:
        return asked
    titles = _best([_constant("whole", term, WHOLE[term[0]]) for term in question.whole if term[0] in WHOLE])
    return Q.boolean_query([(Occur.Should, asked), (Occur.Should, titles)])


def beginning(starts: list[str]) -> tantivy.Query:
    """What has a name with one of these beginnings, the best beginning first."""
    from tantivy import Query as Q

    # The library's own prefix query stops after 50 words of the dictionary, hidden ones counted.
    return _best(
        [
            Q.const_score_query(Q.regex_query(schema(), "starts", f"{_plain(form)}.*"), SCORES[form[0]])
            for form in starts
        ]
    )


def almost(question: Question) -> tantivy.Query:
    """What comes near a question nothing matches: titles that sound almost so, and any of the words."""
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
