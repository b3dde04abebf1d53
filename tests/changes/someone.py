"""A customer who books for a certain day, and changes their mind."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from uuid import uuid4

from booking.actions import choices
from booking.models import Booking
from tests.steps import Answer, Customer

NEXT_WEEK = "2027-03-09"


@dataclass(frozen=True)
class Someone:
    """Books on ``day``; everything they do afterwards starts at their booking's own page."""

    customer: Customer
    day: str

    def at(self, slug: str) -> "Someone":
        """The same customer at another service."""
        return replace(self, customer=Customer(self.customer.client, slug))

    def look(self, path: str) -> Answer:
        return self.customer.look(path)

    def offers(self) -> list[str]:
        """The signed times of the day, the latest first: the earliest of all are on every page."""
        return self.customer.look(date=self.day).offers[::-1]

    def book(self, number: int = 0) -> str:
        """The path of the booking's page."""
        kept = self.customer.press(self.offers()[number])
        assert kept.status == 303, kept.words
        answer = self.customer.send(kept.location)
        assert answer.status == 303, answer.words
        return answer.location

    def take_all(self, starts: datetime) -> set[str]:
        """Press what is offered at a moment until nobody is left; who was to be had, by staff id."""
        before = set(Booking.objects.values_list("pk", flat=True))
        for offer in self.customer.look(date=f"{starts:%Y-%m-%d}").offers:
            if choices.read(offer).starts == starts:
                self._take_all_of(offer)
        return {each.line.staff_id for each in Booking.objects.exclude(pk__in=before)}

    def _take_all_of(self, offer: str) -> None:
        answers = (self.customer.press(offer, press=str(uuid4())) for _ in count())
        last = next(each for each in answers if each.status != 303)
        assert last.main("page") == "slot_taken", last.words

    def visit(self) -> str:
        """Book a haircut and a beard trim in one visit; the path of its page."""
        asked = {"service": ["haircut", "beard-trim"], "date": self.day}
        client = self.customer.client
        place = Answer(client.get("/together/", asked)).field("location")
        page = Answer(client.get("/together/", {**asked, "location": place}))
        kept = Answer(client.post("/together/hold/", {"row": page.rows[0]}))
        return self.customer.send(kept.location).location

    def press(self, path: str, part: str, **fields: str) -> Answer:
        """Send the form of a ``part`` of the booking: "cancel" or "move"."""
        return Answer(self.customer.client.post(f"{path.partition('?')[0]}{part}/", fields))

    def times_to_move_to(self, path: str, day: str = "") -> Answer:
        """The page of times that "Choose another time" leads to."""
        leading = self.look(f"{path.partition('?')[0]}move/")
        assert leading.status == 302, leading.words
        return self.look(f"{leading.location}&date={day or self.day}")

    def keep_another(self, path: str, number: int = 0, day: str = "") -> Answer:
        """Press another time for the booking; the answer leads back to it."""
        times = self.times_to_move_to(path, day)
        return self.customer.press(times.offers[::-1][number], again=times.field("again"))

    def move(self, path: str, number: int = 0, day: str = "") -> Answer:
        """The whole way to another time; the answer to the last press."""
        kept = self.keep_another(path, number, day)
        assert kept.status == 303, kept.words
        return self.press(path, "move")
