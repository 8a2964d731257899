"""Requests to other machines go where they are allowed to go and nowhere else."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ortaq.engine import net
from ortaq.engine.net import Answer, Refused, fetch, is_public

LOCAL = ("peer.example",)


class Handler(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        getattr(self, "answer_" + self.path.strip("/").partition("?")[0], self.answer_hello)()

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the screen of the tests."""

    def say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_hello(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        text = f"{self.command} {self.path} {self.headers['Host']} {self.headers.get('X-Test')} {sent.decode()}"
        self.say(200, text.encode(), X_Two="1", x_two="2")

    def answer_moved(self) -> None:
        self.say(302, b"elsewhere", Location="/hello")

    def answer_missing(self) -> None:
        self.say(404, b"not here")

    def answer_long(self) -> None:
        self.say(200, b"x" * 2000)

    def answer_endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.until_they_hang_up(b"3e8\r\n" + b"x" * 1000 + b"\r\n")

    def answer_drip(self) -> None:
        """Headers that never end, each byte well within any waiting time for one byte."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.until_they_hang_up(b"x", 0.02)

    def answer_silence(self) -> None:
        self.server.stopping.wait(20)  # type: ignore[attr-defined]

    def answer_short(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
        self.close_connection = True

    def answer_nonsense(self) -> None:
        self.wfile.write(b"220 mail ready\r\n\r\n")
        self.close_connection = True

    def until_they_hang_up(self, data: bytes, pause: float = 0) -> None:
        self.close_connection = True
        while not self.server.stopping.wait(pause):  # type: ignore[attr-defined]
            try:
                self.wfile.write(data)
            except OSError:
                return


def serving(context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[int]:
    """The port of a server on this machine."""

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        daemon_threads = True
        stopping = threading.Event()

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that hangs up is what these tests are about."""

    with Server((host, 0), Handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.stopping.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def port() -> Iterator[int]:
    yield from serving()


Names = dict[str, list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[Names]:
    """The name service of the test: each question to a name takes the next of its addresses; the last one stays."""
    known: Names = {"peer.example": ["127.0.0.1"]}
    real = socket.getaddrinfo

    def answer(host: str, port: int, **options: Any) -> Any:
        if host not in known:
            return real(host, port, flags=socket.AI_NUMERICHOST, **options)
        addresses = known[host]
        return real(addresses.pop(0) if len(addresses) > 1 else addresses[0], port, **options)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    yield known


def ask(port: int, path: str = "hello", **options: Any) -> Answer:
    options = {"allowed_hosts": LOCAL, "allow_private": LOCAL} | options
    return fetch(f"http://peer.example:{port}/{path}", **options)


def refusal(call: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as caught:
        call()
    assert isinstance(caught.value, OSError)
    return caught.value.code


def test_a_request_and_its_answer(port: int, names: Names) -> None:
    answer = ask(port, "a%20b?q=қала", method="POST", body=b"text", headers={"X-Test": "yes"})
    assert answer.status == 200
    expected = f"POST /a%20b?q=%D2%9B%D0%B0%D0%BB%D0%B0 peer.example:{port} yes text"
    assert answer.body.decode() == expected
    assert answer.headers["x-two"] == "1, 2" and answer.headers["content-length"] == str(len(expected))


def test_errors_of_the_other_side_are_answers(port: int, names: Names) -> None:
    assert (ask(port, "missing").status, ask(port, "missing").body) == (404, b"not here")


def test_a_redirect_is_not_followed(port: int, names: Names) -> None:
    answer = ask(port, "moved")
    assert (answer.status, answer.headers["location"], answer.body) == (302, "/hello", b"elsewhere")


def test_proxies_of_the_environment_are_not_used(port: int, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(port).status == 200


@pytest.mark.parametrize("path", ["long", "endless"])
def test_an_answer_over_the_limit_is_refused(port: int, names: Names, path: str) -> None:
    assert refusal(lambda: ask(port, path, limit_bytes=1999)) == "too_large"


def test_an_answer_of_just_the_limit_is_taken(port: int, names: Names) -> None:
    assert len(ask(port, "long", limit_bytes=2000).body) == 2000


@pytest.mark.parametrize("path", ["silence", "drip"])
def test_a_slow_server_does_not_hold_us(port: int, names: Names, path: str) -> None:
    assert refusal(lambda: ask(port, path, timeout_s=0.3)) == "timeout"


def test_a_slow_name_service_does_not_hold_us(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(20))
    assert refusal(lambda: ask(80, timeout_s=0.1)) == "timeout"
    over.set()


@pytest.mark.parametrize("path", ["short", "nonsense"])
def test_an_answer_that_is_not_whole_is_refused(port: int, names: Names, path: str) -> None:
    assert refusal(lambda: ask(port, path)) == "broken"


def test_nobody_there(port: int, names: Names) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert refusal(lambda: ask(unused.getsockname()[1])) == "unreachable"


def test_an_unknown_name_is_refused(names: Names) -> None:
    url = "http://nowhere.example/"
    assert refusal(lambda: fetch(url, allowed_hosts=["nowhere.example"])) == "unresolved"


def test_a_name_that_changes_its_address_is_asked_once(port: int, names: Names) -> None:
    """First an address that may be used, from the second question on one of the inner network."""
    names["peer.example"] = ["127.0.0.1", "10.0.0.1"]
    assert ask(port).status == 200
    assert names["peer.example"] == ["10.0.0.1"]


def test_one_inner_address_among_public_ones_refuses_all(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    assert refusal(lambda: ask(80, allow_private=())) == "address"


INNER = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "fe80::1",
    "fe80::1%lo",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
]


@pytest.mark.parametrize("address", INNER)
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "185.4.180.1", "2a00:1450:4001:830::200e", "64:ff9b::8.8.8.8"])
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.7", "169.254.169.254"])
def test_a_name_with_an_inner_address_is_refused_before_anything_is_sent(
    port: int, names: Names, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names["peer.example"] = [address]
    monkeypatch.setattr(net.Connection, "connect", lambda self: pytest.fail("it connected"))
    assert refusal(lambda: ask(port, allow_private=())) == "address"
    assert refusal(lambda: ask(port, allow_private=["other.example", "peer.example:1"])) == "address"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "0177.0.0.1"])
def test_an_address_in_place_of_a_name_gets_no_further(port: int, names: Names, host: str) -> None:
    url = f"http://{host}:{port}/"
    assert refusal(lambda: fetch(url, allowed_hosts=LOCAL)) == "host"
    assert refusal(lambda: fetch(url, allowed_hosts=[host])) == "address"


def test_an_inner_address_may_be_named_by_a_setting(port: int, names: Names) -> None:
    for allowed in ("127.0.0.1", f"127.0.0.1:{port}"):
        assert fetch(f"http://127.0.0.1:{port}/", allowed_hosts=[allowed], allow_private=[allowed]).status == 200


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://other.example/", "host"),
        ("http://peer.example.other.example/", "host"),
        ("http://peer.example:81/", "host"),
        ("http://user@peer.example:80/", "credentials"),
        ("http://peer.example:80@other.example/", "credentials"),
        ("http://peer.example:80#@other.example/", "address"),
        ("http://other.example\\@peer.example:80/", "url"),
        ("http://peer.example:80/ HTTP/1.1\r\nHost: other", "url"),
        ("http://peer.example:80/\tx", "url"),
        ("http://peer.example:99999/", "url"),
        ("http://[peer.example/", "url"),
        ("http:///path", "url"),
        ("ftp://peer.example:80/", "scheme"),
        ("file:///etc/hostname", "scheme"),
        ("//peer.example:80/", "scheme"),
        ("", "scheme"),
    ],
)
def test_urls_that_are_not_asked(names: Names, url: str, code: str) -> None:
    assert refusal(lambda: fetch(url, allowed_hosts=["peer.example:80"])) == code


