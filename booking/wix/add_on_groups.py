"""Add-on groups: what can be had with a service.

Source: Wix Bookings, Services V2, "List Add On Groups By Service Id".
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from booking.domain.add_ons import AddOn, AddOnGroup
from booking.domain.ids import AddOnGroupId, AddOnId, ServiceId
from booking.wix.errors import WixAnswerMalformed
from booking.wix.lanes import Lane
from booking.wix.shapes import WireMoney
from booking.wix.wire import Answer, Reader, Wire

PATH = "/bookings/v2/services/add-on-groups/list-add-on-groups-by-service-id"


class _AddOn(msgspec.Struct, rename="camel"):
    add_on_id: str
    name: str | None = None
    name_translated: str | None = None
    price: WireMoney | None = None
    duration_in_minutes: int | None = None
    max_quantity: int | None = None

    def add_on(self) -> AddOn:
        """Raises WixAnswerMalformed for a price that is none."""
        return AddOn(
            id=AddOnId(self.add_on_id),
            name=self.name_translated or self.name or "",
            price=self.price.money() if self.price else None,
            minutes=self.duration_in_minutes,
            most=self.max_quantity,
        )


class _Group(msgspec.Struct, rename="camel"):
    group_id: str
    group_name: str | None = None
    group_name_translated: str | None = None
    prompt: str | None = None
    prompt_translated: str | None = None
    max_number_of_add_ons: int | None = None
    add_ons: list[_AddOn] | None = None

    def group(self) -> AddOnGroup:
        return AddOnGroup(
            id=AddOnGroupId(self.group_id),
            name=self.group_name_translated or self.group_name or "",
            prompt=self.prompt_translated or self.prompt or "",
            most=self.max_number_of_add_ons or None,
            add_ons=tuple(each.add_on() for each in self.add_ons or ()),
        )


class _Answer(msgspec.Struct, rename="camel"):
    add_on_groups_details: list[_Group] | None = None


_read = Reader(_Answer)


class AddOnGroups:
    """What can be had with each service."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_by_service_id(
        self,
        service_id: ServiceId,
        group_ids: Sequence[AddOnGroupId] = (),
        *,
        recheck: bool = False,
    ) -> tuple[AddOnGroup, ...]:
        """The groups of a service, or those named; at most three. Names in the site's language.

        With ``recheck`` never from the day's cache.

        Raises: ServiceGone, WixError.
        """
        lane = Lane.HOLD if recheck else Lane.BROWSE
        question: dict[str, Any] = {"serviceId": service_id}
        if group_ids:
            question["groupIds"] = [*group_ids]
        return _groups(self._wire.read(PATH, question, lane=lane, check=_groups))


def _groups(answer: Answer) -> tuple[AddOnGroup, ...]:
    told = enumerate(_read(answer).add_on_groups_details or ())
    return tuple(_told(each, f"addOnGroupsDetails[{at}]") for at, each in told)


def _told(group: _Group, path: str) -> AddOnGroup:
    try:
        return group.group()
    except WixAnswerMalformed as error:
        raise error.under(f"{path}.addOns") from error
