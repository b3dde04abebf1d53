"""The ways to pay, each in a few words with its amount."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from booking.domain.ways import Way


def ways(offered: Iterable[str], said: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each way with its words; ``said`` has the amounts in words, ``all`` and ``deposit``.

    An amount that is not known is left out: it may be one that people agree on.
    """
    words = {
        Way.ON_SITE: gettext("On site: %(all)s") if "all" in said else gettext("On site"),
        Way.CARD: gettext("Now, by card: %(all)s"),
        Way.DEPOSIT: gettext("%(deposit)s now by card, the rest on site"),
        Way.WIX: gettext("Now, on the business’s checkout page at Wix: %(all)s"),
        Way.WIX_DEPOSIT: gettext(
            "%(deposit)s now on the business’s checkout page at Wix, the rest on site"
        ),
        Way.PLAN: gettext("With a plan of yours, on the business’s checkout page at Wix"),
    }
    amounts = {"all": "", "deposit": "", **said}
    return [(each, words[Way(each)] % amounts) for each in offered]
