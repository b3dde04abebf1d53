"""Pictures: for every media id a small landscape or portrait of its own, drawn when asked for.

A PNG with a palette is a header, 256 colours and rows of one byte a pixel: nothing else is needed.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from colorsys import hls_to_rgb
from functools import lru_cache
from math import isqrt, sin

SKY, HILL, SUN = 0, 128, 255  # where each part's colours begin in the palette


@lru_cache(maxsize=256)
def picture(media_id: str, width: int, height: int) -> bytes:
    """A PNG; the same id gives the same picture."""
    digest = hashlib.sha256(media_id.encode()).digest()
    rows = _portrait(width, height) if width == height else _landscape(width, height, digest)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", _palette(digest)), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def _palette(digest: bytes) -> bytes:
    """A soft sky, hills in a neighbouring hue, and one light colour."""
    hue = digest[0] / 256
    sky = [_colour(hue + step / 900, 0.88 - step / 500, 0.45) for step in range(HILL)]
    hills = [_colour(hue + 0.09, 0.52 - step / 500, 0.32) for step in range(SUN - HILL)]
    return b"".join([*sky, *hills, _colour(hue + 0.5, 0.94, 0.7)])


def _colour(hue: float, lightness: float, saturation: float) -> bytes:
    return bytes(int(part * 255) for part in hls_to_rgb(hue % 1, lightness, saturation))


def _landscape(width: int, height: int, digest: bytes) -> Iterator[bytes]:
    """A sky that deepens, a sun, and a line of hills."""
    sun = (digest[1] * width // 256, height // 3, height // (6 + digest[2] % 4))
    crest = [
        int(height * (0.68 + 0.09 * sin(x / width * (4 + digest[3] % 4) + digest[4])))
        for x in range(width)
    ]
    for y in range(height):
        row = _with_disc(bytearray([SKY + y * (HILL - 1) // height]) * width, y, sun)
        if y >= min(crest):
            shade = min(SUN - 1, HILL + (y - min(crest)) * 2 * (SUN - HILL) // (3 * height) + 1)
            for x in range(width):
                if crest[x] <= y:
                    row[x] = shade
        yield bytes(row)


def _portrait(width: int, height: int) -> Iterator[bytes]:
    """Head and shoulders in front of a plain wall."""
    head = (width // 2, height * 2 // 5, height // 5)
    shoulders = (width // 2, height * 21 // 20, height * 2 // 5)
    for y in range(height):
        row = bytearray([SKY + y * (HILL - 1) // (2 * height)]) * width
        row = _with_disc(row, y, shoulders, HILL + 40)
        yield bytes(_with_disc(row, y, head))


def _with_disc(row: bytearray, y: int, disc: tuple[int, int, int], colour: int = SUN) -> bytearray:
    middle, across, radius = disc
    half = radius * radius - (y - across) ** 2
    if half > 0:
        left, right = max(0, middle - isqrt(half)), min(len(row), middle + isqrt(half))
        row[left:right] = bytes([colour]) * max(0, right - left)
    return row
