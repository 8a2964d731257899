"""QR codes: as SVG for PDF and pages, as PNG for DOCX. Black on white, with the quiet zone that readers need."""

from __future__ import annotations

import io

DOTS = 8  # pixels of a module


def matrix(address: str) -> list[list[bool]]:
    """Rows of modules, the quiet zone of four around them."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(address)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def path(address: str) -> tuple[int, str]:
    """The size in modules and the dark modules as an SVG path, each one unit wide."""
    rows = matrix(address)
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)


def svg(address: str) -> str:
    size, drawn = path(address)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#000" d="{drawn}"/></svg>'
    )


def png(address: str) -> bytes:
    from PIL import Image

    rows = matrix(address)
    image = Image.new("1", (len(rows), len(rows)), 1)
    image.putdata([0 if dark else 1 for row in rows for dark in row])
    out = io.BytesIO()
    image.resize((len(rows) * DOTS, len(rows) * DOTS)).save(out, "PNG")
    return out.getvalue()
