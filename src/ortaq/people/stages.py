"""The second step of signing in, and who may spare somebody of it."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from ortaq.people.oidc.door import apps


class SecondStep(AuthenticateStage):
    """Asked for after a provider as after a password, unless the settings say that the provider asks for it itself."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if records and records[-1]["method"] == "socialaccount":
            came_by = records[-1]["provider"]
            trusted = {app["provider_id"] for app in apps() if app["settings"]["trust_second_step"]}
            return came_by not in trusted and bool(super()._should_handle(request))
        return bool(super()._should_handle(request))
