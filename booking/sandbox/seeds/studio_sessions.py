"""What Estúdio Calma teaches: classes every week, courses with a first and a last day."""

from __future__ import annotations

from booking.sandbox.seeds.build import fixed_price, other_rate
from booking.sandbox.seeds.parts import (
    EITHER,
    IN_PERSON,
    ONLINE,
    by_plan,
    media,
    party,
    policy,
    varied,
)
from booking.sandbox.wire import Json, guid


def _weekly(*times: tuple[str, str], minutes: int, staff: str) -> list[Json]:
    return [{"day": day, "time": time, "minutes": minutes, "staff": staff} for day, time in times]


def _plan(day: str, time: str, minutes: int, *, staff: str, weeks: int, in_weeks: int) -> Json:
    meeting = {"day": day, "time": time, "minutes": minutes, "staff": staff}
    return {**meeting, "count": weeks, "inWeeks": in_weeks}


def _outdoors(name: str, text: str) -> Json:
    """A place of the business that is none of its locations."""
    address = {"addressLine": text, "city": "Lisboa", "country": "PT", "formattedAddress": text}
    place_id = guid("custom-location", name)
    return {
        "id": place_id,
        "type": "CUSTOM",
        "custom": {"id": place_id, "address": address},
        "calculatedAddress": address,
    }


CLASSES: list[Json] = [
    {
        "slug": "vinyasa-yoga",
        "type": "CLASS",
        "name": "Vinyasa yoga",
        "category": "Classes",
        "tagLine": "Breath, movement, a long rest",
        "description": "A flowing hour for people who have done some yoga before.",
        "media": media("vinyasa-yoga", "Rolled mats"),
        "payment": by_plan(fixed_price("14", **EITHER), "ten-classes", "open-month"),
        "locations": ["estrela"],
        "defaultCapacity": 12,
        "sessions": _weekly(
            ("MONDAY", "18:30"), ("WEDNESDAY", "18:30"), minutes=60, staff="duarte"
        ),
        "bookingPolicy": policy(participantsPolicy=party(3)),
    },
    {
        "slug": "morning-pilates",
        "type": "CLASS",
        "name": "Morning pilates",
        "category": "Classes",
        "tagLine": "Before work, with coffee afterwards",
        "description": "Small group, all levels. The coffee is on us.",
        "media": media("morning-pilates", "Sun on a wooden floor"),
        "payment": fixed_price("16", **IN_PERSON),
        "locations": ["estrela"],
        "defaultCapacity": 8,
        "sessions": _weekly(
            ("TUESDAY", "08:00"), ("THURSDAY", "08:00"), minutes=50, staff="duarte"
        ),
        "bookingPolicy": policy(participantsPolicy=party(2)),
    },
    {
        "slug": "park-yoga",
        "type": "CLASS",
        "name": "Yoga in the park",
        "category": "Classes",
        "tagLine": "Saturdays under the trees, free",
        "description": "Bring a towel. We meet at the bandstand, whatever the weather.",
        "media": media("park-yoga", "Trees and a bandstand"),
        "payment": other_rate("NO_FEE"),
        "locations": [_outdoors("park", "Jardim da Estrela, bandstand, Lisboa")],
        "defaultCapacity": 20,
        "sessions": _weekly(("SATURDAY", "10:00"), minutes=75, staff="duarte"),
        "bookingPolicy": policy(participantsPolicy=party(4)),
    },
    {
        "slug": "sound-bath",
        "type": "CLASS",
        "name": "Sound bath",
        "category": "Classes",
        "tagLine": "Bowls, gongs and blankets",
        "description": "Lie down and listen. Paid online when you book.",
        "media": media("sound-bath", "Brass bowls"),
        "payment": fixed_price("22", **ONLINE),
        "locations": ["chiado"],
        "defaultCapacity": 10,
        "sessions": _weekly(("FRIDAY", "19:30"), minutes=75, staff="duarte"),
        "bookingPolicy": policy(
            "No refunds on the day itself.",
            waitlistPolicy={"enabled": True},
            participantsPolicy=party(2),
        ),
    },
    {
        "slug": "family-yoga",
        "type": "CLASS",
        "name": "Family yoga",
        "category": "Classes",
        "tagLine": "Sundays, for big and small",
        "description": "Lions, trees and a story. Children come with an adult.",
        "media": media("family-yoga", "Small mats beside big ones"),
        "payment": varied("6", "12"),
        "locations": ["estrela"],
        "defaultCapacity": 14,
        "sessions": _weekly(("SUNDAY", "10:30"), minutes=45, staff="duarte"),
        "bookingPolicy": policy(participantsPolicy=party(6)),
    },
]

COURSES: list[Json] = [
    {
        "slug": "yoga-for-beginners",
        "type": "COURSE",
        "name": "Yoga for beginners",
        "category": "Courses",
        "tagLine": "Six Tuesdays from the very start",
        "description": "Every position explained, nothing expected. The price is for all six.",
        "media": media("yoga-for-beginners", "A block and a belt"),
        "payment": fixed_price("120", **IN_PERSON),
        "locations": ["estrela"],
        "defaultCapacity": 10,
        "meetings": _plan("TUESDAY", "19:00", 75, staff="duarte", weeks=6, in_weeks=2),
        "bookingPolicy": policy(participantsPolicy=party(2)),
    },
    {
        "slug": "massage-for-couples",
        "type": "COURSE",
        "name": "Massage for couples",
        "category": "Courses",
        "tagLine": "Four evenings for two",
        "description": "Learn from Clara how to be kind to each other's shoulders.",
        "media": media("massage-for-couples", "Two towels"),
        "payment": fixed_price("180", **EITHER),
        "locations": ["chiado"],
        "defaultCapacity": 12,
        # Four single events: the calendar has no master that would tell what is left.
        "meetings": _plan("THURSDAY", "19:30", 90, staff="clara", weeks=4, in_weeks=3)
        | {"oneOff": True},
        "bookingPolicy": policy(participantsPolicy=party(2)),
    },
]
