"""Every setting of a node, read from the environment: one table, printed into the reference."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Setting:
    """``name`` in the environment, how its text is read, what holds without it, and what it is for."""

    name: str
    read: Callable[[str], Any]
    default: str
    help: str


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def folders(text: str) -> list[str]:
    return [folder for folder in text.split(os.pathsep) if folder]


def truth(text: str) -> bool:
    return text.lower() in ("1", "true", "yes", "on")


PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class Mail(NamedTuple):
    """The SMTP server; without a host there is none."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail(text: str) -> Mail:
    """The SMTP server of an address; ValueError for what is none, without the password that it may hold."""
    at = urlsplit(text)
    if not text:
        return Mail()
    if at.scheme not in PORTS or not at.hostname:
        raise ValueError("ORTAQ_MAIL is smtp://, smtp+tls:// or smtps:// and then user:password@host:port")
    user, password = unquote(at.username or ""), unquote(at.password or "")
    port = at.port or PORTS[at.scheme]
    return Mail(at.hostname, port, user, password, at.scheme == "smtp+tls", at.scheme == "smtps")


SETTINGS = (
    Setting("ORTAQ_DATA", lambda t: Path(t).expanduser().resolve(), "var/data", "The data folder of the node."),
    Setting("ORTAQ_DATABASE", str, "", "Address of a PostgreSQL database; without it SQLite in the data folder."),
    Setting("ORTAQ_KINDS", folders, "", "Folders with further kinds, one Python file each."),
    Setting("ORTAQ_COUNTRIES", words, "KZ,AZ", "ISO codes of the countries whose heritage the node describes."),
    Setting("ORTAQ_HOSTS", words, "localhost,127.0.0.1,[::1]", "Host names the node answers to."),
    Setting(
        "ORTAQ_ADDRESS",
        str,
        "",
        "Public address, for instance https://heritage.example; permanent links start with it.",
    ),
    Setting("ORTAQ_HTTPS", truth, "no", "Whether people reach the node by https: secure cookies and HSTS."),
    Setting("ORTAQ_PARTNERS", words, "kz-az", "Names of partner groups whose authorities share partner data."),
    Setting(
        "ORTAQ_PROXIES",
        int,
        "0",
        "How many proxies stand before the node; limits then count the address that the first of them saw.",
    ),
    Setting(
        "ORTAQ_MAIL",
        mail,
        "",
        "SMTP server as smtp:// (not encrypted), smtp+tls:// (STARTTLS) or smtps://, then user:password@host:port, "
        "both percent-encoded; without it mail goes to the data folder.",
    ),
    Setting("ORTAQ_MAIL_FROM", str, "ortaq@localhost", "Sender of the node's mail."),
    Setting(
        "ORTAQ_SIGN_IN",
        lambda t: Path(t).expanduser().resolve() if t else None,
        "",
        "JSON file with the OpenID Connect providers that people may sign in with.",
    ),
    Setting("ORTAQ_WORKERS", int, "2", "Web processes."),
    Setting(
        "ORTAQ_THREADS",
        int,
        "1",
        "Threads of each web process; they share one processor.",
    ),
    Setting("ORTAQ_DEBUG", truth, "no", "Shows errors with their source. Never on a node that others reach."),
)


def value(name: str) -> Any:
    """The setting as read from the environment, or its default."""
    setting = next(s for s in SETTINGS if s.name == name)
    return setting.read(os.environ.get(name) or setting.default)
