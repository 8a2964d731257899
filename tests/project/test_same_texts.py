"""No language stands in for another: what two of them have alike is in a list with its reason."""

from __future__ import annotations

import ast
import csv
import tomllib
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from babel.messages.pofile import read_po

from ortaq.engine.labels import LANGUAGES

PACKAGE = Path(__file__).parents[2] / "src" / "ortaq"
TABLES = (PACKAGE / "vocab" / "data" / "vocab.csv", PACKAGE / "vocab" / "data" / "more.csv")
DOUBTFUL = " ?"  # at the end of a label that is to be checked
Same = tuple[str, str, str]


def plain(text: str) -> str:
    return text.removesuffix(DOUBTFUL).strip().casefold()


def alike(texts: dict[str, Iterable[str]]) -> Iterator[Same]:
    """(language, language, text) of what two languages have in common, of all forms that each of them has."""
    for one, other in combinations(LANGUAGES, 2):
        for text in sorted({plain(t) for t in texts.get(one, ())} & {plain(t) for t in texts.get(other, ())} - {""}):
            yield one, other, text


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def messages() -> Iterator[Same]:
    """Of the texts of the interface; the English ones are the names by which the catalogues know them."""
    found: dict[tuple[str, str], dict[str, Iterable[str]]] = {}
    for lang in LANGUAGES:
        with (PACKAGE / "locale" / lang / "LC_MESSAGES" / "django.po").open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    ids = forms(message.id)
                    texts = found.setdefault((ids[0], message.context or ""), {})
                    texts[lang] = ids if lang == "en" else forms(message.string)
    for texts in found.values():
        yield from alike(texts)


def labels() -> Iterator[Same]:
    """Of the labels ``L(kk=…, az=…, ru=…, en=…)`` of kinds and fields, wherever the source has one."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "L":
                yield from alike({str(k.arg): [ast.literal_eval(k.value)] for k in node.keywords})


def terms() -> Iterator[Same]:
    """Of the vocabularies."""
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from alike({lang: [row[lang]] for lang in LANGUAGES})


def excused() -> set[Same]:
    entries = tomllib.loads(Path(__file__).with_name("same_texts.toml").read_text())["same"]
    assert all(entry["reason"] for entry in entries)
    return {
        (one, other, text)
        for entry in entries
        for one, other in combinations([lang for lang in LANGUAGES if lang in entry["languages"]], 2)
        for text in entry["texts"]
    }


def test_no_language_stands_in_for_another() -> None:
    found = {*messages(), *labels(), *terms()}
    assert found - excused() == set(), "translate it, or list it in same_texts.toml with the reason"
    assert excused() - found == set(), "take it out of same_texts.toml"


def test_the_check_can_fail() -> None:
    assert list(alike({"kk": ["Акт"], "ru": ["акт ?"], "az": ["Akt"], "en": ["Act"]})) == [("kk", "ru", "акт")]
    assert list(alike({"az": ["one", "two"], "en": ["Two"]})) == [("az", "en", "two")]
    assert list(alike({"kk": [""], "ru": [""]})) == []
    assert any(labels()) and any(terms()) and any(messages())
