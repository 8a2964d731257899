"""``python -m bench.stemming FOLDER``: how many inflected forms have the stem of their lemma, and how many alien ones.

Reads ``kaz*.tsv`` and ``aze*.tsv`` of UniMorph (lemma, form, features). *Conflated*: the share of forms whose stem is
the stem of their lemma. *Pure*: of all pairs of different forms with one stem, the share that have one lemma. The
lemmas are halved by a digest; rules may be tuned on the first half.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from hashlib import sha256
from itertools import combinations
from pathlib import Path

from ortaq.search.folding import fold
from ortaq.search.stems import stem

FLOORS = {"kk": 0.934, "az": 0.868}


def measure(lang: str, rows: list[tuple[str, str]]) -> tuple[float, float]:
    """Conflated and pure."""
    pairs = {(fold(lemma, lang)[0], fold(form, lang)[0]) for lemma, form in rows if " " not in lemma + form}
    conflated = sum(stem(lemma, lang) == stem(form, lang) for lemma, form in pairs) / len(pairs)
    lemmas: dict[str, set[str]] = defaultdict(set)
    for lemma, form in pairs:
        lemmas[form].add(lemma)
    classes: dict[str, list[str]] = defaultdict(list)
    for form in lemmas:
        classes[stem(form, lang)].append(form)
    alike = [bool(lemmas[a] & lemmas[b]) for forms in classes.values() for a, b in combinations(forms, 2)]
    return conflated, sum(alike) / max(1, len(alike))


def read(path: Path) -> list[tuple[str, str]]:
    """Lemma and form; rows whose last column is no tag of UniMorph are damaged and left out."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row[0], row[1]) for row in rows if len(row) == 3 and row[2][:2] in ("N;", "V;", "AD")]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.stemming", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    print(f"{'':<22}{'forms':>7}{'floor':>8}{'conflated':>11}{'pure':>8}")
    for lang, name in (("kk", "kaz"), ("az", "aze")):
        for path in sorted(folder.glob(f"{name}*.tsv")):
            rows = read(path)
            first = [row for row in rows if sha256(row[0].encode()).digest()[0] & 1]
            held = [row for row in rows if row not in set(first)]
            for part, chosen in (("all", rows), ("tuned", first), ("held out", held)):
                conflated, pure = measure(lang, chosen)
                floor = FLOORS[lang]
                print(f"{path.stem + ' ' + part:<22}{len(chosen):>7}{floor:>8.3f}{conflated:>11.3f}{pure:>8.3f}")


if __name__ == "__main__":
    main()
