"""``python -m bench [name …] [--json FILE]``: each measurement in a process of its own, so that none warms another."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.figures import Figure, table

MODULES = {
    "import": "import_",
    "pages": "pages",
    "search": "search",
    "typeahead": "typeahead",
    "maps": "maps",
    "start": "start",
    "memory": "memory",
}
TIMED = ("pages", "search", "typeahead", "maps", "memory")


def main() -> int:
    args = arguments()
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))  # so that every node is ended and removed
    if args.inner:
        figures = measured(args)
        Path(args.json).write_text(json.dumps([asdict(figure) for figure in figures]))
        return 0
    found: dict[str, list[dict[str, Any]]] = {}
    failed = False
    for name in args.names or MODULES:
        figures = run(name, args)
        failed |= figures is None or any(figure.met is False for figure in figures)
        if figures is None:
            print(f"{name}: ended with an error")
            continue
        print(table(name, figures), flush=True)
        found[name] = [{**asdict(figure), "met": figure.met} for figure in figures]
    if args.json:
        machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
        Path(args.json).write_text(json.dumps({"machine": machine, "figures": found}, indent=1))
    return int(failed)


def measured(args: argparse.Namespace) -> list[Figure]:
    if args.list:
        return list(importlib.import_module("bench.lists").measure(args.list, args.rows or 0))
    return list(importlib.import_module(f"bench.{MODULES[args.names[0]]}").measure(**sizes(args)))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(MODULES))
    parser.add_argument("--records", type=int, help="how many records to measure with")
    parser.add_argument("--seconds", type=float, help="how long to ask or to wait, where that is measured")
    parser.add_argument(
        "--pleiades", dest="list", action="store_const", const="pleiades", help="import: this real list"
    )
    parser.add_argument(
        "--geonames", dest="list", action="store_const", const="geonames", help="import: this real list"
    )
    parser.add_argument("--rows", type=int, help="so many rows of the list (default: all)")
    parser.add_argument("--json", metavar="FILE", help="write the figures there too")
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.list and args.names != ["import"]:
        parser.error("a list is what “import” is measured with")
    for name in args.names:
        if name not in MODULES:
            parser.error(f"there is no measurement “{name}”; choose from {', '.join(MODULES)}")
    return args


def sizes(args: argparse.Namespace) -> dict[str, float]:
    timed = {"seconds": args.seconds} if args.seconds and args.names[0] in TIMED else {}
    return ({"records": args.records} if args.records else {}) | timed


def run(name: str, args: argparse.Namespace) -> list[Figure] | None:
    """The figures of one measurement, None when it ended with an error."""
    with tempfile.TemporaryDirectory() as there:
        file = Path(there) / "figures.json"
        command = [sys.executable, "-m", "bench", name, "--inner", "--json", str(file)]
        command += ["--records", str(args.records)] if args.records else []
        command += [f"--{args.list}", "--rows", str(args.rows or 0)] if args.list else []
        command += ["--seconds", str(args.seconds)] if args.seconds else []
        path = os.pathsep.join(filter(None, ["src", os.environ.get("PYTHONPATH", "")]))
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path})
        try:
            if process.wait():
                return None
        finally:
            process.terminate()
            process.wait()
        return [Figure(**row) for row in json.loads(file.read_text())]


if __name__ == "__main__":
    sys.exit(main())
