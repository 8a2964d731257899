"""One provider and its end of the flow, as allauth asks for them."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import get_request_param
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.http import urlencode
from django.utils.translation import get_language

from ortaq.people.oidc import token as tokens
from ortaq.people.oidc.door import Door, Trouble

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Adapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, if it is the one that the settings name."""
        config: dict[str, Any] = super().openid_config
        server = self.get_provider().app.settings["server_url"].partition("/.well-known/")[0]
        if str(config.get("issuer")).rstrip("/") != server:
            raise Trouble("the provider calls itself by another address than the settings do")
        for name in ENDPOINTS:
            if urlsplit(str(config.get(name))).scheme != urlsplit(server).scheme:
                raise Trouble(f"the provider has no safe {name}")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """One address for every language: providers want it written down to the letter."""
        path = reverse("oidc_answer", kwargs={"provider_id": self.provider_id})
        return (
            f"{settings.ORTAQ_ADDRESS.rstrip('/')}{path}"
            if settings.ORTAQ_ADDRESS
            else request.build_absolute_uri(path)
        )

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """The access token serves this one sign-in and is kept nowhere."""
        return SocialToken(token=data["access_token"])

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> Any:
        config = self.openid_config
        with Door() as door:
            keys = door.get(config["jwks_uri"])
            keys.raise_for_status()
        state = get_request_param(request, "state") or ""
        nonce = tokens.nonce_of(state)
        id_token = kwargs["response"].get("id_token")
        found = tokens.claims(id_token, keys.json(), issuer=config["issuer"], client=app.client_id, nonce=nonce)
        if not found.get("email") and config.get("userinfo_endpoint"):
            found |= self._profile(token.token, found["sub"])
        return self.get_provider().sociallogin_from_response(request, found)

    def _profile(self, access: str, subject: str) -> dict[str, Any]:
        """The address from the profile, where the token has none; it must be the profile of the same person."""
        profile = self._fetch_user_info(access)
        if profile.get("sub") != subject:
            raise Trouble("the profile is of somebody else")
        return {name: profile[name] for name in ("email", "email_verified") if name in profile}


class Provider(OpenIDConnectProvider):
    package = "ortaq.people.oidc"
    oauth2_adapter_class = Adapter
    supports_token_authentication = False

    def __init__(self, request: HttpRequest, app: Any = None) -> None:
        super().__init__(request, app=app)
        names = app.settings["names"]
        self.name = names.get(get_language() or "", app.name)

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        url = reverse("oidc_login", kwargs={"provider_id": self.app.provider_id})
        return f"{url}?{urlencode(kwargs)}" if kwargs else url

    def get_callback_url(self) -> str:
        return reverse("oidc_callback", kwargs={"provider_id": self.app.provider_id})

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """An address must not ask for more than the settings."""
        return ["openid", "email"]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return {}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """The state begins with the language, so that the answer comes to a page in it."""
        state = f"{get_language()}-{get_random_string(32)}"
        kwargs |= {"auth_params": {"nonce": tokens.nonce_of(state)}, "state_id": state}
        found: HttpResponse = super().redirect(request, process, next_url, data, **kwargs)
        return found

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and subject together name a person; neither does alone."""
        return hashlib.sha256(f"{data['iss']}\n{data['sub']}".encode()).hexdigest()

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": str(data.get("email") or "").lower()}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        email = str(data.get("email") or "").lower()
        verified = data.get("email_verified") in (True, "true")
        return [EmailAddress(email=email, verified=verified, primary=True)] if email else []

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Only what the page of connections shows."""
        return {"email": str(data.get("email") or "")}


provider_classes = [Provider]
