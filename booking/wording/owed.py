"""Where a booking's money stands, in a few words."""

from collections.abc import Mapping

from django.utils.translation import gettext

from booking.domain.states import Due


def owed(due: Due, said: Mapping[str, str], *, is_off: bool = False) -> str:
    """What to say of money that is paid here; ``said`` has the amounts in words.

    Of a booking that ``is_off``, what was taken is on its way back.

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
    if is_off and due in (Due.PAID, Due.PART_PAID):
        return gettext("%(now)s, on its way back to your card (%(card)s)") % said
    return words[due] % said if due in words else ""
