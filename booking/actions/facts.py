"""What is known about a business and all that it offers."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from booking.actions.side_by_side import ask_both
from booking.domain.business import Business
from booking.domain.errors import UnknownService
from booking.domain.service import Service
from booking.domain.ways import Offered
from booking.wix import Wix


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the business and all its services, hidden ones too."""

    business: Business
    services: tuple[Service, ...]
    offered: Offered = field(default_factory=Offered)

    def here(self, service: Service) -> Service:
        """``service`` as it can be paid on this site; for one that was read anew."""
        return self.offered.here(service)

    @property
    def zone(self) -> ZoneInfo:
        """The business's zone."""
        return ZoneInfo(self.business.zone)

    def service(self, slug: str) -> Service:
        """The service at this address, also by an older one.

        Raises: UnknownService, for hidden services too.
        """
        shown = [each for each in self.services if not each.hidden]
        for each in shown:
            if each.slug == slug:
                return each
        for each in shown:
            if slug in each.older_slugs:
                return each
        raise UnknownService(slug)

    def besides(self, service: Service) -> tuple[Service, ...]:
        """Others that can be booked here, those of the same category first."""
        others = (each for each in self.services if each.id != service.id and not each.obstacle)
        here = service.category_id
        return tuple(sorted(others, key=lambda each: (each.category_id != here, each.order)))


def know(wix: Wix, offered: Offered) -> Facts:
    """The facts every page needs: two cached questions, side by side."""
    services, business = ask_both(wix.services.query, wix.site_properties.get)
    return Facts(business, tuple(offered.here(each) for each in services), offered)
