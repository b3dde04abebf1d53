"""Our app on a Wix site: what the owner has allowed, and who a token speaks for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Subject(StrEnum):
    """Whom a token speaks for. ``UNKNOWN`` stands for members Wix may add; trust nothing on it."""

    USER = "USER"
    VISITOR = "VISITOR"
    MEMBER = "MEMBER"
    APP = "APP"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenInfo:
    """What Wix says about a living token. Texts are "" where Wix gives none.

    ``client_id`` is the app the token was made for; ``ends`` is UTC.
    """

    subject: Subject
    subject_id: str = ""
    client_id: str = ""
    site_id: str = ""
    instance_id: str = ""
    plan: str = ""
    ends: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Our app on one site. ``permissions`` are Wix's scope ids; ``site_url`` is "" until published.

    ``installed_apps`` are Wix's own names of the Wix apps on the site.
    """

    instance_id: str
    app_name: str = ""
    permissions: frozenset[str] = frozenset()
    is_free: bool = True
    site_id: str = ""
    site_name: str = ""
    site_url: str = ""
    installed_apps: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """Who shows a page of ours inside Wix, or has just installed our app: verified, not guessed.

    ``is_owner`` is True for the site's owner and collaborators; such a value may open the console.
    """

    instance_id: str
    app_id: str
    user_id: str = ""
    is_owner: bool = False
    plan: str = ""
    ends: datetime | None = None
