"""The published cases as data: the same in CSV and JSON, and never a word more than the page shows."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from cms.core.enums import Role
from cms.core.querysets.keys import read_day_key
from cms.core.services import limits
from cms.core.services.ledger import event_record
from feedback import factories
from feedback.api.records import FIELDS, NAMES
from feedback.models import PublicCase
from feedback.services import handling
from feedback.services.catalogue import catalogue_save
from feedback.services.publication import public_case_withdraw
from tests.feedback.conftest import make_officer
from tests.feedback.test_published import CANARY, copies
from tests.feedback.walk import queries

pytestmark = pytest.mark.django_db
BASE = "/phan-anh-kien-nghi/"
CSV, JSON, PAGE, ATOM = f"{BASE}du-lieu.csv", f"{BASE}du-lieu.json", f"{BASE}du-lieu/", f"{BASE}atom.xml"


def table(client, query=""):
    answer = client.get(CSV + query)
    assert answer.status_code == 200
    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def page(client, address=JSON):
    answer = client.get(address)
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_both_files_say_the_same_under_the_names_of_the_dictionary(client, desk):
    copy = factories.published(desk)
    [line], [item] = table(client), page(client)["items"]
    assert tuple(line) == tuple(item) == NAMES
    assert item["reference"] == line["reference"] == copy.reference
    assert item["answered_on"] == line["answered_on"] == copy.answered_on.isoformat()
    assert (item["on_time"], line["on_time"]) == (True, "true")
    assert item["url"] == f"http://testserver{copy.get_absolute_url()}"
    html = client.get(PAGE).content.decode()
    assert [field.name for field in FIELDS if f"<code>{field.name}</code>" not in html] == []


def test_no_private_word_is_in_any_file(client, desk):
    words = "Con tôi tên Hồ Gia Bảo Canary học lớp 3A, xin gọi 0987 654 321."
    factories.published(desk, **CANARY, body=f"Phòng học tầng hai có bốn quạt đã hỏng. {words}")
    waiting = factories.proposed(desk, **CANARY, title="Chuyện chưa công khai canary")
    draft = factories.public_draft(desk, title="Bản nháp chưa công khai canary")
    gone = factories.published(desk, title="Bản đã gỡ canary")
    public_case_withdraw(public_case=gone, actor=desk.leader, reason="Lý do gỡ canary")
    private = [*CANARY.values(), "0987 654 321", desk.officer.username]
    private += [row.reference for row in (waiting, draft, gone)] + ["canary"]
    for address in (CSV, JSON, PAGE, ATOM, f"{JSON}?q=canary", f"{CSV}?q=quat", f"{JSON}?moi-trang=500"):
        text = client.get(address).getvalue().decode()
        assert [word for word in private if word in text] == [], address


def test_a_cell_never_begins_a_formula(client, desk):
    copy = factories.published(desk)
    for start in ("=1+1", "+84", "-2", "@SUM(A1)", "\t=1"):
        PublicCase.objects.filter(pk=copy.pk).update(title=start)
        assert table(client)[0]["title"] == f"'{start}"


def test_lines_and_signs_survive_the_file(client, desk):
    copy = factories.published(desk)
    words = 'Dòng một; "ngoặc", phẩy\r\nDòng hai – ẫ Ứ'
    PublicCase.objects.filter(pk=copy.pk).update(answer=words)
    assert table(client)[0]["answer"] == words
    assert page(client)["items"][0]["answer"] == words


def test_pages_follow_one_another_without_a_gap_or_a_repeat(client, desk):
    copies(factories.published(desk), 23)
    PublicCase.objects.filter(title__in=["Việc số 3", "Việc số 4", "Việc số 5"]).update(answered_on=date(2026, 1, 9))
    address, seen = f"{JSON}?moi-trang=5", []
    while address:
        found = page(client, address)
        assert found["total"] == 24
        seen += [item["reference"] for item in found["items"]]
        address = found["next"]
    assert len(seen) == len(set(seen)) == 24
    assert seen == list(PublicCase.objects.public().newest().values_list("reference", flat=True))
    assert [line["reference"] for line in table(client)] == seen


def test_files_take_the_filters_of_the_list(client, desk):
    factories.published(desk, title="Quạt hỏng")
    other = factories.published(desk, category="hoc-phi", title="Khoản thu")
    for query in ("?chu-de=hoc-phi", "?q=khoan+thu", f"?chu-de=hoc-phi&nam={other.answered_on.year}"):
        assert [line["reference"] for line in table(client, query)] == [other.reference]
        assert [item["reference"] for item in page(client, JSON + query)["items"]] == [other.reference]
    assert table(client, "?chu-de=khong-co") == []


@pytest.mark.parametrize(
    "query", ["sau=x", "sau=20261301-1", "sau=٢٠٢٦٠١٠١-1", "sau=-", "sau=20260101-" + "9" * 30, "sau=%00"]
)
def test_a_bad_place_is_told_in_words(client, query):
    answer = client.get(f"{JSON}?{query}")
    assert answer.status_code == 400
    assert json.loads(answer.content)["error"]


@pytest.mark.parametrize("query", ["moi-trang=0", "moi-trang=x", "moi-trang=99999", "nam=abc", "q=%00", "chu-de=../"])
def test_what_cannot_be_meant_changes_nothing(client, query, desk):
    factories.published(desk)
    assert client.get(f"{JSON}?{query}").status_code == 200


def test_a_place_is_read_back_or_refused():
    assert read_day_key("20260131-7") == (date(2026, 1, 31), 7)
    assert read_day_key("20260132-7") is None


def test_who_has_the_file_gets_no_second_one_until_something_changes(client, desk):
    copy = factories.published(desk)
    for address in (CSV, JSON, ATOM):
        first = client.get(address)
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert "no-cache" in first.headers["Cache-Control"]
        assert not first.cookies
        known = {"if-none-match": first.headers["ETag"]}
        assert client.get(address, headers=known).status_code == 304
        assert client.get(f"{address}?q=quat", headers=known).status_code == 200
    etag = client.get(JSON).headers["ETag"]
    public_case_withdraw(public_case=copy, actor=desk.leader, reason="Có chi tiết cần xem lại")
    fresh = client.get(JSON, headers={"if-none-match": etag})
    assert fresh.status_code == 200
    assert json.loads(fresh.content)["items"] == []


def test_what_is_not_published_leaves_the_files_as_they_are_and_a_new_name_does_not(client, desk):
    copy = factories.published(desk)
    etags = {address: client.get(address).headers["ETag"] for address in (CSV, JSON, ATOM)}
    case = factories.assigned(desk)
    handling.case_start(case=case, actor=desk.officer)
    event_record(subject_type="plan", subject_key="1", verb="plan.progress")
    for address, etag in etags.items():
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304, address
    category = copy.category
    category.name = "Tên mới của lĩnh vực"
    catalogue_save(row=category, actor=make_officer("quantri", Role.ADMIN))
    for address, etag in etags.items():
        assert client.get(address, headers={"if-none-match": etag}).status_code == 200, address
    assert json.loads(client.get(JSON).content)["items"][0]["category"] == "Tên mới của lĩnh vực"


def test_a_sender_who_is_forgotten_changes_the_files(client, desk):
    copy = factories.published(desk)
    etag = client.get(JSON).headers["ETag"]
    event_record(subject_type="case", subject_key=copy.reference, verb="case.anonymise")
    assert client.get(JSON, headers={"if-none-match": etag}).status_code == 200


def test_nothing_is_taken_by_post(client, desk):
    for address in (CSV, JSON, PAGE):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200


def test_questions_to_the_database_do_not_grow(client, desk):
    copy = factories.published(desk)
    queries(client, JSON, PAGE)
    few = queries(client, JSON, PAGE)
    copies(copy, 40)
    assert queries(client, JSON, PAGE) == few
    PublicCase.objects.filter(title="Việc số 1").update(answered_on=date(2026, 1, 5) + timedelta(days=500))
    assert len(table(client)) == 41


def test_the_map_for_machines_names_both_pages(client, site_tree):
    text = client.get("/sitemap.xml").content.decode()
    assert f"{BASE}thong-ke/</loc>" in text
    assert f"{PAGE}</loc>" in text


def test_the_list_leads_to_figures_and_data(client, site_tree):
    html = client.get(BASE).content.decode()
    assert f'href="{BASE}thong-ke/"' in html
    assert f'href="{PAGE}"' in html


@pytest.mark.parametrize("name", ["du-lieu.csv", "du-lieu.json"])
def test_searching_the_data_is_limited_and_reading_it_is_not(client, monkeypatch, name):
    monkeypatch.setitem(limits.LIMITS, "search", limits.Limit(2, timedelta(minutes=1)))
    address = f"/phan-anh-kien-nghi/{name}"
    assert [client.get(address, {"q": "quạt"}).status_code for _turn in range(3)] == [200, 200, 429]
    late = client.get(address, {"q": "quạt"})
    assert int(late.headers["Retry-After"]) > 0
    assert "no-store" in late.headers["Cache-Control"]
    assert client.get(address).status_code == 200
