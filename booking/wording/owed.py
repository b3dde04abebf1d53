"""Where a booking's money stands, in a few words."""

from collections.abc import Mapping

from django.utils.translation import gettext

from booking.domain.states import Due


def owed(due: Due, said: Mapping[str, str], *, stands: bool = False) -> str:
    """What to say of money that is paid here; ``said`` has the amounts in words.

    ``all`` is the whole price, ``now`` what is paid here, ``card`` what people know the card by.
    ``stands`` says that the booking is confirmed.
    """
    if stands and due == Due.RELEASED:
        return gettext("Your card was not charged: to be paid on site")
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
