"""The results of a period before the public: the same in page, CSV and JSON, with small numbers in none of them."""

import csv
import io
import json
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
import time_machine
from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from surveys import factories
from surveys.enums import ChannelKind, QuestionKind
from surveys.models import MonthTally, ResponseTally, Stratum, Survey, SurveyTarget
from surveys.services.months import months_fit_tallies, months_rebuild
from surveys.services.responses import Coming, channel_plain, response_write, version_asked
from surveys.services.snapshots import (
    record_digest,
    snapshot_withdraw,
    snapshots_fit_digests,
)
from surveys.services.tallies import tallies_rebuild
from tests.feedback.conftest import make_unit

pytestmark = pytest.mark.django_db
Q1, Q2 = date(2026, 2, 10), date(2026, 5, 12)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


def score(key):
    return {"key": key, "label": f"Tiêu chí {key}", "kind": QuestionKind.SCORE}


@pytest.fixture
def survey():
    made = factories.survey(
        [score("TC01"), score("TC02")], [score("TC03")], slug="thu", results_public=True, title="Khảo sát thử"
    )
    return made


def give(survey, answers, times=1, *, unit=None, day=Q1, kind=ChannelKind.WEB, stratum=None):
    version = version_asked(survey_id=survey.pk, version_id=survey.current_id, today=day)
    channel = channel_plain(survey_id=survey.pk, kind=kind)
    for _time in range(times):
        coming = Coming(channel=channel, day=day, unit=unit, about="", stratum=stratum or str(kind))
        response_write(version=version, come=coming, answers=answers)


def data(query="ky=2026", slug="thu"):
    return json.loads(Client().get(f"/khao-sat/{slug}/ket-qua/du-lieu.json?{query}").content)


