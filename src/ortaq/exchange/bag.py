"""A BagIt bag (RFC 8493) in a zip: written as a stream, read with suspicion.

Members of the bag: ``data/nodes.json`` and ``data/entries-00001.jsonl`` …, with their SHA-256 in the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Problem

BASE = "ortaq-bundle"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
TAG_MANIFEST = "tagmanifest-sha256.txt"
NODES = "data/nodes.json"
ENTRIES = re.compile(r"data/entries-\d{5}\.jsonl")
LINES_A_MEMBER = 20_000
LONGEST_LINE = 64 << 20
LARGEST_TAG_FILE = 16 << 20
LARGEST = 256 << 30
MOST_MEMBERS = 100_000
STEEPEST = 300  # more bytes than this out of one compressed byte is an attack and not text
CHUNK = 1 << 20
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write(file: Path, nodes: Any, lines: Iterable[bytes]) -> None:
    """Writes the bag; ``file`` is replaced only when it is whole. Only its owner can read it."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bag:
                _write(bag, nodes, iter(lines))
            out.flush()
            os.fsync(out.fileno())
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def _write(bag: zipfile.ZipFile, nodes: Any, lines: Iterator[bytes]) -> None:
    text = json.dumps(nodes, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    payload = {NODES: _member(bag, NODES, [text])}
    number = 0
    while (first := next(lines, None)) is not None:
        number += 1
        name = f"data/entries-{number:05d}.jsonl"
        payload[name] = _member(bag, name, _some(first, lines))
    octets = sum(size for _digest, size in payload.values())
    info = f"Bagging-Date: {timezone.now().date()}\nPayload-Oxum: {octets}.{len(payload)}\n".encode()
    manifest = "".join(f"{digest}  {name}\n" for name, (digest, _size) in payload.items()).encode()
    tags = {}
    for name, content in zip(TAG_FILES, (DECLARATION, info, manifest), strict=True):
        tags[name] = _member(bag, name, [content])[0]
    _member(bag, TAG_MANIFEST, ["".join(f"{digest}  {name}\n" for name, digest in tags.items()).encode()])


def _some(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    for _number, line in zip(range(LINES_A_MEMBER - 1), rest, strict=False):
        yield line


def _member(bag: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> tuple[str, int]:
    """Adds a member; returns its SHA-256 and size."""
    info = zipfile.ZipInfo(f"{BASE}/{name}", LONG_AGO)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with bag.open(info, "w", force_zip64=True) as out:
        for piece in pieces:
            out.write(piece)
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


class Bag:
    """A bag that was given to us. Made by :func:`opened`, which has checked names, sizes and digests."""

    def __init__(self, file: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> None:
        self._file, self._members = file, members

    def nodes(self) -> Any:
        try:
            return json.loads(self.small(NODES))
        except (ValueError, RecursionError):
            raise broken(NODES) from None

    def lines(self) -> Iterator[bytes]:
        """The lines of all entries in their order."""
        for name in sorted(name for name in self._members if ENTRIES.fullmatch(name)):
            with self._file.open(self._members[name]) as stream:
                while line := stream.readline(LONGEST_LINE + 1):
                    if len(line) > LONGEST_LINE:
                        raise broken(name)
                    yield line

    def small(self, name: str) -> bytes:
        """A member that fits into memory."""
        if name not in self._members:
            raise broken(name)
        with self._file.open(self._members[name]) as stream:
            found = stream.read(LARGEST_TAG_FILE + 1)
        if len(found) > LARGEST_TAG_FILE:
            raise broken(name)
        return found

    def digest(self, name: str) -> str:
        """The SHA-256 of what the member really holds; refuses one that grows beyond what it declares."""
        found, size = hashlib.sha256(), 0
        with self._file.open(self._members[name]) as stream:
            while chunk := stream.read(CHUNK):
                found.update(chunk)
                size += len(chunk)
                if size > self._members[name].file_size:
                    raise broken(name)
        return found.hexdigest()

    def payload(self) -> set[str]:
        return {name for name in self._members if name.startswith("data/")}


def opened(file: zipfile.ZipFile) -> Bag:
    """The bag in ``file`` after all its digests were found right; raises Problem."""
    bag = Bag(file, _members(file))
    if bag.small("bagit.txt") != DECLARATION:
        raise broken("bagit.txt")
    tags = _manifest(bag, TAG_MANIFEST)
    if set(tags) != set(TAG_FILES):
        raise broken(TAG_MANIFEST)
    payload = _manifest(bag, "manifest-sha256.txt")
    if set(payload) != bag.payload() or NODES not in payload:
        raise broken("manifest-sha256.txt")
    for name, digest in {**tags, **payload}.items():
        if bag.digest(name) != digest:
            raise Problem("damaged", _("The bundle is damaged: %(name)s is not what its manifest says."), name=name)
    return bag


def broken(name: str) -> Problem:
    """What is said of a file that is no bundle of ours."""
    return Problem("bundle", _("This is not a bundle that can be read: see %(name)s in it."), name=name)


def _members(file: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    if len(file.infolist()) > MOST_MEMBERS:
        raise broken("zip")
    for info in file.infolist():
        name = info.filename.removeprefix(f"{BASE}/")
        if info.is_dir() and info.filename in (f"{BASE}/", f"{BASE}/data/"):
            continue
        known = name in (*TAG_FILES, TAG_MANIFEST, NODES) or ENTRIES.fullmatch(name)
        steep = info.file_size > STEEPEST * info.compress_size + CHUNK
        if not known or info.filename == name or name in found or info.flag_bits & 1 or steep:
            raise broken(info.filename)
        found[name] = info
    if sum(info.file_size for info in found.values()) > LARGEST:
        raise broken("zip")
    return found


def _manifest(bag: Bag, name: str) -> dict[str, str]:
    """Name -> digest."""
    found = {}
    for line in bag.small(name).decode("utf-8", "replace").splitlines():
        digest, _space, member = line.partition("  ")
        if not re.fullmatch(r"[0-9a-f]{64}", digest) or member in found:
            raise broken(name)
        found[member] = digest
    return found
