"""Sets one paper, in a process of its own: run as a file with its order on standard input, never imported.

It has neither Django nor the node at hand, no network, and ends by itself when it takes too much time or memory.
The order is JSON: ``source`` (the template), ``data`` (the paper), ``stamp``, ``fonts``, ``format``, ``out``,
``seconds``, ``memory``. Only the data are anybody's, and they are never read as markup.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import sys
from contextlib import suppress
from typing import Any

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
UNSHOWN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
INSTEAD = "\u25a1"  # an empty square, for a letter that no font has
MOST_UNSHOWN = 200


def confine(seconds: int, memory: int) -> None:
    """Limits for the whole process. Where the system allows it there is no network at all; the proxy that nobody
    answers at is for the others."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        os.environ[name] = "http://127.0.0.1:9"


def made(order: dict[str, Any]) -> bytes:
    """The file. A letter that no font has becomes an empty square, because PDF/A refuses what cannot be shown."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=order["fonts"])
    data = order["data"]
    missing: set[str] = set()
    while True:
        compiler = typst.Compiler(
            order["source"].encode(),
            root=order["nowhere"],
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"paper": data},
            package_path=order["nowhere"],
            package_cache_path=order["nowhere"],
        )
        is_pdf = order["format"] == "pdf"
        try:
            found, warnings = compiler.compile_with_warnings(
                format=order["format"],
                pdf_standards=["a-2b"] if is_pdf else [],
                timestamp=order["stamp"],
                ppi=order["ppi"],
            )
        except typst.TypstError as error:
            wrong = UNSHOWN.search(str(error.message))
            letters = {c for c in _letters(wrong[1]) if c.isprintable()} if wrong else set()
            if not letters or letters <= missing or len(missing) > MOST_UNSHOWN:
                raise
            missing |= letters
            data = "".join(INSTEAD if c in letters and c != INSTEAD else "?" if c in letters else c for c in data)
            continue
        if any("unknown font family" in str(warning.message) for warning in warnings):
            raise RuntimeError("the fonts are missing")
        first = found[0] if isinstance(found, list) else found
        return bytes(first or b"")


def _letters(quoted: str) -> str:
    """What stands between the quotation marks of a message, its escapes undone."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), quoted)


def main() -> int:
    order = json.load(sys.stdin)
    confine(order["seconds"], order["memory"])
    try:
        content = made(order)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    with open(order["out"], "wb") as out:
        out.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
