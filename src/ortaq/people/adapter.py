"""How accounts are made and entered through the pages: in the language of the page, then in the person's own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import get_language, gettext, override


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


class SecondStepAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that passkeys belong to: that of the public address, so that they outlive another server name."""
        host = urlsplit(settings.ORTAQ_ADDRESS or context.request.build_absolute_uri("/")).hostname or ""
        return {"id": host, "name": f"Ortaq · {host}"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return gettext("Passkey %(number)s") % {
            "number": Authenticator.objects.filter(user=user, type=type).count() + 1
        }
