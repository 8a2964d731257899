"""The form for a new account: allauth's, with the box for the terms of use."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm as Signup
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ortaq.people import consent


class SignupForm(Signup):
    terms = forms.BooleanField(
        label=_("I have read the terms of use and the text on personal data and agree."),
        error_messages={"required": _("Tick the box: an account needs your agreement to the terms of use.")},
    )

    def save(self, request: HttpRequest) -> Any:
        user = super().save(request)
        consent.accept(user, get_language() or "en")
        return user
