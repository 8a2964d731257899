"""The only way out: every HTTP request that Ortaq makes to another machine.

The host must be allowed by name; its name is resolved once, every address found is checked, and the connection goes to
a checked address, so that a name cannot point elsewhere a moment later. Redirects are answers, not orders.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

AGENT = "Ortaq"
PORTS = {"http": 80, "https": 443}
CHUNK = 65_536
OWN_HEADERS = {"host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "expect"}
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv6-only network reaches IPv4 hosts by it

Address = tuple[socket.AddressFamily, Any]


class Refused(OSError):
    """No answer. ``code`` says why:

    not asked: ``url`` ``scheme`` ``credentials`` ``host`` (not allowed) ``header`` ``unresolved`` ``address`` (not
    public);
    asked in vain: ``unreachable`` ``certificate`` ``timeout`` ``too_large`` ``broken``.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Answer:
    """What the other side said, whatever its status; header names in lower case, repeated ones joined by commas."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Target:
    """A checked URL; ``path`` is what stands in the request line."""

    secure: bool
    host: str
    port: int
    path: str


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    timeout_s: float = 10,
    limit_bytes: int = 1_000_000,
    allowed_hosts: Collection[str],
    allow_private: Collection[str] = (),
) -> Answer:
    """One request, without redirects, proxies, cookies or compression. Raises :class:`Refused`.

    ``allowed_hosts`` holds ``host`` or ``host:port``; hosts in ``allow_private`` may have
    an address that is not public. ``timeout_s`` is for everything together, ``limit_bytes`` for the body.
    """
    deadline = Deadline(timeout_s)
    target = checked(url, allowed_hosts)
    sent = {"User-Agent": AGENT, "Connection": "close"} | checked_headers(headers or {})
    private = named(target, allow_private)
    connection = Connection(target, resolve(target, deadline, private), deadline)
    try:
        connection.request(method, target.path, body or None, sent)
        response = connection.getresponse()
        answer = read(response, limit_bytes)
    except Refused:
        raise
    except TimeoutError as error:
        raise Refused("timeout", str(error)) from error
    except ssl.SSLCertVerificationError as error:
        raise Refused("certificate", error.verify_message) from error
    except http.client.HTTPException as error:
        raise Refused("broken", repr(error)) from error
    except ValueError as error:  # http.client: a method or header that would break out of its line
        raise Refused("header", str(error)) from error
    except OSError as error:
        raise Refused("unreachable", str(error)) from error
    finally:
        connection.end()
    return answer


def checked(url: str, allowed_hosts: Collection[str]) -> Target:
    """The parts of ``url``, if its host may be asked at all."""
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused("url", "it holds spaces, control characters or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = plain(parts.hostname or "")
    except ValueError as error:
        raise Refused("url", str(error)) from error
    if parts.scheme not in PORTS:
        raise Refused("scheme", f"{parts.scheme!r} is not http or https")
    if "@" in parts.netloc:
        raise Refused("credentials", "a user name or password before the host")
    if not host:
        raise Refused("url", "it has no host")
    target = Target(parts.scheme == "https", host, PORTS[parts.scheme] if port is None else port, request_path(parts))
    if not named(target, allowed_hosts):
        raise Refused("host", f"{host}:{target.port} is not among the allowed hosts")
    return target


def plain(host: str) -> str:
    """A host name as it stands in the DNS: lower case, IDNA, without the last dot. Raises ValueError."""
    host = host.lower()
    if host.isascii():
        return host.rstrip(".")
    name, colon, port = host.partition(":")
    return name.rstrip(".").encode("idna").decode("ascii") + colon + port


def named(target: Target, hosts: Collection[str]) -> bool:
    """Whether ``hosts`` names the target's host, with its port or with none."""
    names = {target.host, f"{target.host}:{target.port}", f"[{target.host}]", f"[{target.host}]:{target.port}"}
    return any(plain(host) in names for host in hosts)


