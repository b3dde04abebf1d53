"""What a customer does on our pages, one step a function; and what the worker does behind them."""

import re
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from django.core import mail
from django.test import Client
from django.utils import timezone

from booking import tasks
from booking.actions import settle
from booking.models import Site
from booking.post import hands_for

MARIA = {"first_name": "Maria", "email": "maria@example.com"}


class Answer:
    """A page as a test reads it."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers = response.headers
        self.text: str = response.content.decode()
        self.location: str = response.headers.get("Location", "")
        self.path: str = response.wsgi_request.path if hasattr(response, "wsgi_request") else ""

    @property
    def words(self) -> str:
        """The text that people see, white space folded."""
        return re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]*>", " ", self.text)).strip()

    def main(self, name: str) -> str:
        """A ``data-`` attribute of the main element, "" if it has none."""
        found = re.search(rf'<main[^>]*\bdata-{name}="([^"]*)"', self.text)
        return found[1] if found else ""

    @property
    def offers(self) -> list[str]:
        """The signed times behind the buttons of the open day and the earliest three, in order."""
        return self.buttons("slot")

    @property
    def ticks(self) -> list[str]:
        """The signed sessions behind the boxes that may be ticked, in order."""
        return self._fields.inputs.get("slot", [])

    @property
    def rows(self) -> list[str]:
        """The signed visits behind the buttons, in order."""
        return self.buttons("row")

    def buttons(self, name: str) -> list[str]:
        """The values of the buttons of this name, in order."""
        return self._fields.buttons.get(name, [])

    @property
    def kept_instead(self) -> list[str]:
        """What names the times that are kept already for whoever lost theirs, in order."""
        return [each for each in self.buttons("offer") if each]

    @property
    def forms(self) -> dict[str, str]:
        """Where the page's forms are sent to, by the last part of their addresses."""
        found = re.findall(r'<form[^>]*\baction="([^"]+)"', self.text)
        return {each.rstrip("/").rpartition("/")[2]: each for each in found}

    @property
    def again(self) -> str:
        """The token of the link to choosing anew, "" if there is none."""
        found = re.search(r'[?;]again=([^"&]*)', self.text)
        return unquote(found[1]) if found else ""

    def field(self, name: str) -> str:
        """The value of the first field of this name, "" if there is none."""
        return next(iter(self._fields.inputs.get(name, [])), "")

    @cached_property
    def _fields(self) -> "_Fields":
        return _Fields(self.text)


class _Fields(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.buttons: dict[str, list[str]] = {}
        self.inputs: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if (name := told.get("name")) and tag in ("button", "input"):
            where = self.buttons if tag == "button" else self.inputs
            where.setdefault(name, []).append(told.get("value") or "")


@dataclass(frozen=True)
class Customer:
    """Somebody with a browser and an address of their own."""

    client: Client
    slug: str = "haircut"

    def look(self, path: str = "", **query: str) -> Answer:
        """Open a page; the times of the service if no path is given."""
        return Answer(self.client.get(path or f"/services/{self.slug}/", query))

    def press(self, offer: str | list[str], **fields: str) -> Answer:
        """Press a time, or several sessions of a class."""
        return Answer(self.client.post(f"/services/{self.slug}/hold/", {"slot": offer, **fields}))

    def hold(self, number: int = 0, **fields: str) -> str:
        """Press the time with this number on the page; returns the booking's path."""
        answer = self.press(self.look().offers[number], **fields)
        assert answer.status == 303, answer.words
        return answer.location

    def send(self, path: str, page: Answer | None = None, **details: Any) -> Answer:
        """Fill in the details form that stands at ``path`` and send it."""
        page = page or self.look(path)
        hidden = {name: page.field(name) for name in ("press", "leads_to")}
        fields = {**MARIA, **hidden, **details}
        return Answer(self.client.post(f"{path.partition('?')[0]}details/", fields))

    def come_back(self, url: str) -> str:
        """From a provider's page, or Wix's, by the address they were given; returns the booking's path."""
        answer = self.look(url.removeprefix("http://testserver"))
        assert answer.status == 303, answer.words
        return answer.location.partition("?")[0]

    def take_instead(self, lost: Answer, number: int = 0) -> Answer:
        """Press one of the times that a lost booking's page keeps."""
        return Answer(self.client.post(lost.forms["other"], {"offer": lost.kept_instead[number]}))

    def book(self, number: int = 0, **details: Any) -> str:
        """The whole way; returns the path of the booking's page."""
        answer = self.send(self.hold(number), **details)
        assert answer.status == 303, answer.words
        return answer.location


@dataclass(frozen=True)
class Worker:
    """The worker's work, done here and now."""

    site: Site

    def run(self) -> list[mail.EmailMessage]:
        """Settle all that is due, until nothing is; returns the mails that went out meanwhile."""
        before = len(mail.outbox)
        patience = hands_for(self.site).patience
        while claims := settle.claim_due(timezone.now(), patience.lease, tasks.AT_ONCE):
            for attempt_id, lease_until in claims:
                settle.work_on(settle.claimed(attempt_id, lease_until), hands_for(self.site))
        return mail.outbox[before:]
