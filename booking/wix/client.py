"""The Wix client: everything the site asks of Wix, by its Wix name."""

from copy import copy

from booking.wix.add_on_groups import AddOnGroups
from booking.wix.anonymous_bookings import AnonymousBookings
from booking.wix.app_instance import AppInstance
from booking.wix.auth import VisitorCredentials
from booking.wix.availability import (
    AppointmentTimes,
    AvailabilityApi,
    ClassSessions,
    availability_api,
)
from booking.wix.availability_calendar import CalendarSessions, CalendarTimeSlots
from booking.wix.benefit_programs import BenefitPrograms
from booking.wix.booking_policies import BookingPolicies
from booking.wix.booking_policy_snapshots import BookingPolicySnapshots
from booking.wix.bookings import Bookings
from booking.wix.bookings_settings import BookingsSettings
from booking.wix.cache import FACTS_TOPIC, CachedTransport
from booking.wix.calendar_events import CalendarEvents
from booking.wix.calls import Measured
from booking.wix.cart import Carts
from booking.wix.categories import Categories
from booking.wix.checkout import Checkouts
from booking.wix.courses import Courses
from booking.wix.event_time_slots import EventTimeSlots
from booking.wix.extended_bookings import ExtendedBookings
from booking.wix.form_submissions import FormSubmissions
from booking.wix.forms import Forms
from booking.wix.hosted_checkout import CheckoutApi, HostedCheckout, checkout_api
from booking.wix.locations import Locations
from booking.wix.multi_service_bookings import MultiServiceBookings
from booking.wix.multi_service_time_slots import MultiServiceTimeSlots
from booking.wix.oauth import Oauth
from booking.wix.order_billing import OrderBilling
from booking.wix.order_transactions import OrderTransactions
from booking.wix.orders import Orders
from booking.wix.payment_requests import PaymentRequests
from booking.wix.pricing import Pricing
from booking.wix.pricing_plans import PricingPlans
from booking.wix.redirect_sessions import RedirectSessions
from booking.wix.resource_types import ResourceTypes
from booking.wix.resources import Resources
from booking.wix.service_options_and_variants import ServiceOptionsAndVariants
from booking.wix.services import Services
from booking.wix.site_properties import SiteProperties
from booking.wix.staff_members import StaffMembers
from booking.wix.time_slots import TimeSlots
from booking.wix.transport import Transport
from booking.wix.wire import Wire


