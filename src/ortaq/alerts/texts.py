"""How typed text is kept: NFC, no control characters, bounded."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Problem, Problems

LONGEST = 4_000  # characters of what somebody tells in his own words
LONGEST_LINE = 200


def kept(text: str, name: str, *, most: int = LONGEST, needed: bool = False) -> str:
    """``text`` as it is kept; raises Problems at ``name`` when it is missing or too long."""
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    clean = "".join(c for c in clean if c in "\n\t" or c.isprintable()).strip()
    if needed and not clean:
        raise Problems([Problem("required", _("Write something here."), path=(name,))])
    if len(clean) > most:
        message = _("This is too long: at most %(limit)s characters fit. Shorten it.")
        raise Problems([Problem("too_long", message, path=(name,), limit=most)])
    return clean
