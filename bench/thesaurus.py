"""``python -m bench.thesaurus``: what the other names of what was meant add to a search, and what they cost.

A demo node is built in a temporary folder, and 100 questions are put to it as the public, 25 in each language. For
each the right answers were judged by reading the examples of the demo (``thesaurus_judged.txt`` lists those that were
read); what else a node finds is left out of the count. Recall is the share of the right answers that came, precision
the share of right ones among the judged ones that came, both over all questions of a language.
"""

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LANGS = ("kk", "az", "ru", "en")
WAYS = ("typed", "meant", "narrower")  # only what was typed; with other names; with narrower terms as well

Ask = Callable[[str, str, str], Iterable[str]]  # words, language, way -> refs of what came


@dataclass(frozen=True)
class Asked:
    """A question and the refs of its right answers."""

    lang: str
    text: str
    right: frozenset[str]


@dataclass
class Figures:
    """Sums over questions."""

    right: int = 0
    came: int = 0
    right_came: int = 0

    @property
    def recall(self) -> float:
        return self.right_came / self.right if self.right else 0.0

    @property
    def precision(self) -> float:
        return self.right_came / self.came if self.came else 0.0


def read() -> list[Asked]:
    with (HERE / "thesaurus_queries.tsv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Asked(row["lang"], row["query"], frozenset(row["right"].split())) for row in rows]


def judged() -> frozenset[str]:
    return frozenset((HERE / "thesaurus_judged.txt").read_text(encoding="utf-8").split())


def measure(ask: Ask) -> dict[str, dict[str, Figures]]:
    """Figures by language, and over ``all``, of each way to ask."""
    known = judged()
    found = {lang: {way: Figures() for way in WAYS} for lang in (*LANGS, "all")}
    for one in read():
        for way in WAYS:
            came = known.intersection(ask(one.text, one.lang, way))
            for figures in (found[one.lang][way], found["all"][way]):
                figures.right += len(one.right)
                figures.came += len(came)
                figures.right_came += len(one.right & came)
    return found


def refs() -> dict[str, str]:
    """Id of a record -> ref, of the examples that the public sees."""
    from ortaq.demo import examples
    from ortaq.engine import access
    from ortaq.engine.access import PUBLIC

    found = {}
    for name in examples.FILES:
        kind, rows = examples.read(name)
        views = access.views(PUBLIC, list(access.visible(PUBLIC).filter(kind=kind)))
        titled = {(lang, text): str(view.record.id) for view in views for lang, text in view.title.items()}
        for row in rows:
            for lang, text in row["names"].items():
                whole = text if row.get("facts") else f"{examples.WORDS[lang]}: {text}"
                if (lang, whole) in titled:
                    found[titled[lang, whole]] = row["ref"]
    return found


def asker() -> Ask:
    """Asks the index of the node as the public."""
    from ortaq.engine.access import PUBLIC
    from ortaq.search.access import opened
    from ortaq.search.query import PAGE, Query

    known = refs()
    index = opened()
    index.refresh()

    def ask(text: str, lang: str, way: str) -> Iterator[str]:
        query = Query(
            text, lang, PUBLIC.tokens, limit=PAGE, facets=(), expand=way != "typed", narrower=way == "narrower"
        )
        page = index.search(query)
        yield from (known.get(hit.thing, "") for hit in page.hits if not page.near)

    return ask


@contextmanager
def demo() -> Iterator[None]:
    """A demo node in a folder of its own, with its index, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="ortaq-thesaurus-"))
    os.environ["ORTAQ_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortaq.site.settings")
    try:
        import django

        django.setup()
        from ortaq.cli.shared import ready
        from ortaq.demo import build
        from ortaq.engine import node
        from ortaq.search.consumer import Consumer

        ready()
        node.init("BENCH", "KZ", "Bench")
        build.build()
        with Consumer() as consumer:
            consumer.follow()
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cost() -> str:
    """Memory and time of the names, and of a question."""
    import tracemalloc

    from ortaq.search import concepts

    concepts._names.cache_clear()
    began = time.process_time()
    for lang in concepts.SCRIPTS:
        concepts._names(lang)
    loaded = time.process_time() - began
    concepts._names.cache_clear()
    tracemalloc.start()
    for lang in concepts.SCRIPTS:
        concepts._names(lang)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    texts = [(one.text, one.lang) for one in read()]
    for text, lang in texts:
        concepts.asked(text, lang)
    concepts.asked.cache_clear()
    began = time.process_time()
    for text, lang in texts:
        concepts.asked(text, lang)
    each = (time.process_time() - began) / len(texts)
    return f"names: {held / 2**20:.1f} MB, read in {loaded * 1000:.0f} ms; a question: {each * 1e6:.0f} µs"


def table(found: dict[str, dict[str, Figures]]) -> str:
    lines = [f"{'':<5}{'right':>6}" + "".join(f"{way:>12} recall  precision" for way in WAYS)]
    for lang, ways in found.items():
        line = f"{lang:<5}{ways[WAYS[0]].right:>6}"
        lines.append(line + "".join(f"{'':>12} {f.recall:>6.3f}  {f.precision:>9.3f}" for f in ways.values()))
    return "\n".join(lines)


def main() -> int:
    with demo():
        print(table(measure(asker())))
        print(cost())
    return 0


if __name__ == "__main__":
    sys.exit(main())
