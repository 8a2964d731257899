"""``python -m bench.search_quality --names FILE.tsv [--json FILE]``: is a place found by its name in another language?

One index a target language, filled and asked by the code of the product: a document for each row that has a
name in this language, its title and nothing else. Then each row is asked for by its name in each other language,
and the document of this very row must come. Alike documents are ties: an answer counts as the average over all
orders of what the ranking cannot tell apart (the last fraction of a score is chance, drawn by the thing's name).

A name alone does not say which of its bearers is meant (25 villages of the tuning file are called Актобе). So two
counts are given. ``r1``, ``r10``, ``mrr`` rank the different titles that come, and a title is right when a row with
the very name that was asked for has it. ``place_r1``, ``place_r10``, ``place_mrr`` want the very row among all rows;
rows with the same title are ties, so ``ceiling_r1`` is the best that any ranking could reach there.

The rows are halved by a digest of their id: rules may be tuned on what the first half shows; ``held_out`` is the
other one. Both are asked against the whole index.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import permutations
from math import comb, log2
from pathlib import Path

from ortaq.search.index import IndexReader, IndexWriter, Page
from ortaq.search.query import PAGE, Query
from ortaq.search.schema import Document, weight_of

LANGS = ("kk", "az", "ru", "en")
PUBLIC = frozenset({"public"})
BATCH = 2_000
HALVES = ("tuned", "held_out")
# recall@1 and @10 of plain folding, as the notes beside the data give them; other pairs have no floor
FLOORS = {
    "kk-az": (0.70, 0.89),
    "ru-az": (0.73, 0.87),
    "az-ru": (0.68, 0.81),
    "ru-kk": (0.83, 0.91),
    "kk-en": (0.72, 0.87),
}

Row = dict[str, str]


@dataclass
class Tally:
    """Sums over the questions of one pair; ``figures`` are their means."""

    n: int = 0
    sums: Counter[str] = field(default_factory=Counter)

    def add(self, found: dict[str, float]) -> None:
        self.n += 1
        self.sums.update(found)

    def figures(self) -> dict[str, float]:
        return {"n": self.n, **{name: round(total / self.n, 4) for name, total in sorted(self.sums.items())}}


@dataclass(frozen=True)
class Place:
    """Where the first right answer stands: ``above`` others before it, ``tied`` of its rank, ``right`` of these."""

    above: int
    tied: int
    right: int = 1

    def figures(self, prefix: str = "") -> dict[str, float]:
        chances = [
            comb(self.tied - at, self.right - 1) / comb(self.tied, self.right)
            for at in range(1, self.tied - self.right + 2)
        ]
        ranked = list(enumerate(chances, self.above + 1))
        return {
            f"{prefix}r1": sum(chance for rank, chance in ranked if rank == 1),
            f"{prefix}r10": sum(chance for rank, chance in ranked if rank <= 10),
            f"{prefix}mrr": sum(chance / rank for rank, chance in ranked),
        }


NOWHERE = Place(10**6, 1)


class Target:
    """The index of all names in one language."""

    def __init__(self, folder: Path, lang: str, rows: Iterable[Row]) -> None:
        self.lang = lang
        self.titles = {row["id"]: row[lang] for row in rows if row[lang]}
        self.namesakes = Counter(self.titles.values())
        self._fine: dict[str, tuple[float, int]] = {}
        with IndexWriter(folder) as writer:
            things = list(self.titles)
            for start in range(0, len(things), BATCH):
                batch = [self._document(thing) for thing in things[start : start + BATCH]]
                if aside := writer.put(batch, [], start + 1):
                    raise ValueError(str(aside[0]))
        self.reader = IndexReader(folder)

    def _document(self, thing: str) -> Document:
        titles = {self.lang: self.titles[thing]}
        made = Document(thing, thing, "open", tokens=sorted(PUBLIC), part_tokens=[], kind="place", titles=titles)
        self._fine[thing] = (log2(2 + weight_of(made)), len(self.titles[thing]))
        return made

    def ask(self, name: str, lang: str, wanted: str, right: Set[str]) -> dict[str, float]:
        """How well the wanted row, and one of the ``right`` titles, is found by this name."""
        page = self.reader.search(Query(text=name, lang=lang, tokens=PUBLIC, limit=PAGE, facets=()))
        scores = self._scores(page)
        found = {"ceiling_r1": 1 / self.namesakes[self.titles[wanted]]}
        best: dict[str, tuple[float, int]] = {}
        for thing, score in scores.items():
            best[self.titles[thing]] = max(best.get(self.titles[thing], score), score)
        return found | _place(best, right).figures() | _place(scores, {wanted}).figures("place_")

    def _scores(self, page: Page) -> dict[str, tuple[float, int]]:
        """The part of each score that is no chance: how it matched, then the shorter title."""
        return {
            hit.thing: (round(hit.score / self._fine[hit.thing][0], 3), -self._fine[hit.thing][1]) for hit in page.hits
        }


def _place(scores: dict[str, tuple[float, int]], right: Set[str]) -> Place:
    held = right & scores.keys()
    if not held:
        return NOWHERE
    best = max(scores[thing] for thing in held)
    tied = [thing for thing, score in scores.items() if score == best]
    return Place(sum(score > best for score in scores.values()), len(tied), len(held.intersection(tied)))


def half(id_: str) -> str:
    return HALVES[sha256(id_.encode()).digest()[0] & 1]


def measure(rows: list[Row], most: int | None = None) -> dict[str, dict[str, dict[str, float]]]:
    """Figures by part (pairs: all, then each half) and pair of languages; ``most`` questions a pair."""
    tallies = {part: {f"{a}-{b}": Tally() for a, b in permutations(LANGS, 2)} for part in ("pairs", *HALVES)}
    for to in LANGS:
        with tempfile.TemporaryDirectory(prefix="ortaq-names-") as folder:
            target = Target(Path(folder), to, rows)
            bearers: dict[tuple[str, str], set[str]] = {}
            for row in rows:
                if row[to]:
                    for one in LANGS:
                        bearers.setdefault((one, row[one]), set()).add(row[to])
            for one, row in _questions(rows, to, most):
                found = target.ask(row[one], one, row["id"], bearers[one, row[one]])
                for part in ("pairs", half(row["id"])):
                    tallies[part][f"{one}-{to}"].add(found)
    return {part: {pair: t.figures() for pair, t in own.items() if t.n} for part, own in tallies.items()}


def _questions(rows: list[Row], to: str, most: int | None) -> Iterator[tuple[str, Row]]:
    for one in LANGS:
        if one != to:
            both = [row for row in rows if row[one] and row[to]]
            both.sort(key=lambda row: sha256(row["id"].encode()).digest()[1:])  # a fixed sample, not the first ones
            yield from ((one, row) for row in both[:most])


def table(found: dict[str, dict[str, dict[str, float]]]) -> str:
    lines = [f"{'pair':<7}{'n':>7}  {'r1 floor':>8} {'r1':>6} {'tuned':>6} {'held':>6}   {'r10 floor':>9} {'r10':>6}"]
    lines[0] += f" {'tuned':>6} {'held':>6} {'mrr':>7}   {'place r1':>8} {'ceiling':>7}"
    for pair, all_ in found["pairs"].items():
        line = f"{pair:<7}{all_['n']:>7}  "
        for at, name in enumerate(("r1", "r10")):
            floor = f"{FLOORS[pair][at]:.2f}" if pair in FLOORS else ""
            parts = [found[part].get(pair, {}).get(name, 0.0) for part in ("pairs", *HALVES)]
            line += f"{floor:>{8 + at}} " + " ".join(f"{part:>6.3f}" for part in parts) + "   "[: 3 - 2 * at]
        missed = pair in FLOORS and any(all_[name] < FLOORS[pair][at] for at, name in enumerate(("r1", "r10")))
        line += f" {all_['mrr']:>6.3f}   {all_['place_r1']:>8.3f} {all_['ceiling_r1']:>7.3f}"
        lines.append(line + ("  MISSED" if missed else ""))
    return "\n".join(lines)


def read(path: Path) -> list[Row]:
    """Rows of the file with a value for each language; ids of several sources stay apart."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    kept = []
    for number, row in enumerate(rows):
        names = {lang: (row.get(lang) or "").strip() for lang in LANGS}
        kept.append({**names, "id": f"{row.get('source', '')}:{row.get('id') or number}"})
    if len({row["id"] for row in kept}) < len(kept):
        raise SystemExit(f"{path}: two rows have the same source and id")
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.search_quality", description=__doc__.split("\n")[0])
    parser.add_argument("--names", type=Path, required=True, help="table of names, tabs between columns kk, az, ru, en")
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--most", type=int, help="questions of each pair, a fixed sample; all without it")
    args = parser.parse_args()
    began = time.monotonic()
    found = measure(read(args.names), args.most)
    print(table(found))
    print(f"{time.monotonic() - began:.0f} s")
    if args.json:
        args.json.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
