"""How much one address may send. Addresses are kept as keyed digests only, in the row of the sender."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ortaq.alerts.models import Alert, Sender
from ortaq.alerts.states import OPEN
from ortaq.api.rate import LOOPBACK, address
from ortaq.engine.problems import Problem, Problems

AN_HOUR = 5  # reports from one address
AN_OBJECT = 3  # open reports about one object from one address
TRIES = 40  # forms sent from one address in an hour, right or wrong: each picture takes work to read
HOUR = timedelta(hours=1)


def asker(request: HttpRequest) -> str:
    """A keyed digest of the address that asks, "" for the machine itself, which is not counted."""
    who = address(request)
    return "" if who in LOOPBACK else salted_hmac("ortaq.alerts.asker", who, algorithm="sha256").hexdigest()


def refuse_too_many(who: str, record: UUID) -> None:
    """Raises Problems when ``who`` has sent as much as one address may."""
    if not who:
        return
    sent = Sender.objects.filter(asker=who)
    if sent.filter(made__gt=timezone.now() - HOUR).count() >= AN_HOUR:
        raise too_many()
    here = Alert.objects.filter(target=record, status__in=OPEN)
    if sent.filter(alert__in=here).count() >= AN_OBJECT:
        message = _("From your address %(number)s reports about this object are already waiting for an answer.")
        raise Problems([Problem("too_many", message, number=AN_OBJECT)])


def count_try(who: str) -> None:
    """Counts one form that was sent, in the memory of this process; raises Problems above the limit."""
    key = f"alerts.tries.{who}"
    if who and not cache.add(key, 1, HOUR.total_seconds()) and cache.incr(key) > TRIES:
        raise too_many()


def too_many() -> Problems:
    message = _("Many reports came from your address in a short time. Wait an hour, then send yours.")
    return Problems([Problem("too_many", message)])
