"""Every page that people can meet, a line each: what its main element says, and the way to it.

Whoever adds a page adds a line to ``PAGES``; what is checked of every page is then checked of it too.
"""

from booking.console.views import forged
from booking.views import errors
from tests.every_page import at_wix, booked, changing, choosing, details, in_console
from tests.every_page.world import Way, a_world, at, of_django

LANGUAGES = {"en": "ltr", "he": "rtl"}
"""The languages that every page is read in, and how they run."""

PAGES: dict[str, tuple[str, Way]] = {
    "catalogue": ("page=catalogue", at("/")),
    "times": ("kind=appointment", at("/services/haircut/")),
    "times on two clocks": ("kind=appointment", at("/services/haircut/", tz="Asia/Tokyo")),
    "times with one person": ("kind=appointment", at("/services/private-yoga/")),
    "times, chosen anew": ("kind=appointment", at("/services/haircut/", again="anything")),
    "a day without times": ("kind=appointment", at("/services/haircut/", date="2027-03-07")),
    "a day that is over": ("kind=appointment", at("/services/haircut/", date="2027-01-01")),
    "a month far ahead": ("kind=appointment", at("/services/haircut/", month="2028-11")),
    "a choice of lengths": ("kind=appointment", at("/services/facial/", length="60")),
    "a choice of extras": ("kind=appointment", at("/services/scalp-ritual/")),
    "prices by person": ("kind=appointment", at("/services/blow-dry/")),
    "a class": ("kind=class", at("/services/vinyasa-yoga/")),
    "a class on two clocks": ("kind=class", at("/services/vinyasa-yoga/", tz="Asia/Tokyo")),
    "a class as a list": ("kind=class", at("/services/sound-bath/", view="list")),
    "a class for a family": ("kind=class", at("/services/family-yoga/", **{"people-Adult": "2"})),
    "several sessions": ("kind=class", at("/services/morning-pilates/", several="1")),
    "a course": ("kind=course", at("/services/yoga-for-beginners/")),
    "a course on two clocks": (
        "kind=course",
        at("/services/massage-for-couples/", tz="Asia/Tokyo"),
    ),
    "a visit": ("kind=visit", choosing.visit),
    "search without a hit": ("page=catalogue", at("/", q="nothing like it")),
    "a closed service": ("kind=appointment", at("/services/hair-extensions/")),
    "details": ("stage=held", details.held),
    "details with errors": ("stage=held", details.wrong_details),
    "details of a party": ("stage=held", details.party_details),
    "details with extras": ("stage=held", details.extras_details),
    "details with plans": ("stage=held", details.details_with_plans),
    "details of a visit": ("stage=held", details.visit_details),
    "a form of its own, with errors": ("stage=held", details.form_with_errors),
    "several sessions, booked": ("stage=confirmed", booked.several_booked),
    "a course, booked": ("stage=confirmed", booked.at_service("yoga-for-beginners")),
    "placed": ("stage=placed", booked.placed),
    "confirmed": ("stage=confirmed", booked.confirmed),
    "to be paid at Wix": ("truth=at_wix", at_wix.to_be_paid_at_wix),
    "a plan at Wix": ("truth=at_wix", at_wix.plan_at_wix),
    "too late to pay at Wix": ("truth=page_over", at_wix.too_late_to_pay),
    "too late to pay by card": ("truth=page_over", at_wix.too_late_to_pay_by_card),
    "come in at Wix": ("truth=come_in", at_wix.come_in_at_wix),
    "paid at Wix, and lost": ("truth=given_back", at_wix.paid_and_lost),
    "no way to pay": ("truth=no_way_to_pay", at_wix.no_way_to_pay),
    "awaiting the owner": ("stage=awaiting_owner", booked.awaiting_owner),
    "declined": ("stage=declined", booked.answered("decline")),
    "cancelling": ("page=cancel", changing.cancelling),
    "being cancelled": ("truth=being_cancelled", changing.being_cancelled),
    "cancelled by its customer": ("truth=cancelled", changing.cancelled_by_customer),
    "too late to cancel": ("page=too_late", changing.too_late),
    "choosing where to move": ("kind=appointment", changing.choosing_where_to_move),
    "moving there": ("page=move", changing.moving_there),
    "being moved": ("truth=being_moved", changing.being_moved),
    "not moved": ("truth=not_moved", changing.not_moved),
    "move expired": ("page=move_expired", changing.move_expired),
    "lost, with offers": ("stage=declined", booked.lost_with_offers),
    "cancelled by the business": ("truth=called_off", booked.answered("cancel")),
    "moved": ("truth=booked", booked.moved),
    "hold expired": ("page=hold_expired", details.hold_expired),
    "slot taken": ("page=slot_taken", choosing.slot_taken),
    "part taken": ("page=part_taken", choosing.part_taken),
    "not joinable": ("page=not_joinable", choosing.not_joinable),
    "wrong choice": ("page=wrong_choice", choosing.wrong_choice),
    "already sent": ("page=already_sent", details.already_sent),
    "form stale": ("page=form_stale", choosing.form_stale),
    "not bookable": ("page=not_bookable", choosing.not_bookable),
    "calendar unavailable": ("page=calendar_unavailable", choosing.calendar_unavailable),
    "too many": ("page=too_many", choosing.too_many),
    "lost link": ("page=lost_link", at("/my-link/")),
    "lost link with an error": ("page=lost_link", booked.lost_link("maria at example")),
    "lost link, sent": ("page=lost_link_sent", booked.lost_link("maria@example.com")),
    "unknown booking": ("page=unknown_booking", at("/b/2345678923456789234567892/")),
    "console, log in": ("page=console_login", at("/console/login/")),
    "console, log in with an error": ("page=console_login", in_console.wrong_login),
    "console, too many tries": ("page=console_too_many", in_console.too_many_logins),
    "console, too old": ("page=console_forged", of_django(forged)),
    "console, nothing to do": ("page=console_todo", in_console.todo),
    "console, something to do": ("page=console_todo", in_console.todo_full),
    "console, a booking": ("page=console_booking", in_console.story),
    "console, a paid booking": ("page=console_booking", in_console.paid_story),
    "not found": ("page=not_found", at("/nothing/")),
    "bad request": ("page=bad_request", of_django(errors.bad_request)),
    "broken": ("page=broken", of_django(errors.broken)),
}


def seen(name: str, language: str) -> str:
    """The HTML of a page, made in a world of its own. Asserts that it is that page."""
    sign, way = PAGES[name]
    with a_world(language) as world:
        page = way(world)
    attribute, value = sign.split("=")
    assert page.main(attribute) == value, f"{name}: {page.status} {page.words[:300]}"
    return page.text
