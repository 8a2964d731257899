"""What time does to accounts: reminders, and accounts that asked to be erased. Doing it twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from ortaq.engine import log
from ortaq.people import leaving, letters
from ortaq.people.models import Leaving, Verification
from ortaq.people.verification import REMIND

BATCH = 100


def run_due(now: datetime | None = None) -> int:
    """Returns how many things were done."""
    if log.head().node is None:
        return 0
    now = now or timezone.now()
    return remind(now) + leave(now)


def remind(now: datetime) -> int:
    """A letter to each specialist whose confirmation ends within thirty days; one letter, even if none gets through."""
    rows = Verification.objects.filter(confirmed=True, reminded=None, until__gt=now, until__lte=now + REMIND)
    due = list(rows.select_related("user")[:BATCH])
    for row in due:
        Verification.objects.filter(id=row.id).update(reminded=now)
        with override(row.user.language):
            link = f"{settings.ORTAQ_ADDRESS.rstrip('/')}/{row.user.language}/people/specialist"
        values = {"until": row.until, "link": link if settings.ORTAQ_ADDRESS else ""}
        letters.send("specialist_ends", row.user.email, row.user.language, values)
    return len(due)


def leave(now: datetime) -> int:
    """Erases the accounts whose fourteen days are over."""
    due = list(Leaving.objects.filter(due__lte=now).select_related("user")[:BATCH])
    for row in due:
        leaving.erase(row.user)
    return len(due)
