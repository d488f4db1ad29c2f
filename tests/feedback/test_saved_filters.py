"""Filters that an officer keeps: hers, or her unit's; a way to ask again, never a way to see more."""

from unittest import mock

from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from feedback import factories
from feedback.models import SavedFilter
from feedback.services.saved_filters import MOST_FILTERS, saved_filter_save, tells_a_person
from tests.feedback.conftest import make_officer

pytestmark = pytest.mark.django_db
ADD = "/quan-tri/bo-loc-da-luu/luu/"


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def desk_page(client, query=""):
    return client.get(f"{reverse('case:index')}?{query}").content.decode()


def test_what_is_filtered_gets_a_name_and_stands_beside_the_queues(desk, enter):
    factories.submitted(desk.unit)
    client = enter(desk.officer)
    query = "queue=new&state=submitted&q=h%E1%BB%8Dc+th%C3%AAm"
    assert f"{ADD}?{query}".replace("&", "&amp;") in desk_page(client, f"{query}&p=2&la=1")
    form = client.get(f"{ADD}?{query}&la=1&state=khong-co").content.decode()
    assert "Hàng việc: Mới, chờ tiếp nhận" in form and "Có chữ “học thêm”" in form and "la=1&" not in form
    answer = client.post(ADD, {"name": "Học thêm, mới", "query": f"{query}&la=1&unit=999"}, follow=True)
    assert answer.redirect_chain == [(f"{reverse('case:index')}?{query}", 302)]
    row = SavedFilter.objects.get()
    assert (row.owner, row.name, row.query, row.unit) == (desk.officer, "Học thêm, mới", query, None)
    page = answer.content.decode()
    assert 'aria-current="page">Học thêm, mới' in page and "Lưu bộ lọc này" not in page
    assert "Học thêm, mới" not in desk_page(enter(desk.leader))
    assert LedgerEvent.objects.get(verb="case_filter.saved").data == {"shared": False}


@pytest.mark.parametrize(
    "typed",
    [
        *("0912 000 345", "+84912000345", "sđt 0912000345", "sen.mau@thu.example.vn", "Trần Thị Sen Mẫu"),
        *("nguyễn văn an", "nguyen van an", "cô Lan", "số 12 ngõ 34 phố Mẫu", "ABCD-EFGH-JKLM", "sen mau"),
    ],
)
def test_a_search_for_a_person_is_not_kept(desk, enter, typed):
    """``sen mau`` is no name to any rule; that a sender bears it is known to those who may search for senders."""
    factories.submitted(desk.unit)
    answer = enter(desk.officer).post(ADD, {"name": "Tìm", "query": f"q={typed.replace('+', '%2B')}"})
    assert "không giữ người" in answer.content.decode()
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    "typed", ["học thêm", "hoc phi", "PA-2026-000123", "lớp 3A2", "quạt trần hỏng", "2026", "văn bằng"]
)
def test_words_of_a_subject_are_kept(typed):
    assert not tells_a_person(typed)


def test_a_search_by_name_is_noted_even_when_it_is_refused(desk, enter):
    factories.submitted(desk.unit)
    enter(desk.officer).post(ADD, {"name": "Tìm", "query": "q=sen+mau"})
    assert LedgerEvent.objects.filter(verb="case.sender_searched").count() == 1
    enter(desk.clerk).post(ADD, {"name": "Tìm", "query": "q=sen+mau"})
    assert SavedFilter.objects.get().owner == desk.clerk  # words like any others to whoever sees no senders


def test_a_name_of_a_person_is_no_name_of_a_filter(desk, enter):
    answer = enter(desk.officer).post(ADD, {"name": "Chị Lan 0912000345", "query": "queue=new"})
    assert "đặt tên theo việc" in answer.content.decode()
    assert not SavedFilter.objects.exists()


def test_it_is_renamed_removed_and_saved_again(desk, enter):
    client = enter(desk.officer)
    row = saved_filter_save(actor=desk.officer, name="Mới", query="queue=new&year=2026")
    saved_filter_save(actor=desk.officer, name="Khác", query="queue=late&year=2026")
    edit = reverse("saved_filter:edit", args=[row.pk])
    assert "Đã có bộ lọc mang tên này" in client.post(edit, {"name": "Khác", "query": row.query}).content.decode()
    client.post(edit, {"name": "Mới năm nay", "query": row.query})
    row.refresh_from_db()
    assert (row.name, row.query) == ("Mới năm nay", "queue=new&year=2026")
    answer = client.post(reverse("saved_filter:delete", args=[row.pk]), follow=True)
    assert answer.redirect_chain[-1][0].endswith("?queue=new&year=2026")
    assert "Lưu bộ lọc này" in answer.content.decode()
    client.post(ADD, {"name": "Mới năm nay", "query": "queue=new&year=2026"})
    assert SavedFilter.objects.filter(name="Mới năm nay").count() == 1
    verbs = LedgerEvent.objects.filter(subject_type="case_filter").values_list("verb", flat=True)
    assert list(verbs).count("case_filter.removed") == 1


