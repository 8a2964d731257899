"""Reads one workbook or geographic file, in a process of its own: run as a module, never imported by the node.

What strangers made is opened by large libraries, so this process has neither Django nor the data of the node at
hand, no network, and ends by itself when it takes too much time or memory. The order is JSON on standard input;
the answer are lines of JSON: what the file says of itself, then ``[number, [cell, …]]``, the names of the columns
first. What is wrong is one line of JSON on standard error: ``[code, {parameters}]``.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ortaq.imports.cells import cell
from ortaq.imports.geofiles import READERS, Wrong

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


def confine(order: dict[str, Any]) -> None:
    """Limits for the whole process; where the system allows it, no network at all."""
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (order["most_bytes"], order["most_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        os.environ[name] = "http://127.0.0.1:9"


def workbook(order: dict[str, Any]) -> Iterator[Any]:
    """The rows of one sheet of an .xlsx file as they stand, empty ones too."""
    from python_calamine import CalamineWorkbook

    path = order["path"]
    with zipfile.ZipFile(path) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > order["most_bytes"]:
            raise Wrong("too_large")
    book = CalamineWorkbook.from_path(path)
    wanted = order["sheet"]
    if wanted and wanted not in book.sheet_names:
        raise Wrong("sheet", name=wanted, known=", ".join(book.sheet_names))
    table = book.get_sheet_by_name(wanted) if wanted else book.get_sheet_by_index(0)
    yield {"layers": book.sheet_names}
    for number, row in enumerate(table.to_python(skip_empty_area=False), start=1):
        yield number, [cell(value) for value in row]


def answer(order: dict[str, Any]) -> None:
    rows = workbook(order) if order["form"] == "xlsx" else READERS[order["form"]](order)
    with Path(order["out"]).open("w", encoding="utf-8") as out:
        for count, row in enumerate(rows):
            if count > order["most_rows"] + 1:
                raise Wrong("too_large")
            line = json.dumps(row, ensure_ascii=False) + "\n"
            if len(line) > order["longest_row"]:
                raise Wrong("too_large")
            out.write(line)


def main() -> int:
    order = json.load(sys.stdin)
    confine(order)
    try:
        answer(order)
    except Wrong as wrong:
        print(json.dumps([wrong.code, wrong.params]), file=sys.stderr)
        return 3
    except (MemoryError, OSError) as error:
        large = isinstance(error, MemoryError) or error.errno in (27, 12)  # EFBIG, ENOMEM
        print(json.dumps(["too_large" if large else "broken", {}]), file=sys.stderr)
        return 3
    except Exception as error:
        print(json.dumps(["broken", {"said": f"{type(error).__name__}: {error}"[:300]}]), file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
