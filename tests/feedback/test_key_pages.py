"""Long lists go on from a row: the public one and the desk's, in the order that begins with the newest."""

import re
from datetime import timedelta

from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from cms.core.querysets.keys import read_day_key, read_moment_key, write_key
from feedback import factories
from feedback.models import Case, FeedbackIndexPage
from tests.feedback.test_published import LIST
from tests.feedback.walk import queries
from tests.siblings import many_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(site_tree):
    return FeedbackIndexPage.objects.get()


def links(answer):
    """Return the addresses of both directions, None where there is none."""
    page = BeautifulSoup(answer.content, "html.parser")
    return {side: link["href"] if (link := page.select_one(f'[rel="{side}"]')) else None for side in ("prev", "next")}


def numbers(answer):
    return [entry["number"] for entry in answer.context["entries"]]


def test_the_public_list_is_walked_there_and_back_whatever_arrives_meanwhile(client, index, desk):
    copy = factories.published(desk)
    many_cases(copy, 44)
    forth, address = [], LIST
    while address:
        answer = client.get(address)
        forth.append(numbers(answer))
        address = (following := links(answer)["next"]) and LIST + following
    assert [len(leaf) for leaf in forth] == [20, 20, 5]
    assert len({number for leaf in forth for number in leaf}) == 45
    factories.published(desk)  # stands above all from now on, and the rest has not moved
    back = client.get(LIST + links(answer)["prev"])
    assert numbers(back) == forth[1]
    assert 'content="noindex, follow"' in back.content.decode()
    assert links(client.get(LIST))["prev"] is None


def test_an_old_numbered_address_goes_on_by_key(client, index, desk):
    many_cases(factories.published(desk), 44)
    first, second = client.get(LIST), client.get(LIST, {"trang": 2, "chu-de": "co-so-vat-chat"})
    assert numbers(second) == numbers(client.get(LIST + links(first)["next"]))
    assert links(second)["next"].startswith("?chu-de=co-so-vat-chat&sau=")
    assert links(second)["prev"].startswith("?chu-de=co-so-vat-chat&truoc=")
    assert numbers(client.get(LIST, {"trang": 999})) == numbers(client.get(LIST, {"trang": 3}))


@pytest.mark.parametrize("query", ["sau=x", "sau=20260132-1", "truoc=-", "sau=" + "9" * 40, "sau="])
def test_an_address_that_cannot_be_meant_begins_anew(client, index, desk, query):
    many_cases(factories.published(desk), 25)
    assert numbers(client.get(f"{LIST}?{query}")) == numbers(client.get(LIST))


def test_behind_the_last_stands_the_last_leaf(client, index, desk):
    many_cases(factories.published(desk), 25)
    last = client.get(f"{LIST}?sau=19700101-1")
    assert len(numbers(last)) == 20
    assert links(last)["next"] is None and links(last)["prev"]


def test_search_keeps_its_numbered_leaves(client, index, desk):
    many_cases(factories.published(desk), 44)
    found = client.get(LIST, {"q": "viec", "trang": 2})
    assert found.context["piece"] is None
    assert links(found)["next"] == "?q=viec&trang=3"


def test_a_key_survives_its_address():
    assert read_day_key("20260131-7")[1] == 7
    moment = read_moment_key("20260131T235959000001-7")
    assert write_key(*moment) == "20260131T235959000001-7"
    assert read_moment_key("20260131T2359590000011-7") is None
    assert read_moment_key("²0260131T235959000001-7") is None


@pytest.fixture
def long_desk(desk, client):
    """A desk with three leaves of cases, most of them sent in the same moment."""
    copy = factories.published(desk)
    many_cases(copy, 119)
    Case.objects.filter(pk__lt=copy.case_id + 30).update(received_at=copy.case.received_at - timedelta(hours=3))
    client.force_login(desk.clerk, backend="django.contrib.auth.backends.ModelBackend")
    return desk


def test_the_desk_is_walked_by_key_in_the_plain_order_and_by_number_in_the_others(client, long_desk):
    seen, address, desk = [], "?queue=all", reverse("case:index")
    while address:
        answer = client.get(desk + address if address.startswith("?") else address)
        seen += [case.pk for case in answer.context["object_list"]]
        address = links(answer)["next"]
    assert seen == list(Case.objects.newest().values_list("pk", flat=True))
    back = client.get(links(answer)["prev"]).context["object_list"]
    assert [case.pk for case in back] == seen[50:100]
    same = client.get(desk, {"queue": "all", "p": 2})
    assert [case.pk for case in same.context["object_list"]] == seen[50:100]
    assert "p=sau-" in links(same)["next"]
    plain = client.get(desk, {"ordering": "-received_at"})
    assert "p=sau-" in links(plain)["next"]
    leaves = [client.get(desk, {"queue": "all", "ordering": "due_on", "p": leaf}) for leaf in (1, 2, 3)]
    numbered = [case.pk for leaf in leaves for case in leaf.context["object_list"]]
    assert len(numbered) == len(set(numbered)) == len(seen), "many have the same date"
    other = leaves[1]
    assert other.context["piece"] is None and len(other.context["object_list"]) == 50
    assert not re.search(r"p=(sau|truoc)-", other.content.decode())


@pytest.mark.parametrize("where", ["sau-x", "truoc-", "sau-20260131T235959000001-7x", "x", "-1", "9" * 40])
def test_an_odd_place_of_the_desk_is_answered(client, long_desk, where):
    answer = client.get(reverse("case:index"), {"queue": "all", "p": where})
    assert answer.status_code == 200 and len(answer.context["object_list"]) in {20, 50}


def test_a_leaf_by_key_costs_the_same_wherever_it_stands(client, long_desk):
    first = client.get(reverse("case:index"), {"queue": "all"})
    second = links(first)["next"]
    third = links(client.get(second))["next"]
    assert queries(client, second) == queries(client, third)
