"""One line of a bundle: an entry with what goes along, or only its digest as proof of the chain."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ortaq.engine import keys
from ortaq.engine.canonical import NotCanonical, digest, parse
from ortaq.engine.log import FORMAT

KEYS = {"node", "epoch", "seq", "header", "digest", "signature", "body", "erased", "parts"}
HEADER = {
    "format": int,
    "node": str,
    "epoch": int,
    "seq": int,
    "prev": str,
    "type": str,
    "thing": str,
    "revision": int,
    "before": str,
    "action": str,
    "actor": str,
    "on_behalf_of": str,
    "time": str,
    "audience": list,
    "key": str,
    "body": str,
    "parts": dict,
}
DIGEST = re.compile(r"[0-9a-f]{64}")
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
INT, BIG = 2**31 - 1, 2**53


class Wrong(ValueError):
    """What is wrong with a line, in a few words for the message."""


@dataclass(frozen=True)
class Part:
    """A closed part as it travels: 32 random bytes and the canonical content."""

    salt: bytes
    content: bytes


@dataclass
class Line:
    """``header`` None: only ``digest`` is told. ``body`` None: not shared, or ``erased``."""

    node: UUID
    epoch: int
    seq: int
    digest: str
    header: bytes | None = None
    signature: bytes = b""
    body: bytes | None = None
    erased: bool = False
    parts: dict[str, Part] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)  # the parsed header
    data: dict[str, Any] = field(default_factory=dict)  # the parsed body

    @property
    def thing(self) -> UUID:
        return UUID(self.told["thing"])

    @property
    def number(self) -> tuple[UUID, int, int]:
        return self.node, self.epoch, self.seq

    def __str__(self) -> str:
        return f"{self.node} {self.epoch}/{self.seq}"


def encode(line: Line) -> bytes:
    """The line as it is written: JSON with sorted keys, one entry a line, the same for the same line everywhere."""
    out = {
        "node": str(line.node),
        "epoch": line.epoch,
        "seq": line.seq,
        "header": line.header.decode() if line.header is not None else None,
        "digest": line.digest,
        "signature": line.signature.hex(),
        "body": line.body.decode() if line.body is not None else None,
        "erased": line.erased,
        "parts": {n: {"salt": p.salt.hex(), "content": p.content.decode()} for n, p in line.parts.items()},
    }
    return json.dumps(out, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def decode(data: bytes) -> Line:
    """The line, with everything right that it can show by itself but the signature; raises Wrong."""
    try:
        line = _read(json.loads(data))
        if line.header is not None:
            _check_header(line)
    except (KeyError, TypeError, AttributeError, RecursionError, NotCanonical) as error:
        raise Wrong(f"form of the line: {error}") from error
    except ValueError as error:
        raise error if isinstance(error, Wrong) else Wrong(f"form of the line: {error}") from error
    return line


def signed_with(line: Line, public: bytes) -> bool:
    """Whether the header was signed with the key ``public``."""
    named = line.told["key"] == keys.key_id(public)
    return named and line.header is not None and keys.verify(public, line.signature, line.header)


def _read(given: dict[str, Any]) -> Line:
    if set(given) != KEYS or not isinstance(given["erased"], bool):
        raise Wrong("form of the line")
    line = Line(UUID(given["node"]), given["epoch"], given["seq"], given["digest"], erased=given["erased"])
    _number(line.epoch, INT)
    _number(line.seq, BIG)
    if str(line.node) != given["node"] or not DIGEST.fullmatch(line.digest):
        raise Wrong("form of the line")
    if given["header"] is None:
        if given["signature"] or given["body"] is not None or given["parts"] or line.erased:
            raise Wrong("more than a digest without a header")
        return line
    line.header, line.signature = given["header"].encode(), bytes.fromhex(given["signature"])
    line.body = given["body"].encode() if given["body"] is not None else None
    if line.erased and line.body is not None:
        raise Wrong("an erased text that is there")
    line.parts = {
        name: Part(bytes.fromhex(part["salt"]), part["content"].encode()) for name, part in given["parts"].items()
    }
    return line


def _check_header(line: Line) -> None:
    told = line.told = parse(line.header or b"")
    if told.get("format") != FORMAT:
        raise Wrong("a format that this Ortaq does not know")
    if set(told) != set(HEADER) or any(type(told[name]) is not type_ for name, type_ in HEADER.items()):
        raise Wrong("form of the header")
    if (told["node"], told["epoch"], told["seq"]) != (str(line.node), line.epoch, line.seq):
        raise Wrong("the number of the entry")
    if digest(line.header or b"") != line.digest:
        raise Wrong("the digest of the header")
    if str(UUID(told["thing"])) != told["thing"] or len(told["type"]) > 24 or len(told["action"]) > 24:
        raise Wrong("form of the header")
    UUID(told["actor"])
    _number(told["revision"], INT)
    _tokens(told["audience"])
    if line.body is not None:
        _check_body(line)
    for name, signed in told["parts"].items():
        _tokens(signed["audience"])
        if set(signed) != {"commitment", "audience"} or not DIGEST.fullmatch(signed["commitment"]) or len(name) > 24:
            raise Wrong("form of the header")
    for name, part in line.parts.items():
        _check_part(line, name, part)


def _check_body(line: Line) -> None:
    body = line.body or b""
    if digest(body) != line.told["body"]:
        raise Wrong("the text is not the one that was signed")
    data = parse(body)
    if not isinstance(data, dict) or NUL.search(body):
        raise Wrong("form of the text")
    line.data = data


def _check_part(line: Line, name: str, part: Part) -> None:
    if name not in line.told["parts"] or len(part.salt) != 32:
        raise Wrong(f"the closed part {name}")
    if keys.commitment(part.salt, part.content) != line.told["parts"][name]["commitment"]:
        raise Wrong(f"the closed part {name} is not the one that was signed")
    if not isinstance(parse(part.content), dict) or NUL.search(part.content):
        raise Wrong(f"form of the closed part {name}")


def _number(value: Any, largest: int) -> None:
    if type(value) is not int or not 0 < value <= largest:
        raise Wrong("a number out of range")


def _tokens(tokens: Any) -> None:
    if type(tokens) is not list or any(type(t) is not str or not 0 < len(t) <= 64 for t in tokens):
        raise Wrong("form of an audience")
    if tokens != sorted(set(tokens)):
        raise Wrong("form of an audience")
