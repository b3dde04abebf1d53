"""Categories come in the owner's order; those nothing is sold in only when all are asked for."""

from booking.domain.service import Kind
from booking.wix import Wix
from booking.wix.service_filter import ServiceFilter
from tests.in_process import Sandbox


def test_all_categories_come_in_the_owners_order(wix: Wix) -> None:
    names = [category.name for category in wix.categories.query()]
    assert names == [*sorted(names[:-1]), "Retreats"]


def test_a_category_without_services_is_none_of_the_services(wix: Wix) -> None:
    everywhere = {category.name for category in wix.categories.query()}
    sold = {category.name for category in wix.categories.query_of_services()}
    assert everywhere - sold == {"Retreats"}


def test_categories_of_some_services_are_theirs(wix: Wix) -> None:
    found = wix.categories.query_of_services(ServiceFilter(kinds=[Kind.COURSE]))
    assert [category.name for category in found] == ["Courses"]


def test_two_categories_of_one_name_stay_two(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(categories=[{"slug": "hair-too", "name": "Hair"}])
    hair = [category for category in wix.categories.query() if category.name == "Hair"]
    assert len({category.id for category in hair}) == 2


def test_more_than_a_page_of_categories_comes_whole(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(categories=[{"slug": f"c-{number}"} for number in range(130)])
    assert len(wix.categories.query()) > 130
    assert len(sandbox.calls("/categories/query")) == 2
