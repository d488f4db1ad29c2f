"""What people look for and do not find: counted without knowing who, shown to editors, and help where nothing is."""

from datetime import date, timedelta
from http import HTTPStatus

from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.enums import Role
from cms.core.models import SearchDemand
from cms.core.services.searches import MOST_A_DAY, countable, search_note, searches_forget
from tests.core.search_corpus import PAGES, kinds, publish

pytestmark = pytest.mark.django_db
REPORT = "/quan-tri/reports/ban-doc-tim-gi/"


@pytest.fixture
def ask(client):
    def ask(query, address="10.0.0.1", **more):
        with kinds(PAGES):
            answer = client.get(reverse("site_search"), {"q": query, **more}, REMOTE_ADDR=address)
        assert answer.status_code == HTTPStatus.OK
        return answer

    return ask


def counts():
    return {row.query: (row.asked, row.missed) for row in SearchDemand.objects.all()}


class TestCounting:
    def test_a_query_counts_folded_and_once_a_visitor(self, ask):
        for number, query in enumerate(("Giếng khoan", "GIENG  KHOAN", "giếng khoan?")):
            for _press in range(2):
                ask(query, f"10.0.0.{number + 1}")
        assert counts() == {"gieng khoan": (3, 3)}

    def test_what_is_found_is_no_miss(self, ask):
        with kinds(PAGES):
            publish("Giếng khoan")
        ask("giếng khoan")
        assert counts() == {"gieng khoan": (1, 0)}

    def test_another_page_a_filter_and_a_head_count_nothing(self, ask, client):
        ask("giếng khoan", trang="2")
        ask("giếng khoan", nam="2024")
        ask("")
        ask("x")
        client.head(reverse("site_search"), {"q": "giếng khoan"})
        assert counts() == {}

    @pytest.mark.parametrize(
        "query",
        [
            "0900 000 001",
            "gọi 0900.000.001 gặp ai",
            "+84 900 000 001",
            "(090) 0000001",
            "０９００００００１",
            "an@so.example.vn",
            "an @ so.example.vn",
            "001099000001",
            "sinh ngày 12/05/2011",
            "12-5-2011",
            "12.05.11",
            "k7m2-9xqp-4tzw",
            "K7M29XQP4TZW",
            "KTMB-BXQP-ATZW",
            "KTMBBXQPATZW",
            "ktmb bxqp atzw",
            "KTMB  BXQP.ATZW",
            "KTMB–BXQP–ATZW",
            "ktmb_bxqp_atzw",
            "K7M2/9XQP/4TZW",
            "K7M2 9XQP 4TZW",
            "K7M 29X QP4 TZW",
            "k7o2-9xqp-4tz0",
            "tra cứu mã KTMB BXQP ATZW với",
            "0900/000/001",
            "tôi muốn hỏi vì sao con tôi không được nhận vào lớp một của trường gần nhà",
            "dài" * 50,
            "",
            "?",
            "\ud800\x00",
        ],
    )
    def test_what_may_be_about_a_person_is_never_stored(self, query):
        assert not search_note(query=query, found=False, visitor="10.0.0.1")
        assert counts() == {}

    @pytest.mark.parametrize(
        ("query", "counted"),
        [
            ("21/KH-GD&ĐT", "21 kh gd dt"),
            ("năm học 2026–2027", "nam hoc 2026 2027"),
            ("1078/BC-SGDĐT", "1078 bc sgddt"),
            ("thi lớp 10 năm 2026", "thi lop 10 nam 2026"),
            ("'; DROP TABLE--", "drop table"),
            ("lịch học thpt 2026", "lich hoc thpt 2026"),
            ("trường mầm non", "truong mam non"),
            ("tuyển sinh lớp 6", "tuyen sinh lop 6"),
        ],
    )
    def test_everyday_queries_are_counted(self, query, counted):
        assert countable(query) == counted

    def test_a_day_holds_only_so_many(self, monkeypatch):
        monkeypatch.setattr("cms.core.services.searches.MOST_A_DAY", 2)
        assert MOST_A_DAY > 2
        noted = [search_note(query=f"câu hỏi {letter}", found=True, visitor="10.0.0.1") for letter in "abc"]
        assert noted == [True, True, False]
        assert search_note(query="câu hỏi a", found=True, visitor="10.0.0.2")

    def test_rare_ones_go_after_a_month_and_all_after_a_year(self):
        today = date(2026, 11, 22)
        for query, ago, asked in (("hiếm", 40, 1), ("hiếm mới", 3, 1), ("thường", 40, 3), ("thường", 500, 9)):
            SearchDemand.objects.create(query=query, day=today - timedelta(days=ago), asked=asked)
        assert searches_forget(today=today) == 2
        assert sorted(counts()) == ["hiếm mới", "thường"]


class TestReport:
    @pytest.fixture
    def counted(self, site_tree):
        today = timezone.localdate()
        for query, ago, asked, missed in (
            ("gieng khoan", 0, 2, 2),
            ("gieng khoan", 40, 2, 1),
            ("hoc phi", 1, 9, 0),
            ("nguyen van mot minh", 1, 2, 2),
        ):
            SearchDemand.objects.create(query=query, day=today - timedelta(days=ago), asked=asked, missed=missed)
        return today

    def test_editors_see_what_is_missed_first_and_never_what_is_rare(self, client, officer, counted):
        client.force_login(officer(Role.EDITOR))
        answer = client.get(REPORT)
        rows = [(row["query"], row["times"], row["misses"]) for row in answer.context["object_list"]]
        assert rows == [("gieng khoan", 4, 3), ("hoc phi", 9, 0)]
        assert "nguyen van" not in answer.content.decode()
        assert "/tim-kiem/?q=gieng+khoan" in answer.content.decode()
        told = b"".join(client.get(f"{REPORT}?export=csv").streaming_content).decode()
        assert told.splitlines()[1].startswith("gieng khoan,4,3,")
        assert client.get(f"{REPORT}?export=xlsx").headers["Content-Type"].endswith("spreadsheetml.sheet")
        # Within the days asked about, what was asked twice is rare as well.
        since = counted - timedelta(days=7)
        narrowed = client.get(REPORT, {"day_from": since.isoformat(), "day_to": counted.isoformat()})
        assert [row["query"] for row in narrowed.context["object_list"]] == ["hoc phi"]
        missed = client.get(REPORT, {"missed": "khong"})
        assert [row["query"] for row in missed.context["object_list"]] == ["gieng khoan"]
        SearchDemand.objects.all().delete()
        assert "Chưa có câu tìm nào" in client.get(REPORT).content.decode()

    def test_nobody_else_sees_it(self, client, officer, counted):
        for role in (Role.HANDLER, Role.ADMIN, Role.LEADER):
            client.force_login(officer(role))
            for where in (REPORT, f"{REPORT}results/", f"{REPORT}?export=xlsx"):
                assert client.get(where).status_code in {HTTPStatus.FOUND, HTTPStatus.FORBIDDEN}


class TestHelp:
    def test_nothing_found_leads_on(self, ask):
        with kinds(PAGES):
            publish("Thủ tục chuyển trường")
        text = ask("thủ tục chuyển xyzzy qwerty").content.decode()
        assert "Có thể bạn cần" in text
        assert "<mark>Thủ tục</mark>" in text
        assert reverse("feedback:form_start") in text
        assert "bỏ hết bộ lọc" not in text
        assert "bỏ hết bộ lọc" in ask("thủ tục xyzzy", nam="1999").content.decode()
        assert "Có thể bạn cần" not in ask("xyzzy").content.decode()
