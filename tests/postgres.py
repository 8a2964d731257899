"""A throwaway PostgreSQL server for tests, in a folder of its own.

The server refuses to run as root, so another user runs it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``: the newest that Debian keeps off PATH, else what PATH has."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def server() -> Iterator[str]:
    """The address of a fresh server as ``ORTAQ_DATABASE`` takes it; stopped and removed at the end."""
    bin_ = programs()
    if bin_ is None:
        raise FileNotFoundError("initdb")
    folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp")
    other = _other_user(folder)
    env = {"PATH": str(bin_), "LC_ALL": "C.UTF-8"}

    def run(*command: str, check: bool = True) -> None:
        quiet = subprocess.DEVNULL
        subprocess.run(command, cwd="/", env=env, check=check, stdout=quiet, stderr=quiet, **other)

    options = ["-U", "ortaq", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    run(f"{bin_}/initdb", "-D", f"{folder}/db", *options)
    sockets = f"-c listen_addresses='' -c unix_socket_directories={folder} {FAST}"
    run(f"{bin_}/pg_ctl", "-D", f"{folder}/db", "-w", "-l", f"{folder}/log", "-o", sockets, "start")
    try:
        yield f"postgresql://ortaq@/postgres?host={folder}"
    finally:
        run(f"{bin_}/pg_ctl", "-D", f"{folder}/db", "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _other_user(folder: str) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
