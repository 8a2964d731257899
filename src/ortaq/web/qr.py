"""The QR code of an address, to be read from paper."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ortaq.documents import codes

# Black on white in every theme: many telephones do not read a code that is light on dark.
SVG = (
    '<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" role="img" shape-rendering="crispEdges">'
    '<title>{1}</title><path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>'
)


def svg(address: str) -> SafeString:
    """One ``svg`` with a title, its modules one unit wide, the quiet zone of four units around them."""
    size, path = codes.path(address)
    title = gettext("QR code of the address %(address)s") % {"address": address}
    return format_html(SVG, size, title, path)
