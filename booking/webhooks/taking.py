"""Taking what Wix tells: checked, written down once and answered; the worker does the rest."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.utils import timezone

from booking import wiring
from booking.actions.inbox import Inbox, NotStored, row
from booking.wix.errors import ForeignSite, NotFromWix, WixAnswerMalformed
from booking.wix.webhooks import LARGEST

log = logging.getLogger("booking.notices")

ADDRESS = "/webhooks/wix/"

inbox = Inbox()
"""One for each process: its threads write together."""


def take(length: int, read: Callable[[int], bytes]) -> HTTPStatus:
    """The answer to one notice, of ``length`` bytes that ``read`` gives.

    Only the signature decides whether it is Wix's; its age does not. Wix repeats for two days whatever
    is not answered with 200, so all that it has signed gets one: what is unknown, about another site,
    told before or not to be read. What the database does not take is to be told again.
    """
    reader = wiring.notices_of_wix(settings.WIX_PUBLIC_KEY, settings.WIX_APP_ID)
    if reader is None:
        return HTTPStatus.NOT_FOUND
    if length > LARGEST:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    try:
        told = reader.read(read(length), instance_id=settings.WIX_INSTANCE_ID)
        inbox.put(row(told, timezone.now()))
    except ForeignSite:
        return HTTPStatus.OK
    except NotFromWix:
        return HTTPStatus.BAD_REQUEST
    except WixAnswerMalformed as error:
        log.warning("a notice of Wix could not be read: %s", error)
    except NotStored:
        log.exception("a notice of Wix could not be stored")
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.OK


def length_of(told: str) -> int:
    """How long a body says it is; one that does not say so is not read at all."""
    return int(told) if told.isascii() and told.isdecimal() else 0
