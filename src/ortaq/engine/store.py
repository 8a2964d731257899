"""The file store: bytes under their SHA-256 in ``files/ab/cdef…`` of the data folder, each kept once.

Nothing outside the engine reaches a file by its digest: who may read it is decided by the row that names it.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone

from ortaq.engine.models import StoredFile

FOLDER = "files"
INCOMING = "incoming"
CHUNK = 1 << 20


def add(source: Path | bytes, name: str) -> StoredFile:
    """Keeps the bytes and their row; the same bytes again give the row that is there.

    The file is on the disk before the row exists, so a crash leaves at most a file without a row.
    """
    stream: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with stream:
        digest, size = put(stream)
    row, _new = StoredFile.objects.get_or_create(
        digest=digest, defaults={"size": size, "name": name[:200], "added": timezone.now()}
    )
    return row


def put(stream: BinaryIO) -> tuple[str, int]:
    """Writes the bytes of ``stream`` under their digest; returns digest and size."""
    incoming = _folder(root() / INCOMING)
    draft = incoming / secrets.token_hex(16)
    try:
        digest, size = _copy(stream, draft)
        final = path(digest)
        _folder(final.parent)
        os.replace(draft, final)
        _sync(final.parent)
    finally:
        draft.unlink(missing_ok=True)
    return digest, size


def open(digest: str) -> BinaryIO:
    """The stored bytes; raises FileNotFoundError."""
    return path(digest).open("rb")


def path(digest: str) -> Path:
    """Where the bytes of ``digest`` (64 hex digits) lie; raises ValueError for anything else."""
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return root() / digest[:2] / digest[2:]


def root() -> Path:
    return Path(settings.ORTAQ_DATA) / FOLDER


def stored() -> Iterator[str]:
    """The digests that the names of the stored files say, in order."""
    for folder in sorted(root().glob("[0-9a-f][0-9a-f]")):
        for file in sorted(folder.iterdir()):
            yield folder.name + file.name


def digest_of(digest: str) -> str:
    """The SHA-256 of what lies under ``digest`` now; raises FileNotFoundError."""
    with open(digest) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _copy(stream: BinaryIO, draft: Path) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    with draft.open("xb") as out:
        while chunk := stream.read(CHUNK):
            found.update(chunk)
            size += len(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return found.hexdigest(), size


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(folder.parent)
    return folder


def _sync(folder: Path) -> None:
    """Makes names in ``folder`` survive a loss of power."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
