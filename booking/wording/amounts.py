"""Money, and lengths of time."""

import re
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import gettext, ngettext

from booking.domain.money import Money
from booking.domain.service import Price, PriceKind
from booking.wording.locales import remember

ONE_DAY = 24 * 60
BETWEEN_LETTER_AND_DIGIT = re.compile(r"(?<=[A-Za-z])(?=\d)")
"""Where a currency has no sign but letters ("KWD 1.250")."""


@remember
def money(amount: Money, locale: Locale) -> str:
    """An amount as people write it: whole amounts without decimals ("€40", "12,50 €")."""
    is_whole = amount.amount == amount.amount.to_integral_value()
    pattern = locale.currency_formats["standard"].pattern
    written = format_currency(
        amount.amount,
        amount.currency,
        format=re.sub(r"\.0+", "", pattern) if is_whole else pattern,
        locale=locale,
        currency_digits=not is_whole,
    )
    return BETWEEN_LETTER_AND_DIGIT.sub("\N{NO-BREAK SPACE}", written)


def share(whole: Money, parts: int, locale: Locale) -> str:
    """What one of so many equal parts of an amount comes to: "20 €", "about 16,67 €"."""
    smallest = Decimal(1).scaleb(-get_currency_precision(whole.currency))
    part = (whole.amount / parts).quantize(smallest)
    told = money(Money(part, whole.currency), locale)
    return told if part * parts == whole.amount else gettext("about %(price)s") % {"price": told}


def price(asked: Price, locale: Locale) -> str:
    """What a service costs, in a few words; "" if nothing is known about it."""
    match asked:
        case Price(kind=PriceKind.FREE):
            return gettext("Free")
        case Price(words=words) if words:
            return words
        case Price(kind=PriceKind.VARIED, lowest=Money() as low, highest=Money() as high):
            return f"{money(low, locale)}–{money(high, locale)}"
        case Price(kind=PriceKind.VARIED, lowest=Money() as low):
            return gettext("from %(price)s") % {"price": money(low, locale)}
        case Price(amount=Money() as fixed):
            return money(fixed, locale)
    return ""


def duration(minutes: int) -> str:
    """A length of time: "45 min", "1 h", "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def notice(minutes: int) -> str:
    """How long before something, in whole days, hours or minutes: "2 days", "24 hours"."""
    if minutes > ONE_DAY and minutes % ONE_DAY == 0:
        days = minutes // ONE_DAY
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
