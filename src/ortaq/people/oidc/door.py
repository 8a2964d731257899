"""How allauth reaches a provider: through the node's one door for outgoing requests."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings

from ortaq.engine import net

TIME = 8  # seconds for one request; somebody waits for the page
MOST = 200_000


class Trouble(OAuth2Error):
    """A provider did not do its part. Its text holds no secret and no token, so it may stand in a log."""


@dataclass(frozen=True)
class Reply:
    """An answer, under the names that allauth looks for."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> dict[str, Any]:
        try:
            found = json.loads(self.content)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise Trouble("the answer is no JSON object")
        return found

    def raise_for_status(self) -> None:
        if self.status_code != 200:
            raise Trouble(f"the answer has the status {self.status_code}")


class Door:
    """Stands where allauth expects a session of another library; asks the configured hosts only."""

    def __enter__(self) -> Door:
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is kept open."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        return self.request("GET", url, headers=headers)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: Any = None,
    ) -> Reply:
        sent = {"Accept": "application/json", **(headers or {})}
        if data:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        if auth is not None:
            pair = base64.b64encode(f"{auth.username}:{auth.password}".encode()).decode()
            sent["Authorization"] = f"Basic {pair}"
        address = f"{url}?{urlencode(params)}" if params else url
        body = urlencode(data or {}).encode()
        return ask(address, method=method, body=body, headers=sent)


def ask(url: str, **request: Any) -> Reply:
    """One request to a host of the settings; raises Trouble."""
    hosts = [host for app in apps() for host in app["settings"]["hosts"]]
    private = [host for app in apps() for host in app["settings"]["private_hosts"]]
    try:
        answer = net.fetch(
            url, timeout_s=TIME, limit_bytes=MOST, allowed_hosts=[*hosts, *private], allow_private=private, **request
        )
    except net.Refused as error:
        raise Trouble(str(error)) from error
    return Reply(answer.status, {"content-type": "", **answer.headers}, answer.body)


def apps() -> list[dict[str, Any]]:
    """The providers of the settings."""
    found: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return found
