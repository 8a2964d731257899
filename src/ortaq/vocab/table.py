"""Reading the CSV and TSV files of the vocabularies: rows, labels and the mark of a doubtful label."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

LANGUAGES = ("kk", "az", "ru", "en", "tr")
SEPARATOR = " | "  # between the alternative labels of one cell

# Upper-case I belongs to i in Kazakh and English and to ı in Azerbaijani and Turkish: in a comparison of
# whole labels all four letters are one. ǝ is how some tables write ə; Russian tables leave out the dots of ё.
_SAME = str.maketrans({"ı": "i", "ǝ": "ə", "ё": "е"})
_BARE = re.compile(r"\s*\([^()]*\)$")


def rows(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of ``data/<name>`` in file order, every cell stripped."""
    text = (files("ortaq.vocab") / "data" / name).read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    return [{key: value.strip() for key, value in row.items()} for row in reader]


def certain(cell: str) -> tuple[str, bool]:
    """(label, doubtful): a label that ends with ``?`` is still to be checked; the mark is not part of it."""
    return cell.removesuffix("?").rstrip(), cell.endswith("?")


def labels(row: dict[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """(labels by language, the doubtful languages) of a row with one column a language; empty cells are left out."""
    cells = {lang: certain(row[lang]) for lang in LANGUAGES if row.get(lang)}
    return {lang: text for lang, (text, _) in cells.items()}, frozenset(lang for lang, cell in cells.items() if cell[1])


def fold(text: str) -> str:
    """``text`` as it is compared with labels: case, spaces and the variants of i, ə and ё do not matter."""
    lowered = unicodedata.normalize("NFC", text).casefold().replace("i\u0307", "i")
    return " ".join(lowered.translate(_SAME).split())


def bare(text: str) -> str:
    """``text`` without an explanation in brackets at its end: ``türbə (məqbərə)`` gives ``türbə``."""
    return _BARE.sub("", text)


def folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(text) for text in texts)
