"""Names of things: UUIDv7 inside, short random pids outside, short ids of group occurrences."""

from __future__ import annotations

import re
import secrets
import time
import uuid

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters or digits that look alike in print
OCCURRENCE = re.compile(r"[a-z0-9]{1,12}")
PID = re.compile(r"([A-Z]{2,6})-(\d{6,12})")
NATIONAL = frozenset({"KZ", "AZ"})


def uuid7() -> uuid.UUID:
    """A UUID version 7 (RFC 9562): 48 bits of milliseconds, the rest random, so that indexes grow at one end."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return uuid.UUID(int=value)


def occurrence() -> str:
    """A short id for one occurrence of a repeated group; unique within a record with 6 letters (900 million)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def good_prefix(prefix: str, country: str) -> bool:
    """National registers carry their country's two letters, every other node three to six letters."""
    return (prefix in NATIONAL and prefix == country) or bool(re.fullmatch(r"[A-Z]{3,6}", prefix))


def draw_number(taken: int) -> int:
    """A random number for a pid; the range is at least ten times what is ``taken``, so that a draw seldom repeats."""
    top = 10**6
    while top < taken * 10:
        top *= 10
    return secrets.randbelow(top - 1) + 1


def pid_text(prefix: str, number: int) -> str:
    """``KZ-000123``."""
    return f"{prefix}-{number:06d}"
