"""Buying a pricing plan first: Wix sells it to a member whom it logs in, and the time stays kept.

An app cannot say who its customer is, so it cannot look at anybody's plans, nor let one pay. What it can
do is to send people where Wix knows them, and to keep their time until they are back.
"""

from booking.actions.hands import Hands
from booking.domain.ids import PlanId
from booking.domain.plan import Plan
from booking.domain.service import Service
from booking.domain.ways import Way
from booking.models import Booking
from booking.wix import VisitorCredentials, Wix
from booking.wix.errors import WixError
from booking.wix.redirect_sessions import WaysBack


def may_buy_first(booking: Booking) -> bool:
    """True if a plan bought now could pay for it: on Wix's page, by whoever alone has this hold."""
    return not booking.shared and Way.PLAN in booking.ways


def plans_for(wix: Wix, service: Service) -> tuple[Plan, ...]:
    """The plans on sale that would pay for a service; () if Wix has none, or does not tell."""
    if not service.plan_ids:
        return ()
    try:
        plans = wix.pricing_plans.query()
    except WixError:  # no plans on this site, or no permission: nobody misses them
        return ()
    mine = set(service.plan_ids)
    return tuple(each for each in plans if each.id in mine and each.buyable and each.public)


def way_to_buy(booking: Booking, plan_id: PlanId, hands: Hands) -> str:
    """Where Wix sells a plan, and leads back to the booking. Raises: WixError."""
    address = hands.way_back(booking, hands.clock())
    back = WaysBack(thanks=address, after=address, plans=address)
    visitor = VisitorCredentials(hands.client_id, None)
    return hands.wix.as_visitor(visitor).redirect_sessions.paid_plans_checkout(plan_id, back)
