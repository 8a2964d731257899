"""Reads a picture from standard input and writes it anew as JPEG; run as a process of its own by ``photos``.

Nothing of the file goes over but the picture itself, turned the way the camera was held.
"""

from __future__ import annotations

import io
import resource
import sys
from typing import Any

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2_400
MEMORY = 1 << 30
SECONDS = 20


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(redraw(sys.stdin.buffer.read()))
    return 0


def redraw(given: bytes) -> bytes:
    """The picture as JPEG, at most 2400 pixels a side; raises what Pillow raises, ValueError above 50 megapixels."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(given), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        turned = ImageOps.exif_transpose(picture)
        plain = _opaque(turned) if turned.has_transparency_data else turned.convert("RGB")
    out = io.BytesIO()
    plain.info = {}  # colour profile, comment and the like came with the file
    plain.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return out.getvalue()


def _opaque(picture: Any) -> Any:
    """On white, as paper shows it."""
    from PIL import Image

    layer = picture.convert("RGBA")
    plain = Image.new("RGB", layer.size, "white")
    plain.paste(layer, mask=layer.getchannel("A"))
    return plain


if __name__ == "__main__":
    sys.exit(main())
