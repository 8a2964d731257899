"""The WSGI application. A worker whose parent is gone ends too, so that no orphan goes on serving."""

from __future__ import annotations

import os
import threading
import time

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortaq.site.settings")
application = get_wsgi_application()

from ortaq.engine import reads  # noqa: E402  the models need the application


def follow(parent: int) -> None:
    """Ends this process when ``parent`` is no longer its parent."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if os.environ.get("ORTAQ_FOLLOW_PARENT"):
    threading.Thread(target=reads.keep_writing, args=(threading.Event(),), daemon=True).start()
    threading.Thread(target=follow, args=(int(os.environ["ORTAQ_FOLLOW_PARENT"]),), daemon=True).start()
