"""Benefit programs: which of a member's purchases would pay for a service.

To look only: redeeming a benefit by hand would bypass orders and leave the booking unpaid. The
checkout redeems it, or ``OrderBilling.charge_plans``.
Source: Wix Benefit Programs, Pools V1, "Get Eligible Pools".
"""

from datetime import UTC, datetime

import msgspec

from booking.domain.ids import MemberId, ServiceId
from booking.domain.plan import Benefit
from booking.wix.lanes import Lane
from booking.wix.services import BOOKINGS_APP
from booking.wix.wire import Reader, Wire, need

PATH = "/benefit-programs/v1/pools/eligible-pools"
NAMESPACE = "@wix/pricing-plans"


class _Item(msgspec.Struct, rename="camel"):
    external_id: str | None = None


class _Benefit(msgspec.Struct, rename="camel"):
    pool_id: str | None = None
    benefit_key: str | None = None
    item_reference: _Item | None = None
    price: str | None = None


class _Answer(msgspec.Struct, rename="camel"):
    eligible_benefits: list[_Benefit] | None = None


_read = Reader(_Answer)


class BenefitPrograms:
    """What plans pay for."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def eligible(
        self, service_id: ServiceId, member_id: MemberId, *, at: datetime, count: int = 1
    ) -> tuple[Benefit, ...]:
        """What would pay for ``count`` places of this service at this time; () if nothing would.

        A member may ask only for themselves. Raises: AppMissing, WixForbidden, WixError.
        """
        told = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
        item = {"externalId": service_id, "providerAppId": BOOKINGS_APP}
        body = {
            "namespace": NAMESPACE,
            "count": count,
            "targetDate": f"{told}Z",
            "itemReference": item,
            "beneficiary": {"memberId": member_id},
        }
        answer = _read(self._wire.read(PATH, body, lane=Lane.SETTLE))
        return tuple(
            Benefit(
                pool_id=need(each.pool_id, "eligibleBenefits.poolId"),
                key=each.benefit_key or "",
                service_id=ServiceId((each.item_reference or _Item()).external_id or service_id),
                price=each.price or "",
            )
            for each in answer.eligible_benefits or ()
        )
