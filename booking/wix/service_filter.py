"""Which services are asked for, and in which order: typed here, Wix's query language on the wire.

Source: Wix Bookings, Services V2, "Query Services" and its supported filters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from booking.domain.ids import CategoryId, FormId, LocationId, ServiceId, StaffId
from booking.domain.service import Kind
from booking.wix.wire import Body

BOOKINGS_APP = "13d21c63-b5ec-5912-8397-c3a5ddb27a97"
"""The id of the app Wix Bookings: other Wix apps keep services here too."""
KINDS = {Kind.APPOINTMENT: "APPOINTMENT", Kind.CLASS: "CLASS", Kind.COURSE: "COURSE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """Every condition holds at once; what is empty or None is not asked.

    ``name_begins`` compares without regard to case. Services of other Wix apps are never found.
    """

    ids: Sequence[ServiceId] = ()
    kinds: Sequence[Kind] = ()
    category_ids: Sequence[CategoryId] = ()
    location_ids: Sequence[LocationId] = ()
    staff_ids: Sequence[StaffId] = ()
    form_id: FormId | None = None
    slug: str = ""
    older_slug: str = ""
    name_begins: str = ""
    hidden: bool | None = None
    open_online: bool | None = None
    pays_online: bool | None = None
    pays_in_person: bool | None = None
    pays_by_plan: bool | None = None

    def body(self) -> Body:
        """The filter as Wix spells it."""
        kinds = [KINDS[kind] for kind in self.kinds if kind in KINDS]
        conditions: dict[str, Any] = {"appId": BOOKINGS_APP}
        conditions |= _one_of("id", self.ids) | _one_of("type", kinds)
        conditions |= _one_of("category.id", self.category_ids)
        conditions |= _some_of("locations.business.id", self.location_ids)
        conditions |= _some_of("staffMemberIds", self.staff_ids)
        conditions |= _some_of("supportedSlugs.name", (self.older_slug,) if self.older_slug else ())
        if self.name_begins:
            conditions["name"] = {"$startsWith": self.name_begins}
        return conditions | {
            name: value for name, value in self._plain() if value not in (None, "")
        }

    def _plain(self) -> Iterable[tuple[str, object]]:
        return (
            ("form.id", self.form_id),
            ("mainSlug.name", self.slug),
            ("hidden", self.hidden),
            ("onlineBooking.enabled", self.open_online),
            ("payment.options.online", self.pays_online),
            ("payment.options.inPerson", self.pays_in_person),
            ("payment.options.pricingPlan", self.pays_by_plan),
        )


EVERY = ServiceFilter()
"""All services of Wix Bookings, hidden ones too."""


def _one_of(field: str, values: Sequence[str]) -> dict[str, Any]:
    """One value is asked for plainly: Wix's implicit equality."""
    if len(values) == 1:
        return {field: values[0]}
    return {field: {"$in": [*values]}} if values else {}


def _some_of(field: str, values: Sequence[str]) -> dict[str, Any]:
    return {field: {"$hasSome": [*values]}} if values else {}


class ServiceField(StrEnum):
    """What services can be sorted by."""

    NAME = "name"
    KIND = "type"
    CATEGORY = "category.name"
    SLUG = "mainSlug.name"
    FIRST_SESSION = "schedule.firstSessionStart"
    LAST_SESSION = "schedule.lastSessionEnd"


@dataclass(frozen=True, slots=True)
class Order:
    """One step of a sort."""

    field: ServiceField
    descending: bool = False

    def body(self) -> Body:
        return {"fieldName": self.field, "order": "DESC" if self.descending else "ASC"}