class Wix:
    """One site at Wix, for any number of threads. Every call may raise a WixError.

    ``live`` asks Wix each time and is what this object itself does; ``cached`` answers from the
    shared cache where it can (without a cache it is the same as ``live``); ``kept`` only looks at
    what is in that cache, never asks Wix, and raises NothingKept where there is nothing.
    ``availability`` names the API of Wix behind ``time_slots`` and ``event_time_slots``, ``checkout``
    the one behind ``hosted_checkout``: ``carts`` or ``checkouts``.
    """

    oauth: Oauth
    app_instance: AppInstance
    site_properties: SiteProperties
    bookings_settings: BookingsSettings
    services: Services
    categories: Categories
    locations: Locations
    booking_policies: BookingPolicies
    service_options_and_variants: ServiceOptionsAndVariants
    add_on_groups: AddOnGroups
    forms: Forms
    form_submissions: FormSubmissions
    pricing: Pricing
    resources: Resources
    resource_types: ResourceTypes
    staff_members: StaffMembers
    time_slots: AppointmentTimes
    event_time_slots: ClassSessions
    multi_service_time_slots: MultiServiceTimeSlots
    calendar_events: CalendarEvents
    courses: Courses
    bookings: Bookings
    extended_bookings: ExtendedBookings
    anonymous_bookings: AnonymousBookings
    multi_service_bookings: MultiServiceBookings
    booking_policy_snapshots: BookingPolicySnapshots
    hosted_checkout: HostedCheckout
    carts: Carts
    checkouts: Checkouts
    orders: Orders
    order_transactions: OrderTransactions
    order_billing: OrderBilling
    payment_requests: PaymentRequests
    redirect_sessions: RedirectSessions
    pricing_plans: PricingPlans
    benefit_programs: BenefitPrograms

    def __init__(
        self,
        transport: Transport | CachedTransport,
        *,
        availability: AvailabilityApi = "time-slots",
        checkout: CheckoutApi = "cart",
    ) -> None:
        self._transport = transport
        self._availability = availability_api(availability)
        self._checkout = checkout_api(checkout)
        self._ask_through(live := transport.live)
        self.live: Wix = self
        self.cached: Wix = self if transport is live else self._twin(transport)
        self.kept: Wix = self._twin(transport.kept)
        for twin in (self.cached, self.kept):
            twin.cached, twin.kept = self.cached, self.kept

    def _twin(self, wire: Wire) -> "Wix":
        """The same site, asked in another way."""
        twin = copy(self)
        Wix._ask_through(twin, wire)
        return twin

    def _ask_through(self, wire: Wire) -> None:
        self.oauth = Oauth(wire)
        self.app_instance = AppInstance(wire)
        self.site_properties = SiteProperties(wire)
        self.bookings_settings = BookingsSettings(wire)
        self.services = Services(wire)
        self._tell_catalogue_through(wire)
        self.staff_members = StaffMembers(wire)
        self._tell_times_through(wire)
        self.extended_bookings = ExtendedBookings(wire)
        self.bookings = Bookings(wire, self.extended_bookings)
        self.anonymous_bookings = AnonymousBookings(wire)
        self.multi_service_bookings = MultiServiceBookings(wire)
        self.booking_policy_snapshots = BookingPolicySnapshots(wire)
        self._sell_through(wire)

    def _tell_catalogue_through(self, wire: Wire) -> None:
        self.categories = Categories(wire)
        self.locations = Locations(wire)
        self.booking_policies = BookingPolicies(wire)
        self.service_options_and_variants = ServiceOptionsAndVariants(wire)
        self.add_on_groups = AddOnGroups(wire)
        self.forms = Forms(wire)
        self.form_submissions = FormSubmissions(wire)
        self.pricing = Pricing(wire)
        self.resources = Resources(wire)
        self.resource_types = ResourceTypes(wire)

    def _sell_through(self, wire: Wire) -> None:
        self.carts = Carts(wire)
        self.checkouts = Checkouts(wire)
        self.hosted_checkout = self.carts if self._checkout == "cart" else self.checkouts
        self.orders = Orders(wire)
        self.order_transactions = OrderTransactions(wire)
        self.order_billing = OrderBilling(wire)
        self.payment_requests = PaymentRequests(wire)
        self.redirect_sessions = RedirectSessions(wire)
        self.pricing_plans = PricingPlans(wire)
        self.benefit_programs = BenefitPrograms(wire)

    def _tell_times_through(self, wire: Wire) -> None:
        if self._availability == "availability-calendar":
            self.time_slots = CalendarTimeSlots(wire)
            self.event_time_slots = CalendarSessions(wire, self.services)
        else:
            self.time_slots = TimeSlots(wire)
            self.event_time_slots = EventTimeSlots(wire)
        self.multi_service_time_slots = MultiServiceTimeSlots(wire)
        self.calendar_events = CalendarEvents(wire)
        self.courses = Courses(wire, self.calendar_events)

    def forget_facts(self) -> None:
        """What was known of the business and its services is asked anew when it is needed next."""
        self._transport.forget(FACTS_TOPIC)

    def as_visitor(self, visitor: VisitorCredentials) -> "Wix":
        """The same site, asked by a visitor of it: for jumps to its pages."""
        return Wix(
            self._transport.signed_by(visitor),
            availability=self._availability,
            checkout=self._checkout,
        )

    def measure(self) -> Measured:
        """How quickly Wix answers, and what its clock says. Raises: WixUnreachable."""
        return self._transport.measure()

    def media(self, media_id: str, limit_bytes: int) -> tuple[bytes, str]:
        """A picture's bytes and content type; never cached here.

        Raises: MediaMissing, WixAnswerMalformed (no picture, or too large), WixUnreachable.
        """
        return self._transport.media(media_id, limit_bytes)