def test_two_windows_that_choose_one_name_are_told_beside_it(desk, enter):
    """The other window's name came after this one's was checked: the database alone knows."""
    row = saved_filter_save(actor=desk.officer, name="Mới", query="queue=new")
    saved_filter_save(actor=desk.officer, name="Khác", query="queue=late")
    events = LedgerEvent.objects.count()
    with mock.patch("feedback.services.saved_filters.saved_filter_problems", return_value={}):
        with mock.patch("feedback.viewsets.saved_filters.saved_filter_problems", return_value={}):
            edit = reverse("saved_filter:edit", args=[row.pk])
            answer = enter(desk.officer).post(edit, {"name": "Khác", "query": row.query})
        with pytest.raises(ValidationError) as refused:
            saved_filter_save(actor=desk.officer, name="Khác", query=row.query, row=row)
    assert list(refused.value.message_dict) == ["name"]
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    assert answer.status_code == 200
    assert "Đã có bộ lọc mang tên này" in page.select_one("#panel-name-errors, [id*=name-errors], .error-message").text
    assert page.select_one("[name=name]")["value"] == "Khác"
    assert SavedFilter.objects.get(pk=row.pk).name == "Mới"
    assert LedgerEvent.objects.count() == events


def test_it_is_shared_by_those_who_may_and_with_their_own_unit(desk, other_desk, enter):
    data = {"name": "Quá hạn của trường", "query": "queue=late", "unit": desk.unit.pk}
    assert "unit" not in enter(desk.officer).get(ADD).context["form"].fields
    enter(desk.officer).post(ADD, data)
    assert SavedFilter.objects.get().unit is None
    SavedFilter.objects.all().delete()
    assert enter(desk.leader).post(ADD, {**data, "unit": other_desk.unit.pk}).status_code == 200
    assert not SavedFilter.objects.exists()
    enter(desk.leader).post(ADD, data)
    row = SavedFilter.objects.get()
    assert row.name in desk_page(enter(desk.officer)) and "dùng chung" in desk_page(enter(desk.officer))
    assert row.name not in desk_page(enter(other_desk.leader))
    for user, status in ((desk.officer, 404), (other_desk.leader, 404), (desk.clerk, 200)):
        for screen in ("edit", "delete"):
            assert enter(user).get(reverse(f"saved_filter:{screen}", args=[row.pk])).status_code == status
    assert enter(other_desk.clerk).post(reverse("saved_filter:delete", args=[row.pk])).status_code == 404
    assert SavedFilter.objects.exists()


def test_a_saved_filter_shows_nobody_more(desk, other_desk, enter):
    case = factories.submitted(other_desk.unit, title="CHIMYEN")
    boss = make_officer("luan-chuyen", Role.LEADER, unit=other_desk.unit)
    row = saved_filter_save(
        actor=boss, name="Trường kia", query=f"queue=new&unit={other_desk.unit.pk}", unit=other_desk.unit
    )
    assert case.title in desk_page(enter(boss), row.query)
    boss.memberships.all().delete()
    boss.memberships.create(unit=desk.unit)
    assert "CHIMYEN" not in desk_page(enter(boss), row.query)
    boss.groups.clear()
    assert enter(boss).get(f"{reverse('case:index')}?{row.query}").status_code == 302
    assert not SavedFilter.objects.open_to(type(boss).objects.get(pk=boss.pk)).exists()


def test_there_is_an_end_to_them_and_an_empty_list_says_how_to_begin(desk, enter):
    client = enter(desk.officer)
    assert "Chưa có bộ lọc nào" in client.get(reverse("saved_filter:index")).content.decode()
    rows = [SavedFilter(owner=desk.officer, name=f"Số {number}") for number in range(MOST_FILTERS)]
    SavedFilter.objects.bulk_create(rows)
    assert "Hãy xóa bớt" in client.post(ADD, {"name": "Thêm", "query": "queue=new"}).content.decode()
    desk_page(client)
    with CaptureQueriesContext(connection) as many:
        desk_page(client)
    SavedFilter.objects.filter(pk__gt=rows[0].pk + 1).delete()
    with CaptureQueriesContext(connection) as few:
        desk_page(client)
    assert len(many) == len(few)


def test_those_without_the_list_have_no_filters(desk, enter, officer):
    for name in ("index", "add"):
        assert enter(officer(Role.EDITOR)).get(reverse(f"saved_filter:{name}")).status_code == 302
