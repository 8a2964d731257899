"""Starting and ending the processes of a node: one tree, ended together, never two servers on one folder."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ortaq.engine import net
from ortaq.engine.problems import Problem
from ortaq.site import config

READY_WITHIN = 120  # seconds until the node must answer


def refuse_taken(host: str, port: int) -> None:
    """Raises Problem when something listens there; a second server would start silently and mix its answers in."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if probe.connect_ex((host, port)) == 0:
            message = _("Something already listens on port %(port)s. Choose another one with --port.")
            raise Problem("port", message, port=port)


def serve(host: str, port: int, *, worker: bool, open_browser: bool) -> int:
    """Serves until it is told to end; the worker runs beside and is started again when it dies."""
    lock = _lock_folder()
    os.environ["ORTAQ_FOLLOW_PARENT"] = str(os.getpid())
    ending = threading.Event()
    if worker:
        threading.Thread(target=_keep_worker, args=(ending,), daemon=True).start()
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
    threading.Thread(target=_announce, args=(host, port, address, open_browser), daemon=True).start()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "ortaq.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=config.value("ORTAQ_WORKERS"),
        blocking_threads=config.value("ORTAQ_THREADS"),
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()
    ending.set()
    lock.close()
    return 0


def worker() -> int:
    """The worker in this process, until it is told to end."""
    from ortaq.search import worker as search_worker

    search_worker.run()
    return 0


def _lock_folder() -> IO[str]:
    file = (settings.ORTAQ_DATA / "serve.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Problem("running", _("A server already runs on this data folder. End it first.")) from None
    return file


def _keep_worker(ending: threading.Event) -> None:
    while not ending.is_set():
        process = subprocess.Popen([sys.executable, "-m", "ortaq.cli", "worker"])
        process.wait()
        ending.wait(1)


def _announce(host: str, port: int, address: str, open_browser: bool) -> None:
    """Says that the node is ready once it answers."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        try:
            net.fetch(f"http://{host}:{port}/healthz", timeout_s=5, allowed_hosts=[host], allow_private=[host])
        except OSError:
            time.sleep(0.1)
            continue
        print(f"Ortaq is ready at {address}", flush=True)
        if open_browser:
            webbrowser.open(address)
        return
