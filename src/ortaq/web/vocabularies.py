"""What the pages of the vocabularies show, and what is posted to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ortaq.engine import kinds
from ortaq.engine.access import Reader
from ortaq.engine.fields import Term as TermField
from ortaq.engine.labels import pick
from ortaq.engine.problems import Absent, Problem, Problems
from ortaq.people.actors import Member
from ortaq.search.access import search
from ortaq.search.query import Query
from ortaq.vocab import actions, names, table, terms
from ortaq.vocab.access import Asked, counted, of_term
from ortaq.vocab.terms import Term
from ortaq.web.deciding import attempt
from ortaq.web.finding import legend
from ortaq.web.reading import lang
from ortaq.web.thesaurus import explained

SAID = {
    "accept": gettext_lazy("Accepted. The label is in force now."),
    "return": gettext_lazy("Returned with your reason."),
    "withdraw": gettext_lazy("The proposal was taken back."),
    "undo": gettext_lazy("Undone. The earlier label is in force again."),
}
ANY = "any"
UNCHECKED = "[mem]"  # behind a number that nobody has compared with its source


@dataclass(frozen=True)
class Label:
    """A label in one language; ``doubtful``: it is still to be checked. Empty text where there is none."""

    lang: str
    text: str
    doubtful: bool


@dataclass(frozen=True)
class Row:
    """A term for a reader: its label for him, and those in the other languages."""

    code: str
    own: Label
    others: list[Label]
    note: str
    new: bool

    @property
    def doubtful(self) -> bool:
        return self.own.doubtful or any(label.doubtful for label in self.others)


@dataclass(frozen=True)
class Line:
    """A proposal beside the names of what it is about."""

    asked: Asked
    vocabulary: str
    term: Label


def title(name: str) -> str:
    """What a vocabulary is called in the reader's language."""
    return str(names.LABELS[name]) if name in names.LABELS else name


def row(term: Term) -> Row:
    code, text = pick(dict(term.labels), lang())
    own = Label(code, text or term.code, code in term.doubtful)
    others = [
        Label(other, term.labels.get(other, ""), other in term.doubtful) for other in table.LANGUAGES if other != lang()
    ]
    note = term.note.replace(UNCHECKED, f"({_('to be checked')})")
    return Row(term.code, own, others, note, terms.shipped(term.vocabulary, term.code) is None)


def everything(reader: Reader) -> dict[str, Any]:
    """All vocabularies by name, each with how much of it is to be checked and how many proposals wait."""
    waiting = counted(reader)
    rows = []
    for name in terms.vocabularies():
        held = terms.terms(name)
        doubtful = sum(len(term.doubtful) for term in held)
        rows.append(
            {
                "name": name,
                "title": title(name),
                "terms": len(held),
                "doubtful": doubtful,
                "waiting": waiting.get(name, 0),
            }
        )
    total = {key: sum(int(str(r[key])) for r in rows) for key in ("terms", "doubtful", "waiting")}
    return {"rows": sorted(rows, key=lambda r: str(r["title"]).casefold()), "total": total}


def one(name: str, asked: QueryDict) -> dict[str, Any]:
    """One vocabulary; ``check`` is a language or ``any``, ``q`` words that a label must have. Raises Absent."""
    held = known(name)
    check, words = asked.get("check", ""), asked.get("q", "")[:200]
    shown = [row(term) for term in held if _wanted(term, check, table.fold(words))]
    return {
        "name": name,
        "title": title(name),
        "rows": shown,
        "count": len(held),
        "doubtful": sum(len(term.doubtful) for term in held),
        "check": check,
        "words": words,
        "languages_of_labels": table.LANGUAGES,
        "other_languages": [code for code in table.LANGUAGES if code != lang()],
    }


def known(name: str) -> tuple[Term, ...]:
    """The terms of a vocabulary; raises Absent for none."""
    if name not in terms.vocabularies():
        raise Absent(name)
    return terms.terms(name)


def _wanted(term: Term, check: str, words: str) -> bool:
    if check and not (term.doubtful if check == ANY else check in term.doubtful):
        return False
    return not words or any(words in text for text in table.folded((term.code, *term.labels.values())))


