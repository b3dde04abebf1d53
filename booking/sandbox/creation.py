"""Making bookings: everything is checked in Wix's order before anything is kept.

Source: Wix Bookings, Bookings Writer V2, "Create Booking" and its table of errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from booking.sandbox import claims
from booking.sandbox.booking_input import Draft, read_draft
from booking.sandbox.call import Call
from booking.sandbox.contacts import read_contact
from booking.sandbox.flow import CREATING, read_flags
from booking.sandbox.form_submissions import keep_submission
from booking.sandbox.forms import check_answers
from booking.sandbox.messages import remind, tell_customer
from booking.sandbox.openings import minutes_offered
from booking.sandbox.party import chosen_minutes, minutes_of, party_members, read_add_ons
from booking.sandbox.policies import check_may_book
from booking.sandbox.times import stamp, utc_text
from booking.sandbox.wire import (
    BOOKINGS_APP_ID,
    DEFAULT_FORM_ID,
    Json,
    an_object,
    known,
    missing,
    refusal,
)
from booking.sandbox.world import Booking, World

PAYMENT_OPTIONS = ("UNDEFINED", "OFFLINE", "ONLINE", "MEMBERSHIP", "MEMBERSHIP_OFFLINE")


@dataclass(frozen=True, slots=True)
class Plan:
    """One booking to be, as far as it can be checked without looking at what is taken."""

    draft: Draft
    asked: Json  # the whole of what was sent: the booking and what stands beside it
    given: Json  # the booking itself
    contact: Json
    flags: Json
    add_ons: list[Json]

    @property
    def form(self) -> Json | None:
        found: Json | None = self.asked.get("formSubmission")
        return found


def create_booking(world: World, call: Call) -> Json:
    """A CREATED booking takes no seat; availability is checked only for a named resource."""
    return {"booking": make(world, call, read_plan(world, call, call.body)).wire}


def read_plan(world: World, call: Call, asked: Json) -> Plan:
    """Raises: WixError for what is malformed or does not exist."""
    given = asked.get("booking")
    if not given:
        raise missing("booking")
    given = an_object(given, "booking")
    if given.get("multiServiceBookingInfo"):
        code = "CAN_NOT_CREATE_BOOKING_WITH_MULTI_SERVICE_BOOKING_INFO"
        raise refusal(428, code, "multiServiceBookingInfo is read-only")
    option = known(
        given.get("selectedPaymentOption") or "UNDEFINED",
        "booking.selectedPaymentOption",
        PAYMENT_OPTIONS,
    )
    draft = read_draft(world, given)
    contact = _contact(world, draft.service, given, asked.get("formSubmission"))
    flags = read_flags(world, call, asked, CREATING)
    add_ons = _add_ons(world, draft.service, given, flags)
    _check_payment_option(draft.service, option, given, flags)
    return Plan(draft, asked, given, contact, flags, add_ons)


def _contact(world: World, service: Json, given: Json, form: Any) -> Json:
    form_id = service["form"]["id"]
    if form is not None and form_id in world.catalogue.forms:
        check_answers(world, form_id, an_object(form, "formSubmission"))
    return read_contact(world, given, form)


def _add_ons(world: World, service: Json, given: Json, flags: Json) -> list[Json]:
    listed = given.get("bookedAddOns")
    if flags.get("skipAddOnValidation"):
        return list(listed or [])
    return read_add_ons(world, service, listed)


def _check_payment_option(service: Json, option: str, given: Json, flags: Json) -> None:
    """ONLINE for what is paid in person passes here: Wix notices only in the cart."""
    if flags.get("skipSelectedPaymentOptionValidation"):
        return
    options = service["payment"]["options"]
    wrong = (option == "OFFLINE" and not options["inPerson"]) or (
        option.startswith("MEMBERSHIP") and not options["pricingPlan"]
    )
    if wrong:
        raise refusal(428, "VALIDATION_FAILURE", f"The service does not offer {option}")
    deposit = given.get("depositSelected")
    if deposit and not options["deposit"]:
        raise refusal(428, "VALIDATION_FAILURE", "The service takes no deposit")
    if deposit is False and option == "ONLINE" and options["deposit"]:
        rate = service["payment"].get("fixed") or service["payment"].get("varied") or {}
        if not rate.get("fullUpfrontPaymentAllowed"):
            raise refusal(428, "VALIDATION_FAILURE", "The service takes the deposit alone")


def make(world: World, call: Call, plan: Plan, package: Json | None = None) -> Booking:
    """Keep the booking if policy and availability allow it.

    Raises: WixError 403 for the policy, 428 for what is taken.
    """
    draft = plan.draft
    check_may_book(draft.service, draft.policy_start, draft.participants, world.now())
    check_available(world, plan)
    booking = _keep(world, call, plan, package)
    tell_customer(world, booking, "created", plan.asked)
    remind(world, booking, plan.asked)
    if plan.given.get("status") == "CONFIRMED" and call.caller.may_manage:
        claims.move(world, booking, "CONFIRMED")
    if plan.form is not None and world.settings.revision_moves_after_seconds:
        at = world.now() + world.settings.revision_moves_after_seconds
        world.shop.later(at, partial(move_revision, world, booking))
    return booking


def check_available(world: World, plan: Plan) -> None:
    """Raises: WixError 428: full, taken, or at another time than the service is given."""
    draft, skip = plan.draft, bool(plan.flags.get("skipAvailabilityValidation"))
    if draft.seats_of:
        left = draft.capacity - world.diary.seats_taken(draft.seats_of)
        if left < draft.participants and not skip:
            raise refusal(428, draft.full, f"{left} places left")
        return
    if skip and not draft.resource_id:
        code = "CAN_NOT_SKIP_AVAILABILITY_VALIDATION_IF_RESOURCE_NOT_PROVIDED"
        raise refusal(428, code, "Name a resource")
    _check_length(plan)
    if not draft.resource_id or skip:
        return
    where = (draft.resource_id, draft.start, draft.end, draft.place)
    if not claims.is_free(world, draft.service, *where):
        raise refusal(428, "SLOT_NOT_AVAILABLE", "No available slot for the requested time.")


def _check_length(plan: Plan) -> None:
    """As long as the service, or the length that was chosen and paid for, and its add-ons."""
    draft = plan.draft
    minutes = (draft.end - draft.start) // 60 - minutes_of(plan.add_ons)
    if any(chosen != minutes for chosen in chosen_minutes(plan.given)):
        raise refusal(428, "INVALID_SERVICE_CHOICES", "The slot has another length than the choice")
    checked = draft.resource_id and not plan.flags.get("skipAvailabilityValidation")
    if checked and minutes not in minutes_offered(draft.service):
        raise refusal(428, "SLOT_NOT_AVAILABLE", "No available slot of the requested length.")


def _keep(world: World, call: Call, plan: Plan, package: Json | None) -> Booking:
    now, draft = world.now(), plan.draft
    wire = _wire(world, call, plan, now)
    if package:
        wire |= {"multiServiceBookingInfo": package, "formId": DEFAULT_FORM_ID}
    booking = Booking(
        wire=wire,
        service_id=draft.service["id"],
        start=draft.start,
        end=draft.end,
        participants=draft.participants,
        policy=draft.service["bookingPolicy"],
        place=draft.place,
        seats_of=draft.seats_of,
        skips_availability=bool(plan.flags.get("skipAvailabilityValidation")),
        skips_approval=bool(plan.flags.get("skipBusinessConfirmation")),
    )
    booking.history.append((now, booking.wire))
    world.bookings[booking.id] = booking
    return booking


def _wire(world: World, call: Call, plan: Plan, now: float) -> Json:
    """``paymentStatus`` is UNDEFINED whatever was sent."""
    draft, given = plan.draft, plan.given
    return {
        "id": world.next_id("booking"),
        "revision": "1",
        "bookedEntity": draft.entity,
        "contactDetails": plan.contact,
        "additionalFields": [],
        **party_members(given),
        "status": "CREATED",
        "paymentStatus": "UNDEFINED",
        "selectedPaymentOption": given.get("selectedPaymentOption") or "UNDEFINED",
        **({"depositSelected": True} if given.get("depositSelected") else {}),
        "createdDate": stamp(now),
        "updatedDate": stamp(now),
        "startDate": utc_text(draft.start),
        "endDate": utc_text(draft.end),
        "createdBy": {**call.identity, "contactId": plan.contact["contactId"]},
        "externalUserId": given.get("externalUserId"),
        "formId": draft.service["form"]["id"],
        "formSubmissionId": _submission(world, plan),
        "bookedAddOns": plan.add_ons,
        "appId": BOOKINGS_APP_ID,
    }


def _submission(world: World, plan: Plan) -> str | None:
    """The id of the kept answers; plain contact details leave none behind."""
    form_id = plan.draft.service["form"]["id"]
    if plan.form is None:
        return None
    if form_id not in world.catalogue.forms:
        return world.next_id("submission")
    return keep_submission(world, form_id, plan.form)


def move_revision(world: World, booking: Booking) -> None:
    """Wix ties the form's answers to the booking a moment later, and nobody is told."""
    now, wire = world.now(), booking.wire
    grown = {"revision": str(int(wire["revision"]) + 1), "updatedDate": stamp(now)}
    booking.change(now, {**wire, **grown})
