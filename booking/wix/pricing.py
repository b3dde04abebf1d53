"""Pricing: what a choice costs, before it is booked.

Source: Wix Bookings, Pricing, "Preview Price", "Calculate Price". Its prices are plain numbers
without a currency: it is always the site's.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from booking.domain.ids import ServiceId, StaffId
from booking.domain.money import Money
from booking.domain.party import Group
from booking.domain.price_preview import GroupPrice, PricePreview
from booking.wix.new_booking import AnyNewBooking, party_body
from booking.wix.wire import Answer, Body, Reader, Wire, need
from booking.wix.zones import wall_clock

PREVIEW_PATH = "/bookings/v2/pricing/preview"
CALCULATE_PATH = "/bookings/v2/pricing/calculate"


class _Description(msgspec.Struct):
    original: str | None = None
    translated: str | None = None


class _Choice(msgspec.Struct, rename="camel"):
    number_of_participants: int | None = None
    price_per_participant: Decimal | None = None


class _Line(msgspec.Struct, rename="camel"):
    service_choices: list[_Choice] | None = None
    number_of_participants: int | None = None
    price_per_participant: Decimal | None = None

    def prices(self) -> list[_Choice]:
        """The members of before Wix had choices stand for a single one."""
        return self.service_choices or [
            _Choice(self.number_of_participants, self.price_per_participant)
        ]


class _PriceInfo(msgspec.Struct, rename="camel"):
    calculated_price: Decimal | None = None
    price_description_info: _Description | None = None
    deposit: Decimal | None = None
    booking_line_items: list[_Line] | None = None

    def preview(self, currency: str) -> PricePreview:
        """Raises WixAnswerMalformed: neither a price nor words for one."""
        described = self.price_description_info or _Description()
        words = described.translated or described.original or ""
        total = self.calculated_price
        if not words:
            need(total, "calculatedPrice")
        return PricePreview(
            total=_money(total, currency),
            deposit=_money(self.deposit, currency),
            words=words,
            groups=tuple(self._groups(currency)),
        )

    def _groups(self, currency: str) -> list[GroupPrice]:
        told = (each for line in self.booking_line_items or () for each in line.prices())
        return [
            GroupPrice(
                people=each.number_of_participants, each=Money(each.price_per_participant, currency)
            )
            for each in told
            if each.number_of_participants and each.price_per_participant is not None
        ]


class _Answer(msgspec.Struct, rename="camel"):
    price_info: _PriceInfo


_read = Reader(_Answer)


class Pricing:
    """Prices as Wix works them out. For the owner's key or an app only, never for visitors."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def preview(
        self,
        service_id: ServiceId,
        groups: Sequence[Group],
        *,
        currency: str,
        staff_id: StaffId | None = None,
        starts: datetime | None = None,
        ends: datetime | None = None,
        zone: str = "",
    ) -> PricePreview:
        """What these people would pay; ``currency`` is the site's.

        There is at least one group. Appointments and classes need ``staff_id``. The time counts where prices depend on it.
        Raises: InvalidRequest (no people, a choice the service has not), WixError.
        """
        item: dict[str, Any] = {"serviceId": service_id, **_party(groups)}
        if staff_id:
            item["resourceId"] = staff_id
        if starts and ends and zone:
            item |= {
                "localStartDate": wall_clock(starts, ZoneInfo(zone)),
                "localEndDate": wall_clock(ends, ZoneInfo(zone)),
                "timeZone": zone,
            }
        question = {"bookingLineItems": [item]}
        return _preview(self._wire.read(PREVIEW_PATH, question, check=_read), currency)

    def calculate(self, booking: AnyNewBooking, *, currency: str) -> PricePreview:
        """What a booking would cost that has not been made yet. Nothing of its customer is sent.

        Raises: InvalidRequest, WixError.
        """
        party = party_body(booking.participants, booking.groups)
        question = {"booking": {"bookedEntity": booking.entity(), **party}}
        return _preview(self._wire.read(CALCULATE_PATH, question, check=_read), currency)


def _preview(answer: Answer, currency: str) -> PricePreview:
    return _read(answer).price_info.preview(currency)


def _party(groups: Sequence[Group]) -> Body:
    """The choices; of a single group beside them in the older members, which Wix is dropping."""
    choices = party_body(0, tuple(groups))["participantsChoices"]["serviceChoices"]
    return {"serviceChoices": choices, **(choices[0] if len(choices) == 1 else {})}


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return Money(amount, currency) if amount is not None else None