def test_names_are_compared_as_the_name_service_does(port: int, names: Names) -> None:
    names["xn--80axml.xn--80ao21a"] = ["127.0.0.1"]
    url = f"http://МУРА.ҚАЗ.:{port}/"
    for allowed in ("мура.қаз", f"мура.қаз:{port}", "xn--80axml.xn--80ao21a"):
        assert fetch(url, allowed_hosts=[allowed], allow_private=[allowed]).status == 200


@pytest.mark.parametrize(
    "headers", [{"Host": "other.example"}, {"content-length": "5"}, {"X-Test": "a\r\nHost: b"}, {"X\n": "a"}]
)
def test_headers_that_would_change_the_request_are_refused(port: int, names: Names, headers: dict[str, str]) -> None:
    assert refusal(lambda: ask(port, headers=headers)) == "header"


def test_a_method_that_would_change_the_request_is_refused(port: int, names: Names) -> None:
    assert refusal(lambda: ask(port, method="GET / HTTP/1.1\r\nX: y\r\n\r\nGET")) == "header"


def certificate(folder: Path, name: str) -> Path:
    """A file with a key and a certificate for ``name`` that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{name}.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(params=["peer.example", "other.example"])
def secure(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, int]]:
    """(name in the certificate, port) of a server whose certificate is trusted."""
    file = certificate(tmp_path, request.param)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    monkeypatch.setattr(net, "trust", lambda: ssl.create_default_context(cafile=str(file)))
    for port in serving(context):
        yield request.param, port


def test_a_certificate_must_be_for_the_name_and_not_for_the_address(secure: tuple[str, int], names: Names) -> None:
    name, port = secure

    def call() -> Answer:
        return fetch(f"https://peer.example:{port}/", allowed_hosts=LOCAL, allow_private=LOCAL)

    if name == "peer.example":
        assert call().body.decode().split()[2] == f"peer.example:{port}"
    else:
        assert refusal(call) == "certificate"


def test_a_certificate_that_nobody_vouches_for_is_refused(
    secure: tuple[str, int], names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(net, "trust", ssl.create_default_context)
    url = f"https://peer.example:{secure[1]}/"
    assert refusal(lambda: fetch(url, allowed_hosts=LOCAL, allow_private=LOCAL)) == "certificate"
