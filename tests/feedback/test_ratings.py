"""“Useful” and “not”: one press from the page, no cookie, counted once a reader, words for the editors alone."""

from datetime import timedelta
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.core.services.limits import LIMITS, Limit
from feedback.models import PageRating
from feedback.services.ratings import page_rate, rating_mark, rating_words_erase, ratings_forget
from tests.feedback import readers
from tests.feedback.conftest import make_officer

pytestmark = pytest.mark.django_db
RATE = "/danh-gia/"
REPORT = "/quan-tri/reports/danh-gia-trang/"
OWN = {"Origin": "http://testserver"}


@pytest.fixture
def home(db):
    return readers.small_site()


@pytest.fixture
def page(home):
    return readers.page_with_comments(home, comments="off")


def press(client, page, answer="co", **headers):
    return client.post(RATE, {"trang": page.pk, "huu_ich": answer}, headers={**OWN, **headers})


def explain(client, where, words):
    return client.post(where, {"words": words}, headers=OWN)


class TestAnswering:
    def test_one_press_counts_thanks_and_sets_no_cookie(self, page):
        reader = Client(enforce_csrf_checks=True)
        text = reader.get(page.url).content.decode()
        assert 'action="/danh-gia/"' in text
        assert "csrfmiddlewaretoken" not in text
        answer = press(reader, page, "khong")
        assert answer.status_code == HTTPStatus.FOUND
        thanks = reader.get(answer.url)
        assert "chưa hữu ích" in thanks.content.decode()
        assert "no-store" in thanks.headers["Cache-Control"]
        assert not reader.cookies
        assert PageRating.objects.get().useful is False

    def test_a_second_press_changes_the_answer_and_keeps_the_count(self, client, page):
        for answer in ("co", "khong", "khong"):
            press(client, page, answer)
        assert PageRating.objects.about(page).figures() == {"yes": 0, "no": 1}

    def test_two_devices_behind_one_address_and_another_day_count_apart(self, client, page):
        press(client, page, **{"User-Agent": "May mot"})
        press(client, page, **{"User-Agent": "May hai"})
        tomorrow = timezone.now() + timedelta(days=1)
        page_rate(page=page, useful=True, address="127.0.0.1", device="May mot", now=tomorrow)
        assert PageRating.objects.count() == 3

    def test_neither_address_nor_device_is_stored(self, client, page):
        press(client, page, **{"User-Agent": "Thiet bi la"})
        row = str(PageRating.objects.values().get())
        assert "127.0.0.1" not in row
        assert "Thiet bi la" not in row

    @pytest.mark.parametrize(
        "headers", [{}, {"Origin": "http://xau.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
    )
    def test_another_site_cannot_press_for_its_visitors(self, page, headers):
        strict = Client(enforce_csrf_checks=True)
        answer = strict.post(RATE, {"trang": page.pk, "huu_ich": "co"}, headers=headers)
        assert answer.status_code == HTTPStatus.FORBIDDEN
        mark = rating_mark(
            PageRating.objects.create(page=page, useful=True, rated_on="2026-11-01", rated_at=timezone.now())
        )
        assert strict.post(f"{RATE}{mark}/", {"words": "xấu"}, headers=headers).status_code == HTTPStatus.FORBIDDEN
        assert [row.words for row in PageRating.objects.all()] == [""]

    @pytest.mark.parametrize("answer", ["", "x", "\x00"])
    def test_a_press_without_an_answer_asks_for_one(self, client, page, answer):
        asked = press(client, page, answer)
        assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'value="khong"' in asked.content.decode()
        assert client.get(f"{RATE}?trang={page.pk}").status_code == HTTPStatus.OK
        assert PageRating.objects.count() == 0

    @pytest.mark.parametrize("number", ["", "0", "x", "9" * 30, "１"])
    def test_no_page_no_answer(self, client, home, number):
        assert client.post(RATE, {"trang": number, "huu_ich": "co"}, headers=OWN).status_code == HTTPStatus.NOT_FOUND

    def test_lists_and_unpublished_pages_are_not_rated(self, client, home, page):
        assert "data-rating" not in client.get("/").content.decode()
        assert press(client, home).status_code == HTTPStatus.NOT_FOUND
        page.unpublish()
        assert press(client, page).status_code == HTTPStatus.NOT_FOUND
        assert PageRating.objects.count() == 0

    def test_one_address_cannot_fill_the_box(self, client, page, monkeypatch):
        monkeypatch.setitem(LIMITS, "page_rating", Limit(2, timedelta(days=1)))
        statuses = [press(client, page, **{"User-Agent": f"{number}"}).status_code for number in range(3)]
        assert statuses == [HTTPStatus.FOUND, HTTPStatus.FOUND, HTTPStatus.TOO_MANY_REQUESTS]
        assert PageRating.objects.count() == 2


class TestWords:
    def test_words_may_be_added_and_changed_and_are_never_public(self, client, page):
        where = press(client, page, "khong").url
        assert explain(client, where, "Thiếu số điện thoại CHIM").status_code == HTTPStatus.FOUND
        assert "CHIM" in client.get(where).content.decode()
        explain(client, where, "Thiếu địa chỉ CHIM")
        assert PageRating.objects.get().words == "Thiếu địa chỉ CHIM"
        assert "CHIM" not in Client().get(page.url).content.decode()

    @pytest.mark.parametrize("words", ["", "x", "a\x00b", "a" * 501, "\u200b" * 9])
    def test_bad_words_are_said_and_not_stored(self, client, page, words):
        where = press(client, page).url
        answer = explain(client, where, words)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "field--wrong" in answer.content.decode()
        assert PageRating.objects.get().words == ""

    def test_a_forged_or_old_mark_opens_nothing(self, client, page, monkeypatch):
        where = press(client, page).url
        assert client.get(where[:-2] + "/").status_code == HTTPStatus.NOT_FOUND
        monkeypatch.setattr("feedback.services.ratings.MARK_LIFE", timedelta(seconds=-1))
        assert client.get(where).status_code == HTTPStatus.NOT_FOUND

    def test_marks_go_with_their_day_and_words_after_a_year(self, page):
        now = timezone.now()
        for days in (0, 2, 400):
            page_rate(page=page, useful=True, address="x", now=now - timedelta(days=days))
        PageRating.objects.update(words="lời")
        assert ratings_forget(now=now) == (2, 1)
        assert ratings_forget(now=now) == (0, 0)
        assert PageRating.objects.figures() == {"yes": 3, "no": 0}


class TestReport:
    @pytest.fixture
    def rated(self, home, page):
        other = readers.page_with_comments(home, title="Trang kém", comments="off")
        for target, useful, words in ((page, True, ""), (page, False, "Chữ nhỏ quá"), (other, False, "Số cũ")):
            PageRating.objects.create(
                page=target, useful=useful, words=words, rated_on=timezone.localdate(), rated_at=timezone.now()
            )
        return page, other

    def test_nothing_rated_yet(self, client, home):
        client.force_login(make_officer("bientap", Role.EDITOR))
        assert "Chưa có bạn đọc nào đánh giá" in client.get(REPORT).content.decode()

    def test_the_least_useful_come_first_with_their_share(self, client, rated):
        client.force_login(make_officer("bientap", Role.EDITOR))
        answer = client.get(REPORT)
        assert [(row.title, row.useful, row.useless, row.worded) for row in answer.context["object_list"]] == [
            ("Trang kém", 0, 1, 1),
            ("Dự thảo quy chế", 1, 1, 1),
        ]
        text = answer.content.decode()
        assert "100 %" in text
        assert "50 %" in text
        assert "export=csv" not in text
        assert client.get(f"{REPORT}?export=xlsx").headers["Content-Type"].endswith("spreadsheetml.sheet")

    def test_the_words_stand_behind_the_page_and_a_publisher_erases_them(self, client, rated):
        page, _other = rated
        where = f"{REPORT}{page.pk}/"
        rating = PageRating.objects.about(page).with_words().get()
        client.force_login(make_officer("bientap", Role.EDITOR))
        text = client.get(where).content.decode()
        assert "Chữ nhỏ quá" in text
        assert 'name="xoa"' not in text
        assert client.post(where, {"xoa": rating.pk}).status_code in {302, 403}
        publisher = make_officer("duyet", Role.PUBLISHER)
        client.force_login(publisher)
        assert client.post(where, {"xoa": rating.pk}, follow=True).status_code == HTTPStatus.OK
        assert "Chưa có lời góp ý nào" in client.get(where).content.decode()
        assert PageRating.objects.about(page).figures() == {"yes": 1, "no": 1}
        assert LedgerEvent.objects.get(verb="rating.words_erased").actor == publisher
        for bad in ("", "x", "9" * 30, "999999"):
            assert client.post(where, {"xoa": bad}).status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("role", [role for role in Role if role not in {Role.EDITOR, Role.PUBLISHER}])
    def test_nobody_else_reads_them(self, client, rated, role):
        client.force_login(make_officer("khac", role))
        for where in (REPORT, f"{REPORT}results/", f"{REPORT}{rated[0].pk}/"):
            answer = client.get(where)
            assert answer.status_code in {302, 403}
            assert "Chữ nhỏ quá" not in answer.content.decode()

    def test_the_service_asks_for_the_right_itself(self, rated):
        with pytest.raises(PermissionDenied):
            rating_words_erase(rating=PageRating.objects.first(), actor=make_officer("bientap", Role.EDITOR))

    def test_the_number_of_questions_does_not_grow(self, client, home, rated):
        client.force_login(make_officer("bientap", Role.EDITOR))

        def asked():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(REPORT).status_code == HTTPStatus.OK
            return len(queries)

        asked()
        few = asked()
        for number in range(12):
            target = readers.page_with_comments(home, title=f"Trang {number}", comments="off")
            page_rate(page=target, useful=False, address="x")
        assert asked() == few

    def test_the_page_in_the_admin_leads_to_its_figures(self, client, home, page):
        user = make_officer("goc", Role.PUBLISHER)
        user.is_superuser = True
        user.save()
        client.force_login(user)
        assert f"{REPORT}{page.pk}/" in client.get(f"/quan-tri/pages/{page.pk}/edit/").content.decode()
        assert f"{REPORT}{home.pk}/" not in client.get(f"/quan-tri/pages/{home.pk}/edit/").content.decode()
