"""Booking forms in the shape of Wix's form schemas.

A field's settings lie two levels deep, under blocks named after its input type and its component.
Source: Wix Forms, Form Schemas, "About Form Fields".
"""

from __future__ import annotations

from typing import Any

from booking.sandbox.seeds.build import CREATED, merge
from booking.sandbox.wire import DEFAULT_FORM_ID, Json, guid

NAMESPACE = "wix.bookings.v2.bookings"


def field(target: str, identifier: str, **inputs: Any) -> Json:
    """An input field. ``identifier`` is Wix's name for what the owner dragged onto the form."""
    return {
        "id": guid("form-field", target),
        "fieldType": "INPUT",
        "identifier": identifier,
        "hidden": False,
        "inputOptions": {"target": target, "pii": False, "required": False, **inputs},
    }


def text(target: str, label: str, identifier: str = "TEXT_INPUT", **rules: Any) -> Json:
    """A line of text; a long answer has the same component and another identifier.

    ``required`` apart, ``rules`` are the members of ``validation``: ``format``, ``maxLength``.
    """
    required = rules.pop("required", False)
    component = "PHONE_INPUT" if rules.get("format") == "PHONE" else "TEXT_INPUT"
    block = "phoneInputOptions" if component == "PHONE_INPUT" else "textInputOptions"
    settings = {
        "componentType": component,
        "validation": rules,
        block: {"label": label, "showLabel": True, "placeholder": ""},
    }
    return field(target, identifier, inputType="STRING", required=required, stringOptions=settings)


def dropdown(target: str, label: str, *choices: tuple[str, str], required: bool = False) -> Json:
    """One of some choices, each (value, label)."""
    told = [{"id": guid("choice", value), "value": value, "label": name} for value, name in choices]
    settings = {
        "componentType": "DROPDOWN",
        "validation": {"enum": [value for value, _ in choices]},
        "dropdownOptions": {"label": label, "showLabel": True, "options": told},
    }
    return field(target, "DROPDOWN", inputType="STRING", required=required, stringOptions=settings)


def several(target: str, label: str, *choices: tuple[str, str], most: int) -> Json:
    """Any of some choices; the answer is an array."""
    told = [{"id": guid("choice", value), "value": value, "label": name} for value, name in choices]
    values = [value for value, _ in choices]
    settings = {
        "componentType": "CHECKBOX_GROUP",
        "validation": {
            "maxItems": most,
            "items": {"itemType": "STRING", "stringOptions": {"enum": values}},
        },
        "checkboxGroupOptions": {"label": label, "showLabel": True, "options": told},
    }
    return field(target, "CHECKBOX_GROUP", inputType="ARRAY", arrayOptions=settings)


def checkbox(target: str, label: str, *, required: bool = False) -> Json:
    """A box to tick. Its label is a rich text, not a string."""
    words = [{"type": "TEXT", "id": "", "nodes": [], "textData": {"text": label}}]
    rich = {"nodes": [{"type": "PARAGRAPH", "id": "p1", "nodes": words}], "metadata": {}}
    settings = {
        "componentType": "CHECKBOX",
        "validation": {"enum": [True] if required else []},
        "checkboxOptions": {"label": rich, "checked": False},
    }
    return field(
        target, "CHECKBOX", inputType="BOOLEAN", required=required, booleanOptions=settings
    )


def radios(target: str, label: str, *choices: tuple[str, str], required: bool = False) -> Json:
    """One of some choices, all of them in sight."""
    made = dropdown(target, label, *choices, required=required)
    settings = made["inputOptions"]["stringOptions"]
    settings["componentType"] = "RADIO_GROUP"
    settings["radioGroupOptions"] = settings.pop("dropdownOptions")
    return {**made, "identifier": "RADIO_GROUP"}


def number(target: str, label: str, component: str = "NUMBER_INPUT", **rules: Any) -> Json:
    """A number, or with RATING_INPUT some stars. ``rules``: ``required``, ``minimum``, ``maximum``."""
    required = rules.pop("required", False)
    block = "numberInputOptions" if component == "NUMBER_INPUT" else "ratingInputOptions"
    settings = {
        "componentType": component,
        "validation": rules,
        block: {"label": label, "showLabel": True},
    }
    return field(target, component, inputType="NUMBER", required=required, numberOptions=settings)


def file(
    target: str, label: str, component: str = "FILE_UPLOAD", *, required: bool = False
) -> Json:
    """A file, or with SIGNATURE a name drawn by hand: answers that no text can stand for."""
    block = "fileUploadOptions" if component == "FILE_UPLOAD" else "signatureOptions"
    settings = {"componentType": component, block: {"label": label, "showLabel": True}}
    return field(
        target, component, inputType="WIX_FILE", required=required, wixFileOptions=settings
    )


def address(target: str, label: str) -> Json:
    """An address: its answer is an object, and a string in its place is refused."""
    settings = {
        "componentType": "MULTILINE_ADDRESS",
        "validation": {"fields": {"city": {"required": False}}},
        "multilineAddressOptions": {"label": label, "showLabel": True},
    }
    return field(target, "MULTILINE_ADDRESS", inputType="ADDRESS", addressOptions=settings)


