"""How accounts are made and entered through the pages: in the language of the page, then in the person's own."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render, resolve_url
from django.utils.translation import get_language, gettext, override

from ortaq.people.models import User
from ortaq.people.oidc.door import Door, Trouble

logger = logging.getLogger(__name__)
STEPS = {"allauth.mfa.stages.AuthenticateStage": "ortaq.people.stages.SecondStep"}


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.language = get_language() or "en"
        return super().save_user(request, user, form, commit)

    def clean_email(self, email: str) -> str:
        return email.lower()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The home page in the language of the account; an address that was asked for before goes first."""
        with override(getattr(request.user, "language", None) or settings.LANGUAGE_CODE):
            return str(resolve_url(settings.LOGIN_REDIRECT_URL))

    def get_login_stages(self) -> list[str]:
        return [STEPS.get(stage, stage) for stage in super().get_login_stages()]


class SecondStepAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that passkeys belong to: that of the public address, so that they outlive another server name."""
        host = urlsplit(settings.ORTAQ_ADDRESS or context.request.build_absolute_uri("/")).hostname or ""
        return {"id": host, "name": f"Ortaq · {host}"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return gettext("Passkey %(number)s") % {
            "number": Authenticator.objects.filter(user=user, type=type).count() + 1
        }


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Who comes by a provider gets an account only where the provider is trusted and names a verified address."""

    def get_requests_session(self) -> Door:
        return Door()

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        sociallogin.user.language = get_language() or "en"
        return super().populate_user(request, sociallogin, data)

    def authenticate_by_email(self, sociallogin: Any) -> Any:
        """The account of the address, if its owner confirmed it here too: anybody may have typed it."""
        found = super().authenticate_by_email(sociallogin)
        owned = found and EmailAddress.objects.filter(user=found[0], email__iexact=found[1], verified=True).exists()
        return found if owned else None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A first sign-in that proves too little says the same to everybody, whoever has an account here."""
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        sure = [a.email for a in sociallogin.email_addresses if a.verified]
        trusted = any(self.can_authenticate_by_email(sociallogin, email) for email in sure)
        taken = EmailAddress.objects.filter(email__in=sure).exists() or User.objects.filter(email__in=sure).exists()
        if not trusted or taken:
            page = render(request, "socialaccount/first.html", {"provider": sociallogin.provider}, status=403)
            raise ImmediateHttpResponse(page)

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, **why: Any) -> None:
        """The operator reads why; other texts than our own may hold what a provider sent, and stay out."""
        exception = why.get("exception")
        reason = str(exception) if isinstance(exception, Trouble) else type(exception).__name__
        logger.warning("Signing in by %s failed: %s (%s)", provider.app.provider_id, error, reason)
