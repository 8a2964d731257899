"""Who else may say who somebody is: the OpenID Connect providers of the file that ``ORTAQ_SIGN_IN`` names."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NEEDED = ("id", "name", "server", "client_id")
KNOWN = {*NEEDED, "secret_env", "trust_email", "trust_second_step", "hosts", "private_hosts"}
ID = re.compile(r"[a-z0-9-]{1,40}")


def read(file: Path | None, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The providers as django-allauth wants them; raises ImproperlyConfigured with the name of what is wrong."""
    if file is None:
        return {}
    try:
        listed = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"ORTAQ_SIGN_IN: {file}: {error}") from error
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ImproperlyConfigured("ORTAQ_SIGN_IN: the file holds a list of providers, each an object")
    apps = [_app(one, environment) for one in listed]
    if len({app["provider_id"] for app in apps}) < len(apps):
        raise ImproperlyConfigured("ORTAQ_SIGN_IN: two providers have the same id")
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}


def origins(providers: Mapping[str, Any]) -> list[str]:
    """Where a form of ours may lead in the end: the button of a provider ends there."""
    found = []
    for app in providers.get("openid_connect", {}).get("APPS", []):
        scheme = urlsplit(app["settings"]["server_url"]).scheme
        found += [f"{scheme}://{host}" for host in app["settings"]["hosts"]]
    return sorted(set(found))


def _app(one: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    missing, strange = [key for key in NEEDED if not one.get(key)], sorted({*one} - KNOWN)
    if missing or strange:
        raise ImproperlyConfigured(f"ORTAQ_SIGN_IN: a provider lacks {missing} and has unknown {strange}")
    if not ID.fullmatch(one["id"]):
        raise ImproperlyConfigured(f"ORTAQ_SIGN_IN: the id {one['id']!r} is not of small letters, digits and hyphens")
    names = one["name"] if isinstance(one["name"], dict) else {"en": one["name"]}
    return {
        "provider_id": one["id"],
        "name": next(iter(names.values()))[:40],
        "client_id": one["client_id"],
        "secret": _secret(one, environment),
        "settings": _settings(one) | {"names": names},
    }


def _secret(one: dict[str, Any], environment: Mapping[str, str]) -> str:
    """The client's secret; it stands in the environment only, so that the file can be shown to anybody."""
    variable = one.get("secret_env", "")
    if variable and not environment.get(variable):
        raise ImproperlyConfigured(f"ORTAQ_SIGN_IN: {variable}, the secret of {one['id']}, is not in the environment")
    return environment[variable] if variable else ""


def _settings(one: dict[str, Any]) -> dict[str, Any]:
    server, private = urlsplit(one["server"]), list(one.get("private_hosts", []))
    if server.scheme != "https" and server.netloc not in private:
        raise ImproperlyConfigured(f"ORTAQ_SIGN_IN: {one['server']} is not https and not among the private_hosts")
    return {
        "server_url": one["server"].rstrip("/"),
        "hosts": [server.netloc, *one.get("hosts", [])],
        "private_hosts": private,
        "email_authentication": one.get("trust_email") is True,
        "trust_second_step": one.get("trust_second_step") is True,
    }
