"""A booking: our record of one customer's claim, and the lines it has at Wix."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from booking.domain.money import Money
from booking.domain.outcome import WixStatus
from booking.domain.service import Kind
from booking.domain.states import LAWFUL, Change, Due, Stage, may_follow, money_may_follow
from booking.domain.truth import PAYABLE, Truth, truth
from booking.domain.ways import AT_WIX, HERE, PARTS, Way
from booking.models.site import Site

if TYPE_CHECKING:
    from booking.models.handover import Handover
    from booking.models.payment import Payment


class Booking(models.Model):
    """One customer's claim on a time.

    The customer's key is not here: only its hash is. The key itself is derived from ``uuid`` and
    ``turn`` with the secret of the installation (``booking.actions.keys``), so that a mail can carry
    the address while a stolen table opens nothing. The first valid details turn the key once;
    ``hold_key_hash`` remembers the one before. ``draft`` keeps what was typed into a form that
    could not be accepted; it is emptied when the details are in. ``address`` and ``browser`` are
    keyed digests, no addresses; ``press`` is the id of the press on a time that a script gave,
    ``wanted`` a digest of all that was pressed, ``picks``
    the parameters of an address that ask for the same length, extras and people,
    ``details_press`` the id of the one details form that was accepted. ``shared`` says that its page
    was given twice, perhaps to two people: nothing that one types may then be shown to the other.

    ``price_amount`` is what all of it costs, None where ``price_words`` say it or nothing is known;
    ``deposit_amount`` is what of it a customer may, or has to, pay when booking. ``ways`` are the ways to pay
    that were offered, see ``domain.ways``, and ``way`` is the one that was taken, "" until the details are in
    and where nothing is due; ``switch_to`` is the one that its customer wants instead of Wix's page, "" if
    they have not changed their mind.
    ``price_lines`` is how the price came about: ``{"what", "times", "each"}``, amounts as texts.
    ``people`` are those who come, the customer first: ``{"name", "choice", "email", "phone"}``, each
    of which may be "". ``answers`` are those to the service's own questions: ``{"target", "label",
    "value", "to_wix"}``, where ``to_wix`` tells if Wix is sent the answer or only the business is.
    ``lost_to`` is why it was declined, in one word of ours, "" where there is no more to say; of a
    cancelled one "owner" if the business did it.
    ``change`` is what is still to be done about it, see ``domain.states.Change``, and ``changed`` since
    when. ``times_moved`` counts how often its times, people or places were changed, ``moved`` is when that
    was last. A booking that ``moves`` another one keeps the time which that one is to have; it is never
    shown by itself. One that was ``offered_for`` another keeps a time for whoever lost that one.
    ``one_visit`` says that its lines are several services, one after the other; Wix keeps those
    together as one package, ``package_id``, once they are made.
    ``needs_owner`` is "" unless a person is called: then the ``domain.needs.Need``, or a sentence where
    there is none for it. Its handovers tell the details.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    reference = models.CharField(max_length=16, unique=True)
    turn = models.PositiveSmallIntegerField(default=0)
    key_hash = models.CharField(max_length=64, unique=True)
    hold_key_hash = models.CharField(max_length=64, blank=True, db_index=True)

    stage = models.CharField(max_length=16, choices=[(each, each) for each in Stage])
    due = models.CharField(max_length=16, choices=[(each, each) for each in Due])
    needs_owner = models.CharField(max_length=300, blank=True)
    lost_to = models.CharField(max_length=16, blank=True)
    change = models.CharField(
        max_length=16, blank=True, choices=[(each.value, each.value) for each in Change]
    )
    changed = models.DateTimeField(null=True)
    times_moved = models.PositiveSmallIntegerField(default=0)
    moves = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="targets")
    offered_for = models.ForeignKey(  # whoever removes the lost one must not remove what was booked
        "self", on_delete=models.SET_NULL, null=True, related_name="offers"
    )
    one_visit = models.BooleanField(default=False)
    package_id = models.CharField(max_length=64, blank=True)

    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True, db_index=True)
    phone = models.CharField(max_length=20, blank=True)
    note = models.TextField(max_length=1000, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10)
    zone = models.CharField(max_length=64, blank=True)
    form_id = models.CharField(max_length=64, blank=True)
    people = models.JSONField(default=list, blank=True)
    answers = models.JSONField(default=list, blank=True)

    kind = models.CharField(
        max_length=16, choices=[(each, each) for each in Kind], default=Kind.APPOINTMENT
    )
    service_id = models.CharField(max_length=64)
    service_slug = models.CharField(max_length=400)
    service_name = models.CharField(max_length=400)
    price_amount = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    price_currency = models.CharField(max_length=3, blank=True)
    price_words = models.CharField(max_length=100, blank=True)
    price_lines = models.JSONField(default=list, blank=True)
    deposit_amount = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    ways = models.JSONField(default=list, blank=True)
    way = models.CharField(
        max_length=16, blank=True, choices=[(each.value, each.value) for each in Way]
    )
    switch_to = models.CharField(max_length=16, blank=True)
    needs_approval = models.BooleanField(default=False)
    cancel_until = models.DateTimeField(null=True)
    move_until = models.DateTimeField(null=True)
    policy_words = models.TextField(blank=True)
    business_zone = models.CharField(max_length=64)

    extensions = models.PositiveSmallIntegerField(default=0)
    address = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=64, blank=True)
    press = models.CharField(max_length=64, blank=True)
    wanted = models.CharField(max_length=64, blank=True)
    picks = models.JSONField(default=dict, blank=True)
    details_press = models.CharField(max_length=64, blank=True)
    shared = models.BooleanField(default=False)
    created = models.DateTimeField(db_index=True)
    placed = models.DateTimeField(null=True)
    settled = models.DateTimeField(null=True)
    moved = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="lawful_stage_and_money",
                condition=Q(
                    *(Q(stage=stage, due__in=sorted(dues)) for stage, dues in LAWFUL.items()),
                    _connector=Q.OR,
                ),
            ),
            models.UniqueConstraint(
                fields=["site", "press"], condition=~Q(press=""), name="one_booking_for_each_press"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "address", "created"])]

    def __str__(self) -> str:
        return f"{self.reference} ({self.stage})"

    def move_to(self, stage: Stage, now: datetime) -> None:
        """Change the stage, in memory; ValueError for a move that the table does not allow."""
        if not may_follow(Stage(self.stage), stage):
            raise ValueError(f"{self.reference}: {self.stage} may not become {stage}")
        self.stage = stage
        self.settled = self.settled if stage is Stage.PLACED else now

    def holds_at(self, now: datetime) -> bool:
        """True while the time is kept and the details may still come."""
        return self.stage == Stage.HELD and self.kept_until > now

    @property
    def kept_until(self) -> datetime:
        """When the first of its holds ends: what is kept, is kept as a whole."""
        return min(hold.until for hold in self.holds.all())

    def move_money_to(self, due: Due) -> None:
        """Change where the money stands, in memory; ValueError for a move that is not allowed."""
        if not money_may_follow(Due(self.due), due):
            raise ValueError(f"{self.reference}: money {self.due} may not become {due}")
        self.due = due

    @property
    def due_now(self) -> Decimal | None:
        """What is paid when booking by the way that is offered first: all of it, or the deposit."""
        first = next(iter(self.ways), "")
        return self.deposit_amount if first in PARTS else self.price_amount

    @property
    def pays_deposit(self) -> bool:
        """True if only the deposit is paid when booking."""
        return self.way in PARTS

    @property
    def pays_by_plan(self) -> bool:
        """True if a plan of its customer's is to pay for it."""
        return self.way == Way.PLAN

    @property
    def is_paid_at_wix_first(self) -> bool:
        """True if who chooses nothing pays on Wix's checkout page."""
        return next(iter(self.ways), "") in AT_WIX

    @property
    def shown_price(self) -> Money | None:
        """What its customer was told is paid when booking; None if nothing is known of it."""
        amount = self.deposit_amount if self.pays_deposit else self.price_amount
        return None if amount is None else Money(amount.normalize() + 0, self.price_currency)

    @property
    def may_be_paid_here(self) -> bool:
        """True if its customer was offered to pay here, whatever they chose."""
        return not HERE.isdisjoint(self.ways)

    @property
    def may_be_paid_at_wix(self) -> bool:
        """True if its customer was offered to pay on Wix's checkout page, whatever they chose."""
        return not AT_WIX.isdisjoint(self.ways)

    @property
    def payment(self) -> "Payment | None":
        """The one that counts: the latest. None if nothing is paid when booking."""
        is_paid = self.may_be_paid_here or self.may_be_paid_at_wix
        payments = list(self.payments.all()) if is_paid else []
        return payments[-1] if payments else None

    @property
    def open_handovers(self) -> "list[Handover]":
        """What a person still has to settle."""
        return [each for each in self.handovers.all() if each.answered is None]

    @property
    def useless_from(self) -> datetime:
        """From when on nobody wants it any more: its start, or its end if it had begun when taken."""
        lines = list(self.lines.all())
        starts = lines[0].starts
        return starts if starts > self.created else max(each.ends for each in lines)

    @property
    def clock(self) -> ZoneInfo:
        """The business's zone, as it was when the time was taken."""
        return ZoneInfo(self.business_zone)

    @property
    def line(self) -> "Line":
        """The first line, in the order of time."""
        return self.lines.all()[0]

    def truth_at(self, now: datetime) -> Truth:
        """Which of its named states it is in."""
        ends = max(line.ends for line in self.lines.all())
        told = truth(Stage(self.stage), Due(self.due), self.lost_to, ends, now, Change(self.change))
        if told in PAYABLE and self.payment is not None and self.payment.is_over_at(now):
            return Truth.PAGE_OVER
        return told


