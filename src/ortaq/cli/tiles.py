"""Files of vector tiles for the maps of the node."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ortaq.cli.shared import ready
from ortaq.engine.problems import Problem
from ortaq.tiles import kept
from ortaq.tiles.kept import Kept


def add(args: Namespace) -> None:
    ready()
    print(_line(kept.add(Path(args.file), args.name)))


def remove(args: Namespace) -> None:
    ready()
    kept.remove(args.name)
    print(f"{args.name} is removed. “ortaq tiles restore” brings it back, until another file is removed or replaced.")


def restore(_args: Namespace) -> None:
    ready()
    print(_line(kept.restore()))


def list_(_args: Namespace) -> int:
    """1 when one of them cannot be read any more."""
    ready()
    faults = 0
    for file in kept.every():
        try:
            print(_line(file))
        except Problem as wrong:
            faults = 1
            print(f"{file.name}\t{wrong}")
    return faults


def _line(file: Kept) -> str:
    about = file.about()
    first, last = about.zooms
    return f"{file.name}\t{file.size:,} bytes\tzoom {first} to {last}\t{', '.join(about.layers)}\t{about.attribution}"
