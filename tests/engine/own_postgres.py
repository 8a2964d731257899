"""A PostgreSQL of the tests' own: in a new folder, reached by a socket, gone afterwards."""

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

QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


def programs() -> Path | None:
    """Where the newest server's programs are; Debian keeps them off PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    return Path(beside).resolve().parent if beside else None


def as_server() -> dict[str, Any]:
    """Arguments for ``subprocess.run``: the server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database."""
    where = programs()
    assert where is not None
    folder = tempfile.mkdtemp(prefix="pg-")
    who = as_server()
    if who:
        os.chown(folder, who["user"], who["group"])

    def run(program: str, *args: str) -> None:
        environment = {"PATH": str(where), "LC_ALL": "C.UTF-8"}
        command = [str(where / program), "-D", f"{folder}/db", *args]
        subprocess.run(command, check=True, cwd="/", env=environment, stdout=subprocess.DEVNULL, **who)

    try:
        run("initdb", "-U", "ortaq", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} {QUICK}"
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql://ortaq@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
