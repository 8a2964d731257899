"""Forms of the sign-in library, with our words and limits, and deaf to what no browser sends."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.socialaccount.forms import DisconnectForm
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib import messages
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 100
# The libraries take a credential apart piece by piece and leave these to the caller when a piece is wrong.
SPOILED = (KeyError, TypeError, AttributeError, ValueError, IndexError, struct.error, InvalidSignature)


@contextmanager
def readable() -> Iterator[None]:
    """Says of a spoiled credential what is said of a wrong one."""
    try:
        yield
    except SPOILED as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddPasskey(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("For instance: telephone, or the key in the safe"),
    )
    passwordless = forms.BooleanField(label=_("It also signs me in without the password"), required=False, initial=True)

    def clean(self) -> Any:
        with readable():
            return super().clean()


class RenamePasskey(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=LONGEST_NAME)


class Shown(AuthenticateWebAuthnForm):
    """A passkey that somebody shows."""

    def clean_credential(self) -> Any:
        with readable():
            return super().clean_credential()


class AuthenticatePasskey(Shown):
    """As the second step."""


class LoginPasskey(Shown, LoginWebAuthnForm):
    """In the place of address and password."""


class ReauthenticatePasskey(Shown, ReauthenticateWebAuthnForm):
    """Before something that concerns the safety of the account."""


class Disconnect(DisconnectForm):
    """Also when the node knows the provider no longer."""

    def save(self) -> None:
        raise_if_reauthentication_required(self.request, app="allauth.socialaccount")
        self.cleaned_data["account"].delete()
        account_adapter().add_message(self.request, messages.INFO, "socialaccount/messages/account_disconnected.txt")
