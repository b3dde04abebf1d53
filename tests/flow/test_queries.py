"""How many questions a page asks the database."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.steps import Customer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("path", "most"), [("/", 1), ("/services/haircut/", 2)])
def test_a_page_without_a_customer_needs_almost_none(
    maria: Customer, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    maria.look(path)
    with django_assert_max_num_queries(most):
        maria.look(path)


def test_the_details_form_needs_at_most_four(
    maria: Customer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = maria.hold()
    with django_assert_max_num_queries(4):
        maria.look(path)


def test_the_truth_page_needs_at_most_four(
    maria: Customer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = maria.book()
    with django_assert_max_num_queries(4):
        maria.look(path)


def test_the_other_times_for_one_that_is_lost_are_looked_up_once(
    maria: Customer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = maria.hold()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        maria.look(path)
        with django_assert_max_num_queries(5):
            assert maria.look(path).status == 410
