"""Canonical bytes of what is digested and signed: RFC 8785 over NFC text.

Whole numbers lie between -2^53 and 2^53 (exclusive, as RFC 8785 has it); every other number is text, except coordinates
(numbers in a list under the key ``coordinates``), which RFC 8785 writes as
ECMAScript does. The rules are fixed by the first node and never change.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from typing import Any

import rfc8785

LARGEST = 2**53 - 1
DEEPEST = 32


class NotCanonical(ValueError):
    """The value cannot be written in canonical form; the message names the place."""


def canonical(value: Any) -> bytes:
    """``value`` (dict, list, str, int, bool, None) as the bytes that are digested; raises :class:`NotCanonical`."""
    try:
        return rfc8785.dumps(normal(value))
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise NotCanonical(str(error)) from error


def normal(value: Any, *, path: str = "", coordinates: bool = False, depth: int = 0) -> Any:
    """``value`` with NFC text, refusing what has no single canonical form."""
    if depth > DEEPEST:
        raise NotCanonical(f"{path}: nested deeper than {DEEPEST}")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical(f"{path}: whole number of 2^53 or more; write it as text")
        return value
    if isinstance(value, float):
        if not coordinates or not math.isfinite(value) or abs(value) > LARGEST:
            raise NotCanonical(f"{path}: a number with a fraction is written as text")
        return int(value) if value.is_integer() else value
    if isinstance(value, list | tuple):
        return [normal(v, path=f"{path}[{i}]", coordinates=coordinates, depth=depth + 1) for i, v in enumerate(value)]
    if isinstance(value, dict):
        return _normal_object(value, path, depth)
    raise NotCanonical(f"{path}: {type(value).__name__} has no canonical form")


def _normal_object(value: dict[Any, Any], path: str, depth: int) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, inner in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"{path}: key {key!r} is not text")
        name = unicodedata.normalize("NFC", key)
        if name in out:
            raise NotCanonical(f"{path}: two keys become {name!r}")
        out[name] = normal(inner, path=f"{path}.{name}", coordinates=name == "coordinates", depth=depth + 1)
    return out


def parse(data: bytes) -> Any:
    """The value of canonical bytes; raises :class:`NotCanonical` when they are not the canonical form of anything."""
    try:
        value = json.loads(data)
        again = canonical(value)
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise NotCanonical(str(error)) from error
    if again != data:
        raise NotCanonical("the bytes are not in canonical form")
    return value


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()
