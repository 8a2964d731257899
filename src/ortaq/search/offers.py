"""Names that somebody may mean while he types: of published records that everybody reads, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ortaq.engine import access
from ortaq.engine.access import PUBLIC, View
from ortaq.engine.facts import Words
from ortaq.search.access import prepared
from ortaq.search.query import Query, beginning
from ortaq.search.starts import begun, score

MOST = 8
LOOKED_AT = 16  # records: several may have the same name
LONGEST = 100  # characters typed that are read
READ = ("kind", "kind_version", "data", "parts", "title")  # of a record, to name it


@dataclass(frozen=True)
class Offer:
    """A name in its own language, and the record that has it."""

    name: str
    lang: str
    view: View

    @property
    def kind(self) -> str:
        """What it is the name of, in the active language."""
        return str(self.view.kind.label) if self.view.kind else self.view.record.kind


def offers(text: str, lang: str) -> list[Offer]:
    """At most eight names that begin as ``text`` does, in any language and script; each name once."""
    wanted = begun(text[:LONGEST], lang)
    if not wanted:
        return []
    index, query = prepared(PUBLIC, Query(lang=lang))
    ids = [UUID(thing) for thing in index.best(beginning(query, wanted), LOOKED_AT)]
    rows = {record.id: record for record in access.visible(PUBLIC).filter(id__in=ids).only(*READ)}
    found: dict[str, Offer] = {}
    for view in access.titled(PUBLIC, [rows[id_] for id_ in ids if id_ in rows]):
        best = max(_names(view), key=lambda name: (score(name.text, name.lang or None, wanted), name.lang == lang))
        found.setdefault(best.text, Offer(best.text, best.lang, view))
    return list(found.values())[:MOST]


def _names(view: View) -> list[Words]:
    """Every name of a record, at least an empty one."""
    kind = view.kind
    known = kind is not None and view.record.kind_version <= kind.version
    of = kind.field(kind.title) if kind is not None and known else None
    facts = of.facts(view.data[of.name]) if of is not None and view.data.get(of.name) is not None else ()
    names = [fact for fact in facts if isinstance(fact, Words) and fact.weight == "title"]
    return [*names, *(Words(code, text, "title") for code, text in view.title.items())] or [Words("", "", "title")]
