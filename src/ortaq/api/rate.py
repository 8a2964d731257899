"""How often one token, or one address of the signed out, may ask: counted in the memory of each web process.

The machine itself is not counted: programs on it, and a proxy whose forwarded addresses are not trusted.
"""

from __future__ import annotations

import threading
import time
from collections import Counter

from django.conf import settings
from django.http import HttpRequest

from ortaq.people.actions import digest

WINDOW = 60  # seconds
MOST = 600  # requests a window
LOOPBACK = frozenset({"127.0.0.1", "::1", ""})


class Limit:
    """At most ``most`` requests of each who asks in a window of WINDOW seconds."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._window = 0

    def wait(self, who: str, now: float | None = None) -> int:
        """Counts one request of ``who``; 0, or the seconds to wait when it is one too many."""
        if who in LOOPBACK:
            return 0
        moment = time.time() if now is None else now
        window = int(moment // WINDOW)
        with self._lock:
            if window != self._window:
                self._counts.clear()
                self._window = window
            self._counts[who] += 1
            over = self._counts[who] > self.most
        return int((window + 1) * WINDOW - moment) + 1 if over else 0


REQUESTS = Limit(MOST)


def asker(request: HttpRequest) -> str:
    """The address that asks, or the digest of the token it sent from outside this machine."""
    who, token = address(request), request.headers.get("Authorization", "")
    return who if who in LOOPBACK or not token else digest(token)


def address(request: HttpRequest) -> str:
    """Where the request comes from; what a proxy says counts only where the node is set up behind one."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
