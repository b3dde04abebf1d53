"""A service on the wire, and what it means here."""

import msgspec

from booking.domain.ids import (
    AddOnGroupId,
    CategoryId,
    LocationId,
    PolicyId,
    ResourceId,
    ResourceTypeId,
    ScheduleId,
    ServiceId,
    StaffId,
)
from booking.domain.resource import Need
from booking.domain.service import (
    Kind,
    Location,
    LocationKind,
    Price,
    Service,
    StaffMember,
)
from booking.wix.errors import WixAnswerMalformed
from booking.wix.payment_shapes import WireOptions, WirePayment
from booking.wix.policy_shapes import WirePolicy
from booking.wix.shapes import WireAddress, WireMedia, media_id
from booking.wix.wire import known, need

KINDS = {"APPOINTMENT": Kind.APPOINTMENT, "CLASS": Kind.CLASS, "COURSE": Kind.COURSE}
LOCATION_KINDS = {
    "BUSINESS": LocationKind.BUSINESS,
    "CUSTOM": LocationKind.CUSTOM,
    "CUSTOMER": LocationKind.CUSTOMER,
}


class _OnlineBooking(msgspec.Struct, rename="camel"):
    enabled: bool | None = None
    require_manual_approval: bool | None = None


class _BusinessLocation(msgspec.Struct):
    id: str | None = None
    name: str | None = None
    address: WireAddress | None = None


class _CustomLocation(msgspec.Struct):
    address: WireAddress | None = None


class _Location(msgspec.Struct, rename="camel"):
    id: str | None = None
    type: str | None = None
    business: _BusinessLocation | None = None
    custom: _CustomLocation | None = None
    calculated_address: WireAddress | None = None

    def location(self) -> Location:
        business, custom = self.business or _BusinessLocation(), self.custom or _CustomLocation()
        address = self.calculated_address or business.address or custom.address
        told = self.id or business.id
        return Location(
            # A place without a type is a place of the service's own: Wix's default.
            kind=known(LOCATION_KINDS, self.type or "CUSTOM", LocationKind.UNKNOWN, what="places"),
            id=LocationId(told) if told else None,
            name=business.name or "",
            place=address.place() if address else None,
        )


class _Duration(msgspec.Struct):
    minutes: int | None = None


class _Constraints(msgspec.Struct, rename="camel"):
    durations: list[_Duration] | None = None
    session_durations: list[int] | None = None
    time_between_sessions: int | None = None

    def minutes(self) -> int | None:
        """The length, if there is exactly one. ``durations`` knows variants, so it goes first."""
        offered = self.lengths()
        return offered[0] if len(offered) == 1 else None

    def lengths(self) -> tuple[int, ...]:
        """Every length once, in Wix's order."""
        told = [each.minutes for each in self.durations or () if each.minutes]
        return tuple(dict.fromkeys(told or self.session_durations or ()))


class _Schedule(msgspec.Struct, rename="camel"):
    id: str | None = None
    availability_constraints: _Constraints | None = None


class _Staff(msgspec.Struct, rename="camel"):
    staff_member_id: str  # the resource's id, in spite of the name
    name: str | None = None
    main_media: WireMedia | None = None

    def member(self) -> StaffMember:
        image = media_id(self.main_media.image) if self.main_media else None
        return StaffMember(id=StaffId(self.staff_member_id), name=self.name or "", image=image)


class _StaffDetails(msgspec.Struct, rename="camel"):
    staff_members: list[_Staff] | None = None


class _Slug(msgspec.Struct):
    name: str | None = None


class _Category(msgspec.Struct, rename="camel"):
    id: str | None = None
    name: str | None = None
    sort_order: int | None = None


class _ResourceType(msgspec.Struct):
    id: str | None = None


class _ResourceIds(msgspec.Struct):
    values: list[str] | None = None


class _ServiceResource(msgspec.Struct, rename="camel"):
    resource_type: _ResourceType | None = None
    resource_ids: _ResourceIds | None = None

    def need(self) -> Need:
        """Raises WixAnswerMalformed: a need nobody can name cannot be looked after."""
        type_id = need((self.resource_type or _ResourceType()).id, "resourceType.id")
        named = (self.resource_ids or _ResourceIds()).values or ()
        return Need(
            type_id=ResourceTypeId(type_id),
            resource_ids=tuple(ResourceId(each) for each in named),
        )


