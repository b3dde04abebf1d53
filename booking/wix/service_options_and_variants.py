"""Service Options And Variants: prices that depend on a choice.

Source: Wix Bookings, Service Options And Variants, "Get ... By Service Id", "Query ...".
"""

import msgspec

from booking.domain.ids import ServiceId, StaffId
from booking.domain.party import Choice
from booking.domain.variants import OptionKind, Variant, Variants
from booking.wix.cursor_pages import pages
from booking.wix.errors import WixAnswerMalformed, WixRefused
from booking.wix.lanes import Lane
from booking.wix.paths import in_path
from booking.wix.shapes import WireMoney
from booking.wix.wire import Answer, Reader, Wire, known, need

BASE = "/bookings/v1/serviceOptionsAndVariants"
BY_SERVICE = f"{BASE}/service_id/"
QUERY_PATH = f"{BASE}/query"
NOT_FOUND = 404

KINDS = {
    "CUSTOM": OptionKind.CUSTOM,
    "STAFF_MEMBER": OptionKind.STAFF,
    "DURATION": OptionKind.DURATION,
}


class _Named(msgspec.Struct):
    name: str | None = None


class _Option(msgspec.Struct, rename="camel"):
    id: str
    type: str | None = None
    custom_data: _Named | None = None
    duration_data: _Named | None = None


class _Duration(msgspec.Struct):
    minutes: int | None = None
    name: str | None = None


class _Choice(msgspec.Struct, rename="camel"):
    option_id: str | None = None
    custom: str | None = None
    staff_member_id: str | None = None  # the resource's id, in spite of the name
    duration: _Duration | None = None

    def choice(self, option_id: str) -> Choice | None:
        """What a booking names; None for a person, and for kinds of choices we do not know."""
        if self.custom:
            return Choice(option_id=option_id, name=self.custom)
        if self.duration and self.duration.minutes:
            minutes, name = self.duration.minutes, self.duration.name or ""
            return Choice(option_id=option_id, minutes=minutes, name=name)
        return None


class _Variant(msgspec.Struct):
    choices: list[_Choice] | None = None
    price: WireMoney | None = None

    def variant(self, option_id: str) -> Variant:
        """Raises WixAnswerMalformed for a variant without a price."""
        chosen = (self.choices or [_Choice()])[0]
        price = need(self.price.money() if self.price else None, "price")
        staff = StaffId(chosen.staff_member_id) if chosen.staff_member_id else None
        return Variant(price=price, choice=chosen.choice(option_id), staff_id=staff)


class _Options(msgspec.Struct):
    values: list[_Option] | None = None


class _Variants(msgspec.Struct):
    values: list[_Variant] | None = None


class _Whole(msgspec.Struct, rename="camel"):
    service_id: str
    options: _Options | None = None
    variants: _Variants | None = None

    def all_variants(self) -> Variants:
        """Raises WixAnswerMalformed. Of several options, which Wix does not make, the first."""
        option = need(next(iter((self.options or _Options()).values or ()), None), "options.values")
        listed = (self.variants or _Variants()).values or ()
        told = option.custom_data or option.duration_data or _Named()
        return Variants(
            service_id=ServiceId(self.service_id),
            kind=known(KINDS, option.type, OptionKind.UNKNOWN, what="options"),
            name=told.name or "",
            variants=tuple(
                _told(each, option.id, f"variants.values[{at}]") for at, each in enumerate(listed)
            ),
        )


class _OfService(msgspec.Struct, rename="camel"):
    service_variants: _Whole


class _List(msgspec.Struct, rename="camel"):
    service_options_and_variants_list: list[_Whole] | None = None


_read_one, _read_list = Reader(_OfService), Reader(_List)


class ServiceOptionsAndVariants:
    """What the prices of services depend on. Only services of varied price have any."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get_by_service_id(self, service_id: ServiceId, *, recheck: bool = False) -> Variants | None:
        """None for a service without variants; with ``recheck`` never from the day's cache.

        Raises: WixError.
        """
        lane = Lane.HOLD if recheck else Lane.BROWSE
        try:
            answer = self._wire.read(
                BY_SERVICE + in_path(service_id), method="GET", lane=lane, check=_of_service
            )
        except WixRefused as error:
            if error.status != NOT_FOUND:
                raise
            return None
        return _of_service(answer)

    def query(self) -> tuple[Variants, ...]:
        """Those of all services. Raises: WixError."""
        answers = pages(self._wire, QUERY_PATH, check=_listed)
        return tuple(each for answer in answers for each in _listed(answer))


def _of_service(answer: Answer) -> Variants:
    return _all(_read_one(answer).service_variants, "serviceVariants")


def _listed(answer: Answer) -> list[Variants]:
    name = "serviceOptionsAndVariantsList"
    listed = _read_list(answer).service_options_and_variants_list or ()
    return [_all(each, f"{name}[{at}]") for at, each in enumerate(listed)]


def _all(whole: _Whole, path: str) -> Variants:
    try:
        return whole.all_variants()
    except WixAnswerMalformed as error:
        raise error.under(path) from error


def _told(variant: _Variant, option_id: str, path: str) -> Variant:
    try:
        return variant.variant(option_id)
    except WixAnswerMalformed as error:
        raise error.under(path) from error
