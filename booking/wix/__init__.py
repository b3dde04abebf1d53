"""The Wix service module: one transport, one file per Wix resource. No Django."""

from booking.wix.auth import ApiKey, AppCredentials, VisitorCredentials
from booking.wix.bookings import NewBooking
from booking.wix.cache import CachedTransport
from booking.wix.client import Wix
from booking.wix.limits import Limits
from booking.wix.new_booking import (
    AddOn,
    AnyNewBooking,
    NewCourseBooking,
    NewSessionBooking,
    NewTime,
)
from booking.wix.retry import RetryRule
from booking.wix.transport import Transport

__all__ = [
    "AddOn",
    "AnyNewBooking",
    "ApiKey",
    "AppCredentials",
    "CachedTransport",
    "Limits",
    "NewBooking",
    "NewCourseBooking",
    "NewSessionBooking",
    "NewTime",
    "RetryRule",
    "Transport",
    "VisitorCredentials",
    "Wix",
]
