"""Facts about services are asked once for many visitors; what is about one person is never kept."""

from collections.abc import Callable

import pytest

from booking.domain.ids import FormId, FormSubmissionId
from booking.domain.party import Group
from booking.wix import Wix
from tests.wix.examples import HAIRCUT
from tests.wix.sites import Site
from tests.wix.stand_in import ok

FORM = FormId("f0000000-0000-4000-8000-000000000001")
PRICE = {"value": "10", "currency": "EUR"}
VARIANTS = {
    "serviceId": HAIRCUT,
    "options": {"values": [{"id": "o", "type": "CUSTOM"}]},
    "variants": {"values": [{"choices": [{"custom": "Adult"}], "price": PRICE}]},
}


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda wix: wix.categories.query(), {"categories": []}),
        (lambda wix: wix.locations.query(), {"businessLocations": {"exists": False}}),
        (lambda wix: wix.booking_policies.query(), {"bookingPolicies": []}),
        (lambda wix: wix.resources.query(), {"resources": []}),
        (lambda wix: wix.resource_types.query(), {"resourceTypes": []}),
        (lambda wix: wix.forms.get(FORM), {"form": {"id": FORM}}),
        (lambda wix: wix.add_on_groups.list_by_service_id(HAIRCUT), {"addOnGroupsDetails": []}),
        (
            lambda wix: wix.service_options_and_variants.get_by_service_id(HAIRCUT),
            {"serviceVariants": VARIANTS},
        ),
    ],
    ids=[
        "categories",
        "locations",
        "policies",
        "resources",
        "types",
        "form",
        "add-ons",
        "variants",
    ],
)
def test_a_fact_is_asked_once(
    site: Site, ask: Callable[[Wix], object], answer: dict[str, object]
) -> None:
    site.net.will_say(ok(answer))
    first = ask(site.wix.cached)
    site.time.seconds += 200
    assert ask(site.wix.cached) == first
    assert site.calls == 1


def test_a_booking_makes_no_prices_out_of_date(site: Site) -> None:
    site.net.will_say(ok({"serviceVariants": VARIANTS}))
    cached = site.wix.cached
    cached.service_options_and_variants.get_by_service_id(HAIRCUT)
    cached.time_slots.forget(HAIRCUT)
    cached.service_options_and_variants.get_by_service_id(HAIRCUT)
    assert site.calls == 1


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (
            lambda wix: wix.form_submissions.get(FormSubmissionId("s1")),
            {"submission": {"id": "s1", "formId": FORM}},
        ),
        (
            lambda wix: wix.pricing.preview(HAIRCUT, [Group(people=1)], currency="EUR"),
            {"priceInfo": {"calculatedPrice": 10.1}},
        ),
    ],
    ids=["answers", "price"],
)
def test_what_is_about_one_person_is_asked_each_time(
    site: Site, ask: Callable[[Wix], object], answer: dict[str, object]
) -> None:
    site.net.will_say(ok(answer))
    assert ask(site.wix.cached) == ask(site.wix.cached)
    assert site.calls == 2
