"""What tags learn of the page (or mail) that they stand in."""

from datetime import UTC, datetime

from babel import Locale
from django.template.context import Context
from django.utils.translation import get_language

from booking import wording


def locale_of(context: Context) -> Locale:
    """The locale of a page: its language, as it is used in the business's country."""
    business = context.get("business")
    return wording.locale_of(get_language() or "en", business.country if business else "")


def now_of(context: Context) -> datetime:
    """The moment that a page was made at."""
    now: datetime = context.get("now") or datetime.now(UTC)
    return now
