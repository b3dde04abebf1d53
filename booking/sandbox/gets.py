"""Questions that Wix lets a client ask by GET as well: the body travels in the address.

Objects go as base64 of the whole request in ``.r``; plain values as dotted names.
Source: Wix's own SDK, how it encodes GET requests.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace

import msgspec

from booking.sandbox.call import Call, Handler
from booking.sandbox.wire import Json, an_object, violation
from booking.sandbox.world import World

LONGEST_NAME = 8  # parts of a dotted name


def by_get(handler: Handler) -> Handler:
    """The same handler for a question in the address. An absent query is an empty one there."""

    def handle(world: World, call: Call) -> Json:
        packed = call.query.get(".r")
        body = _unpacked(packed[0]) if packed else _nested(call.query)
        return handler(world, replace(call, body={"query": {}, **body}))

    return handle


def _unpacked(text: str) -> Json:
    try:
        return an_object(msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * 3)), ".r")
    except (binascii.Error, msgspec.DecodeError, UnicodeError, ValueError) as error:
        raise violation(".r", "is no base64 of a JSON object") from error


def _nested(query: dict[str, list[str]]) -> Json:
    body: Json = {}
    for name, values in query.items():
        *outer, last = name.split(".")[:LONGEST_NAME]
        inner = body
        for part in outer:
            inner = an_object(inner.setdefault(part, {}), name)
        inner[last] = int(values[0]) if values[0].isdecimal() else values[0]
    return body
