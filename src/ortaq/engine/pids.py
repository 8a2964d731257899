"""Permanent numbers: the node's prefix and a number drawn at random among the unused, never given twice."""

from __future__ import annotations

from ortaq.engine import ids
from ortaq.engine.models import Record
from ortaq.engine.node import this


def draw() -> str:
    """An unused pid of this node. Order and gaps betray nothing; the unique column settles a tie."""
    prefix = this().prefix
    taken = Record.objects.filter(pid__startswith=f"{prefix}-").count() if _crowded(prefix) else 0
    while True:
        pid = ids.pid_text(prefix, ids.draw_number(taken))
        if not Record.objects.filter(pid=pid).exists():
            return pid


def _crowded(prefix: str) -> bool:
    """Whether the first hundred thousand numbers may be gone, told from the log without counting records."""
    from ortaq.engine.log import head

    return head().position > 100_000
