"""The customers' Django app."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Services, times, holds and bookings."""

    name = "booking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks that stop a start with a bad combination of settings."""
        from booking import checks  # noqa: F401, PLC0415  # registers on import, needs apps ready
