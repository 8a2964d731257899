"""Pictures that strangers send: read in a process of their own, kept as a new JPEG that says nothing but the picture.

What arrives is never kept. The reading process has little memory and time, so that a
picture made to harm ends with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from ortaq.engine import store
from ortaq.engine.problems import Problem, Problems

PICTURES = ("image/jpeg", "image/png", "image/webp")
HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})  # brands behind "ftyp"
MOST_BYTES = 10_000_000
MOST_TIME = 30.0  # seconds that a picture may take
MOST_SENT = 12_000_000  # bytes of a whole form, picture and texts


def keep(upload: BinaryIO) -> str:
    """The digest under which the picture is kept; raises Problems at ``photo`` for what is no picture we take."""
    given = upload.read(MOST_BYTES + 1)
    if len(given) > MOST_BYTES:
        raise too_big()
    if given[4:8] == b"ftyp" and given[8:12] in HEIF:
        raise heic()
    return store.add(redrawn(given), "alert.jpg").digest


def redrawn(given: bytes) -> bytes:
    """The picture as a JPEG without anything else; raises Problems."""
    # By its path and with nothing of our settings: this process needs the picture library and no more.
    command = [sys.executable, "-P", str(Path(__file__).with_name("redraw.py"))]
    around = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=MOST_TIME, check=False, env=around)
    except subprocess.TimeoutExpired:
        raise unreadable() from None
    if done.returncode or not done.stdout:
        raise unreadable()
    return done.stdout


def too_big() -> Problems:
    message = _("The photo is too big: at most 10 MB. Send a smaller copy, or send the report without it.")
    return Problems([Problem("photo", message, path=("photo",))])


def heic() -> Problems:
    message = _(
        "This photo is in HEIC, the format of many telephones, which is not read here. Save or share it as JPEG and "
        "choose that copy, or send the report without it. For new photos choose JPEG in the settings of the camera; "
        "it may be called “most compatible” there."
    )
    return Problems([Problem("photo", message, path=("photo",))])


def unreadable() -> Problems:
    message = _(
        "This photo cannot be read. JPEG, PNG and WebP up to 50 megapixels are taken; "
        "save it as JPEG, or send the report without it."
    )
    return Problems([Problem("photo", message, path=("photo",))])
