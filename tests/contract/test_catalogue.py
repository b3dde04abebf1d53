"""What the sandbox offers is what the client reads."""

from decimal import Decimal

import pytest

from booking.domain.ids import FormId
from booking.domain.money import Money
from booking.domain.service import Kind, LocationKind, Obstacle, PriceKind
from booking.wix import Wix
from booking.wix.auth import Auth
from tests.contract.conftest import Client, the_service
from tests.in_process import Sandbox


def test_the_business_is_read(wix: Wix) -> None:
    business = wix.site_properties.get()
    assert (business.name, business.zone, business.currency, business.country) == (
        "Estúdio Calma",
        "Europe/Lisbon",
        "EUR",
        "PT",
    )
    assert business.place is not None
    assert business.place.text == "Rua Garrett 62, 1200-203 Lisboa, Portugal"


def test_every_service_is_read_and_of_a_known_kind(wix: Wix, sandbox: Sandbox) -> None:
    services = wix.services.query()
    assert len(services) == len({service.slug for service in services}) >= 14
    assert {service.kind for service in services} == {Kind.APPOINTMENT, Kind.CLASS, Kind.COURSE}
    assert len(sandbox.calls("/services/query")) == 1


@pytest.mark.parametrize(
    ("slug", "obstacle"),
    [
        ("haircut", None),
        ("free-consultation", None),
        ("private-yoga", None),
        ("team-haircut", Obstacle.HIDDEN),
        ("hair-extensions", Obstacle.CLOSED),
        ("relaxing-massage", Obstacle.PAYS_ONLINE),
    ],
)
def test_what_keeps_a_service_from_being_booked_is_known(
    wix: Wix, slug: str, obstacle: Obstacle | None
) -> None:
    assert the_service(wix, slug).obstacle is obstacle


def test_a_service_is_read_with_its_rules_places_and_people(wix: Wix) -> None:
    massage = the_service(wix, "deep-tissue-massage")
    assert massage.price.amount == Money(Decimal("89.50"), "EUR")
    assert (massage.minutes, massage.buffer_minutes) == (90, 30)
    assert massage.policy.latest_minutes == 1440
    assert massage.policy.earliest_minutes == 30 * 1440
    assert massage.policy.cancel_minutes == 2880
    assert massage.policy.words.startswith("Book at least a day")
    assert [location.kind for location in massage.locations] == [LocationKind.BUSINESS]
    assert [member.name for member in massage.staff] == ["Clara Nunes"]
    assert the_service(wix, "private-yoga").needs_approval


def test_prices_of_every_kind_are_read(wix: Wix) -> None:
    deposit = the_service(wix, "colour-and-gloss").price.deposit
    facial = the_service(wix, "facial").price
    assert deposit == Money(Decimal(30), "EUR")
    assert (facial.lowest, facial.highest) == (Money(Decimal(40), "EUR"), Money(Decimal(70), "EUR"))
    assert the_service(wix, "bridal-styling").price.words == "Price on request"
    assert the_service(wix, "free-consultation").price.kind is PriceKind.FREE


def test_a_slug_that_nobody_has_is_none(wix: Wix) -> None:
    assert wix.services.by_slug("não-existe") is None


def test_a_slug_of_any_script_is_found(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "haircut", "mainSlug": {"name": "תספורת"}}])
    assert the_service(wix, "תספורת").name == "Haircut"


def test_staff_are_those_the_services_name(wix: Wix) -> None:
    staff = {member.id: member.name for member in wix.staff_members.query()}
    named = {member.id: member.name for each in wix.services.query() for member in each.staff}
    assert len(staff) == 4
    assert named.items() <= staff.items()


def test_an_app_reads_what_the_owner_reads(client: Client, app: Auth, wix: Wix) -> None:
    theirs = client(app)
    assert theirs.site_properties.get() == wix.site_properties.get()
    assert theirs.services.query() == wix.services.query()


def everything(wix: Wix) -> list[object]:
    """All that the catalogue tells, one call of each sort."""
    facial, ritual = the_service(wix, "facial"), the_service(wix, "scalp-ritual")
    form = FormId(the_service(wix, "bridal-styling").form_id)
    return [
        wix.services.query(),
        wix.services.search("yoga"),
        wix.categories.query(),
        wix.locations.query(),
        wix.booking_policies.query(),
        wix.service_options_and_variants.get_by_service_id(facial.id),
        wix.add_on_groups.list_by_service_id(ritual.id),
        wix.forms.get(form),
        wix.forms.summary(form),
        wix.resources.query(),
        wix.resource_types.query(),
        wix.staff_members.query(),
    ]


def test_nulls_and_missing_fields_mean_the_same(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.settings(omitNulls=False)
    with_nulls = everything(wix)
    sandbox.settings(omitNulls=True)
    assert everything(wix) == with_nulls


def test_a_services_picture_is_fetched(wix: Wix) -> None:
    image = the_service(wix, "haircut").image
    assert image
    picture, kind = wix.media(image, 5_000_000)
    assert kind == "image/png"
    assert picture.startswith(b"\x89PNG")
