"""Wix's pictures through us: smaller, cached, and without a third party on the customer's page."""

import io
import re

from django.core.cache import cache
from PIL import Image, ImageOps

MEDIA_ID = re.compile(r"[A-Za-z0-9_.~-]{1,200}")
WIDTHS = (160, 320, 640, 1280)
"""The widths we make; others are not found, so that nobody fills the cache with millions."""
LARGEST_PIXELS = 50_000_000
LARGEST_BYTES = 12 * 1024 * 1024
KEPT_SECONDS = 7 * 24 * 3600
QUALITY = 80


class Unreadable(ValueError):
    """What came is no picture that we can show."""


def shrunk(original: bytes, width: int) -> bytes:
    """``original`` as WebP, at most ``width`` pixels wide, turned upright, without its metadata.

    Raises: Unreadable.
    """
    try:
        with Image.open(io.BytesIO(original)) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise Unreadable("too many pixels")
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((width, width * 4))
            target = io.BytesIO()
            mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
            upright.convert(mode).save(target, "WEBP", quality=QUALITY, method=4)
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable(str(error)) from error
    return target.getvalue()


def kept(site: str, media_id: str, width: int) -> bytes | None:
    """The picture as made before; None if it was not, or too long ago."""
    found: bytes | None = cache.get(_key(site, media_id, width))
    return found


def keep(site: str, media_id: str, width: int, picture: bytes) -> None:
    """Keep a picture for a week."""
    cache.set(_key(site, media_id, width), picture, KEPT_SECONDS)


def _key(site: str, media_id: str, width: int) -> str:
    return f"picture:{site}:{width}:{media_id}"
