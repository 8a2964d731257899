"""What a paper says, as plain data: both typesetters, PDF and DOCX, are given this and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ortaq.engine.fields.base import Piece

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200d\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]")
MACHINE = ("machine", "machine_checked")


@dataclass(frozen=True)
class Run:
    """A bit of text in one language ("" that of the paper); ``soft``: said beside what matters."""

    text: str
    lang: str = ""
    soft: bool = False


@dataclass(frozen=True)
class Line:
    """``small`` lines say what the line above rests on; ``label`` stands before the runs."""

    runs: list[Run]
    label: str = ""
    small: bool = False


@dataclass(frozen=True)
class Grid:
    """A table; ``shares`` are the widths of its columns in relation to each other."""

    head: list[str]
    rows: list[list[list[Run]]]
    shares: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """``width`` and ``height`` in millimetres; ``text`` says what is on it."""

    svg: str
    width: int
    height: int
    text: str


@dataclass(frozen=True)
class Block:
    """What stands under one heading; ``blank`` lines to write on by hand."""

    label: str
    lines: list[Line] = field(default_factory=list)
    grid: Grid | None = None
    picture: Picture | None = None
    blank: int = 0


@dataclass(frozen=True)
class Plate:
    """What hangs beside a monument: names, number, and the address as a QR code."""

    title: Run
    names: list[Run]
    number: str
    address: str
    qr: str


@dataclass(frozen=True)
class Paper:
    """``form`` is ``record``, ``list`` or ``plates``. ``stamp`` is the only moment in the file, so that the same data
    give the same bytes."""

    form: str
    lang: str
    title: Run
    stamp: datetime
    author: str
    kicker: str = ""
    names: list[Run] = field(default_factory=list)
    notice: str = ""
    about: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    plates: list[Plate] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    address: str = ""
    qr: str = ""

    def only_picture(self) -> Paper:
        """A page that is nothing but the map of this paper."""
        return replace(self, form="picture", blocks=[block for block in self.blocks if block.picture])

    def json(self) -> str:
        """For the typesetter; what no font can show is taken out."""
        said = asdict(self) | {"stamp": int(self.stamp.timestamp())}
        return json.dumps(_printable(said), ensure_ascii=False, sort_keys=True)


def printable(text: str) -> str:
    """``text`` without what no font shows and XML does not allow."""
    return UNPRINTABLE.sub("", text)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(inner) for name, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list) else value


def runs(pieces: Iterable[Piece], between: str = ", ") -> list[Run]:
    """Pieces in one line, as the pages say them."""
    found: list[Run] = []
    for number, piece in enumerate(pieces):
        found += [Run(between)] if number else []
        found.append(Run(piece.text, piece.lang))
        found += [Run(f" ({piece.note})", soft=True)] if piece.note else []
        found += [Run(f" ({machine(piece.origin)})", soft=True)] if piece.origin in MACHINE else []
    return found


def machine(origin: str) -> str:
    return _("machine translation, checked by a person") if origin == MACHINE[1] else _("machine translation")
