"""The four layers of a notice on the wire, below the signature.

A claim that is JSON in a string, in it the event as JSON in a string, in it the entity as an object
or again as JSON in a string.
Source: Wix, "Handle Events with Webhooks", "Domain Events".
"""

from datetime import UTC, datetime

import msgspec

from booking.wix.wire import Reader


class WireClaims(msgspec.Struct):
    """``aud`` and ``iss`` are not always there."""

    data: str
    iss: str | None = None
    aud: str | list[str] | None = None

    def is_for(self, app_id: str, issuer: str) -> bool:
        """False if the claims name another app or another sender."""
        audience = [self.aud] if isinstance(self.aud, str) else self.aud
        return (not audience or app_id in audience) and self.iss in (None, "", issuer)


class WireOuter(msgspec.Struct, rename="camel"):
    event_type: str | None = None
    instance_id: str | None = None
    data: str | None = None


class _Created(msgspec.Struct, rename="camel"):
    entity: msgspec.Raw = msgspec.Raw()
    entity_as_json: str | None = None


class _Updated(msgspec.Struct, rename="camel"):
    current_entity: msgspec.Raw = msgspec.Raw()
    current_entity_as_json: str | None = None


class _Action(msgspec.Struct, rename="camel"):
    body: msgspec.Raw = msgspec.Raw()
    body_as_json: str | None = None


class WireEvent(msgspec.Struct, rename="camel"):
    """A domain event; an app's own events (installed, removed) have none of these members."""

    id: str | None = None
    entity_fqdn: str | None = None
    slug: str | None = None
    entity_id: str | None = None
    event_time: str | None = None
    entity_event_sequence: str | int | None = None
    created_event: _Created | None = None
    updated_event: _Updated | None = None
    action_event: _Action | None = None

    @property
    def name(self) -> str:
        """The event type, put together of its parts."""
        return f"{self.entity_fqdn}_{self.slug}" if self.entity_fqdn and self.slug else ""

    @property
    def sequence(self) -> int | None:
        """None if there is none, or it is no number."""
        told = str(self.entity_event_sequence or "")[:20]
        return int(told) if told.isascii() and told.isdecimal() else None

    @property
    def happened_at(self) -> datetime | None:
        """UTC; None if it is no instant."""
        try:
            moment = datetime.fromisoformat(self.event_time or "")
            return moment.astimezone(UTC) if moment.tzinfo else None
        except (ValueError, OverflowError):
            return None

    def entity(self) -> bytes | None:
        """The JSON of the created or changed entity, whichever form it has."""
        if self.created_event:
            return _json(self.created_event.entity, self.created_event.entity_as_json)
        if self.updated_event:
            told = self.updated_event
            return _json(told.current_entity, told.current_entity_as_json)
        return None

    def body(self) -> bytes | None:
        """The JSON of what an action says."""
        return (
            _json(self.action_event.body, self.action_event.body_as_json)
            if (self.action_event)
            else None
        )


def _json(told: msgspec.Raw, as_text: str | None) -> bytes | None:
    return bytes(told) or (as_text.encode("utf-8", "replace") if as_text else None)


read_claims, read_outer, read_event = Reader(WireClaims), Reader(WireOuter), Reader(WireEvent)
