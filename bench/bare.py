"""The floor for pages: one Django view that says "ok", under the same server with as many processes and threads."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

if not settings.configured:
    settings.configure(ROOT_URLCONF="bench.bare", ALLOWED_HOSTS=["*"], SECRET_KEY="floor")


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("ok", ok)]
application = get_wsgi_application()

if __name__ == "__main__":
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    port = int(sys.argv[sys.argv.index("--port") + 1])
    Granian(
        "bench.bare:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()
