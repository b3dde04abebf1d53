"""Attempts: every talk with somebody else is a row before it is tried."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from booking.models.booking import Booking

HISTORY_LINES = 20
LASTING = timedelta(minutes=5)


class Step(models.TextChoices):
    """What is to be done, in the order of a booking's life."""

    CREATE = "create"  # make the line's booking at Wix
    MARK = "mark"  # have Wix itself keep the time while its customer pays
    CONFIRM = "confirm"  # have Wix confirm or decline it
    WATCH = "watch"  # ask whether the owner has decided
    REVIEW = "review"  # ask whether it still stands as we think
    TIDY = "tidy"  # take back at Wix what must not stay there
    START = "start"  # have the provider make a page on which to pay
    LOOK = "look"  # ask the provider whether it was paid
    CAPTURE = "capture"
    RELEASE = "release"
    RECORD = "record"  # write the order and its payment down at Wix
    MOVE = "move"  # move it at Wix to the time that is kept for it
    OFFER = "offer"  # keep other times for whoever lost theirs
    HAND_OFF = "hand_off"  # have Wix make what can be paid on its checkout page
    AWAIT = "await"  # ask Wix whether it was paid there
    TAKE_BACK = "take_back"  # see to it that it cannot be paid there any more
    REFUND_AT_WIX = "refund_at_wix"  # let Wix send back what it has taken
    CANCEL = "cancel"  # cancel at Wix what the customer does not want any more
    REFUND = "refund"
    RECORD_REFUND = "record_refund"
    MAIL_PLACED = "mail_placed"
    MAIL_AWAITING = "mail_awaiting"
    MAIL_CONFIRMED = "mail_confirmed"
    MAIL_MOVED = "mail_moved"  # it takes place at another time, or with somebody else
    MAIL_DECLINED = "mail_declined"
    MAIL_CANCELLED = "mail_cancelled"
    MAIL_EXPIRED = "mail_expired"  # it was not paid
    MAIL_NOT_MOVED = "mail_not_moved"
    MAIL_NOTE = "mail_note"  # to the owner: Wix's booking has no field for the customer's note
    MAIL_LINKS = "mail_links"
    MAIL_OWNER = "mail_owner"  # to the owner: a person is needed


AT_PROVIDER = frozenset({Step.START, Step.LOOK, Step.CAPTURE, Step.RELEASE, Step.REFUND})
"""Steps that ask a provider to do something, each with a key of its own."""

LONGEST_PAGE = timedelta(minutes=75)
"""So long after a page was made nobody can pay on it any more, whoever has made it."""


WAITS_FOR_NEWS = frozenset({Step.WATCH, Step.AWAIT, Step.TAKE_BACK})
"""Steps that look again and again until somebody else has decided; a notice makes them look now."""


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts by the clock."""

    def due(self, now: datetime) -> "AttemptQuerySet":
        """Unsettled, due, and in nobody's hands (a lapsed lease is nobody's)."""
        return self.free(now).filter(due__lte=now).order_by("due", "pk")

    def free(self, now: datetime) -> "AttemptQuerySet":
        """Unsettled and in nobody's hands, due or not."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lte=now), settled=None)

    def lasting(self, now: datetime) -> "AttemptQuerySet":
        """Tried and tried again for longer than anybody should wait; not what waits for a person."""
        tried = self.filter(settled=None, tries__gt=1, created__lte=now - LASTING)
        paying = Q(step=Step.LOOK, created__gt=now - LONGEST_PAGE)
        return tried.exclude(step=Step.WATCH).exclude(paying)


class Attempt(models.Model):
    """One thing to do with somebody else for one booking, until it is settled.

    ``generation`` counts how often the step became necessary anew, ``anew`` how often a person had it
    tried again after it was refused. Whoever works on it holds the
    lease; a process that died leaves a lease that lapses, and another takes over.
    ``doubtful_since`` is set while the last try may have had an effect that nobody has seen yet.
    ``history`` says in one line each what was tried and what came back, for a person to read.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="attempts")
    step = models.CharField(max_length=16, choices=Step)
    generation = models.PositiveSmallIntegerField(default=1)
    due = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    anew = models.PositiveSmallIntegerField(default=0)
    doubtful_since = models.DateTimeField(null=True)
    settled = models.DateTimeField(null=True)
    result = models.CharField(max_length=40, blank=True)
    history = models.JSONField(default=list)
    created = models.DateTimeField()

    objects: ClassVar[models.Manager["Attempt"]] = AttemptQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["booking", "step", "generation"], name="one_attempt_for_each_step"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["due"], condition=Q(settled=None), name="attempts_unsettled")
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.step} #{self.generation}"

    @property
    def key(self) -> str:
        """Under which a provider does this once, the same for every try; "" for what asks no provider.

        What was refused was not done. Asked again by a person it is another question: providers repeat
        what they have said under a key.
        """
        if self.step not in AT_PROVIDER:
            return ""
        key = f"{self.booking.uuid}-{self.step}-{self.generation}"
        return f"{key}-{self.anew}" if self.anew else key

    @property
    def entries(self) -> list[tuple[datetime, str]]:
        """Its history: when, and what was tried or came back."""
        told = (line.partition(" ") for line in self.history)
        return [(datetime.fromisoformat(when), words) for when, _, words in told]

    def note(self, now: datetime, words: str) -> None:
        """Add one line to the history, in memory; only the last twenty are kept."""
        line = f"{now.isoformat(timespec='seconds')} {words}"[:300]
        self.history = [*self.history, line][-HISTORY_LINES:]

    def settle(self, now: datetime, result: str) -> None:
        """Mark it done with ``result``, in memory."""
        self.note(now, result)
        self.settled, self.result, self.lease_until = now, result[:40], None

    def reopen(self, now: datetime, why: str) -> None:
        """Have it done anew after it was refused, in memory."""
        self.note(now, why)
        self.settled, self.result, self.due, self.lease_until = None, "", now, None
        self.anew += 1

    def postpone(self, now: datetime, wait: timedelta, why: str) -> None:
        """Give it back, to be tried again after ``wait``, in memory."""
        self.note(now, why)
        self.due, self.lease_until = now + wait, None
