"""A service: what a business offers for booking."""

from dataclasses import dataclass
from enum import StrEnum

from booking.domain.business import Place
from booking.domain.ids import (
    AddOnGroupId,
    CategoryId,
    LocationId,
    PolicyId,
    ScheduleId,
    ServiceId,
    StaffId,
)
from booking.domain.money import Money
from booking.domain.policy import Policy
from booking.domain.resource import Need


class Kind(StrEnum):
    """What sort of service. ``UNKNOWN`` stands for kinds Wix may add; it is never bookable."""

    APPOINTMENT = "appointment"
    CLASS = "class"
    COURSE = "course"
    UNKNOWN = "unknown"


class PriceKind(StrEnum):
    """How a price is set at Wix (``payment.rateType``)."""

    FIXED = "fixed"
    VARIED = "varied"
    CUSTOM = "custom"
    FREE = "free"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """``amount`` for a fixed price (or the default of a varied one), ``lowest``/``highest`` for a
    varied one, ``words`` for a price the owner wrote as text.
    ``may_pay_in_full`` says that a customer may pay all at once where a deposit is asked.
    """

    kind: PriceKind
    amount: Money | None = None
    lowest: Money | None = None
    highest: Money | None = None
    deposit: Money | None = None
    may_pay_in_full: bool = False
    words: str = ""


class LocationKind(StrEnum):
    """Where: at a place of the business, at a place of its own, or where the customer is."""

    BUSINESS = "business"
    CUSTOM = "custom"
    CUSTOMER = "customer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """``id`` is None where Wix gives none. ``name`` may be empty; ``place`` is None for "at yours"."""

    kind: LocationKind
    id: LocationId | None = None
    name: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Who gives the service. ``image`` is a media id or None; ``about`` is the owner's text."""

    id: StaffId
    name: str
    image: str | None = None
    about: str = ""


class Obstacle(StrEnum):
    """Why a service cannot be booked on our pages. The first that applies is the one to tell."""

    HIDDEN = "hidden"
    CLOSED = "closed"  # online booking is switched off
    KIND = "kind"  # a kind that we do not know
    CHOICES = "choices"  # its price depends on a choice that we cannot ask for
    PAYS_ONLINE = "pays_online"
    PLAN_ONLY = "plan_only"
    UNPAYABLE = "unpayable"  # no way to pay is offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service on offer. ``minutes`` is None where its length is not fixed.

    ``lengths`` are all minutes on offer, the usual one first. ``buffer_minutes`` lie between two
    appointments. ``image``, ``cover`` and ``gallery`` are media ids.
    ``takes_cards`` says that this site itself can be paid for what is paid online, ``leads_to_wix``
    that it hands its customers over to Wix's checkout page for it, ``takes_plans`` that they can pay
    with a plan there.
    ``page_url`` is the service's own page on the Wix site, "" if it has none.
    """

    id: ServiceId
    slug: str
    name: str
    kind: Kind
    price: Price
    policy: Policy
    older_slugs: tuple[str, ...] = ()
    tag_line: str = ""
    description: str = ""
    category: str = ""
    category_id: CategoryId | None = None
    category_order: int = 0
    order: int = 0
    hidden: bool = False
    open_online: bool = True
    needs_approval: bool = False
    pays_online: bool = False
    pays_in_person: bool = False
    takes_cards: bool = False
    leads_to_wix: bool = False
    takes_plans: bool = False
    pays_by_plan: bool = False
    plan_ids: tuple[str, ...] = ()
    minutes: int | None = None
    lengths: tuple[int, ...] = ()
    buffer_minutes: int = 0
    capacity: int = 1
    schedule_id: ScheduleId | None = None
    locations: tuple[Location, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    image: str | None = None
    cover: str | None = None
    gallery: tuple[str, ...] = ()
    policy_id: PolicyId | None = None
    needs: tuple[Need, ...] = ()
    add_on_group_ids: tuple[AddOnGroupId, ...] = ()
    form_id: str = ""
    page_url: str = ""

    @property
    def is_free(self) -> bool:
        """True if nothing is ever paid for it."""
        return self.price.kind is PriceKind.FREE

    @property
    def obstacle(self) -> Obstacle | None:
        """What keeps a customer from booking this service here; None if nothing does."""
        return next((each for each, stands in self._obstacles() if stands), None)

    @property
    def is_paid_on_site(self) -> bool:
        """True if nobody can pay for it before they come, so that a page may say so."""
        online = self.pays_online and (self.takes_cards or self.leads_to_wix)
        return self.pays_in_person and not online

    def _obstacles(self) -> tuple[tuple[Obstacle, bool], ...]:
        is_sold = self.takes_cards or self.leads_to_wix
        when_booking = self.pays_online and is_sold and not self.price.words
        payable_here = self.is_free or self.pays_in_person or when_booking
        return (
            (Obstacle.HIDDEN, self.hidden),
            (Obstacle.CLOSED, not self.open_online),
            (Obstacle.KIND, self.kind is Kind.UNKNOWN),
            (Obstacle.CHOICES, self.price.kind is PriceKind.UNKNOWN),
            (Obstacle.PAYS_ONLINE, not payable_here and self.pays_online),
            (Obstacle.PLAN_ONLY, not payable_here and self.pays_by_plan),
            (Obstacle.UNPAYABLE, not payable_here),
        )
