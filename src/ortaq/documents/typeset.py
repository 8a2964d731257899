"""PDF by typst, in a process of its own with limits; the worker looks at it now and then, a page waits for it."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ortaq.documents.paper import Paper
from ortaq.engine.problems import Problem

log = logging.getLogger(__name__)

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "web" / "static" / "dist" / "paper"
SECONDS = 30
LONGER = 120  # for lists, made in the background
MEMORY = 3 << 30  # bytes of address space; what is used is a tenth of it
PPI = 160.0


class Typesetting:
    """One paper on its way."""

    def __init__(self, paper: Paper, format_: str = "pdf", seconds: int = SECONDS) -> None:
        if not FONTS.is_dir():
            raise Problem("typeset", _("The fonts for documents are missing. Build the front end of this node."))
        self._folder = tempfile.TemporaryDirectory(prefix="ortaq-paper-")
        self._out = Path(self._folder.name) / "out"
        self._end = time.monotonic() + seconds
        nowhere = Path(self._folder.name) / "nowhere"
        nowhere.mkdir()
        order = {
            "source": (HERE / "paper.typ").read_text("utf-8"),
            "data": paper.json(),
            "stamp": int(paper.stamp.timestamp()),
            "fonts": [str(FONTS)],
            "format": format_,
            "ppi": PPI,
            "out": str(self._out),
            "nowhere": str(nowhere),
            "seconds": seconds,
            "memory": MEMORY,
        }
        self._process = self._begun(json.dumps(order))

    def _begun(self, order: str) -> subprocess.Popen[bytes]:
        folder = Path(self._folder.name)
        (folder / "order").write_text(order, "utf-8")
        command = [sys.executable, "-I", str(HERE / "typesetter.py")]
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "RAYON_NUM_THREADS": "1"}
        with (folder / "order").open("rb") as given, (folder / "said").open("wb") as said:
            return subprocess.Popen(command, stdin=given, stdout=said, stderr=said, env=environment, cwd=folder)

    def done(self) -> bool:
        """Whether there is something to fetch, or to complain of. Raises Problem when it takes too long."""
        if self._process.poll() is not None:
            return True
        if time.monotonic() > self._end:
            self.close()
            raise Problem("typeset_time", _("The document took too long to make. Take fewer records."))
        return False

    def result(self) -> bytes:
        """The file; waits for it. Raises Problem when it could not be made."""
        try:
            while not self.done():
                time.sleep(0.005)
            if self._process.returncode or not self._out.is_file():
                said = Path(self._folder.name, "said").read_text("utf-8", "replace")
                log.error(
                    "A document could not be made (%s): %s", self._process.returncode, " ".join(said.split())[:500]
                )
                raise Problem(
                    "typeset", _("The document could not be made. The operator of the node finds why in its log.")
                )
            return self._out.read_bytes()
        finally:
            self.close()

    def close(self) -> None:
        """Ends what still runs."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()


def pdf(paper: Paper) -> bytes:
    return Typesetting(paper).result()
