"""Where a booking's money stands, in a few words."""

from collections.abc import Mapping

from django.utils.translation import gettext

from booking.domain.states import Due


def owed(due: Due, said: Mapping[str, str]) -> str:
    """What to say of money that is paid here; ``said`` has the amounts in words.

    ``all`` is the whole price, ``now`` what is paid here, ``card`` what people know the card by.
    """
    words = {
        Due.DUE: gettext("%(now)s, by card"),
        Due.STARTING: gettext("%(now)s, by card; not charged yet"),
        Due.AUTHORISED: gettext("%(now)s kept on your card (%(card)s), not charged yet"),
        Due.PART_PAID: gettext("%(now)s paid by card (%(card)s), the rest on site"),
        Due.PAID: gettext("%(now)s paid by card (%(card)s)"),
        Due.REFUNDED: gettext("%(now)s given back to your card (%(card)s)"),
        Due.RELEASED: gettext("Nothing was charged"),
    }
    return words[due] % said if due in words else ""


def owed_at_wix(due: Due, said: Mapping[str, str]) -> str:
    """The same of money that is paid on Wix's checkout page."""
    words = {
        Due.DUE: gettext("%(now)s, on the business’s checkout page at Wix"),
        Due.AT_WIX: gettext("%(now)s, on the business’s checkout page at Wix"),
        Due.PART_PAID: gettext("%(now)s paid at Wix, the rest on site"),
        Due.PAID: gettext("%(now)s paid at Wix"),
        Due.COVERED: gettext("Covered by your plan"),
        Due.REFUNDED: gettext("%(now)s given back through Wix"),
        Due.RELEASED: gettext("Nothing was charged"),
    }
    return words[due] % said if due in words else ""
