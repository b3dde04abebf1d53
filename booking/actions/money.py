"""The steps of a booking's money: begin to pay, look, capture, release, give back, record at Wix.

Each takes an attempt that we hold the lease of. Every call that changes something at a provider has the
attempt's own key, so that asking twice has its effect once.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from booking.actions import handovers, leases, outcomes, pay, records
from booking.actions.hands import Hands
from booking.actions.money_due import follow, queue
from booking.domain.holding import AFTER_PAGE, Reason
from booking.domain.money import Money
from booking.domain.needs import Need
from booking.domain.payment import ANSWER_WITHIN, Charge, Seen, Standing
from booking.domain.states import Change, Due, Stage, money_may_follow
from booking.models import Attempt, Hold, Payment, Step
from booking.providers import ProviderRefused, ProviderRefusesUs, ProviderUnavailable

Turn = Callable[[Attempt, Hands], Attempt | None]
LOOK_EVERY = timedelta(seconds=3)
KEPT = frozenset({Standing.AUTHORISED, Standing.CAPTURED})
SETTLED = frozenset({Need.PROVIDER_REFUSES, Need.MAYBE_NOT_TAKEN, Need.NOT_RELEASED})
PAID = SETTLED | {Need.NOT_TAKEN, Need.NOT_GIVEN_BACK}
"""What nobody is needed for any more once the money has moved."""
NO_WAY = "no_way_to_pay"
"""What ``Booking.lost_to`` says where nobody could pay as it was to be paid."""


def start(attempt: Attempt, hands: Hands) -> None:
    """Have a page made on which the customer pays; the time is kept as long as it is open."""
    booking, payment = attempt.booking, _payment(attempt)
    if booking.stage != Stage.PLACED:
        leases.settle(attempt, hands.clock(), "not wanted any more")
        return
    now = hands.clock()
    until = pay.open_until(payment, now)
    if until is None:
        outcomes.unpaid(attempt, hands)
        return
    charge = Charge(
        reference=booking.reference,
        amount=payment.asked,
        what=booking.service_name,
        email=booking.email,
        language=booking.language,
        back_url=hands.way_back(booking, until),
        until=until,
    )
    try:
        page = hands.provider(payment.provider).start(charge, attempt.key)
    except (ProviderRefused, ProviderRefusesUs) as error:
        handovers.call_owner(
            booking, Need.NO_PAYMENT_PAGE, provider=payment.provider, code=error.code
        )
        outcomes.lose(attempt, hands, "no way to pay", lost_to=NO_WAY)
        return
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        if booking.stage != Stage.PLACED:  # given up meanwhile: nobody is told of the page
            leases.settle(attempt, hands.clock(), "not wanted any more")
            return
        leases.settle(attempt, hands.clock(), "page made")
        payment.page_id, payment.page_url, payment.page_until = page.id, page.url, page.until
        payment.save(update_fields=["page_id", "page_url", "page_until"])
        booking.move_money_to(Due.STARTING)
        booking.save(update_fields=["due"])
        Hold.objects.filter(booking=booking).update(
            until=page.until + AFTER_PAGE, reason=Reason.PAYING
        )
        queue(booking, Step.LOOK, now + LOOK_EVERY)


def look(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Ask the provider whether it was paid; a page that is over, or not wanted, is closed."""
    booking, payment = attempt.booking, _payment(attempt)
    provider = hands.provider(payment.provider)
    over = booking.stage != Stage.PLACED or hands.clock() >= (payment.page_until or hands.clock())
    try:
        seen = (
            provider.end(payment.page_id, attempt.key)
            if over
            else provider.look_up(payment.page_id)
        )
    except ProviderRefused as error:
        raise ProviderRefusesUs(error.code) from error
    if seen.standing in KEPT:
        return _authorised(attempt, payment, seen, hands)
    if seen.standing in (Standing.ENDED, Standing.RELEASED):
        outcomes.unpaid(attempt, hands)
        return None
    wait = hands.patience.after(attempt.tries, LOOK_EVERY)
    leases.postpone(
        attempt, hands.clock(), min(wait, timedelta(minutes=1)), f"still {seen.standing}"
    )
    return None


