"""A real node for a test: its own data folder, its own processes, spoken to by HTTP and by the command line."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 60  # seconds until a node answers or its index has caught up; never measured, only waited for


@dataclass
class Answer:
    """A whole answer; ``json`` for those that are."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class RunningNode:
    """``folder`` holds the data; ``kinds`` is given as ORTAQ_KINDS; ``database`` as ORTAQ_DATABASE."""

    folder: Path
    kinds: Path | None = None
    database: str = ""
    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("ORTAQ_", "PYTEST", "COV"))}
        env |= {"ORTAQ_DATA": str(self.folder), "ORTAQ_WORKERS": "1", "PYTHONPATH": str(ROOT / "src")}
        env |= {"ORTAQ_KINDS": str(self.kinds)} if self.kinds else {}
        return env | ({"ORTAQ_DATABASE": self.database} if self.database else {})

    def command(self, *arguments: str | Path, text: str = "", status: int = 0) -> str:
        """What ``ortaq …`` prints; fails when it does not end with ``status``."""
        command = [sys.executable, "-m", "ortaq.cli", *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment, input=text, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == status, f"ortaq {arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The node serves with its worker; all its processes end with the block."""
        self.port = free_port()
        log = (self.folder / "serve.log").open("w")
        command = [sys.executable, "-m", "ortaq.cli", "serve", "--port", str(self.port)]
        process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        try:
            self._wait_until_up(process)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            finally:
                log.close()
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)

    def _wait_until_up(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + WITHIN
        while time.monotonic() < until:
            assert process.poll() is None, (self.folder / "serve.log").read_text()
            try:
                if self.get("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the node does not answer: " + (self.folder / "serve.log").read_text())

    def get(self, path: str, token: str = "", **query: str) -> Answer:
        """GET with a query; redirects are not followed."""
        return self.send("GET", path + ("?" + urllib.parse.urlencode(query) if query else ""), token=token)

    def send(self, method: str, path: str, body: Any = None, token: str = "") -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(request, timeout=30) as found:
                return Answer(found.status, dict(found.headers), found.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())

    def wait_for_index(self) -> None:
        """Until the worker has indexed all that is in the log."""
        until = time.monotonic() + WITHIN
        while time.monotonic() < until:
            if self.get("/healthz").json["index"]["lag"] == 0:
                return
            time.sleep(0.1)
        raise AssertionError(f"the index does not catch up: {(self.folder / 'serve.log').read_text()}")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def databases(count: int) -> Iterator[list[str]]:
    """Addresses of empty PostgreSQL databases when the tests run on it, else "" each: SQLite in the data folder."""
    if not os.environ.get("ORTAQ_TEST_DATABASE", "").startswith("postgres"):
        yield [""] * count
        return
    import psycopg

    from tests.postgres import server

    with server() as url:
        names = [f"node{number}" for number in range(count)]
        with psycopg.connect(url, autocommit=True) as connection:
            for name in names:
                connection.execute(f"create database {name}".encode())
        yield [url.replace("/postgres?", f"/{name}?") for name in names]
