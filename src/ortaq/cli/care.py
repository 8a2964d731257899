"""Keeping a node: index, check, bundles, backups.

Each function takes the parsed arguments and returns an exit status or None.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ortaq.cli.shared import ready
from ortaq.engine import backup as backups
from ortaq.engine import check as checks
from ortaq.engine import node
from ortaq.exchange import bundle as bundles
from ortaq.search import health
from ortaq.search.consumer import rebuild


def index(args: Namespace) -> int:
    ready()
    if args.what == "rebuild":
        print(f"{rebuild()} documents")
        return 0
    state, _status = health.report()
    print(state["index"])
    return 0 if state["index"]["lag"] == 0 else 1


def check(args: Namespace) -> int:
    ready()
    faults = 0
    for finding in checks.check():
        faults += finding.fault
        print(f"{finding.code}\t{finding.where}\t{finding.message}")
    print("No faults." if not faults else f"{faults} faults.")
    return 1 if faults else 0


def bundle(args: Namespace) -> None:
    ready()
    if args.what == "export":
        tokens = frozenset(args.audience.split(",")) if args.audience else None
        print(bundles.export(Path(args.file), audience=tokens))
    else:
        print(bundles.receive(Path(args.file)))


def backup(args: Namespace) -> None:
    ready()
    backups.backup(Path(args.file))
    print(f"{args.file} holds the node with its keys. Keep it where nobody else reads it.")


def restore(args: Namespace) -> None:
    ready()
    backups.restore(Path(args.file))
    here = node.this()
    print(f"The node {here.prefix} is back and begins epoch {here.epoch}. Rebuild the index: ortaq index rebuild")
