"""The inbox: what Wix tells is written down once, before it is answered and long before it is applied.

Wix wants its answer within 1.25 seconds, and may tell hundreds of things in one. A commit costs the
same for one row as for thirty: whoever writes takes along all that is waiting by then.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db import Error

from booking.actions.site import DEFAULT
from booking.domain import notices as told
from booking.models import About, Notice, Site

LONGEST_ID, LONGEST_TYPE = 64, 100
LARGEST_REVISION = 2**63 - 1
ABOUT: dict[type[told.Notice], About] = {
    told.BookingNotice: About.BOOKING,
    told.OrderNotice: About.ORDER,
    told.ServiceNotice: About.SERVICE,
    told.CatalogueNotice: About.FACTS,
    told.BusinessNotice: About.FACTS,
    told.UnknownNotice: About.NOTHING,
}


class NotStored(Exception):
    """The database did not take it: whoever told it has to tell it again."""


@dataclass(slots=True)
class _Waiting:
    notice: Notice
    is_done: bool = False
    trouble: Exception | None = None


class Inbox:
    """Where the threads of one process put notices; one of them writes for all who wait.

    They are about the site of the environment: that one's notices alone are let in.
    """

    def __init__(self) -> None:
        self._waiting: list[_Waiting] = []
        self._list, self._turn = Lock(), Lock()

    def put(self, notice: Notice) -> None:
        """Store it, unless it was told before; returns when it is on the disk. Raises: NotStored."""
        mine = _Waiting(notice)
        with self._list:
            self._waiting.append(mine)
        with self._turn:
            if not mine.is_done:
                self._write()
        if mine.trouble is not None:
            raise NotStored from mine.trouble

    def _write(self) -> None:
        with self._list:
            batch, self._waiting = self._waiting, []
        trouble: Exception | None = NotStored()
        try:
            site = Site.objects.get(name=DEFAULT)
            for each in batch:
                each.notice.site = site
            Notice.objects.bulk_create([each.notice for each in batch], ignore_conflicts=True)
            trouble = None
        except (Error, Site.DoesNotExist) as error:
            trouble = error
        finally:  # whatever it was: nobody who waits may believe that theirs is stored
            for each in batch:
                each.is_done, each.trouble = True, trouble


def row(notice: told.Notice, now: datetime) -> Notice:
    """What is kept of a notice: that something happened, and to what. The inbox adds the site."""
    return Notice(
        event_id=_id(notice.id),
        event_type=_plain(notice.event_type)[:LONGEST_TYPE],
        about=_about(notice),
        entity_id=_entity(notice),
        revision=_revision(notice),
        happened=notice.happened_at,
        received=now,
        due=now,
    )


def _about(notice: told.Notice) -> About:
    if isinstance(notice, told.InstallNotice):
        return About.INSTALLED if notice.installed else About.REMOVED
    return ABOUT[type(notice)]


def _entity(notice: told.Notice) -> str:
    """The id of what it is about; "" if none is told that Wix could have given."""
    named = notice.entity_id
    if not named and isinstance(notice, told.BookingNotice) and notice.booking:
        named = notice.booking.id
    return named if len(named) <= LONGEST_ID and named == _plain(named) else ""


def _revision(notice: told.Notice) -> int | None:
    booking = notice.booking if isinstance(notice, told.BookingNotice) else None
    number = number_of(booking.revision) if booking else None
    return number if number is not None and number <= LARGEST_REVISION else None


def number_of(revision: str) -> int | None:
    """A revision as a number, which grows with every change; None if it is none."""
    is_number = revision.isascii() and revision.isdecimal() and len(revision) < LONGEST_ID
    return int(revision) if is_number else None


def _id(text: str) -> str:
    """As it is told; a digest of what would not fit."""
    if len(text) <= LONGEST_ID and text == _plain(text):
        return text
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(each for each in text if each.isascii() and each.isprintable())
