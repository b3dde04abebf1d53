"""Money that comes in at Wix when nobody waits for it any more: a bank was slow, or it was paid twice.

What is too much goes back, and people hear of it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from booking.actions import attempts, leases, money_at_wix, money_due
from booking.actions.hands import Hands
from booking.actions.money_at_wix import Moved, is_paid_otherwise, moved_for
from booking.actions.money_due import ENDS
from booking.domain.holding import AFTER_PAGE
from booking.domain.needs import Need
from booking.domain.payment import Standing
from booking.domain.states import OWED, Due, Stage
from booking.domain.ways import Way
from booking.models import Attempt, Booking, Payment, Step
from booking.providers import ProviderRefused, ProviderRefusesUs

SLOW_BANK = timedelta(days=1)


def look(booking: Booking, hands: Hands) -> bool:
    """Compare what Wix has kept with what is written down here. Raises: WixError, ProviderUnavailable.

    False if it has kept something, and it is not known yet what becomes of that.
    """
    payment = money_at_wix.payment_at_wix(booking)
    if payment is None or _is_in_hand(booking):
        return True
    moved = moved_for(booking, hands.wix)
    if moved.online <= 0:
        return True
    card_is_closed = _card_is_closed(booking, hands)
    with transaction.atomic():
        locked = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
        if locked.due == Due.STARTING and locked.stage == Stage.PLACED and card_is_closed:
            _back_to_wix(locked, payment, hands.clock())
            return True
        if locked.stage == Stage.PLACED or (locked.stage in ENDS and locked.due in OWED):
            return False
        if not _is_in_hand(locked):
            _follow(locked, payment, moved, hands.clock())
    return True


def look_behind(attempt: Attempt, hands: Hands) -> None:
    """Wix's page was left for another way to pay: has Wix taken money all the same?"""
    now, early = hands.clock(), attempt.created + AFTER_PAGE
    if not look(attempt.booking, hands):
        wait = hands.patience.after(attempt.tries)
        leases.postpone(attempt, hands.clock(), wait, "paid there, and not decided here")
    elif now < early:
        leases.postpone(attempt, hands.clock(), early - now, "nothing paid so far")
    else:
        leases.settle(attempt, hands.clock(), "looked once more")


def look_later(booking: Booking, now: datetime) -> None:
    """Have that looked at once it is decided, inside a transaction."""
    if not booking.attempts.filter(step=Step.TAKE_BACK, settled=None).exists():
        attempts.anew(booking, Step.TAKE_BACK, now, due=now + AFTER_PAGE)


def look_once_more(booking: Booking, now: datetime) -> None:
    """What nobody has paid in time is looked at a day after its end, in case no notice tells of more.

    Inside a transaction; whoever has looked in between does not take this look away.
    """
    at = (booking.settled or now) + SLOW_BANK
    if booking.stage not in ENDS or booking.due != Due.RELEASED or now >= at:
        return
    waiting = booking.attempts.filter(step=Step.REVIEW, settled=None)
    if money_at_wix.payment_at_wix(booking) is not None and not waiting.exists():
        attempts.anew(booking, Step.REVIEW, now, due=at)


def _is_in_hand(booking: Booking) -> bool:
    """True while it is waited for, or goes back; and if a person has to see to that."""
    if booking.due == Due.AT_WIX or booking.handovers.filter(
        need=Need.NOT_GIVEN_BACK_AT_WIX, answered=None
    ):
        return True
    return booking.attempts.filter(step=Step.REFUND_AT_WIX, settled=None).exists()


def _follow(booking: Booking, payment: Payment, moved: Moved, now: datetime) -> None:
    """Inside a transaction, with the booking locked."""
    if booking.payment != payment:
        _paid_beside_a_card(booking, payment, moved, now)
    elif booking.due == Due.ON_SITE and is_paid_otherwise(booking):
        _paid_after_all(booking, payment, moved, now)
    elif booking.stage in ENDS and booking.due == Due.RELEASED:
        money_at_wix.goes_back(booking, payment, moved, now)
    elif booking.stage in ENDS and booking.due == Due.REFUNDED:
        money_at_wix.give_surplus_back(booking, moved.online, moved, now)
    elif booking.stage not in ENDS and booking.due in (Due.PAID, Due.PART_PAID):
        too_much = money_at_wix.surplus(moved, payment)
        if too_much > 0:
            money_at_wix.give_surplus_back(booking, too_much, moved, now)


def _card_is_closed(booking: Booking, hands: Hands) -> bool:
    """True once nobody can pay on a card's page here any more, and nobody has."""
    card = booking.payment
    if card is None or booking.due != Due.STARTING or booking.stage != Stage.PLACED:
        return False
    try:
        seen = hands.provider(card.provider).end(card.page_id, f"{booking.uuid}-end-{card.number}")
    except ProviderRefused as error:
        raise ProviderRefusesUs(error.code) from error
    return seen.standing in (Standing.ENDED, Standing.RELEASED)


def _back_to_wix(booking: Booking, payment: Payment, now: datetime) -> None:
    """Its customer went on to a card, and has paid at Wix: wait for what Wix decides, as before.

    Whoever looks at the card, or looks back at Wix, has lost their lease by that.
    """
    overtaken = booking.attempts.filter(step__in=(Step.LOOK, Step.TAKE_BACK), settled=None)
    overtaken.update(settled=now, result="paid at Wix", lease_until=None)
    booking.move_money_to(Due.DUE)
    booking.move_money_to(Due.AT_WIX)
    booking.way = Way.WIX_DEPOSIT if payment.is_part else Way.WIX
    booking.save(update_fields=["due", "way"])
    _counts_again(booking, payment)
    money_due.queue(booking, Step.AWAIT, now)


def _counts_again(booking: Booking, payment: Payment) -> Payment:
    """The payment at Wix, as the latest: that is the one that counts."""
    number = booking.payments.count() + 1
    payment.pk, payment.number = None, number
    payment.save(force_insert=True)
    return payment


def _paid_beside_a_card(booking: Booking, payment: Payment, moved: Moved, now: datetime) -> None:
    """What counts is what was paid by card here, if anything was: all that Wix has taken goes back."""
    if booking.stage in ENDS and booking.due == Due.RELEASED:
        money_at_wix.goes_back(booking, _counts_again(booking, payment), moved, now)
        return
    money_at_wix.write_down(payment, moved, all_of_it=True)
    if booking.stage in ENDS:
        attempts.anew(booking, Step.REFUND_AT_WIX, now)
        money_at_wix.tell_of_lost(booking, moved)
    else:
        money_at_wix.give_surplus_back(booking, moved.online, moved, now)


def _paid_after_all(booking: Booking, payment: Payment, moved: Moved, now: datetime) -> None:
    """It was to be paid on site, and is paid at Wix: nobody is asked for it again."""
    if booking.stage in ENDS:
        money_at_wix.goes_back(booking, payment, moved, now)
        return
    money_at_wix.write_down(payment, moved, all_of_it=False)
    booking.move_money_to(Due.PART_PAID if payment.is_part else Due.PAID)
    booking.save(update_fields=["due"])
    if booking.stage == Stage.CONFIRMED:
        attempts.anew(booking, Step.MAIL_CONFIRMED, now)
