"""How the owner groups the services."""

from dataclasses import dataclass

from booking.domain.ids import CategoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """Two categories may have one name: tell them apart by id. Shown by ``order``, then name."""

    id: CategoryId
    name: str
    order: int = 0
