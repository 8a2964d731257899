"""The node as people run it, in processes of its own, and clients that ask it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
CLIENTS = 4


@dataclass(frozen=True)
class Server:
    """``seconds`` passed from its start until it answered."""

    port: int
    pid: int
    seconds: float


@contextmanager
def serving(command: Sequence[str] = ("ortaq.cli", "serve"), path: str = "/healthz") -> Iterator[Server]:
    """Starts ``python -m command --port …`` with this environment and waits until ``path`` answers 200."""
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--port", str(port)], stdout=subprocess.DEVNULL, env=dict(os.environ)
    )
    try:
        yield Server(port, process.pid, _answered(process, port, path, began))
    finally:
        end(process)


def end(process: subprocess.Popen[bytes], within: float = 10.0) -> None:
    """Ends a node and waits until nothing of its tree is left, so that the next measurement has the machine alone."""
    family = tree(process.pid)
    process.terminate()
    process.wait()
    until = time.monotonic() + within
    while family := [pid for pid in family if Path(f"/proc/{pid}").exists()]:
        if time.monotonic() > until:
            for pid in family:
                os.kill(pid, signal.SIGKILL)
            return
        time.sleep(0.05)


def _answered(process: subprocess.Popen[bytes], port: int, path: str, began: float) -> float:
    while process.poll() is None:
        try:
            if ask(port, path)[0] == http.client.OK:
                return time.perf_counter() - began
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"the server ended with status {process.returncode}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def ask(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        return _get(connection, path, headers or {})
    finally:
        connection.close()


def _get(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    connection.request("GET", path, headers={"Host": "localhost", **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


def times(port: int, paths: Sequence[str], seconds: float, headers: Mapping[str, str] | None = None) -> list[float]:
    """Milliseconds of each request of four clients that ask for ``paths`` in turn for ``seconds``, sorted.

    Raises what a client met, RuntimeError for any answer but 200. The first tenth of the time warms the node
    and does not count.
    """
    found: list[float] = []
    begin = time.perf_counter() + seconds / 10

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        step = number * len(paths) // CLIENTS
        while time.perf_counter() < begin + seconds:
            began = time.perf_counter()
            status, _body = _get(connection, paths[step % len(paths)], headers or {})
            if began >= begin:
                found.append((time.perf_counter() - began) * 1_000)
            if status != http.client.OK:
                raise RuntimeError(f"{paths[step % len(paths)]} was answered {status}")
            step += 1

    with ThreadPoolExecutor(CLIENTS) as clients:
        for ended in [clients.submit(client, number) for number in range(CLIENTS)]:
            ended.result()
    return sorted(found)


def percentile(sorted_times: Sequence[float], share: float) -> float:
    return sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * share))]


def tree(pid: int) -> list[int]:
    """A process and everything that came from it."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def memory(pid: int) -> float:
    """Proportional set size of one process in MB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1_024 / 1_000_000
    raise RuntimeError(f"the kernel does not say the memory of {pid}")