def term(reader: Reader, name: str, code: str, form: Mapping[str, str]) -> dict[str, Any]:
    """One term with all its labels, where it is used, what was proposed for it, and the form. Raises Absent."""
    found = next((held for held in known(name) if held.code == code), None)
    if found is None:
        raise Absent(code)
    return {
        "name": name,
        "title": title(name),
        "row": row(found),
        "explained": explained(name, code, lang()),
        "uses": uses(reader, name, code),
        "proposals": lines(of_term(reader, name, code)),
        "boxes": _boxes(found.labels, found.doubtful, form),
        "reason": form.get("_reason", ""),
        "source": form.get("source", ""),
    }


def new_term(name: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The form for a term that the vocabulary does not have. Raises Absent."""
    known(name)
    return {
        "name": name,
        "title": title(name),
        "boxes": _boxes({}, frozenset(), form),
        "code": form.get("code", ""),
        "reason": form.get("_reason", ""),
        "source": form.get("source", ""),
    }


def _boxes(labels: Mapping[str, str], doubtful: Iterable[str], form: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "lang": code,
            "now": labels.get(code, ""),
            "doubtful": code in doubtful,
            "text": form.get(f"label.{code}", labels.get(code, "")),
            "errors": [],
        }
        for code in table.LANGUAGES
    ]


def uses(reader: Reader, name: str, code: str) -> list[dict[str, Any]]:
    """Links to the search for each filter in which the term can be chosen, with what this reader finds there."""
    facets = sorted(
        facet
        for facet, fields in kinds.facets().items()
        if any(isinstance(of, TermField) and of.vocabulary == name for of in fields)
    )
    return [
        {
            "label": legend(facet),
            "url": f"{reverse('search')}?{urlencode({facet: code})}",
            "count": search(reader, Query(lang=lang(), filters={facet: [code]}, limit=0)).count,
        }
        for facet in facets
    ]


def propose(actor: Member, name: str, code: str, form: Mapping[str, str]) -> tuple[Any, list[Problem]]:
    """(proposal, []) or (None, what is wrong). A box that was left as it is says nothing, save of a doubtful label."""
    known(name)
    labels = {lang_: form[f"label.{lang_}"] for lang_ in table.LANGUAGES if form.get(f"label.{lang_}", "").strip()}
    found = terms.get(name, code)
    confirmed = {lang_ for lang_ in table.LANGUAGES if form.get(f"right.{lang_}")}
    if found is not None:
        labels = {
            lang_: text
            for lang_, text in labels.items()
            if text.strip() != found.labels.get(lang_) or lang_ in confirmed
        }
    try:
        reason, source = form.get("_reason", ""), form.get("source", "")
        return actions.propose(actor, name, code, labels, reason=reason, source=source), []
    except Problems as problems:
        return None, problems.problems


def refused(values: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """The form once more with each message beside its box."""
    by_place: dict[str, list[str]] = {}
    for problem in problems:
        by_place.setdefault(str(problem.path[0]) if problem.path else "", []).append(problem.text)
    boxes = [box | {"errors": by_place.pop(box["lang"], [])} for box in values["boxes"]]
    return {"boxes": boxes, "errors": by_place, "mistakes": [problem.text for problem in problems]}


def line(asked: Asked) -> Line:
    labels = asked.term.labels if asked.term else asked.proposal.labels
    code, text = pick(dict(labels), lang())
    return Line(asked, title(asked.proposal.vocabulary), Label(code, text or asked.proposal.code, False))


def lines(asked: Iterable[Asked]) -> list[Line]:
    return [line(one_) for one_ in asked]


def answer(actor: Member, id_: UUID, do: str, reason: str) -> str:
    """Accepts, returns, takes back or undoes one proposal; gives the sentence that says why not."""
    acts: dict[str, Callable[[], Any]] = {
        "accept": lambda: actions.accept(actor, id_, reason=reason),
        "return": lambda: actions.return_(actor, id_, reason=reason),
        "withdraw": lambda: actions.withdraw(actor, id_, reason=reason),
        "undo": lambda: actions.undo(actor, id_, reason=reason),
    }
    if do not in acts:
        raise Absent(do)
    return attempt(acts[do])