def of_tomorrow(target: str, label: str) -> Json:
    """A field of a kind that nobody knows yet."""
    settings = {"componentType": "MOOD_RING", "validation": {}, "moodRingOptions": {"label": label}}
    return field(target, "MOOD_RING", inputType="MOOD", moodOptions=settings)


def form(slug: str, name: str, fields: list[Json], *, deleted: list[Json] | None = None) -> Json:
    """The order on the page is that of ``steps``, not that of ``formFields``; here it is reversed."""
    rows = enumerate(fields)
    items = [
        {"fieldId": one["id"], "row": row, "column": 0, "width": 12, "height": 1}
        for row, one in rows
    ]
    return {
        "id": guid("form", slug),
        "slug": slug,
        "name": name,
        "namespace": NAMESPACE,
        "enabled": True,
        "revision": "1",
        "createdDate": CREATED,
        "updatedDate": CREATED,
        "formFields": [*reversed(fields), _button()],
        "deletedFormFields": deleted or [],
        "formRules": [],
        "steps": [
            {"id": guid("step", slug), "name": "Page 1", "layout": {"large": {"items": items}}}
        ],
    }


def changed_form(slug: str, partial: Json) -> Json:
    """A form as a test gives it."""
    return merge(form(slug, slug, []), partial)


def _button() -> Json:
    words = {"pageNavigationOptions": {"submitText": "Book", "nextText": "Next"}}
    return {
        "id": guid("form-field", "submit"),
        "fieldType": "DISPLAY",
        "identifier": "SUBMIT_BUTTON",
        "hidden": False,
        "displayOptions": {"displayFieldType": "PAGE_NAVIGATION", **words},
    }


def _names(*, last_required: bool) -> list[Json]:
    return [
        text("first_name", "First name", "CONTACTS_FIRST_NAME", required=True, maxLength=100),
        text("last_name", "Last name", "CONTACTS_LAST_NAME", required=last_required, maxLength=100),
        text("email", "Email", "CONTACTS_EMAIL", required=True, format="EMAIL"),
    ]


def default_form() -> Json:
    """The one that every service has unless it has its own."""
    phone = text("phone", "Phone", "CONTACTS_PHONE", format="PHONE")
    return {
        **form("default", "Booking form", [*_names(last_required=False), phone]),
        "id": DEFAULT_FORM_ID,
    }


def bridal_form() -> Json:
    """A form with everything a page must cope with."""
    fields = [
        *_names(last_required=True),
        text("phone", "Phone", "CONTACTS_PHONE", required=True, format="PHONE"),
        dropdown(
            "length_1a2b",
            "How long is your hair?",
            ("short", "Short"),
            ("shoulder", "To the shoulder"),
            ("long", "Longer"),
            required=True,
        ),
        several(
            "wishes_3c4d",
            "What else do you wish for?",
            ("veil", "A veil"),
            ("flowers", "Flowers"),
            ("make-up", "Make-up"),
            most=2,
        ),
        text("day_5e6f", "Tell us about the day", "TEXT_AREA", maxLength=500),
        of_tomorrow("dress_7a8b", "The colour of the dress"),
        address("venue_9c0d", "Where is the wedding?"),
        checkbox("pictures_1e2f", "You may show pictures of my hair", required=True),
    ]
    fax = text("fax_3a4b", "Fax", "TEXT_INPUT", required=True)
    return form("bridal-styling", "Bridal styling", fields, deleted=[fax])


def every_kind_form() -> Json:
    """A form with every kind of question that a page of Wix's own could ask."""
    yes_no = (("yes", "Yes"), ("no", "No"))
    many = [(f"size-{at}", f"Size {at}") for at in range(30, 50)]
    fields = [
        *_names(last_required=False),
        text("nickname", "What shall we call you?", maxLength=20, minLength=2),
        text("code", "Voucher code", pattern="^[A-Z]{3}[0-9]{4}$"),
        text("story", "Your story", "TEXT_AREA", maxLength=2000),
        text("partner_mail", "Your partner's e-mail", format="EMAIL"),
        text("partner_phone", "Your partner's phone", format="PHONE"),
        text("website", "Your website", format="URL"),
        text("birthday", "Your birthday", format="DATE"),
        text("wake_up", "When do you wake up?", format="TIME"),
        text("arrival", "When do you arrive?", format="DATE_TIME"),
        number("children", "How many children?", minimum=0, maximum=12),
        number("mood", "How are you today?", "RATING_INPUT"),
        radios("first_time", "Is it your first time?", *yes_no, required=True),
        dropdown("size", "Shoe size", *many),
        several("likes", "What do you like?", *many[:3], most=2),
        checkbox("news", "Send me news"),
        checkbox("rules", "I keep to the rules of the house", required=True),
        address("home", "Your address"),
        file("picture", "A picture of you", required=True),
        file("signed", "Sign here", "SIGNATURE"),
        of_tomorrow("aura", "The colour of your aura"),
    ]
    return form("every-kind", "Every kind of question", fields)
