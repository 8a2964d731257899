"""The QR code of an address, to be read from paper."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

# Black on white in every theme: many telephones do not read a code that is light on dark.
SVG = (
    '<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" role="img" shape-rendering="crispEdges">'
    '<title>{1}</title><path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>'
)


def svg(address: str) -> SafeString:
    """One ``svg`` with a title, its modules one unit wide, the quiet zone of four units around them."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(address)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    title = gettext("QR code of the address %(address)s") % {"address": address}
    return format_html(SVG, len(rows), title, path)
