"""Morning pilates, and what its owner may change about it."""

from tests.in_process import Json, Sandbox

CLASS = "morning-pilates"
"""Tuesdays and Thursdays at 8:00, eight places; one is left in the first. Two at most may come."""
FAMILY = "family-yoga"
"""12 for an adult, 6 for a child, up to six people."""


def sessions(sandbox: Sandbox) -> list[Json]:
    return sandbox.slots(CLASS, "2027-03-01", "2027-04-26")


def change(sandbox: Sandbox, *changes: Json) -> None:
    """Change the first sessions, one after another."""
    ids = [each["eventInfo"]["eventId"] for each in sessions(sandbox)]
    sandbox.seed(sessionChanges=dict(zip(ids, changes, strict=False)))


def teach(sandbox: Sandbox, *rules: tuple[str, str, str]) -> None:
    """Let the class have other sessions: weekday, time and who teaches."""
    weekly = [{"day": day, "time": at, "minutes": 50, "staff": who} for day, at, who in rules]
    sandbox.seed(services=[{"slug": CLASS, "sessions": weekly}])


def rule(sandbox: Sandbox, **policy: Json) -> None:
    sandbox.seed(services=[{"slug": CLASS, "bookingPolicy": policy}])
