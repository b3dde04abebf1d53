"""A booking's key: the customer's only credential, and the tokens that stand in for it.

The key is derived, not stored: from the booking's uuid, its turn and the installation's secret. The
table keeps a hash to find it by. So a mail can carry the address, and a stolen table opens nothing.
"""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from booking.domain.errors import UnknownBooking
from booking.models import Booking, Site

KEY_BYTES = 16
AGAIN_GOOD_FOR = RETURN_GOOD_FOR = timedelta(hours=24)
READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def digest(key: str) -> str:
    """What the table keeps of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def first_key(booking: Booking) -> str:
    """The key of a new booking (or of one whose details just came in), by today's secret."""
    return _derive(booking, settings.SECRET_KEY)


def key_of(booking: Booking) -> str:
    """The key that opens ``booking`` now, also if the secret was changed since (the fallbacks help).

    Raises: UnknownBooking if the secret it was made with is no longer known.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = _derive(booking, secret)
        if constant_time_compare(digest(key), booking.key_hash):
            return key
    raise UnknownBooking(booking.reference)


def find(site: Site, key: str) -> Booking:
    """The booking that ``key`` opens. Raises: UnknownBooking."""
    try:
        return (
            Booking.objects.select_related("site")
            .prefetch_related("holds")
            .get(site=site, key_hash=digest(key))
        )
    except Booking.DoesNotExist as error:
        raise UnknownBooking from error


def find_by_hold_key(site: Site, key: str) -> Booking | None:
    """The booking that ``key`` opened until its details came in; None if there is none."""
    return Booking.objects.filter(site=site, hold_key_hash=digest(key)).first()


def again_token(booking: Booking) -> str:
    """Lets its bearer choose another time with what was typed for ``booking``; nothing else."""
    return signing.dumps(str(booking.uuid), salt="booking.again")


def move_token(booking: Booking) -> str:
    """Lets its bearer keep another time for ``booking``; moving it there takes its key."""
    return signing.dumps(str(booking.uuid), salt="booking.move")


def find_again(site: Site, token: str) -> Booking | None:
    """The booking behind an "again" token; None if forged, over, or of another site."""
    return _found_by(site, token, "booking.again")


def find_moving(site: Site, token: str) -> Booking | None:
    """The booking behind a "move" token; None if forged, over, or of another site."""
    return _found_by(site, token, "booking.move")


def _found_by(site: Site, token: str, salt: str) -> Booking | None:
    try:
        uuid = signing.loads(token, salt=salt, max_age=AGAIN_GOOD_FOR)
    except signing.BadSignature:
        return None
    return (
        Booking.objects.select_related("site")
        .prefetch_related("holds")
        .filter(site=site, uuid=uuid)
        .first()
    )


def return_token(booking: Booking, until: datetime) -> str:
    """Leads its bearer back to the page of ``booking`` until then; others are shown this, never the key.

    The same for the same moment, to the second: a provider that is asked twice is asked the same.
    """
    return signing.Signer(salt="booking.way_back").sign_object(
        [str(booking.uuid), int(until.timestamp())]
    )


def find_returned(site: Site, token: str, now: datetime) -> Booking:
    """The booking behind a return token. Raises: UnknownBooking if forged, over, or of another site."""
    try:
        uuid, until = signing.Signer(salt="booking.way_back").unsign_object(token)
    except signing.BadSignature as error:
        raise UnknownBooking from error
    booking = Booking.objects.filter(site=site, uuid=uuid).first()
    if booking is None or until < now.timestamp():
        raise UnknownBooking
    return booking


def new_reference() -> str:
    """A public reference that people can read to each other; it opens nothing."""
    return "".join(secrets.choice(READABLE) for _ in range(8))


def keyed_digest(purpose: str, value: str) -> str:
    """A digest of personal data (an address) that only this installation can make."""
    return salted_hmac(f"booking.{purpose}", value, algorithm="sha256").hexdigest()


def _derive(booking: Booking, secret: str) -> str:
    made = salted_hmac(
        "booking.key", f"{booking.uuid}:{booking.turn}", secret=secret, algorithm="sha256"
    )
    return base64.urlsafe_b64encode(made.digest()[:KEY_BYTES]).rstrip(b"=").decode()
