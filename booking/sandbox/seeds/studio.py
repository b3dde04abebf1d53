"""Estúdio Calma in Lisbon: hair, massage and movement in two places, four people.

All of it is made up. Times are weekly rules and days counted from today, so it never goes stale.
"""

from __future__ import annotations

from booking.sandbox.seeds import studio_choices
from booking.sandbox.seeds.build import location, picture, service, staff_member
from booking.sandbox.seeds.studio_services import APPOINTMENTS
from booking.sandbox.seeds.studio_sessions import CLASSES, COURSES
from booking.sandbox.wire import Json

WORKDAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"]


def seed() -> Json:
    locations, staff = _locations(), _staff()
    return {
        "name": "studio",
        "site": _site(),
        "splitInterval": {"sameAsDuration": False, "valueInMinutes": 30},
        "bookingsSettings": {"multiServiceAppointments": {"enabled": True}},
        "sessionChanges": {},
        **studio_choices.records(),
        "locations": locations,
        "staff": staff,
        "services": [
            service(one["slug"], {**one, "sortOrder": place}, locations=locations, staff=staff)
            for place, one in enumerate([*APPOINTMENTS, *CLASSES, *COURSES])
        ],
    }


def _site() -> Json:
    return {
        "timeZone": "Europe/Lisbon",
        "locale": {"languageCode": "en", "country": "PT"},
        "language": "en",
        "paymentCurrency": "EUR",
        "businessName": "Estúdio Calma",
        "siteDisplayName": "Estúdio Calma",
        "description": "Hair, massage and slow movement in the middle of Lisbon.",
        "email": "ola@calma.example",
        "phone": "+351 21 555 0142",
        "logo": picture("logo-calma", "Estúdio Calma")["image"]["id"],
        "address": {
            "street": "Rua Garrett",
            "streetNumber": "62",
            "city": "Lisboa",
            "zip": "1200-203",
            "country": "PT",
            "googleFormattedAddress": "Rua Garrett 62, 1200-203 Lisboa, Portugal",
            "isPhysical": True,
            "coordinates": {"latitude": 38.71067, "longitude": -9.14174},
        },
        "businessSchedule": {
            "periods": [
                {"openDay": day, "openTime": "09:00", "closeDay": day, "closeTime": "19:00"}
                for day in [*WORKDAYS, "SATURDAY"]
            ]
        },
        "multilingual": {
            "autoRedirect": False,
            "supportedLanguages": [
                {
                    "languageCode": "en",
                    "locale": {"languageCode": "en", "country": "GB"},
                    "isPrimary": True,
                },
            ],
        },
    }


def _locations() -> list[Json]:
    return [
        location(
            "chiado",
            {
                "name": "Chiado",
                "default": True,
                "email": "chiado@calma.example",
                "phone": "+351 21 555 0142",
                "address": _address("Rua Garrett 62", "1200-203", 38.71067, -9.14174),
            },
        ),
        location(
            "estrela",
            {
                "name": "Estrela",
                "email": "estrela@calma.example",
                "phone": "+351 21 555 0177",
                "address": _address("Rua da Estrela 18", "1200-669", 38.71423, -9.16031),
            },
        ),
    ]


def _address(line: str, postal_code: str, latitude: float, longitude: float) -> Json:
    return {
        "addressLine": line,
        "city": "Lisboa",
        "country": "PT",
        "postalCode": postal_code,
        "formattedAddress": f"{line}, {postal_code} Lisboa, Portugal",
        "geocode": {"latitude": latitude, "longitude": longitude},
    }


def _staff() -> list[Json]:
    return [
        staff_member(
            "ana",
            {
                "name": "Ana Ribeiro",
                "phone": "+351 91 555 0101",
                "description": "Cuts and colours since 2009; likes curls and short conversations.",
                "workingHours": [
                    {"days": WORKDAYS, "start": "09:00", "end": "13:00", "location": "chiado"},
                    {"days": WORKDAYS, "start": "14:00", "end": "17:30", "location": "chiado"},
                ],
                "blocked": [{"inDays": 16, "start": "00:00", "end": "24:00"}],
            },
        ),
        staff_member(
            "bruno",
            {
                "name": "Bruno Tavares",
                "phone": "+351 91 555 0102",
                "description": "Barber. Short hair, beards and a hot towel.",
                "workingHours": [
                    _shift(["TUESDAY", "THURSDAY"], "10:00", "19:00", "estrela"),
                    _shift(["WEDNESDAY", "FRIDAY"], "10:00", "19:00", "chiado"),
                    _shift(["SATURDAY"], "09:30", "15:00", "chiado"),
                ],
            },
        ),
        staff_member(
            "clara",
            {
                "name": "Clara Nunes",
                "phone": "+351 91 555 0103",
                "description": "Massage therapist, trained in Porto and in Chiang Mai.",
                "workingHours": [
                    _shift(["MONDAY", "WEDNESDAY", "FRIDAY"], "10:00", "18:00", "estrela"),
                    _shift(["TUESDAY"], "12:00", "20:00", "chiado"),
                ],
                "blocked": [{"inDays": 9, "start": "10:00", "end": "14:00"}],
            },
        ),
        staff_member(
            "duarte",
            {
                "name": "Duarte Melo",
                "phone": "+351 91 555 0104",
                "description": "Teaches yoga and breathing; once a long-distance runner.",
                "workingHours": [
                    _shift(["MONDAY", "TUESDAY", "WEDNESDAY"], "08:00", "21:00", "estrela"),
                    _shift(["THURSDAY", "FRIDAY"], "13:00", "21:00", "chiado"),
                ],
            },
        ),
    ]


def _shift(days: list[str], start: str, end: str, place: str) -> Json:
    return {"days": days, "start": start, "end": end, "location": place}
