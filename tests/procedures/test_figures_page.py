"""The figures page, its files, and the interface: they say the same, in the seed's manner."""

import csv
import io
import json
from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup

from procedures.enums import DossierChannel
from procedures.models import DossierReport, ServiceEvaluation
from procedures.reports import dossiers_on_time
from procedures.services.dossier_figures import KEYS
from tests.procedures.counted import many, store

pytestmark = pytest.mark.django_db
PAGE = "/thong-ke-ho-so/"
CONTRACT = (
    *("received", "received_in_period", "carried_over", "resolved", "early", "on_time", "late", "withdrawn"),
    *("in_progress", "in_progress_on_time", "in_progress_late"),
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def quarter(db):
    store(
        *many(85, date(2026, 1, 12), days=5, took=2),
        *many(3, date(2026, 2, 9), days=3, took=3, channel=DossierChannel.ONLINE),
        *many(4, date(2026, 3, 20), days=300, channel=DossierChannel.POST),
    )


def data(client, query="ky=2026-Q1"):
    answer = client.get(f"{PAGE}du-lieu.json?{query}")
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_the_keys_are_those_of_the_contract(client, quarter):
    found = data(client)
    assert set(CONTRACT) <= set(found["totals"])
    assert tuple(found["totals"]) == KEYS
    assert {name: found["totals"][name] for name in CONTRACT} == {
        **{"received": 92, "received_in_period": 92, "carried_over": 0, "resolved": 88, "early": 85, "on_time": 3},
        **{"late": 0, "withdrawn": 0, "in_progress": 4, "in_progress_on_time": 4, "in_progress_late": 0},
    }
    assert [line["code"] for line in found["by_channel"]] == ["direct", "online", "post"]
    assert set(found["formulas"]) == set(KEYS)


def test_people_read_percentages_with_two_digits_and_a_comma(client, quarter):
    page = BeautifulSoup(client.get(f"{PAGE}?ky=2026-Q1").content.decode(), "html.parser")
    form = page.select_one(".official-form")
    rows = {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in form.select("tbody tr")}
    assert rows["Tiếp nhận"][0] == "92"
    assert rows["Đã giải quyết"][:2] == ["88", "95,65 %"]
    assert rows["Trước hạn"][:2] == ["85", "96,59 %"]
    assert rows["Đúng hạn"][:2] == ["3", "3,41 %"]
    assert rows["Quá hạn"][:2] == ["0", "0,00 %"]
    assert all(cells[2] for cells in rows.values()), "a formula beside every number"
    assert "Tỷ lệ không quá hạn =" in page.main.get_text(), "the figure at the head that is no line of the form"
    assert len(page.select("figure.bars")) == 4
    assert len(page.select("figure.bars ~ table")) == 4, "a chart never stands without its table"


def test_the_file_says_the_same_line_by_line(client, quarter):
    answer = client.get(f"{PAGE}du-lieu.csv?ky=2026-Q1")
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    total = next(line for line in lines if line["table"] == "total")
    assert {name: int(total[name]) for name in CONTRACT} == {name: data(client)["totals"][name] for name in CONTRACT}
    assert total["early_share"] == "0.9659"
    assert {line["table"] for line in lines} == {"total", "field", "unit", "channel", "month"}


def test_a_reader_who_has_the_newest_gets_no_copy(client, quarter):
    first = client.get(f"{PAGE}du-lieu.json?ky=2026-Q1")
    again = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
    assert client.get(f"{PAGE}du-lieu.json?ky=2026-Q1", **again).status_code == 304
    store(*many(1, date(2026, 1, 12)))
    assert client.get(f"{PAGE}du-lieu.json?ky=2026-Q1", **again).status_code == 200


def test_the_interface_for_programs_says_the_same(client, quarter):
    said = client.get("/api/v1/so-lieu/ho-so/?ky=2026-Q1").json()
    assert said["totals"] == data(client)["totals"]


@pytest.mark.parametrize("query", ["ky=2026-Q5", "tu=2026-01-01", "tu=x&den=y", "tu=2026-02-01&den=2026-01-01"])
def test_what_is_no_period_is_told_beside_the_form(client, query):
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 400
    assert 'id="ky-loi"' in answer.content.decode()
    assert client.get(f"{PAGE}du-lieu.json?{query}").status_code == 400


def test_an_empty_period_says_so(client):
    text = client.get(f"{PAGE}?ky=2024").content.decode()
    assert "Kỳ này cổng chưa có hồ sơ nào" in text
    assert data(client, "ky=2024")["totals"]["early_share"] is None


def test_a_report_of_an_older_period_stands_on_its_page(client):
    values = {"received": 92, "resolved": 88, "in_progress": 4, "early": 85, "on_time": 3, "late": 0}
    report = DossierReport(period="2019-Q1", source="Sổ theo dõi quý I", rated=94, satisfied=94, **values)
    report.save()
    assert "Sổ theo dõi quý I" not in client.get(f"{PAGE}?ky=2019-Q1").content.decode()
    DossierReport.objects.update(public=True)
    text = client.get(f"{PAGE}?ky=2019-Q1").content.decode()
    assert "chưa có hồ sơ nào" not in text, "there were dossiers; the portal only does not keep them"
    assert "Cổng không giữ từng hồ sơ của kỳ này. Các con số dưới đây là của báo cáo." in text
    for shown in ("Sổ theo dõi quý I", "95,65 %", "96,59 %", "3,41 %", "94 trên 94 ý kiến", "100,00 %"):
        assert shown in text
    assert data(client, "ky=2019-Q1")["reported"][0]["early_share"] == 0.9659


def test_a_report_beside_counted_dossiers_takes_nothing_of_them_away(client, quarter):
    values = {"received": 5, "resolved": 5, "in_progress": 0}
    DossierReport.objects.create(period="2026-Q1", source="Báo cáo quý I", public=True, **values)
    text = client.get(f"{PAGE}?ky=2026-Q1").content.decode()
    assert 'id="toan-co-quan"' in text
    assert "Báo cáo quý I" in text
    assert "Cổng không giữ từng hồ sơ" not in text


def test_a_report_of_no_dossiers_is_an_empty_period(client):
    values = {"received": 0, "resolved": 0, "in_progress": 0}
    DossierReport.objects.create(period="2019-Q1", source="Báo cáo quý I", public=True, **values)
    assert "Kỳ này cổng chưa có hồ sơ nào" in client.get(f"{PAGE}?ky=2019-Q1").content.decode()


def test_the_evaluation_stands_beside_the_counts_of_its_channels(client, quarter):
    words = {
        "online_words": "Nộp trực tuyến tăng.\n\nCòn khó với người lớn tuổi.",
        "post_words": "Bưu điện trực cả tuần.",
    }
    ServiceEvaluation.objects.create(period="2026-Q1", **words)
    assert client.get(f"{PAGE}danh-gia/2026-Q1/").status_code == 404
    ServiceEvaluation.objects.update(public=True, published_on=date(2026, 4, 5))
    text = client.get(f"{PAGE}danh-gia/2026-Q1/").content.decode()
    for shown in ("Bưu điện trực cả tuần.", "Còn khó với người lớn tuổi.", "3,26 %", "4,35 %", "Đăng ngày 05/04/2026"):
        assert shown in text
    assert f"{PAGE}danh-gia/2026-Q1/" in client.get(f"{PAGE}?ky=2026-Q1").content.decode()
    assert client.get(f"{PAGE}danh-gia/2026-Q9/").status_code == 404
    ServiceEvaluation.objects.create(period="2025-Q1", public=True, published_on=date(2025, 4, 5), **words)
    empty = client.get(f"{PAGE}danh-gia/2025-Q1/").content.decode()
    assert "Kỳ này không có hồ sơ nào" in empty
    assert "Chiếm" not in empty, "no share of nothing"


def test_the_home_page_counts_what_is_late_and_still_open():
    assert dossiers_on_time() is None
    store(*many(7, date(2026, 10, 5), took=4), *many(1, date(2026, 10, 5), took=20), *many(2, date(2026, 10, 5)))
    figure = dossiers_on_time()
    assert (figure.value, figure.unit) == ("70,0", "%")
    assert figure.note.startswith("7 trong 10 hồ sơ")