def page(query="ky=2026", slug="thu"):
    answer = Client().get(f"/khao-sat/{slug}/ket-qua/?{query}")
    return answer, " ".join(BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ").split())


class TestGroups:
    def test_groups_weigh_what_they_have_in_the_whole(self, survey):
        """Web: 800 people, 40 answers, 36 content; paper: 200, 60, 45. 0.8·0.9 + 0.2·0.75 = 0.87; n* = 60."""
        for kind, satisfied, others in ((ChannelKind.WEB, 36, 4), (ChannelKind.PAPER, 45, 15)):
            give(survey, {"TC01": "4"}, satisfied, kind=kind)
            give(survey, {"TC01": "2"}, others, kind=kind)
        for code, population in (("web", 800), ("paper", 200)):
            Stratum.objects.create(
                survey=survey, code=code, label=code, quarter=date(2026, 1, 1), population=population
            )
        cell = data("ky=2026-Q1")["cells"][0]
        assert cell["top2"] == 0.81
        assert cell["top2_weighted"] == 0.87
        assert cell["mean_weighted"] == 3.74  # 0.8·3.8 + 0.2·3.5
        assert cell["n_effective"] == 60.0
        assert [line["responses"] for line in data("ky=2026-Q1")["sample"]] == [60, 40]
        assert "87,0 %" in page("ky=2026-Q1")[1]
        assert data("ky=2026-01")["cells"][0]["top2_weighted"] is None

    def test_the_group_of_one_counter_does_not_tell_what_its_hidden_unit_has(self, survey):
        """Six of u3 came by a counter of its own, two of u4 by the portal; both units are hidden, together eight."""
        u1, u2, u3, u4 = (make_unit(name, f"Trường {name}") for name in ("u1", "u2", "u3", "u4"))
        for unit, times in ((u1, 30), (u2, 20), (u4, 2)):
            give(survey, {"TC01": "4"}, times, unit=unit)
        give(survey, {"TC01": "4"}, 6, unit=u3, stratum="quay-u3")
        for code in ("web", "quay-u3"):
            Stratum.objects.create(survey=survey, code=code, label=code, quarter=date(2026, 1, 1), population=100)
        found = data("ky=2026-Q1")
        told = {part["code"]: part["responses"] for part in found["by_unit"]}
        assert (told["u3"], told["u4"]) == (None, None)
        assert [(line["group"], line["responses"], line["population"]) for line in found["sample"]] == [
            ("quay-u3 + web", 58, 200)
        ]

    def test_groups_that_all_hidden_units_share_stand_each_for_itself(self, survey):
        first, second, third = (make_unit(name, f"Trường {name}") for name in ("u1", "u2", "u3"))
        for kind in (ChannelKind.WEB, ChannelKind.PAPER):
            give(survey, {"TC01": "4"}, 30, unit=first, kind=kind)
            for unit in (second, third):
                give(survey, {"TC01": "4"}, 2, unit=unit, kind=kind)
            Stratum.objects.create(survey=survey, code=str(kind), label="x", quarter=date(2026, 1, 1), population=9)
        found = data("ky=2026-Q1")
        assert {part["code"] for part in found["by_unit"] if part["hidden"]} == {"u2", "u3"}
        assert [line["responses"] for line in found["sample"]] == [34, 34]

    def test_without_the_size_of_a_group_that_answered_nothing_is_weighted(self, survey):
        """The third quarter is content and of no known size: weighted, the year would be the fourth quarter alone."""
        give(survey, {"TC01": "5"}, 100, day=date(2026, 7, 5))
        give(survey, {"TC01": "1"}, 10, day=date(2026, 10, 5))
        Stratum.objects.create(survey=survey, code="web", label="Cổng", quarter=date(2026, 10, 1), population=50)
        with time_machine.travel("2027-01-15 09:00 +0700", tick=False):
            found = data()
            words = page("ky=2026")[1]
        assert found["cells"][0]["top2"] == 0.9091
        assert found["overall"]["top2_weighted"] is None
        assert "chưa có số tổng thể" in words

    def test_groups_without_an_answer_are_told_as_what_is_not_covered(self, survey):
        give(survey, {"TC01": "5"}, 10)
        for code, population in (("web", 30), ("paper", 10)):
            Stratum.objects.create(
                survey=survey, code=code, label=code, quarter=date(2026, 1, 1), population=population
            )
        assert "Các nhóm có phiếu chiếm 75,0 % tổng thể" in page("ky=2026-Q1")[1].replace("\xa0", " ")

    def test_a_criterion_that_is_not_published_is_in_no_index(self, survey):
        survey.current.sections.first().questions.filter(key="TC02").update(publishable=False)
        for level in "1115555555":
            give(survey, {"TC01": "5", "TC02": level, "TC03": "5"})
        found = data()
        assert [cell["key"] for cell in found["cells"]] == ["TC01", "TC03"]
        assert [factor["top2"] for factor in found["factors"]] == [1.0, 1.0]
        assert (found["overall"]["top2"], found["overall"]["of"]) == (1.0, 2)

    def test_another_scale_under_the_same_key_makes_no_figure(self, survey):
        give(survey, {"TC01": "5", "TC02": "5", "TC03": "5"}, 6)
        ResponseTally.objects.filter(key="TC01", choice="5").update(choice="co")
        months_rebuild()
        found = data()
        assert found["cells"][0]["mean"] is None
        assert (found["overall"]["made_of"], found["overall"]["of"]) == (2, 3)
        assert page()[0].status_code == 200

    def test_a_unit_is_compared_with_the_whole_only_where_chance_cannot_do_it(self, survey):
        far, near = make_unit("a", "Trường A"), make_unit("b", "Trường B")
        give(survey, {"TC01": "5", "TC02": "5", "TC03": "5"}, 60, unit=near)
        give(survey, {"TC01": "1", "TC02": "1", "TC03": "1"}, 30, unit=far)
        found = {part["code"]: part["compared"] for part in data()["by_unit"]}
        assert found == {"a": "below", "b": "above"}
        assert "Thấp hơn rõ" in page()[1]
        give(survey, {"TC01": "5", "TC02": "5", "TC03": "5"}, 50, unit=far)
        assert data()["by_unit"][0]["compared"] == "unclear"


class TestFigures:
    def test_page_csv_and_json_say_the_same(self, survey):
        """TC01: 6 of 10 at levels 4 and 5; TC02: 8 of 8, two left out; TC03: 5 of 10.

        Factor 1 = (0.6 + 1) / 2 = 0.8, factor 2 = 0.5, together 0.65.
        """
        give(survey, {"TC01": "4", "TC02": "5", "TC03": "5"}, 5)
        give(survey, {"TC01": "5", "TC02": "4", "TC03": "1"}, 1)
        give(survey, {"TC01": "2", "TC02": "4", "TC03": "1"}, 2)
        give(survey, {"TC01": "3", "TC03": "2"}, 2)
        found = data()
        cells = {cell["key"]: cell for cell in found["cells"]}
        assert found["responses"] == 10
        assert (cells["TC01"]["n"], cells["TC01"]["missing"], cells["TC01"]["top2"]) == (10, 0, 0.6)
        assert cells["TC01"]["levels"] == {"1": 0, "2": 2, "3": 2, "4": 5, "5": 1}
        assert cells["TC01"]["mean"] == 3.5
        assert (cells["TC01"]["wilson_low"], cells["TC01"]["wilson_high"]) == (0.3127, 0.8318)
        assert (cells["TC02"]["n"], cells["TC02"]["missing"], cells["TC02"]["top2"]) == (8, 2, 1.0)
        assert [factor["top2"] for factor in found["factors"]] == [0.8, 0.5]
        assert found["overall"]["top2"] == 0.65
        assert (found["overall"]["n"], found["overall"]["made_of"], found["overall"]["of"]) == (8, 3, 3)
        answer, words = page()
        assert answer.status_code == 200
        assert "65,0 %" in words
        assert "TC01. Tiêu chí TC01" in words
        assert "31,3 % – 83,2 %" in words
        rows = list(csv.DictReader(io.StringIO(_text("/khao-sat/thu/ket-qua/du-lieu.csv?ky=2026"))))
        line = next(row for row in rows if row["key"] == "TC01")
        assert (line["n"], line["levels"], line["top2"]) == ("10", "1=0 2=2 3=2 4=5 5=1", "0.6")
        assert next(row for row in rows if row["table"] == "overall")["top2"] == "0.65"

    def test_one_heap_of_answers_is_another_formula(self, survey):
        Survey.objects.filter(pk=survey.pk).update(index_method="pooled")
        give(survey, {"TC01": "4", "TC03": "5"}, 5)
        give(survey, {"TC01": "1", "TC02": "5", "TC03": "1"}, 5)
        found = data()
        assert found["overall"]["top2"] == 0.6  # 15 of 25
        assert "gộp mọi câu trả lời" in found["formulas"]["index"]

    def test_levels_units_quarters_and_targets(self, survey):
        office = make_unit("so", "Sở")
        first, second = make_unit("a", "Trường A", office), make_unit("b", "Trường B", office)
        Survey.objects.filter(pk=survey.pk).update(rank_least=5)
        SurveyTarget.objects.create(survey=survey, unit_kind="primary", value=95, source="Kế hoạch năm")
        SurveyTarget.objects.create(survey=survey, unit_kind="primary", year=2026, value=60)
        for unit, satisfied in ((first, 9), (second, 3)):
            give(survey, {"TC01": "5"}, satisfied, unit=unit)
            give(survey, {"TC01": "1"}, 10 - satisfied, unit=unit, day=Q2)
        found = data()
        assert [(part["code"], part["top2"], part["rank"]) for part in found["by_unit"]] == [
            ("a", 0.9, 1),
            ("b", 0.3, 2),
        ]
        assert found["by_kind"][0]["top2"] == 0.6
        assert found["targets"] == [
            {"code": "primary", "name": "Trường tiểu học", "measure": "top2", "target": 0.6, "actual": 0.6,
             "reached": True, "clear": False, "source": ""}
        ]  # fmt: skip
        assert [(point["period"], point["top2"]) for point in found["trend"]][:2] == [
            ("2026-Q1", 1.0),
            ("2026-Q2", 0.0),
        ]
        words = page()[1]
        assert "đạt, trong khoảng sai số" in words
        assert data("ky=2026&don-vi=b")["overall"]["top2"] == 0.3
        assert data("ky=2026&cap=primary")["responses"] == 20

    def test_few_responses_are_in_no_answer(self, survey):
        school = make_unit("a", "Trường A")
        give(survey, {"TC01": "5"}, 3, unit=school)
        give(survey, {"TC01": "4"}, 20)
        for query in ("ky=2026&don-vi=a", "ky=2026-02&don-vi=a"):
            found = data(query)
            assert found["responses"] is None
            assert found["overall"]["top2"] is None
            assert all(cell["hidden"] and cell["levels"] is None and cell["n"] is None for cell in found["cells"])
            assert "Số phiếu dưới 5 nên được ẩn" in page(query)[1]
        assert data()["responses"] == 23

    def test_a_question_that_is_not_to_be_published_is_not(self, survey):
        give(survey, {"TC01": "5", "TC02": "5"}, 6)
        survey.current.sections.first().questions.filter(key="TC02").update(publishable=False)
        assert "TC02" not in {cell["key"] for cell in data()["cells"]}
        assert "Tiêu chí TC02" not in page()[1]

    @pytest.mark.parametrize(
        ("query", "words"),
        [("ky=2026-Q9", "Kỳ này không đọc được"), ("don-vi=khong-co", "Không có đơn vị này"),
         ("cap=truong", "Không có cấp"), ("tu=2026-02-30&den=2026-03-01", "Ngày không đọc được")],
    )  # fmt: skip
    def test_what_cannot_be_asked_for_is_told(self, survey, query, words):
        give(survey, {"TC01": "5"}, 6)
        answer, text = page(query)
        assert answer.status_code == 400
        assert words in text
        assert words in data(query)["error"]

    def test_days_that_are_no_whole_months_tell_nothing(self, survey):
        give(survey, {"TC01": "5"}, 6)
        found = data("tu=2026-02-10&den=2026-02-11")
        assert found["responses"] is None
        assert found["cells"] == []
        assert "tháng trọn vẹn" in page("tu=2026-02-10&den=2026-02-11")[1]
        assert "chưa có phiếu nào" in page("ky=2025")[1]

    def test_results_are_public_only_when_somebody_said_so(self, survey):
        give(survey, {"TC01": "5"}, 6)
        assert page()[0].status_code == 200
        Survey.objects.filter(pk=survey.pk).update(results_public=False)
        for tail in ("", "du-lieu.csv", "du-lieu.json"):
            assert Client().get(f"/khao-sat/thu/ket-qua/{tail}").status_code == 404

    def test_statements_do_not_grow(self, survey):
        counts = []
        Client().get("/khao-sat/thu/ket-qua/?ky=2026")
        for times, name in ((6, "a"), (60, "b")):
            give(survey, {"TC01": "5", "TC02": "2"}, times, unit=make_unit(name, f"Trường {name}"))
            with CaptureQueriesContext(connection) as asked:
                assert page()[0].status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]


