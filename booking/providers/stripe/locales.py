"""Which of the languages of Stripe's page is the customer's.

Source: Stripe, API reference, "Create a Checkout Session", ``locale``.
"""

AUTOMATIC = "auto"
"""Stripe asks the browser."""

SPOKEN = {
    code.lower(): code
    for code in (
        "bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb "
        "nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW"
    ).split()
}

LIKE = {
    "hi": "hi-IN",
    "nn": "nb",
    "no": "nb",
    "tl": "fil",
    "zh-hant": "zh-TW",
    "zh-mo": "zh-HK",
    **dict.fromkeys(
        (f"es-{land}" for land in "ar bo cl co cr ec mx ni pa pe uy ve".split()), "es-419"
    ),
}
"""Languages that Stripe knows by another name, as Django writes them."""


def locale_of(language: str) -> str:
    """Stripe's name for ``language`` (as Django writes it), for the nearest it has, or ``auto``."""
    code = language.lower().replace("_", "-")
    spoken = code.partition("-")[0]
    for name in (code, spoken):
        if found := LIKE.get(name) or SPOKEN.get(name):
            return found
    return AUTOMATIC
