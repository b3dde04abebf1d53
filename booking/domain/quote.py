"""What a choice costs, line by line."""

from dataclasses import dataclass
from decimal import Decimal

from booking.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """One line of a bill: ``times`` so many at ``each``. ``what`` is "" for the service itself."""

    what: str
    times: int
    each: Money

    @property
    def total(self) -> Money:
        return Money(self.each.amount * self.times, self.each.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a choice costs. ``total`` is None where the owner's ``words`` stand in place of a price,
    or where it is not known yet: the price of one of several people, before one is named.
    ``deposit`` is the part that is due when booking, None if none is asked for.
    """

    lines: tuple[PriceLine, ...] = ()
    words: str = ""
    is_open: bool = False
    deposit: Money | None = None

    @property
    def total(self) -> Money | None:
        if self.words or self.is_open or not self.lines:
            return None
        amount = sum((line.total.amount for line in self.lines), Decimal(0))
        return Money(amount, self.lines[0].each.currency)

    @property
    def is_nothing(self) -> bool:
        """True if it is known that nothing has to be paid."""
        if self.words or self.is_open:
            return False
        return all(line.total.amount == 0 for line in self.lines)
