"""What the library sends: ``line_items[0][price_data][currency]=eur`` and its like, as nested objects.

Source: Stripe, API reference, "Introduction": form-encoded bodies.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from tests.stripe_stand_in.errors import invalid

type Params = dict[str, Any]

_PART = re.compile(r"[^\[\]]+")


def decode(text: str) -> Params:
    """Nested dicts; lists are dicts of "0", "1", … and ``name[]`` counts up."""
    params: Params = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        *path, last = _PART.findall(name) or [name]
        here = params
        for part in path:
            here = here.setdefault(part, {})
        if name.endswith("[]"):
            here = here.setdefault(last, {})
            last = str(len(here))
        here[last] = value
    return params


def items(value: Any) -> list[Any]:
    """A list that came as a dict."""
    return list(value.values()) if isinstance(value, dict) else []


def only(params: Params, known: str, where: str = "") -> None:
    """Raises: Refusal for a parameter that is not among ``known``."""
    for name in params:
        if name not in known.split():
            param = f"{where}[{name}]" if where else name
            raise invalid(f"Received unknown parameter: {param}", param, "parameter_unknown")


def text(params: Params, name: str, where: str = "") -> str:
    """Raises: Refusal if it is missing or empty."""
    param = f"{where}[{name}]" if where else name
    if name not in params:
        raise invalid(f"Missing required param: {param}.", param, "parameter_missing")
    if not isinstance(params[name], str) or not params[name]:
        message = f"You passed an empty string for '{param}'."
        raise invalid(message, param, "parameter_invalid_empty")
    return str(params[name])


def whole(params: Params, name: str, where: str = "") -> int:
    """A number of at least one. Raises: Refusal."""
    value = text(params, name, where)
    param = f"{where}[{name}]" if where else name
    if not re.fullmatch(r"-?[0-9]+", value):
        raise invalid(f"Invalid integer: {value}", param, "parameter_invalid_integer")
    if int(value) < 1:
        message = "This value must be greater than or equal to 1."
        raise invalid(message, param, "parameter_invalid_integer")
    return int(value)
