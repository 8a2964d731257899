"""To a provider and back."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import override

from ortaq.people.oidc.provider import Adapter


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _at(request, provider_id, OAuth2LoginView)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _at(request, provider_id, OAuth2CallbackView)


@login_not_required
def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where a provider sends people to; goes on in the language in which they left."""
    language = request.GET.get("state", "").partition("-")[0]
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        path = reverse("oidc_callback", kwargs={"provider_id": provider_id})
    return HttpResponseRedirect(f"{path}?{request.GET.urlencode()}")


def _at(request: HttpRequest, provider_id: str, view: Any) -> HttpResponse:
    """allauth's view for this provider; what it does not catch becomes the page of a failed sign-in."""
    adapter = Adapter(request, provider_id)
    try:
        return view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except OAuth2Error as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)
