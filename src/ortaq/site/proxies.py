"""Behind proxies everybody seems to come from one address; who really asks stands in a header of theirs."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def client(get_response: Handler) -> Handler:
    """Puts the address that the outermost of ``ORTAQ_PROXIES`` proxies saw where all limits look for it.

    Each proxy adds one address at the end of ``X-Forwarded-For``; what stands before theirs anybody can write.
    """
    proxies: int = settings.ORTAQ_PROXIES
    if proxies < 1:
        raise MiddlewareNotUsed

    def handle(request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Forwarded-For", "").split(",")
        if len(told) >= proxies and (address := _address(told[-proxies])):
            request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return handle


def _address(text: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""
