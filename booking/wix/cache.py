"""Answers of Wix, kept for all threads and processes, so that many visitors are one call."""

import hashlib
import math
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol

import msgspec

from booking.wix.auth import Auth
from booking.wix.background import Background
from booking.wix.calls import Measured
from booking.wix.errors import (
    NothingKept,
    WixAnswerMalformed,
    WixError,
    WixThrottled,
    WixUnreachable,
)
from booking.wix.flights import Flights
from booking.wix.freshness import FACTS, TIMES, Freshness, rules_for
from booking.wix.lanes import Lane
from booking.wix.transport import Transport
from booking.wix.wire import Answer, Body, Check, Wire, log
from booking.wix.wires import Kept, Live

LOCK_SECONDS = 15
"""How long others leave a question to whoever asks it; longer than all tries of a read take."""
REST_SECONDS = 3
"""How long after a failed refresh the older answer is given without trying again."""
FACTS_TOPIC = "facts"
"""What all facts are about that have no topic of their own: see ``Wix.forget_facts``."""
POLL_SECONDS, POLLS = 0.05, 60
"""How often, and how many times at most, to look for what another process is asking for."""

_shared_background = Background()


class Store(Protocol):
    """What is used of a cache shared by processes; Django's caches fit as they are.

    Timeouts are whole seconds.
    """

    def get(self, key: str) -> Any: ...
    def set(self, key: str, value: Any, timeout: int) -> object: ...
    def add(self, key: str, value: Any, timeout: int) -> bool: ...
    def delete(self, key: str) -> object: ...


@dataclass(frozen=True, slots=True)
class _Entry:
    """An answer, and when Wix was asked (seconds since 1970): it is at least so old."""

    asked: float
    answer: Answer


@dataclass(frozen=True, slots=True)
class _Question:
    """One read. Answers asked for up to ``forgotten`` are out of date, however fresh."""

    key: str
    rules: Freshness
    forgotten: float
    ask: Callable[[], Answer]

    def is_answered(self, entry: _Entry | None, now: float, within: float) -> bool:
        """True if ``entry`` may be given without asking."""
        return entry is not None and entry.asked > self.forgotten and now - entry.asked <= within


