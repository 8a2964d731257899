"""Terms of use and the text on personal data: versions in ``texts/<kind>/<version>/<language>.md``, and who accepted.

A version that people accepted is never changed; another text is a new folder with the next number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from ortaq.people.models import Acceptance, User

TEXTS = Path(__file__).parent / "texts"
KINDS = ("terms", "privacy")


@dataclass(frozen=True)
class Block:
    """A heading (``h2``), a paragraph (``p``) or a list (``ul``) with its items."""

    tag: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """One version of one text in one language."""

    kind: str
    version: str
    title: str
    blocks: tuple[Block, ...]


@cache
def versions(kind: str) -> tuple[str, ...]:
    """The oldest first."""
    return tuple(sorted((folder.name for folder in (TEXTS / kind).iterdir() if folder.is_dir()), key=int))


@cache
def text(kind: str, version: str, lang: str) -> Text:
    """A text that is there; ``lang`` is one of the languages of the site."""
    title, *blocks = (TEXTS / kind / version / f"{lang}.md").read_text("utf-8").strip().split("\n\n")
    return Text(kind, version, title.removeprefix("# "), tuple(map(_block, blocks)))


def _block(written: str) -> Block:
    if written.startswith("## "):
        return Block("h2", written.removeprefix("## "))
    if written.startswith("- "):
        items = written.removeprefix("- ").split("\n- ")
        return Block("ul", "", tuple(" ".join(item.split()) for item in items))
    return Block("p", " ".join(written.split()))


def newest() -> dict[str, str]:
    """Kind -> version that counts now."""
    return {kind: versions(kind)[-1] for kind in KINDS}


def mark() -> str:
    """The newest versions in one word, for a session to remember that they were accepted."""
    return ".".join(newest().values())


def accept(user: User, language: str) -> None:
    """The newest versions are accepted from now on; what was accepted before stays. No inverse: it happened."""
    for kind, version in newest().items():
        Acceptance.objects.get_or_create(user=user, kind=kind, version=version, defaults={"language": language})


def accepted(user: User) -> bool:
    known = set(Acceptance.objects.filter(user=user).values_list("kind", "version"))
    return set(newest().items()) <= known


def of(user: User) -> list[tuple[str, str, str, datetime]]:
    """(kind, version, language, when) of everything accepted, the newest first."""
    rows = Acceptance.objects.filter(user=user).order_by("-at", "kind")
    return list(rows.values_list("kind", "version", "language", "at"))