class Line(models.Model):
    """One Wix booking inside a booking. ``reference`` travels to Wix as ``externalUserId``.

    ``starts``/``ends`` are UTC; of a course, its first meeting's start and its last one's end, and
    ``meetings`` has all of them as pairs of ISO texts. An appointment's ``staff_id`` is always a named
    person's resource id: without one Wix checks nothing when the booking is made. A session is found
    by ``event_id``. ``groups`` say who comes where the price depends on it: ``{"people", "option_id",
    "name", "minutes"}``; ``add_ons`` what is booked along: ``{"id", "group_id", "name", "minutes",
    "quantity"}``. ``moved_from`` is when it began before it was moved last, None if it never was.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=1)
    reference = models.CharField(max_length=20, unique=True)
    service_id = models.CharField(max_length=64, blank=True)
    service_name = models.CharField(max_length=400, blank=True)
    schedule_id = models.CharField(max_length=64, blank=True)
    event_id = models.CharField(max_length=250, blank=True)
    moved_from = models.DateTimeField(null=True)
    meetings = models.JSONField(default=list, blank=True)
    groups = models.JSONField(default=list, blank=True)
    add_ons = models.JSONField(default=list, blank=True)
    staff_id = models.CharField(max_length=64, blank=True)
    staff_name = models.CharField(max_length=400, blank=True)
    location_kind = models.CharField(max_length=16)
    location_id = models.CharField(max_length=64, blank=True)
    location_name = models.CharField(max_length=400, blank=True)
    location_text = models.CharField(max_length=600, blank=True)
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    participants = models.PositiveSmallIntegerField(default=1)
    wix_id = models.CharField(max_length=64, blank=True, db_index=True)
    wix_revision = models.CharField(max_length=20, blank=True)
    wix_status = models.CharField(
        max_length=16, blank=True, choices=[(each, each) for each in WixStatus]
    )

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["booking", "position"], name="one_line_in_each_place")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def times(self) -> list[tuple[datetime, datetime]]:
        """When it takes place, as UTC pairs in time order: all meetings of a course, else one."""
        told = [(datetime.fromisoformat(s), datetime.fromisoformat(e)) for s, e in self.meetings]
        return told or [(self.starts, self.ends)]
