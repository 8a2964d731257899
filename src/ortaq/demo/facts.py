"""What is known of the listed objects: ``data/facts.csv`` says what a source says and which, ``data/texts.toml`` says
it for people in four languages. Both come from the domain model of the project, and nothing in the texts does not.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

LANGUAGES = ("kk", "az", "ru", "en")
CERTAINTIES = ("V", "H")  # of the facts that the texts stand on: verified, or from memory and confident


@cache
def facts() -> dict[str, dict[str, str]]:
    """Key -> ``{"fact", "source", "certainty", "objects"}``."""
    return {row["key"]: row for row in csv.DictReader(StringIO(_text("facts.csv")))}


@cache
def texts() -> dict[str, dict[str, Any]]:
    """Number of an object -> its text in each language, ``facts`` with the keys of what it stands on."""
    return tomllib.loads(_text("texts.toml"))


def sources(keys: Iterable[str]) -> list[dict[str, dict[str, str]]]:
    """The sources of some facts as rows of a record, none twice."""
    said = {facts()[key]["source"]: facts()[key]["certainty"] for key in keys}
    return [{"source": {"text": text, "certainty": certainty}} for text, certainty in said.items()]


def objects() -> str:
    """``objects.csv`` with the texts and their sources in columns of their own, as ``objects.toml`` takes them."""
    reader = csv.DictReader(StringIO(_text("objects.csv")))
    added = [f"text_{lang}" for lang in LANGUAGES] + [f"sources_{certainty}" for certainty in CERTAINTIES]
    whole = StringIO()
    writer = csv.DictWriter(whole, [*(reader.fieldnames or ()), *added], lineterminator="\n")
    writer.writeheader()
    for row in reader:
        writer.writerow(row | _added(row["id"]))
    return whole.getvalue()


def _added(id_: str) -> dict[str, str]:
    text = texts().get(id_, {})
    said = [row["source"] for row in sources(text.get("facts", ()))]
    named = {c: " | ".join(s["text"] for s in said if s["certainty"] == c) for c in CERTAINTIES}
    spoken = {f"text_{lang}": text.get(lang, "") for lang in LANGUAGES}
    return spoken | {f"sources_{certainty}": names for certainty, names in named.items()}


def _text(name: str) -> str:
    return (files("ortaq.demo") / "data" / name).read_text("utf-8")
