"""What Wix says a choice costs, before anybody books it."""

from dataclasses import dataclass

from booking.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPrice:
    """``each`` of so many ``people`` pays this."""

    people: int
    each: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePreview:
    """Base price only: no tax, no coupon, no fee, no add-on.

    ``total`` is None where the owner wrote ``words`` in place of a price. ``deposit`` is the part
    due when booking, None if there is none.
    """

    total: Money | None = None
    deposit: Money | None = None
    words: str = ""
    groups: tuple[GroupPrice, ...] = ()
