"""Categories V2: how the owner groups the services.

Source: Wix Bookings, Categories V2, "Query Categories"; Services V2, "Query Categories".
"""

import msgspec

from booking.domain.category import Category
from booking.domain.ids import CategoryId
from booking.wix.cursor_pages import pages
from booking.wix.service_filter import EVERY, ServiceFilter
from booking.wix.wire import Answer, Reader, Wire

PATH = "/bookings/v2/categories/query"
OF_SERVICES_PATH = "/bookings/v2/services/categories/query"


class _Category(msgspec.Struct, rename="camel"):
    id: str
    name: str | None = None
    sort_order: int | None = None

    def category(self) -> Category:
        return Category(id=CategoryId(self.id), name=self.name or "", order=self.sort_order or 0)


class _Answer(msgspec.Struct):
    categories: list[_Category] | None = None


_read = Reader(_Answer)


class Categories:
    """All categories, or those in which something is sold."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def query(self) -> tuple[Category, ...]:
        """Every category, empty ones too, in the owner's order. Raises: WixError.

        Asked by POST, as Wix's recipes do; its SDK asks by GET.
        """
        answers = pages(self._wire, PATH, check=_read)
        return _in_order([each for answer in answers for each in _categories(answer)])

    def query_of_services(self, where: ServiceFilter = EVERY) -> tuple[Category, ...]:
        """Categories of the services that fit, in the owner's order. Raises: WixError."""
        question = {"filter": {"services": where.body()}}
        return _in_order(
            _categories(self._wire.read(OF_SERVICES_PATH, question, check=_read)),
        )


def _categories(answer: Answer) -> list[Category]:
    return [each.category() for each in _read(answer).categories or ()]


def _in_order(categories: list[Category]) -> tuple[Category, ...]:
    return tuple(sorted(categories, key=lambda each: (each.order, each.name)))
