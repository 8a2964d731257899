"""Workbooks and geographic files, read by a process of its own with limits; the worker looks at it now and then."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

import ortaq
from ortaq.engine.problems import Problem

FORMS = {
    ".xlsx": "xlsx",
    ".geojson": "geojson",
    ".json": "geojson",
    ".zip": "shapefile",
    ".gpkg": "geopackage",
    ".kml": "kml",
}
SECONDS = 120
MEMORY = 4 << 30  # bytes of address space, much of it libraries
MOST_BYTES = 1 << 30  # that a file may unpack to
MOST_ROWS = 1_000_000
LONGEST_ROW = 1 << 24  # characters
ROOT = Path(ortaq.__file__).resolve().parents[1]
PROBLEMS = {
    "broken": _("“%(name)s” is damaged or is not what its ending says. Save it again and try once more."),
    "too_large": _("“%(name)s” unpacks to more than can be imported at once. Divide it and import the pieces."),
    "no_features": _("“%(name)s” holds no features. A GeoJSON file is a FeatureCollection."),
    "no_shape": _("“%(name)s” holds no shapefile. Put the .shp, .shx, .dbf and .prj files into one ZIP file."),
    "shape_parts": _("The shapefile in “%(name)s” is not whole: .shp, .shx and .dbf are all needed."),
    "no_gis": _("This node does not read such files: its operator installs the extra “gis”. GeoJSON and CSV are read."),
}


class Lines:
    """The rows that were read, from an open file without a name; they can be gone through again and again."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._closing = weakref.finalize(self, self._file.close)
        self.about: dict[str, Any] = json.loads(self._file.readline() or b"{}")
        self._start = self._file.tell()

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        at = self._start
        while True:
            self._file.seek(at)
            line = self._file.readline()
            if not line:
                return
            at = self._file.tell()
            number, values = json.loads(line)
            yield number, values


class Reading:
    """One file on its way to be rows."""

    def __init__(self, path: Path, name: str, *, sheet: str = "", encoding: str = "", seconds: int = SECONDS) -> None:
        self.name, self._sheet = name, sheet
        self._folder = tempfile.TemporaryDirectory(prefix="ortaq-import-")
        self._end = time.monotonic() + seconds
        folder = Path(self._folder.name)
        (folder / "files").mkdir()
        order = {
            "path": str(path.resolve()),
            "form": FORMS[Path(name).suffix.lower()],
            "sheet": sheet,
            "encoding": encoding,
            "folder": str(folder / "files"),
            "out": str(folder / "out"),
            "seconds": seconds,
            "memory": MEMORY,
            "most_bytes": MOST_BYTES,
            "most_rows": MOST_ROWS,
            "longest_row": LONGEST_ROW,
        }
        (folder / "order").write_text(json.dumps(order), "utf-8")
        self._process = self._begun(folder)

    def _begun(self, folder: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "ortaq.imports.reader"]
        around = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
        with (folder / "order").open("rb") as given, (folder / "said").open("wb") as said:
            return subprocess.Popen(command, stdin=given, stdout=said, stderr=said, env=around, cwd=folder)

    def done(self) -> bool:
        """Whether there is something to fetch, or to complain of. Raises Problem when it takes too long."""
        if self._process.poll() is not None:
            return True
        if time.monotonic() > self._end:
            self.close()
            raise self._problem("too_large", {})
        return False

    def result(self) -> Lines:
        """The rows; waits for them. Raises Problem."""
        try:
            while not self.done():
                time.sleep(0.005)
            if self._process.returncode:
                raise self._problem(*self._said())
            return Lines(Path(self._folder.name) / "out")
        finally:
            self.close()

    def _said(self) -> tuple[str, dict[str, str]]:
        """What the process said was wrong; what a limit ended says nothing."""
        lines = Path(self._folder.name, "said").read_text("utf-8", "replace").strip().splitlines()
        try:
            code, params = json.loads(lines[-1]) if lines else ("too_large", {})
        except (ValueError, TypeError):
            return ("too_large" if self._process.returncode < 0 or "MemoryError" in lines[-1] else "broken"), {}
        return (code if code in (*PROBLEMS, "sheet") else "broken"), params

    def _problem(self, code: str, params: dict[str, str]) -> Problem:
        if code == "sheet":
            message = _("There is no sheet or layer “%(sheet)s”, only: %(known)s")
            return Problem("sheet", message, sheet=self._sheet, known=params.get("known", ""))
        return Problem("file", PROBLEMS[code], name=self.name)

    def close(self) -> None:
        """Ends what still runs."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()
