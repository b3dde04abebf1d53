"""What a page tells machines, as it stands in the page."""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()

JSON_IN_HTML = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""Nothing in a text may end the element that it stands in."""


@register.simple_tag
def linked_data(data: Mapping[str, Any]) -> SafeString:
    """What a page tells machines. Browsers do not run it, so the content policy allows it."""
    told = json.dumps(data, ensure_ascii=False).translate(JSON_IN_HTML)
    return SafeString(f'<script type="application/ld+json">{told}</script>')
