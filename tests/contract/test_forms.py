"""A booking form is asked as its owner made it, and never keeps anybody from booking."""

import pytest

from booking.domain.booking_form import FALL_BACK_FIELDS, BookingForm, FieldKind
from booking.domain.ids import FormId
from booking.wix import Wix
from booking.wix.errors import WixRefused, WixUnreachable
from tests.contract.conftest import the_service
from tests.in_process import Sandbox

NOWHERE = FormId("5e100000-0000-4000-8000-000000000001")


def form_id(wix: Wix, slug: str = "bridal-styling") -> FormId:
    return FormId(the_service(wix, slug).form_id)


def targets(form: BookingForm) -> list[str]:
    return [field.target for field in form.fields]


def test_fields_come_in_the_order_of_the_page(wix: Wix) -> None:
    form = wix.forms.get(form_id(wix))
    assert targets(form) == [
        "first_name",
        "last_name",
        "email",
        "phone",
        "length_1a2b",
        "wishes_3c4d",
        "day_5e6f",
        "dress_7a8b",
        "venue_9c0d",
        "pictures_1e2f",
    ]


@pytest.mark.parametrize(
    ("target", "kind", "required"),
    [
        ("first_name", FieldKind.TEXT, True),
        ("email", FieldKind.EMAIL, True),
        ("phone", FieldKind.PHONE, True),
        ("length_1a2b", FieldKind.ONE_OF, True),
        ("wishes_3c4d", FieldKind.SOME_OF, False),
        ("day_5e6f", FieldKind.LONG_TEXT, False),
        ("dress_7a8b", FieldKind.UNKNOWN, False),
        ("venue_9c0d", FieldKind.ADDRESS, False),
        ("pictures_1e2f", FieldKind.CHECKBOX, True),
    ],
)
def test_each_field_is_asked_in_its_own_way(
    wix: Wix,
    target: str,
    kind: FieldKind,
    required: bool,  # noqa: FBT001 - a row of the table
) -> None:
    field = wix.forms.get(form_id(wix)).field(target)
    assert field
    assert (field.kind, field.required) == (kind, required)
    assert field.label


def test_choices_labels_and_rules_are_the_owners(wix: Wix) -> None:
    form = wix.forms.get(form_id(wix))
    length, wishes = form.field("length_1a2b"), form.field("wishes_3c4d")
    day, pictures = form.field("day_5e6f"), form.field("pictures_1e2f")
    assert length
    assert wishes
    assert day
    assert pictures
    assert [(each.value, each.label) for each in length.choices][1] == (
        "shoulder",
        "To the shoulder",
    )
    assert wishes.rules.most == 2
    assert day.rules.longest == 500
    assert pictures.label == "You may show pictures of my hair"


def test_answers_that_are_objects_are_told_apart(wix: Wix) -> None:
    form = wix.forms.get(form_id(wix))
    assert [field.target for field in form.not_asked] == ["venue_9c0d"]
    dress = form.field("dress_7a8b")
    assert dress
    assert dress.wire_kind == "MOOD_RING"


def test_the_summary_has_the_same_fields_and_does_not_say_what_is_required(wix: Wix) -> None:
    whole, summary = wix.forms.get(form_id(wix)), wix.forms.summary(form_id(wix))
    assert set(targets(summary)) == set(targets(whole))
    assert {field.required for field in summary.fields} == {None}
    kinds = {field.target: field.kind for field in summary.fields}
    assert kinds["length_1a2b"] is FieldKind.ONE_OF
    assert kinds["phone"] is FieldKind.PHONE
    assert kinds["dress_7a8b"] is FieldKind.UNKNOWN


def test_a_deleted_field_is_not_asked(wix: Wix) -> None:
    for form in (wix.forms.get(form_id(wix)), wix.forms.summary(form_id(wix))):
        assert "fax_3a4b" not in targets(form)


def test_a_hidden_field_is_not_asked(wix: Wix, sandbox: Sandbox) -> None:
    raw = sandbox.call("GET", f"/form-schema-service/v4/forms/{form_id(wix)}").json()["form"]
    fields = [field | {"hidden": field["identifier"] == "MOOD_RING"} for field in raw["formFields"]]
    sandbox.seed(forms=[{"id": raw["id"], "slug": "bridal-styling", "formFields": fields}])
    assert "dress_7a8b" not in targets(wix.forms.get(form_id(wix)))


def test_the_form_of_every_service_asks_for_name_and_mail(wix: Wix) -> None:
    form = wix.forms.for_booking(form_id(wix, "haircut"))
    assert targets(form) == ["first_name", "last_name", "email", "phone"]
    phone = form.field("phone")
    assert phone
    assert phone.required is False


def test_a_form_that_is_not_there_is_refused(wix: Wix) -> None:
    with pytest.raises(WixRefused) as refused:
        wix.forms.get(NOWHERE)
    assert (refused.value.status, refused.value.code) == (404, "FORM_NOT_FOUND")


@pytest.mark.parametrize(
    "fault",
    [{"status": 404, "code": "FORM_NOT_FOUND"}, {"status": 403}, {"body": {"form": {"id": 1}}}],
    ids=["gone", "forbidden", "malformed"],
)
def test_a_form_that_cannot_be_read_is_asked_in_summary(
    wix: Wix, sandbox: Sandbox, fault: dict[str, object]
) -> None:
    wanted = form_id(wix)
    sandbox.fault(f"/form-schema-service/v4/forms/{wanted}", **fault)
    form = wix.forms.for_booking(wanted)
    assert "phone" in targets(form)
    assert {field.required for field in form.fields} == {None}


def test_without_any_fields_name_and_mail_are_asked(wix: Wix, sandbox: Sandbox) -> None:
    assert wix.forms.for_booking(NOWHERE).fields == FALL_BACK_FIELDS
    wanted = form_id(wix)
    nothing: dict[str, object] = {"formFields": [], "deletedFormFields": []}
    sandbox.seed(forms=[{"id": wanted, "slug": "bridal-styling", **nothing}])
    assert wix.forms.for_booking(wanted).fields == FALL_BACK_FIELDS


def test_a_form_that_is_switched_off_says_so(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(forms=[{"id": form_id(wix), "slug": "bridal-styling", "enabled": False}])
    assert not wix.forms.for_booking(form_id(wix)).is_open


def test_if_wix_cannot_be_asked_no_form_is_made_up(wix: Wix, sandbox: Sandbox) -> None:
    wanted = form_id(wix)
    sandbox.fault("/form-schema-service/*", status=503)
    with pytest.raises(WixUnreachable):
        wix.forms.for_booking(wanted)
