"""Writing down what is to be done: every talk with somebody else is a row before it is tried."""

from datetime import datetime

from django.db.models import Max

from booking.models import Attempt, Booking, Step


def once(
    booking: Booking,
    step: Step,
    now: datetime,
    *,
    due: datetime | None = None,
    generation: int = 1,
    leased: datetime | None = None,
) -> Attempt:
    """The attempt of this step and ``generation``, made unless it is there already.

    It is due at once unless told otherwise, and ``leased`` to the caller until then if that is given.
    """
    attempt, _ = Attempt.objects.get_or_create(
        booking=booking,
        step=step,
        generation=generation,
        defaults={"due": due or now, "created": now, "lease_until": leased},
    )
    attempt.booking = booking
    return attempt


def anew(
    booking: Booking,
    step: Step,
    now: datetime,
    *,
    due: datetime | None = None,
    leased: datetime | None = None,
) -> Attempt:
    """One more attempt of a step that may be needed more than once. As ``once``."""
    made = booking.attempts.filter(step=step).aggregate(last=Max("generation"))["last"] or 0
    return once(booking, step, now, due=due, generation=made + 1, leased=leased)
