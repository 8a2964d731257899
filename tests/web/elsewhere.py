"""A provider of OpenID Connect on this machine: discovery, keys, token and profile, as strict as a real one."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, KID = "ortaq-test", "not-a-real-secret", "key-1"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Elsewhere:
    """``person`` is who signs in there; ``changes`` spoils the token, ``discovery`` the description."""

    url: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    signing: Any = None
    algorithm: str = "RS256"
    status: int = 200
    asked: dict[str, str] = field(default_factory=dict)
    redeemed: dict[str, str] = field(default_factory=dict)

    def agree(self, address: str) -> dict[str, str]:
        """The person signs in at the address that the node sent the browser to; what the browser brings back."""
        self.asked = dict(parse_qsl(urlsplit(address).query))
        return {"code": "one-time", "state": self.asked["state"]}

    def answer(self, path: str, body: str) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            ends = {"authorization": "authorize", "token": "token", "userinfo": "profile"}
            found = {f"{name}_endpoint": f"{self.url}/{end}" for name, end in ends.items()}
            return 200, {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **found, **self.discovery}
        if path == "/keys":
            return 200, {
                "keys": [json.loads(RSAAlgorithm.to_jwk(self.key.public_key())) | {"kid": KID, "alg": "RS256"}]
            }
        if path == "/profile":
            return 200, self.profile
        self.redeemed = {name: values[0] for name, values in parse_qs(body).items()}
        return self.token() if self.status == 200 else (self.status, {"error": "server_error"})

    def token(self) -> tuple[int, dict[str, Any]]:
        """The token, if client, secret, address and PKCE are those of the browser that was here."""
        verifier = hashlib.sha256(self.redeemed.get("code_verifier", "").encode()).digest()
        right = (
            self.redeemed.get("client_id") == CLIENT
            and self.redeemed.get("client_secret") == SECRET
            and self.redeemed.get("redirect_uri") == self.asked["redirect_uri"]
            and base64.urlsafe_b64encode(verifier).rstrip(b"=").decode() == self.asked["code_challenge"]
        )
        if not right:
            return 401, {"error": "invalid_client"}
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": self.asked["nonce"]}
        said |= self.person | self.changes
        said = {name: value for name, value in said.items() if value is not None}
        made = jwt.encode(said, self.signing or self.key, algorithm=self.algorithm, headers={"kid": KID})
        return 200, {"access_token": "passing", "token_type": "Bearer", "id_token": made}


@contextmanager
def running() -> Iterator[Elsewhere]:
    provider = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            status, found = provider.answer(self.path, body)
            text = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the screen of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
