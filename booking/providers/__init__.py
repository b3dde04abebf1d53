"""Who moves money: one small protocol, one file for each provider. No Django."""

from booking.providers.protocol import (
    ForgedNotice,
    Provider,
    ProviderError,
    ProviderRefused,
    ProviderRefusesUs,
    ProviderUnavailable,
)

__all__ = [
    "ForgedNotice",
    "Provider",
    "ProviderError",
    "ProviderRefused",
    "ProviderRefusesUs",
    "ProviderUnavailable",
]
