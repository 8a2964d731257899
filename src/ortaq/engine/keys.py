"""The node's Ed25519 signing key (RFC 8032) and the commitments of closed parts."""

from __future__ import annotations

import hashlib
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class SigningKey:
    """A private key read once from its file (32 raw bytes, readable by the owner only)."""

    def __init__(self, raw: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(raw)
        self.public = self._key.public_key().public_bytes_raw()
        self.id = key_id(self.public)

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


def create(path: Path) -> SigningKey:
    """Draws a new key and writes it; raises FileExistsError rather than replace one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    raw = secrets.token_bytes(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    return SigningKey(raw)


@lru_cache(maxsize=8)
def load(path: Path) -> SigningKey:
    return SigningKey(path.read_bytes())


def key_id(public: bytes) -> str:
    """Sixteen hex digits that name a public key in headers."""
    return hashlib.sha256(public).hexdigest()[:16]


def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether ``signature`` over ``data`` was made with the key of ``public``."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def commitment(salt: bytes, part: bytes) -> str:
    """SHA-256(32 random bytes ‖ part) in hex: binds a closed part without letting anybody try likely contents."""
    return hashlib.sha256(salt + part).hexdigest()
