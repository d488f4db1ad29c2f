"""From case to case at the desk: the next of the part one works through, what is alike, versions side by side."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

import pytest

from feedback import factories
from feedback.enums import CaseState
from feedback.models import Case
from feedback.services.answers import answer_return, answer_save_and_submit
from feedback.services.similar import cases_like

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user, backend=BACKEND)
        return client

    return log_in


def screen(case, part=None):
    return reverse("case:open", args=[case.pk]) + ("" if part is None else f"?{urlencode({'hang': part})}")


def step(case, verb, part):
    return f"{reverse('case:step', args=[case.pk, verb])}?{urlencode({'hang': part})}"


def following(client, case, part):
    found = client.get(screen(case, part)).context["next_case"]
    return found.reference if found else None


def test_the_list_opens_a_case_with_the_next_one_at_hand(desk, enter):
    first, second = (factories.submitted(desk.unit, title=f"Việc thứ {n} của trường") for n in (1, 2))
    client = enter(desk.clerk)
    page = client.get(reverse("case:index"), {"queue": "new"}).content.decode()
    assert screen(first, "queue=new").replace("&", "&amp;") in page
    assert following(client, first, "queue=new") == second.reference
    assert following(client, second, "queue=new") == first.reference
    assert second.reference in client.get(screen(first, "queue=new")).content.decode()
    assert following(client, first, None) is None
    assert client.get(screen(first)).context["next_case"] is None


def test_a_step_goes_on_to_what_came_next(desk, enter):
    cases = [factories.submitted(desk.unit, title=f"Việc thứ {n} của trường") for n in range(3)]
    client = enter(desk.clerk)
    taken = {"expected_version": 1, "category": cases[0].category_id, "unit": desk.unit.pk}
    answer = client.post(step(cases[0], "accept", "queue=new"), {**taken, "onward": "1"})
    assert answer.url == screen(cases[1], "queue=new")
    assert Case.objects.get(pk=cases[0].pk).state == CaseState.ACCEPTED
    stays = client.post(step(cases[1], "accept", "queue=new"), taken)
    assert stays.url == screen(cases[1], "queue=new")
    refused = client.post(step(cases[2], "accept", "queue=new"), {"expected_version": 1, "onward": "1"})
    assert refused.status_code == 422
    last = client.post(step(cases[2], "accept", "queue=new"), {**taken, "onward": "1"})
    assert last.url == screen(cases[2], "queue=new")


def test_urgent_ones_come_first_and_the_way_ends_where_it_began(desk, enter):
    soon, late, none = factories.accepted(desk), factories.accepted(desk), factories.submitted(desk.unit)
    Case.objects.filter(pk=late.pk).update(due_on=timezone.localdate().replace(year=2020))
    client = enter(desk.leader)
    assert following(client, none, "") == late.reference
    assert following(client, late, "") == soon.reference
    assert following(client, soon, "") == none.reference


def test_another_units_cases_are_on_nobodys_way(desk, other_desk, enter):
    mine = factories.submitted(desk.unit)
    factories.submitted(other_desk.unit)
    assert following(enter(desk.leader), mine, "") is None


@pytest.mark.parametrize(
    "part", ["queue=khong-co", "unit=99999999999999999999", "x" * 5_000, "q=Tr%E1%BA%A7n", "%00=%ff", "year=abc"]
)
def test_nonsense_in_the_address_is_what_is_open(desk, enter, part):
    first, second = factories.submitted(desk.unit), factories.submitted(desk.unit)
    client = enter(desk.clerk)
    answer = client.get(screen(first, part))
    assert answer.status_code == 200
    assert answer.context["way"].part == ""
    assert following(client, first, part) == second.reference


def test_what_says_the_same_is_named_to_those_who_may_read_it(desk, other_desk, enter):
    title = "Sân trường ngập nước sau mỗi trận mưa"
    case = factories.submitted(desk.unit, title=title)
    same = factories.submitted(desk.unit, title="Sân trường ngập nước mưa lớn")
    factories.submitted(desk.unit, title="Xin thêm sách cho thư viện trường")
    foreign = factories.submitted(other_desk.unit, title=title)
    assert cases_like(case, desk.leader) == [same]
    assert set(cases_like(case, desk.clerk)) == {same, foreign}
    page = enter(desk.leader).get(screen(case)).content.decode()
    assert same.title in page
    assert foreign.reference not in page


def test_an_answer_that_is_public_already_is_read_beside_the_case(desk, enter):
    copy = factories.published(desk, title="Sân trường ngập nước sau mỗi trận mưa")
    case = factories.submitted(desk.unit, title="Sân trường ngập nước sau trận mưa")
    page = enter(desk.leader).get(screen(case)).content.decode()
    assert copy.answer in page
    assert copy.reference not in enter(desk.leader).get(screen(copy.case)).context["published_alike"]


def test_two_versions_are_compared_and_words_stay_words(desk, enter):
    case = factories.proposed(desk, answer="Nhà trường đã sửa ba quạt.")
    answer_return(case=case, actor=desk.leader, comment="Nêu ngày xong.")
    answer_save_and_submit(
        case=case, actor=desk.officer, body="Nhà trường đã sửa <b>bốn</b> quạt.", outcome="explained"
    )
    client = enter(desk.leader)
    plain = client.get(screen(case)).content.decode()
    assert "So với bản 1" in plain
    assert "addition" not in plain.split("case-versions")[1].split("</section>")[0]
    page = client.get(screen(case), {"so-sanh": "2"}).content.decode()
    assert '<span class="deletion">ba</span>' in page
    assert "bốn" in page.split('class="addition"', 1)[1]
    assert "<b>bốn" not in page
    for wrong in ("1", "99", "x", "9" * 99):
        assert client.get(screen(case), {"so-sanh": wrong}).status_code == 200
