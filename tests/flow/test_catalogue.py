"""The service list can be narrowed by links and a plain form, and says what it was narrowed to."""

import re

import pytest

from tests.in_process import Json, Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db

CLASSES = {"Vinyasa yoga", "Morning pilates", "Yoga in the park", "Sound bath", "Family yoga"}


def names(page: Answer) -> list[str]:
    """The services on the list, in order, as their markup has them."""
    return re.findall(r"<h3>.*?<bdi>(.*?)</bdi>", page.text)


def groups(page: Answer) -> list[str]:
    return [re.sub("<.*?>", "", each) for each in re.findall(r"<h2 id=\"group-.*?</h2>", page.text)]


def services(count: int, **facts: object) -> list[Json]:
    return [{"slug": f"s{at}", "name": f"Service {at}", **facts} for at in range(count)]


def options(page: Answer, name: str) -> dict[str, str]:
    """What a select offers: values by their words, less the first that means all."""
    [inside] = re.findall(rf'<select id="{name}".*?</select>', page.text, re.DOTALL)
    return {words: value for value, words in re.findall(r'value="([^"]+)".*?>([^<]*)<', inside)}


@pytest.mark.parametrize(("count", "shown"), [(7, 0), (8, 1)])
def test_filters_are_there_from_eight_services_up(
    maria: Customer, sandbox: Sandbox, count: int, shown: int
) -> None:
    sandbox.reset("empty")
    sandbox.seed(services=services(count))
    page = maria.look("/")
    assert page.text.count('role="search"') == shown
    assert len(names(page)) == count


def test_the_count_of_all_is_said(maria: Customer) -> None:
    assert "20 services" in maria.look("/").words


def test_a_category_goes_by_its_readable_name_and_by_its_id(
    maria: Customer, sandbox: Sandbox
) -> None:
    id_ = sandbox.service("haircut")["category"]["id"]
    by_name, by_id = maria.look("/", category="hair"), maria.look("/", category=id_)
    assert "Haircut" in names(by_name)
    assert names(by_name) == names(by_id)
    assert groups(by_name) == ["Hair"]
    assert f"{len(names(by_name))} of 20 services" in by_name.words


def test_two_categories_of_one_name_are_told_apart_by_id(maria: Customer, sandbox: Sandbox) -> None:
    old = sandbox.service("haircut")["category"]
    twin = {**old, "id": "0b1e6d5c-0000-4000-8000-000000000000"}
    sandbox.seed(services=[{"slug": "beard-trim", "category": twin}])
    page = maria.look("/")
    assert groups(page).count("Hair") == 2
    assert set(options(page, "category").values()) >= {old["id"], twin["id"]}
    assert names(maria.look("/", category=twin["id"])) == ["Beard trim"]
    assert "Beard trim" not in names(maria.look("/", category=old["id"]))


def test_services_without_a_category_come_last(maria: Customer, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "haircut", "category": None}])
    page = maria.look("/")
    assert groups(page)[-1] == "More services"
    assert names(page)[-1] == "Haircut"


def test_a_kind_narrows_the_list(maria: Customer) -> None:
    assert set(names(maria.look("/", kind="class"))) == CLASSES


def test_a_place_narrows_the_list(maria: Customer, sandbox: Sandbox) -> None:
    found = names(maria.look("/", place="chiado"))
    assert "Haircut" in found
    assert "Vinyasa yoga" not in found
    [place] = [
        each["business"]["id"]
        for each in sandbox.service("haircut")["locations"]
        if each["business"]["name"] == "Chiado"
    ]
    assert names(maria.look("/", place=place)) == found


@pytest.mark.parametrize(
    "words", ["coloracao", "COLORAÇÃO", "subtil quotidiano", "madeixas coloracao", "Hair madeixas"]
)
def test_words_are_found_in_name_line_text_and_category_whatever_their_accents(
    maria: Customer, sandbox: Sandbox, words: str
) -> None:
    texts = {"tagLine": "Subtil, quotidiano", "description": "Com madeixas à escolha."}
    sandbox.seed(services=[{"slug": "dye", "name": "Coloração", "category": "Hair", **texts}])
    assert names(maria.look("/", q=words)) == ["Coloração"]


@pytest.mark.parametrize("name", ["תספורת גברים", "カット", "Стрижка", "قص شعر", "เล็บมือ"])
def test_words_are_found_in_any_script(maria: Customer, sandbox: Sandbox, name: str) -> None:
    sandbox.seed(services=[{"slug": "other", "name": name}])
    assert names(maria.look("/", q=name.rsplit(maxsplit=1)[-1])) == [name]