def _authorised(attempt: Attempt, payment: Payment, seen: Seen, hands: Hands) -> Attempt | None:
    """The money is kept for us: go on to have the booking confirmed, or give it up again.

    Whoever has taken it already, in the provider's own dashboard or by its settings, has only been
    quicker: what was to be captured or released later finds that out.
    """
    now = hands.clock()
    fits = seen.reference == attempt.booking.reference and seen.amount == payment.asked
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        leases.settle(attempt, hands.clock(), "authorised" if fits else "another amount")
        payment.payment_id, payment.lapses, payment.card = seen.payment_id, seen.lapses, seen.card
        payment.save(update_fields=["payment_id", "lapses", "card"])
        booking.move_money_to(Due.AUTHORISED)
        booking.save(update_fields=["due"])
        if fits and booking.stage == Stage.PLACED:
            return queue(booking, Step.CONFIRM, now, leased=now + hands.patience.lease)
        if booking.stage == Stage.PLACED:
            outcomes.give_up(booking, now, now, lost_to=NO_WAY)
        else:
            queue(booking, Step.RELEASE, now)
    if not fits:
        handovers.call_owner(
            attempt.booking,
            Need.OTHER_AMOUNT,
            provider=payment.provider,
            amount=f"{seen.amount.amount} {seen.amount.currency}" if seen.amount else "?",
        )
    return None