class _AddOnGroup(msgspec.Struct):
    id: str | None = None


class _Form(msgspec.Struct):
    id: str | None = None


class _ServiceMedia(msgspec.Struct, rename="camel"):
    main_media: WireMedia | None = None
    cover_media: WireMedia | None = None
    items: list[WireMedia] | None = None

    def gallery(self) -> tuple[str, ...]:
        ids = (media_id(each.image) for each in self.items or ())
        return tuple(each for each in ids if each)


class _Url(msgspec.Struct):
    url: str | None = None


class _Urls(msgspec.Struct, rename="camel"):
    service_page: _Url | None = None


class WireService(msgspec.Struct, rename="camel"):
    """One service as Query Services gives it."""

    id: str
    name: str | None = None
    type: str | None = None
    tag_line: str | None = None
    description: str | None = None
    sort_order: int | None = None
    hidden: bool | None = None
    default_capacity: int | None = None
    category: _Category | None = None
    form: _Form | None = None
    media: _ServiceMedia | None = None
    payment: WirePayment | None = None
    online_booking: _OnlineBooking | None = None
    locations: list[_Location] | None = None
    booking_policy: WirePolicy | None = None
    schedule: _Schedule | None = None
    staff_member_details: _StaffDetails | None = None
    main_slug: _Slug | None = None
    supported_slugs: list[_Slug] | None = None
    urls: _Urls | None = None
    service_resources: list[_ServiceResource] | None = None
    add_on_groups: list[_AddOnGroup] | None = None

    def service(self) -> Service:
        """Raises WixAnswerMalformed."""
        payment, online = self.payment or WirePayment(), self.online_booking or _OnlineBooking()
        options, media = payment.options or WireOptions(), self.media or _ServiceMedia()
        category, schedule = self.category or _Category(), self.schedule or _Schedule()
        constraints = schedule.availability_constraints or _Constraints()
        policy = self.booking_policy or WirePolicy()
        slug, older_slugs = self._slugs()
        return Service(
            id=ServiceId(self.id),
            slug=slug,
            older_slugs=older_slugs,
            name=need(self.name, "name"),
            kind=known(KINDS, self.type, Kind.UNKNOWN, what="services"),
            price=self._price(payment),
            policy=policy.policy(),
            tag_line=self.tag_line or "",
            description=self.description or "",
            category=category.name or "",
            category_id=CategoryId(category.id) if category.id else None,
            category_order=category.sort_order or 0,
            order=self.sort_order or 0,
            hidden=bool(self.hidden),
            open_online=bool(online.enabled),
            needs_approval=bool(online.require_manual_approval),
            pays_online=bool(options.online),
            pays_in_person=bool(options.in_person),
            pays_by_plan=bool(options.pricing_plan),
            plan_ids=tuple(payment.pricing_plan_ids or ()),
            minutes=constraints.minutes(),
            lengths=constraints.lengths(),
            buffer_minutes=constraints.time_between_sessions or 0,
            capacity=self.default_capacity or 1,
            schedule_id=ScheduleId(schedule.id) if schedule.id else None,
            locations=tuple(each.location() for each in self.locations or ()),
            staff=tuple(each.member() for each in self._staff()),
            image=media_id(media.main_media.image) if media.main_media else None,
            cover=media_id(media.cover_media.image) if media.cover_media else None,
            gallery=media.gallery(),
            policy_id=PolicyId(policy.id) if policy.id else None,
            needs=tuple(each.need() for each in self.service_resources or ()),
            add_on_group_ids=tuple(
                AddOnGroupId(each.id) for each in self.add_on_groups or () if each.id
            ),
            form_id=(self.form or _Form()).id or "",
            page_url=((self.urls or _Urls()).service_page or _Url()).url or "",
        )

    def _price(self, payment: WirePayment) -> Price:
        try:
            return payment.price()
        except WixAnswerMalformed as error:
            raise error.under("payment") from error

    def _slugs(self) -> tuple[str, tuple[str, ...]]:
        """The slug of now and those of before. A service without any goes by its id."""
        names = [each.name for each in self.supported_slugs or () if each.name]
        slug = (self.main_slug.name if self.main_slug else None) or (names or [self.id])[0]
        return slug, tuple(name for name in dict.fromkeys(names) if name != slug)

    def _staff(self) -> list[_Staff]:
        return (self.staff_member_details or _StaffDetails()).staff_members or []