def test_all_that_is_asked_for_must_fit(maria: Customer) -> None:
    page = maria.look("/", kind="class", place="estrela", q="yoga")
    assert set(names(page)) == {"Vinyasa yoga", "Family yoga"}
    assert "2 of 20 services" in page.words


def test_the_form_shows_what_is_in_force_and_what_else_would_leave(maria: Customer) -> None:
    page = maria.look("/", kind="class", q="yoga")
    assert page.field("q") == "yoga"
    assert '<option value="class" selected>' in page.text
    assert options(page, "kind")["Course (1)"] == "course"
    assert options(page, "place")["Estrela (2)"] == "estrela"


def test_nothing_found_says_so_and_offers_all_services(maria: Customer) -> None:
    page = maria.look("/", q="helicopter", lang="en")
    assert names(page) == []
    assert "No service fits all of that." in page.words
    assert '<a href="?lang=en">Show all services</a>' in page.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"category": "submarines"}, "We do not know the category in that link"),
        ({"kind": "duel"}, "We do not know the kind of service in that link"),
        ({"place": "atlantis"}, "We do not know the place in that link"),
        ({"tz": "Mars/Base"}, "We do not know that time zone."),
        ({"kind": "duel", "place": "***"}, "We do not know some parts of that link"),
    ],
)
def test_what_nothing_is_known_by_is_passed_over_and_said(
    maria: Customer, query: dict[str, str], said: str
) -> None:
    page = maria.look("/", **query)
    assert said in page.words
    assert len(names(page)) == 20


def test_the_rest_of_a_link_with_an_unknown_part_is_followed(maria: Customer) -> None:
    assert set(names(maria.look("/", kind="class", place="atlantis"))) == CLASSES


def test_a_language_is_chosen_without_losing_what_was_asked_for(maria: Customer) -> None:
    page = maria.look("/", category="hair", q="cut")
    assert 'href="?category=hair&amp;q=cut&amp;lang=de"' in page.text


def test_what_is_hidden_is_not_found(maria: Customer) -> None:
    assert "Team haircut" not in names(maria.look("/", q="haircut"))


def test_markup_in_texts_is_text(maria: Customer, sandbox: Sandbox) -> None:
    text = "<b>x</b></script><script>alert(1)</script>"
    sandbox.seed(services=[{"slug": "odd", "name": text, "tagLine": text, "category": text}])
    page = maria.look("/")
    assert "<b>x" not in page.text
    assert "<script>" not in page.text
    assert page.text.count("&lt;b&gt;x&lt;/b&gt;") >= 3


def test_a_service_of_which_little_is_known_has_a_card_all_the_same(
    maria: Customer, sandbox: Sandbox
) -> None:
    unknown: Json = {
        "tagLine": None,
        "description": None,
        "media": None,
        "locations": [],
        "category": None,
    }
    price = {"rateType": "VARIED", "varied": None, "options": {"inPerson": True}}
    sandbox.reset("empty")
    sandbox.seed(services=[{"slug": "bare", "name": "Bare", "payment": price, **unknown}])
    page = maria.look("/")
    assert names(page) == ["Bare"]
    assert "Price varies" in page.words
    assert "None" not in page.text


def test_without_a_line_of_its_own_a_card_has_the_first_of_the_text(
    maria: Customer, sandbox: Sandbox
) -> None:
    sandbox.seed(services=[{"slug": "haircut", "tagLine": "", "description": "One.\nTwo."}])
    card = maria.look("/", q="haircut").text
    assert ">One.<" in card
    assert "Two." not in re.sub(r"<head>.*</head>", "", card, flags=re.DOTALL)


def test_several_lengths_are_told_from_the_shortest_to_the_longest(
    maria: Customer, sandbox: Sandbox
) -> None:
    schedule = {"availabilityConstraints": {"sessionDurations": [90, 45, 60]}}
    sandbox.seed(services=[{"slug": "haircut", "schedule": schedule}])
    assert "45 min–1 h 30 min" in maria.look("/", q="haircut").words


def test_five_hundred_services_are_one_light_page(maria: Customer, sandbox: Sandbox) -> None:
    sandbox.seed(services=services(480, tagLine="A line as owners write it", category="Many"))
    page = maria.look("/")
    assert len(names(page)) == 500
    assert len(page.text) / 500 < 1500
