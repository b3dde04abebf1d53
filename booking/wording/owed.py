"""Where a booking's money stands, in a few words."""

from collections.abc import Mapping

from django.utils.translation import gettext

from booking.domain.states import Due, Stage

OVER = frozenset({Stage.DECLINED, Stage.EXPIRED, Stage.CANCELLED})


def owed(stage: Stage, due: Due, said: Mapping[str, str]) -> str:
    """What to say of money that is paid here; ``said`` has the amounts in words.

    ``all`` is the whole price, ``now`` what is paid here, ``card`` what people know the card by.
    """
    if stage is Stage.CONFIRMED and due is Due.RELEASED:
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
    if stage in OVER:  # as far as it has not happened yet
        words |= {
            Due.STARTING: gettext("Nothing was charged"),
            Due.AUTHORISED: gettext("%(now)s kept on your card (%(card)s) is being released"),
            Due.PART_PAID: gettext("%(now)s goes back to your card (%(card)s)"),
            Due.PAID: gettext("%(now)s goes back to your card (%(card)s)"),
        }
    return words[due] % said if due in words else ""


def cancelling(due: Due, said: Mapping[str, str]) -> str:
    """What cancelling does to the money; ``said`` as for ``owed``, empty if nothing is paid here."""
    if due in (Due.PART_PAID, Due.PAID):
        return gettext(
            "Cancelling costs nothing: %(now)s goes back to your card (%(card)s). How soon you see it "
            "there depends on your bank."
        ) % dict(said)
    if due is Due.AUTHORISED:
        return gettext(
            "Cancelling costs nothing: the %(now)s kept on your card (%(card)s) is released, and was "
            "never charged."
        ) % dict(said)
    return gettext("Cancelling costs nothing, and nothing was charged.")


def cancelling_at_wix(due: Due, said: Mapping[str, str]) -> str:
    """The same of money that was paid on Wix's checkout page."""
    if due in (Due.PART_PAID, Due.PAID):
        return gettext(
            "Cancelling costs nothing: %(now)s goes back through Wix, in the way you paid. How soon you "
            "see it there depends on your bank."
        ) % dict(said)
    if due is Due.COVERED:
        return gettext("Cancelling costs nothing: your plan gets the session back.")
    return gettext("Cancelling costs nothing, and nothing was charged.")


def owed_by_plan(stage: Stage, due: Due, said: Mapping[str, str], *, by_owner: bool) -> str:
    """The same of what a plan is to pay for, on Wix's checkout page; ``by_owner`` says who cancelled."""
    if due in (Due.DUE, Due.AT_WIX):
        return gettext("With your plan, on the business’s checkout page at Wix")
    if stage in OVER and due is Due.COVERED:  # what the business does in Wix is its own choice
        if by_owner:
            return gettext("Ask the business for your plan’s session")
        return gettext("Your plan gets the session back")
    return owed_at_wix(stage, due, said)


def owed_at_wix(stage: Stage, due: Due, said: Mapping[str, str]) -> str:
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
    if stage in OVER and due in (Due.PART_PAID, Due.PAID):
        return gettext("%(now)s goes back through Wix") % dict(said)
    return words[due] % said if due in words else ""
