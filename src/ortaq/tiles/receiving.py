"""A file of tiles on its way in by a form: straight to the disk, beside the tiles, and never larger than agreed."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Problem
from ortaq.tiles.kept import folder

FIELD = "file"
MOST_BYTES = 500_000_000  # of one form; larger files by the command line
AN_HOUR = 20  # files of one account: each is written to the disk and looked through
HOUR = 3_600  # seconds
OLD = 86_400  # seconds after which what was never finished is thrown away
PART = ".part"


class Arrived(UploadedFile):
    """What came; it is gone when the request is over, unless it was moved elsewhere."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path.open("wb"), name)
        self.path = path

    def close(self) -> None:
        try:
            super().close()
        finally:
            self.path.unlink(missing_ok=True)


class Receiving(FileUploadHandler):
    """``problem`` says why a file is not taken. The rest of it is read and dropped, so that the answer arrives."""

    file: Arrived

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.problem: Problem | None = None
        self._got = 0
        self._account = request.user.pk

    def new_file(self, field_name: str, file_name: str, *given: Any, **more: Any) -> None:
        super().new_file(field_name, file_name, *given, **more)
        if field_name != FIELD or self.problem:
            raise SkipFile
        if _too_many(self._account):
            self._refuse(Problem("too_many", _("You sent many files in a short time. Wait an hour, then try again.")))
        _sweep()
        self.file = Arrived(folder() / f"{secrets.token_hex(16)}{PART}", file_name)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._got += len(raw_data)
        if self._got > MOST_BYTES:
            message = _("The file is larger than %(most)s MB. Cut it to the area you need, or use “ortaq tiles add”.")
            self._refuse(Problem("tiles_large", message, most=MOST_BYTES // 1_000_000))
        try:
            self.file.write(raw_data)
            self.file.flush()
        except OSError:
            message = _(
                "The disk of the node is full or cannot be written to. Make room on it, then send the file again."
            )
            self._refuse(Problem("tiles_disk", message))

    def file_complete(self, file_size: int) -> Arrived:
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()

    def _refuse(self, problem: Problem) -> None:
        self.problem = problem
        raise SkipFile


def receive(request: HttpRequest) -> Receiving:
    """To be called before anything reads the form."""
    receiving = Receiving(request)
    request.upload_handlers = [receiving]
    return receiving


def _too_many(account: Any) -> bool:
    """Counts a file of this account, in the memory of this process."""
    key = f"tiles.files.{account}"
    return not cache.add(key, 1, HOUR) and cache.incr(key) > AN_HOUR


def _sweep() -> None:
    """Makes the folder, and throws away what a killed process left in it."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in folder().glob(f"*{PART}"):
        if time.time() - part.stat().st_mtime > OLD:
            part.unlink(missing_ok=True)
