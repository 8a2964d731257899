"""Forms of the sign-in library, with our words and limits."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

NAME = {"label": _("Name of the passkey"), "max_length": 100}


class AddPasskey(AddWebAuthnForm):
    name = forms.CharField(**NAME, required=False, help_text=_("For instance: telephone, or the key in the safe"))
    passwordless = forms.BooleanField(label=_("It also signs me in without the password"), required=False, initial=True)


class RenamePasskey(EditWebAuthnForm):
    name = forms.CharField(**NAME)
