"""The order of register numbers, which are text: 2, 2.1, 2.10, 245-1, 393-3."""

from __future__ import annotations

import re

Chunk = tuple[int, int, str]
Key = tuple[bool, tuple[Chunk, ...], str]
CHUNKS = re.compile(r"\d+|\D+")
LONGEST = 18  # digits that are compared as a number; what is longer is no number of a list


def sort_key(number: str) -> Key:
    """Orders numbers as people do: runs of digits by their value, the rest as text; none at all comes last.

    Two numbers have one key only when they are the same text, so that the order is whole.
    """
    return (not number, tuple(_chunk(text) for text in CHUNKS.findall(number)), number)


def _chunk(text: str) -> Chunk:
    if text.isdecimal() and len(text) <= LONGEST:
        return (0, int(text), "")
    return (1, 0, text.casefold())
