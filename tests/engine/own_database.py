"""Programs of the database tests: each is a process of its own with a small database of its own.

``start(folder, "write", 50)`` runs ``write(50)`` below in a new process; it prints what the test waits for.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def start(folder: Path, program: str, *args: object, url: str = "") -> subprocess.Popen[str]:
    """A process that runs one of the programs below."""
    command = [sys.executable, "-W", "error", "-m", "tests.engine.own_database", str(folder), url, program]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.Popen(
        [*command, *map(str, args)],
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def result(process: subprocess.Popen[str]) -> str:
    """What the process printed, once it has ended well."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out.strip()


def said(process: subprocess.Popen[str]) -> str:
    """The next line that a running program prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: subprocess.Popen[str]) -> None:
    """Lets a program that waits go on."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def execute(sql: str, *values: str | int) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone() if cursor.description else None


def count() -> int:
    return int(execute("select count(*) from line")[0])


def add(who: str) -> None:
    """One write as an action does it: read, then insert."""
    from django.db import transaction

    with transaction.atomic():
        number = count()
        execute("insert into line (who, number) values (%s, %s)", who, number)


def write(who: str, times: str) -> None:
    for _ in range(int(times)):
        add(who)
    print("done")


def write_without_end(who: str) -> None:
    add(who)
    print("begun", flush=True)
    while True:
        add(who)


def write_in_threads(who: str, times: str) -> None:
    from django.db import connections

    def work(name: str) -> None:
        write(name, times)
        connections.close_all()

    threads = [threading.Thread(target=work, args=(f"{who}{n}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def read(until: str) -> None:
    """Counts again and again; a count never falls, and nothing is ever "locked"."""
    last = -1
    while last < int(until):
        found = count()
        assert found >= last
        last = found
    print("done")


def journal() -> None:
    """What the settings make of a new database."""
    print(execute("pragma journal_mode")[0], execute("pragma synchronous")[0], execute("pragma foreign_keys")[0])


def hold(seconds: str) -> None:
    """Stays in a transaction with an uncommitted line."""
    from django.db import transaction

    with transaction.atomic():
        execute("insert into line (who, number) values ('holder', -1)")
        print("holding", flush=True)
        time.sleep(float(seconds))


def hold_and_fork() -> None:
    """A child made inside the transaction tries to unlock, and outlives its parent, which dies when told."""
    from django.db import connections, transaction

    with transaction.atomic():
        execute("insert into line (who, number) values ('parent', -1)")
        parent = os.getpid()
        if os.fork() == 0:
            connections["default"]._turn.give()  # type: ignore[attr-defined]
            print("holding", flush=True)
            while os.getppid() == parent:
                time.sleep(0.01)
            print("orphan", flush=True)
            os.read(0, 1)
            os._exit(0)
        os.read(0, 1)
        os.kill(parent, 9)


def fail_then_write() -> None:
    from django.db import transaction

    for _ in range(2):
        try:
            with transaction.atomic():
                execute("insert into line (who, number) values ('wrong', 0)")
                raise RuntimeError
        except RuntimeError:
            pass
    print("failed", flush=True)
    sys.stdin.readline()
    add("after")
    print(count())


def nested() -> None:
    from django.db import transaction

    with transaction.atomic():
        with transaction.atomic():
            add("inner")
        try:
            with transaction.atomic():
                add("undone")
                raise RuntimeError
        except RuntimeError:
            pass
        print("inner done", flush=True)
        sys.stdin.readline()
    print(count())
    sys.stdin.readline()


def close_inside() -> None:
    """The connection breaks in the middle of a transaction."""
    from django.db import connection, transaction

    try:
        with transaction.atomic():
            execute("insert into line (who, number) values ('lost', 0)")
            connection.close()
            raise RuntimeError
    except RuntimeError:
        print("closed", flush=True)
    sys.stdin.readline()
    print(count())


def look_while_others_write() -> None:
    """Reads twice in one snapshot, while the test writes in between; then tries to write."""
    from django.db import DatabaseError, transaction

    from ortaq.engine.db import snapshot

    with snapshot():
        first = count()
        print(first, flush=True)
        sys.stdin.readline()
        with transaction.atomic():
            again = count()
    with snapshot():
        later = count()
    try:
        with snapshot():
            add("forbidden")
        refused = False
    except DatabaseError:
        refused = True
    add("own")
    print(first, again, later, refused, count())


def refusals() -> None:
    """Snapshots inside transactions and log locks outside of them are mistakes of the caller."""
    from django.db import connection, transaction
    from django.db.transaction import TransactionManagementError

    from ortaq.engine.db import is_postgres, lock_log, snapshot

    try:
        lock_log(connection)
    except TransactionManagementError:
        print("refused")
    with transaction.atomic():
        lock_log(connection)
        try:
            with snapshot():
                pass
        except TransactionManagementError:
            print("refused")
    print(is_postgres(connection))


def write_under_log_lock(who: str, times: str) -> None:
    """Reads the last number and writes the next, with the lock as the only thing between two writers."""
    from django.db import connection, transaction

    from ortaq.engine.db import lock_log

    for _ in range(int(times)):
        with transaction.atomic():
            lock_log(connection)
            number = execute("select coalesce(max(number), 0) + 1 from line")[0]
            execute("insert into line (who, number) values (%s, %s)", who, number)
    print("done")


def main(folder: str, url: str, program: str, *args: str) -> None:
    import django
    from django.conf import settings

    from ortaq.engine.db import database_settings

    settings.configure(DATABASES={"default": database_settings(url or None, Path(folder))}, USE_TZ=True)
    django.setup()
    globals()[program](*args)
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    main(*sys.argv[1:])
