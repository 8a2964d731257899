"""A stranger on a phone who reports damage, and the people who answer for the object."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from ortaq.alerts.models import Alert, Sender
from ortaq.engine.models import Record

ADDRESS = "203.0.113.7"  # from the block kept for documentation
WORDS = "Солтүстік қабырғаның кірпіші құлаған."
SECRET = re.compile(r"/alert/([\w-]{32})")


def form_page(record: Record, lang: str = "kk") -> str:
    return f"/{lang}/o/{record.pid or record.id}/alert"


def report(record: Record, *, lang: str = "kk", address: str = ADDRESS, **given: Any) -> Any:
    """The answer to a form that a stranger sent from ``address``."""
    return Client(REMOTE_ADDR=address).post(form_page(record, lang), {"text": WORDS, **given})


def reported(record: Record, committed: Callable[..., Any], **given: Any) -> tuple[Alert, str]:
    """A report that arrived, and its secret; letters are sent as after a commit."""
    known = set(Alert.objects.values_list("id", flat=True))
    with committed(execute=True):
        answer = report(record, **given)
    assert answer.status_code == 302, answer.content.decode()
    found = SECRET.search(answer["Location"])
    assert found
    (alert,) = Alert.objects.exclude(id__in=known)
    assert Sender.objects.filter(alert=alert).exists()
    return alert, found[1]