def request_path(parts: SplitResult) -> str:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(path, safe="%/:=&?~#+!$,;'@()*[]")


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    for name in headers:
        if name.lower() in OWN_HEADERS:
            raise Refused("header", f"{name} is not the caller's to set")
    return dict(headers)


def resolve(target: Target, deadline: Deadline, private: bool) -> list[Address]:
    """The addresses of the host, asked once; one that is not public refuses all of them, unless ``private``."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    asking = threading.Thread(target=ask, daemon=True)  # the system's resolver knows no time limit
    asking.start()
    asking.join(deadline.left())
    if not found:
        raise Refused("timeout", f"{target.host} was not resolved in time")
    if isinstance(found[0], Exception):
        raise Refused("unresolved", f"{target.host}: {found[0]}") from found[0]
    addresses = [(family, address) for family, _, _, _, address in found[0]]
    for _, address in addresses:
        if not private and not is_public(address[0]):
            raise Refused("address", f"{target.host} has the address {address[0]}, which is not public")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, and so is an IPv4 address hidden in an IPv6 one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.sixtofour:
            return is_public(str(ip.sixtofour))
        if ip.ipv4_mapped or ip.teredo or ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def read(response: http.client.HTTPResponse, limit_bytes: int) -> Answer:
    """The answer with its whole body; a longer one, or one that breaks off, is refused."""
    body = bytearray()
    if response.length is not None and response.length > limit_bytes:
        raise Refused("too_large", f"{response.length} bytes announced, {limit_bytes} allowed")
    while piece := response.read(min(CHUNK, limit_bytes + 1 - len(body))):
        body += piece
        if len(body) > limit_bytes:
            raise Refused("too_large", f"more than {limit_bytes} bytes")
    if response.length:
        raise Refused("broken", f"{response.length} bytes are missing")
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return Answer(response.status, headers, bytes(body))


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until the end, more than 0; raises when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Refused("timeout", "the time limit for the whole request is over")
        return left


@cache
def trust() -> ssl.SSLContext:
    """Certificates of the system, checked against the host name; kept, because reading them takes a while."""
    return ssl.create_default_context()


class Connection(http.client.HTTPConnection):
    """Goes to one of the given addresses, while Host header and certificate check keep the name."""

    def __init__(self, target: Target, addresses: list[Address], deadline: Deadline) -> None:
        super().__init__(target.host, target.port)
        self.default_port = PORTS["https" if target.secure else "http"]
        self._target, self._addresses, self._deadline = target, addresses, deadline
        self._open: socket.socket | None = None

    def connect(self) -> None:
        self._open = self._reach()
        if self._target.secure:
            self._open.settimeout(self._deadline.left())
            self._open = trust().wrap_socket(self._open, server_hostname=self._target.host)
        self.sock: Any = Timed(self._open, self._deadline)

    def _reach(self) -> socket.socket:
        """The first address that answers."""
        failure = OSError("the name has no address")
        for family, address in self._addresses:
            candidate = socket.socket(family, socket.SOCK_STREAM)
            try:
                candidate.settimeout(self._deadline.left())
                candidate.connect(address)
                return candidate
            except OSError as error:
                candidate.close()
                failure = error
        raise failure

    def end(self) -> None:
        self.close()
        if self._open is not None:
            self._open.close()


class Timed:
    """A socket for http.client in which each wait ends with the whole request's time, so that no drip keeps it open."""

    def __init__(self, open_socket: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = open_socket, deadline

    def sendall(self, data: Any) -> None:
        rest = memoryview(data)
        while rest:
            self._socket.settimeout(self._deadline.left())
            rest = rest[self._socket.send(rest[:CHUNK]) :]

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(Incoming(self._socket, self._deadline))

    def close(self) -> None:
        """http.client lets go before the body is read; ``Connection.end`` closes."""


class Incoming(io.RawIOBase):
    def __init__(self, open_socket: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = open_socket, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv_into(buffer)