def capture(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Take what was authorised, now that the booking stands."""
    booking, payment = attempt.booking, _payment(attempt)
    if booking.stage != Stage.CONFIRMED or booking.change == Change.CANCEL:
        leases.settle(attempt, hands.clock(), "not wanted any more")
        return None
    try:
        hands.provider(payment.provider).capture(payment.payment_id, payment.asked, attempt.key)
    except ProviderRefused as error:
        return _not_taken(attempt, payment, error, hands)
    except ProviderUnavailable:
        _flag_if_lapsed(attempt, payment, hands)
        raise
    return _taken(attempt, payment, payment.amount, hands)


def _taken(attempt: Attempt, payment: Payment, amount: Decimal, hands: Hands) -> Attempt | None:
    _note_taken(payment, amount)
    due = Due.PART_PAID if payment.is_part else Due.PAID
    return _move(attempt, hands, due, "taken", Step.RECORD if hands.records_orders else None)


def _note_taken(payment: Payment, amount: Decimal) -> None:
    """Write it down; whoever was quicker than we may have taken more than we asked for."""
    payment.captured, payment.amount = amount, max(payment.amount, amount)
    payment.save(update_fields=["captured", "amount"])


def _not_taken(
    attempt: Attempt, payment: Payment, refused: ProviderRefused, hands: Hands
) -> Attempt | None:
    """The booking stands all the same: a person has it tried again while the card keeps the money.

    Raises: ProviderUnavailable.
    """
    seen = _look_up(payment, hands)
    if seen.standing is Standing.CAPTURED and seen.amount is not None:
        return _taken(attempt, payment, seen.amount.amount, hands)
    if seen.standing is Standing.AUTHORISED:
        with transaction.atomic():
            booking = outcomes.locked(attempt)
            leases.settle(attempt, hands.clock(), "not taken")
            queue(booking, Step.RELEASE, payment.lapses or hands.clock() + ANSWER_WITHIN)
    else:
        _move(attempt, hands, Due.RELEASED, "not taken")
    attempt.booking.refresh_from_db(fields=["stage"])
    if attempt.booking.stage == Stage.CONFIRMED:
        handovers.call_owner(
            attempt.booking, Need.NOT_TAKEN, provider=payment.provider, code=refused.code
        )
    return None


def _flag_if_lapsed(attempt: Attempt, payment: Payment, hands: Hands) -> None:
    """Nobody can tell whether it was taken in time; it is asked for on, until somebody can."""
    if payment.lapses is not None and payment.lapses <= hands.clock():
        handovers.call_owner(attempt.booking, Need.MAYBE_NOT_TAKEN, provider=payment.provider)


def release(attempt: Attempt, hands: Hands) -> None:
    """Give up what was authorised: the customer does not get the booking, or it can never be taken."""
    if attempt.booking.due != Due.AUTHORISED:
        leases.settle(attempt, hands.clock(), "not kept any more")
        return
    payment = _payment(attempt)
    try:
        hands.provider(payment.provider).release(payment.payment_id, attempt.key)
    except ProviderRefused as error:
        _not_released(attempt, payment, error, hands)
        return
    _move(attempt, hands, Due.RELEASED, "released")


def _not_released(
    attempt: Attempt, payment: Payment, refused: ProviderRefused, hands: Hands
) -> None:
    """It may have lapsed by itself, or was taken: by whoever was quicker, or by a capture whose answer
    was lost. Where the booking has ended, that goes back.

    Raises: ProviderUnavailable.
    """
    seen = _look_up(payment, hands)
    if seen.standing is Standing.RELEASED:
        _move(attempt, hands, Due.RELEASED, "released already")
        return
    taken = seen.amount if seen.standing is Standing.CAPTURED else None
    if taken is not None and taken.currency == payment.currency:
        _note_taken(payment, taken.amount)
        due = Due.PART_PAID if payment.is_part else Due.PAID
        _move(attempt, hands, due, "taken already")
        return
    handovers.call_owner(
        attempt.booking, Need.NOT_RELEASED, provider=payment.provider, code=refused.code
    )
    leases.settle(attempt, hands.clock(), "refused")


def refund(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Give back all that was taken."""
    payment = _payment(attempt)
    left = Money(payment.captured - payment.refunded, payment.currency)
    try:
        hands.provider(payment.provider).refund(payment.payment_id, left, attempt.key)
    except ProviderRefused as error:
        handovers.call_owner(
            attempt.booking, Need.NOT_GIVEN_BACK, provider=payment.provider, code=error.code
        )
        leases.settle(attempt, hands.clock(), "refused")
        return None
    with transaction.atomic():
        outcomes.locked(
            attempt
        )  # whoever records the payment meanwhile sees this, or we see theirs
        payment.refunded = payment.captured
        payment.save(update_fields=["refunded"])
        payment.refresh_from_db(fields=["wix_payment_id"])
        following = Step.RECORD_REFUND if payment.wix_payment_id else None
        return _move(attempt, hands, Due.REFUNDED, "given back", following)


STEPS: dict[Step, Turn] = {
    Step.RECORD: records.record,
    Step.RECORD_REFUND: records.record_refund,
    Step.START: start,
    Step.LOOK: look,
    Step.CAPTURE: capture,
    Step.RELEASE: release,
    Step.REFUND: refund,
}


def _look_up(payment: Payment, hands: Hands) -> Seen:
    """Where it stands. Raises: ProviderUnavailable, also where the provider does not know it."""
    try:
        return hands.provider(payment.provider).look_up(payment.page_id)
    except ProviderRefused as error:
        raise ProviderRefusesUs(error.code) from error


def _payment(attempt: Attempt) -> Payment:
    return attempt.booking.payments.get(number=attempt.generation)


def _move(
    attempt: Attempt, hands: Hands, due: Due, result: str, following: Step | None = None
) -> Attempt | None:
    """Write down where the money stands, and what follows, leased to us.

    Capturing and releasing may meet where a customer cancels: whichever comes second changes nothing.
    """
    now = hands.clock()
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        leases.settle(attempt, hands.clock(), result)
        if not money_may_follow(Due(booking.due), due):
            return None
        booking.move_money_to(due)
        booking.save(update_fields=["due"])
        if booking.needs_owner:
            handovers.answer(booking, now, needs=SETTLED if due is Due.RELEASED else PAID)
        follow(booking, now)  # it may have been cancelled while the provider was asked
        if following is None:
            return None
        return queue(booking, following, now, leased=now + hands.patience.lease)
