"""How the site says things: money, lengths, days, clocks and promises, in the reader's words.

One place for page, mail and calendar file, so that all three say the same. A function that formats
takes a Babel locale (made by ``locale_of``) and answers from memory when asked the same again. The
sentences come from Django's catalogue, so the language must be active as well.
"""

from booking.wording.amounts import duration, money, notice, price, share
from booking.wording.clocks import (
    beside,
    briefly,
    city,
    clock,
    exactly,
    span,
    when,
    zone_choices,
    zone_name,
)
from booking.wording.days import (
    full_day,
    month,
    nearby,
    relative_day,
    short_day,
    stretch,
    weekdays,
    whole_date,
)
from booking.wording.locales import locale_of, week_starts
from booking.wording.needs import Needed, needed
from booking.wording.owed import cancelling, cancelling_at_wix, owed, owed_at_wix, owed_by_plan
from booking.wording.promises import deadlines, rules
from booking.wording.steps import step_name
from booking.wording.truths import Told, moved, told
from booking.wording.ways import ways

__all__ = [
    "Needed",
    "Told",
    "beside",
    "briefly",
    "cancelling",
    "cancelling_at_wix",
    "city",
    "clock",
    "deadlines",
    "duration",
    "exactly",
    "full_day",
    "locale_of",
    "money",
    "month",
    "moved",
    "nearby",
    "needed",
    "notice",
    "owed",
    "owed_at_wix",
    "owed_by_plan",
    "price",
    "relative_day",
    "rules",
    "share",
    "short_day",
    "span",
    "step_name",
    "stretch",
    "told",
    "ways",
    "week_starts",
    "weekdays",
    "when",
    "whole_date",
    "zone_choices",
    "zone_name",
]