class CachedTransport:
    """A transport before which answers are kept.

    Bytes are kept, not objects: decoding them again costs less than unpickling. ``prefix`` names
    the site. ``clock`` gives seconds since 1970, the same in all processes.
    """

    def __init__(
        self,
        transport: Transport,
        store: Store,
        prefix: str,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        background: Background | None = None,
    ) -> None:
        self._transport = transport
        self._store = store
        self._prefix = prefix
        self._clock = clock
        self._sleep = sleep
        self._flights = Flights(patience=LOCK_SECONDS)
        self.background = background or _shared_background

    @property
    def live(self) -> Wire:
        """The same without keeping anything; what is forgotten there is forgotten here."""
        return Live(self._transport, self.forget)

    @property
    def kept(self) -> Wire:
        """Answers only what is kept, and asks nobody."""
        return Kept(self.look_up)

    def signed_by(self, auth: Auth) -> Transport:
        """See ``Transport.signed_by``. What somebody else is told is kept for nobody."""
        return self._transport.signed_by(auth)

    def media(self, media_id: str, limit_bytes: int) -> tuple[bytes, str]:
        """A picture; see ``Transport.media``. Not kept."""
        return self._transport.media(media_id, limit_bytes)

    def measure(self) -> Measured:
        """See ``Transport.measure``."""
        return self._transport.measure()

    def write(self, path: str, body: Body, *, method: str = "POST") -> Answer:
        """Change something at Wix; see ``Transport.write``."""
        return self._transport.write(path, body, method=method)

    def forget(self, topic: str) -> None:
        """Answers about ``topic`` asked for until now are given only if Wix cannot be asked."""
        self._store.set(self._key("forgotten", topic), self._clock(), math.ceil(TIMES.kept))

    def read(
        self,
        path: str,
        body: Body | None = None,
        *,
        method: str = "POST",
        lane: Lane = Lane.BROWSE,
        topic: str = "",
        check: Check | None = None,
    ) -> Answer:
        """An answer no older than the table of freshness allows. Raises: WixError."""
        ask = partial(self._transport.read, path, body, method=method, lane=lane, check=check)
        rules = rules_for(path, lane)
        if rules is None:
            return ask()
        key = self._question_key(method, path, body)
        return self._answer(_Question(key, rules, self._forgotten(topic, rules), ask))

    def look_up(
        self, path: str, body: Body | None, *, method: str, lane: Lane, topic: str
    ) -> Answer:
        """What is kept of an answer, if it is good enough to be mentioned in passing.

        Raises: NothingKept.
        """
        rules = rules_for(path, lane)
        entry = self._entry(self._question_key(method, path, body)) if rules else None
        if entry is None or rules is None or self._clock() - entry.asked > rules.in_passing:
            raise NothingKept
        if entry.asked <= self._forgotten(topic, rules):
            raise NothingKept
        return entry.answer

    def _answer(self, question: _Question) -> Answer:
        entry, now = self._entry(question.key), self._clock()
        if entry and question.is_answered(entry, now, question.rules.fresh):
            return entry.answer
        if entry and question.is_answered(entry, now, question.rules.stale):
            self._refresh(question)
            return entry.answer
        try:
            return self._join(question)
        except (WixUnreachable, WixThrottled, WixAnswerMalformed) as error:
            if entry is None or now - entry.asked > question.rules.kept:
                raise
            log.warning("an answer %d s old is given: %s", now - entry.asked, error)
            return entry.answer

    def _refresh(self, question: _Question) -> None:
        """Ask again in the background, unless somebody has begun to."""
        mark = f"{question.key}:refresh"
        if not self._store.add(mark, 1, LOCK_SECONDS):
            return

        def ask_again() -> None:
            try:
                self._join(question)
            except WixError:
                self._store.set(mark, 1, REST_SECONDS)
                raise
            self._store.delete(mark)

        if not self.background.submit(ask_again):
            self._store.delete(mark)

    def _join(self, question: _Question) -> Answer:
        key = f"{question.key}:{question.forgotten}"
        return self._flights.join(key, lambda: self._ask_alone(question))

    def _ask_alone(self, question: _Question) -> Answer:
        """Ask, unless another process does: then wait a while for what it stores."""
        mark = f"{question.key}:asking"
        mine = self._claim(mark)
        if not mine:
            self._wait_for(question, mark)
        try:
            # Looked at once more: it may have come since the caller looked.
            entry = self._entry(question.key)
            if entry and question.is_answered(entry, self._clock(), question.rules.fresh):
                return entry.answer
            return self._fetch(question)
        finally:
            if mine:
                self._store.delete(mark)

    def _claim(self, mark: str) -> bool:
        """True if this process is the one to ask. Read back, as a file cache's add is two steps."""
        me = uuid.uuid4().hex
        return bool(self._store.add(mark, me, LOCK_SECONDS)) and self._store.get(mark) == me

    def _wait_for(self, question: _Question, mark: str) -> None:
        """Return when the other process has stored its answer, given up, or taken too long."""
        for _ in range(POLLS):
            self._sleep(POLL_SECONDS)
            entry = self._entry(question.key)
            if question.is_answered(entry, self._clock(), question.rules.fresh):
                return
            if self._store.get(mark) is None:
                return

    def _fetch(self, question: _Question) -> Answer:
        asked = self._clock()
        answer = question.ask()
        value = (asked, answer.received_at.timestamp(), answer.body)
        self._store.set(question.key, value, math.ceil(question.rules.kept))
        return answer

    def _entry(self, key: str) -> _Entry | None:
        match self._store.get(key):
            case (float(asked), float(received), bytes(body)):
                return _Entry(asked, Answer(body, datetime.fromtimestamp(received, UTC)))
        return None

    def _forgotten(self, topic: str, rules: Freshness) -> float:
        filed = topic or (FACTS_TOPIC if rules is FACTS else "")
        match filed and self._store.get(self._key("forgotten", filed)):
            case float(moment):
                return moment
        return 0.0

    def _question_key(self, method: str, path: str, body: Body | None) -> str:
        told = msgspec.json.encode(body, order="deterministic").decode()
        return self._key(method, path, told)

    def _key(self, *parts: str) -> str:
        """A key without anything readable in it; the number changes when what is kept does."""
        named = "\n".join((self._prefix, *parts))
        return f"wix1:{hashlib.sha256(named.encode()).hexdigest()}"
