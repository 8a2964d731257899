"""Which encoding the bytes of a table are in. What cannot be told for sure is assumed aloud."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Problem

SHOWN = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1251": "Windows-1251", "cp1254": "Windows-1254"}
HEAD = 1_000  # bytes looked at for UTF-16 without its mark
# Cyrillic words are runs of bytes above 0xC0 in Windows-1251; in Windows-1254 such letters stand among ASCII ones.
_RUN = re.compile(rb"[\xa8\xb8\xc0-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, given: str = "") -> tuple[str, str]:
    """(text, name of the encoding for people); ``given`` is one that the mapping names. Raises Problem."""
    name = given or _guess(data)
    try:
        text = data.decode({"utf-8": "utf-8-sig"}.get(name, name))
    except LookupError:
        known = ", ".join(SHOWN.values())
        raise Problem(
            "encoding", _("The encoding “%(name)s” is not known. Use one of: %(known)s"), name=name, known=known
        ) from None
    except UnicodeDecodeError as error:
        raise _broken(data, error, SHOWN.get(name, name)) from None
    if "\0" in text:
        offset = text.index("\0")
        raise Problem("encoding", _("The file is not a text table: character %(offset)s is empty."), offset=offset)
    return text.removeprefix("\ufeff"), SHOWN.get(name.removesuffix("-le").removesuffix("-be"), name)


def _guess(data: bytes) -> str:
    if data.startswith(BOM_UTF8):
        return "utf-8"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    head = data[:HEAD]
    if head.count(0) > len(head) // 4:
        return "utf-16-be" if head[:1] == b"\0" or head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _nearly_utf8(data) else _windows(data)
    return "utf-8"


def _nearly_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is good UTF-8: then one bad byte is damage and no other encoding."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad
    return good > 3 * bad


def _windows(data: bytes) -> str:
    runs = sum(len(match[0]) for match in _RUN.finditer(data))
    return "cp1251" if runs * 2 > len(_HIGH.findall(data)) else "cp1254"


def _broken(data: bytes, error: UnicodeDecodeError, name: str) -> Problem:
    message = _(
        "The file is damaged: line %(line)s, byte %(offset)s is not valid %(encoding)s. Save it again as UTF-8."
    )
    line = data.count(b"\n", 0, error.start) + 1
    return Problem("encoding", message, line=line, offset=error.start, encoding=name)