def _text(url):
    return b"".join(Client().get(url).streaming_content).decode("utf-8-sig")


class TestRows:
    def test_rows_say_what_cells_say_and_are_mended(self, survey):
        give(survey, {"TC01": "5"}, 3)
        assert list(months_fit_tallies()) == []
        row = MonthTally.objects.filter(scope="unit").get()
        assert row.counts == {"": [3, {}], "TC01": [3, {"5": 3}]}
        MonthTally.objects.filter(pk=row.pk).update(counts={"": [9, {}]})
        MonthTally.objects.create(survey=survey, scope="unit", part="77", month=date(2026, 1, 1), counts={"": [1, {}]})
        assert len(list(months_fit_tallies())) == 2
        assert tallies_rebuild() == 2
        assert list(months_fit_tallies()) == []
        ResponseTally.objects.update(count=5)
        assert tallies_rebuild() > 0
        assert list(months_fit_tallies()) == []


class TestPublishing:
    @pytest.fixture
    def client(self, officer):
        client = Client()
        client.force_login(officer(Role.SURVEYOR))
        return client

    def publish(self, client, survey, query="ky=2026-Q1", note=""):
        return client.post(reverse("survey:publish", args=[survey.pk]) + f"?{query}", {"note": note})

    def test_what_is_published_stays_as_it_was(self, survey, client):
        give(survey, {"TC01": "5"}, 8)
        assert self.publish(client, survey, note="Quý đầu năm.").status_code == 302
        made = survey.snapshots.get()
        give(survey, {"TC01": "1"}, 8)
        url = f"/khao-sat/thu/ket-qua/{made.pk}/"
        text = Client().get(url).content.decode()
        assert "100,0\u00a0%" in text
        assert "Quý đầu năm." in text
        assert made.digest in text
        found = json.loads(Client().get(f"{url}du-lieu.json").content)
        kept = {key: value for key, value in found.items() if key not in {"published_at", "digest"}}
        assert record_digest(kept) == found["digest"] == made.digest
        assert kept["formulas"]["top2"]
        assert "5=8" in _text(f"{url}du-lieu.csv")
        assert data("ky=2026-Q1")["overall"]["top2"] == 0.5
        assert list(snapshots_fit_digests()) == []
        assert LedgerEvent.objects.filter(verb="survey.result_published").exists()
        assert url in page()[0].content.decode()

    def test_published_results_stand_though_the_live_ones_are_closed(self, survey, client):
        give(survey, {"TC01": "5"}, 8)
        self.publish(client, survey)
        Survey.objects.filter(pk=survey.pk).update(results_public=False)
        answer, words = page()
        assert answer.status_code == 200
        assert "Kết quả đã công bố" in words
        assert "100,0 %" not in words

    def test_taken_back_it_leaves_a_mark(self, survey, client):
        give(survey, {"TC01": "5"}, 8)
        self.publish(client, survey)
        made = survey.snapshots.get()
        withdraw = reverse("survey:withdraw", args=[survey.pk, made.pk])
        refused = client.post(withdraw, {"reason": " "})
        assert refused.status_code == 422
        assert "Ghi lý do" in refused.content.decode()
        client.post(withdraw, {"reason": "Nhập nhầm phiếu."})
        for tail in ("", "du-lieu.csv", "du-lieu.json"):
            answer = Client().get(f"/khao-sat/thu/ket-qua/{made.pk}/{tail}")
            assert answer.status_code == 410
            assert "Nhập nhầm phiếu." in answer.content.decode()
            assert "100,0" not in answer.content.decode()
        made.refresh_from_db()
        assert snapshot_withdraw(snapshot=made, actor=made.published_by, reason="Lần nữa").withdrawn_reason == (
            "Nhập nhầm phiếu."
        )

    @pytest.mark.parametrize(
        ("more", "query", "words"),
        [
            (0, "ky=2026", "Kỳ này chưa hết"),
            (0, "ky=2025", "chưa có kết quả nào được phép nêu"),
            (0, "ky=2026-Q1", "đã được công bố, số không đổi"),
            (2, "ky=2026-Q1", "đem trừ sẽ lộ ra"),
        ],
    )
    def test_what_may_not_be_published_is_refused_with_the_reason(self, survey, client, more, query, words):
        give(survey, {"TC01": "5"}, 8)
        self.publish(client, survey)
        give(survey, {"TC01": "1"}, more)
        answer = self.publish(client, survey, query)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert survey.snapshots.count() == 1

    def test_nobody_else_publishes(self, survey, officer, unit):
        give(survey, {"TC01": "5"}, 8)
        for role in (Role.LEADER, Role.REPORTER, Role.PUBLISHER, Role.ADMIN):
            client = Client()
            client.force_login(officer(role, unit=unit))
            assert self.publish(client, survey).status_code in {302, 403}
        assert not survey.snapshots.exists()
