"""The figures in the admin: the rows behind each number, reports that add up, evaluations that are published."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

import pytest
import time_machine

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.core.periods import read_period
from procedures.enums import DossierChannel, DossierState, ReportOrigin
from procedures.figures import as_of
from procedures.models import Dossier, DossierReport, ServiceEvaluation
from procedures.services.dossier_figures import COUNTS, dossier_figures
from procedures.services.dossier_reports import dossier_report_save, dossier_report_take, service_evaluation_save
from procedures.services.handling import dossier_complete
from procedures.services.moves import dossier_undo
from procedures.services.tallies import tallies_fit_dossiers
from tests.feedback.conftest import make_officer
from tests.procedures.counted import TODAY, many, row, store, unit_of

pytestmark = pytest.mark.django_db
INDEX, ROWS = "dossier_figures_desk:index", "dossier_figures_desk:rows"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def year(db):
    """Dossiers of every kind, early, on the day, late, waiting, withdrawn, older than the period."""
    store(
        *many(3, date(2025, 12, 28), days=20, took=25),
        *many(2, date(2025, 11, 3)),
        *many(4, date(2026, 1, 12), took=2, channel=DossierChannel.ONLINE),
        *many(3, date(2026, 3, 2), took=10, channel=DossierChannel.POST),
        *many(2, date(2026, 3, 20), took=40),
        row(date(2026, 2, 2), ended=date(2026, 2, 5)),
        row(date(2026, 2, 2), due=date(2026, 2, 20), ended=date(2026, 2, 5), state=DossierState.WITHDRAWN),
        row(date(2026, 2, 3), due=date(2026, 2, 20), state=DossierState.NEED_SUPPLEMENT),
        row(date(2026, 2, 4)),
        *many(2, date(2026, 3, 26), days=300),
        *many(2, date(2026, 11, 27), days=3),
    )


@pytest.mark.parametrize("key", ["2026-Q1", "2026", "2025"])
def test_the_rows_behind_every_number_are_as_many_as_it_says(year, key):
    period = read_period(key)
    values = dossier_figures(period, today=TODAY).total.values
    edge = as_of(period.ends_on, TODAY)
    rows = {name: Dossier.objects.counted_as(name, period.starts_on, period.ends_on, edge).count() for name in COUNTS}
    assert rows == {name: values[name] for name in COUNTS}


def test_a_leader_opens_the_rows_of_the_own_unit_and_no_others(client, year):
    leader = make_officer("lanhdao", Role.LEADER, unit=unit_of())
    other = unit_of("truong-khac", "Trường Khác")
    store(*many(1, date(2026, 1, 12), unit=other))
    client.force_login(leader)
    form = client.get(reverse(INDEX), {"ky": "2026-Q1", "don-vi": unit_of().pk}).content.decode()
    assert f"{reverse(ROWS)}?ky=2026-Q1&amp;don-vi={unit_of().pk}&amp;do=late" in form
    rows = client.get(reverse(ROWS), {"ky": "2026-Q1", "don-vi": unit_of().pk, "do": "late"}).content.decode()
    late = Dossier.objects.counted_as("late", date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [code for code in late.values_list("code", flat=True) if code not in rows] == []
    assert client.get(reverse(ROWS), {"ky": "2026-Q1", "don-vi": other.pk, "do": "late"}).status_code == 302
    assert client.get(reverse(ROWS), {"ky": "2026-Q1", "do": "x"}).status_code == 404
    everything = client.get(reverse(ROWS), {"ky": "2026-Q1", "do": "received"}).content.decode()
    assert Dossier.objects.get(unit=other).code not in everything


def test_long_lists_go_on_by_key(client):
    store(*many(60, date(2026, 1, 12)))
    client.force_login(make_officer("lanhdao", Role.LEADER, unit=unit_of()))
    asked = {"ky": "2026-Q1", "don-vi": unit_of().pk, "do": "received"}
    first = client.get(reverse(ROWS), asked)
    second = client.get(reverse(ROWS), {**asked, "p": f"sau-{first.context['piece'].after}"})
    codes = [row.code for page in (first, second) for row, _badge in page.context["rows"]]
    assert len(codes) == len(set(codes)) == 60


REPORT = {"period": "2019-Q1", "received": 92, "resolved": 88, "in_progress": 4, "source": "Báo cáo số 65/BC-SGDĐT"}


def test_a_keyed_report_is_stored_with_its_event(client):
    client.force_login(make_officer("baocao", Role.REPORTER))
    stated = {**REPORT, "early": 85, "on_time": 3, "late": 0}
    answer = client.post(reverse("dossier_report:add"), {**stated, "public": "on"})
    assert answer.status_code == 302
    report = DossierReport.objects.get()
    assert (report.received, report.early, report.carried_over, report.origin) == (92, 85, None, ReportOrigin.KEYED)
    assert LedgerEvent.objects.get(subject_type="dossier_report").data["resolved"] == 88
    again = client.post(reverse("dossier_report:add"), stated)
    assert "Đã có số liệu của kỳ" in again.content.decode()


def test_a_report_that_does_not_add_up_is_refused_beside_its_column(client):
    client.force_login(make_officer("baocao", Role.REPORTER))
    wrong = {**REPORT, "in_progress": 5, "early": 85, "on_time": 4, "late": 0, "rated": 90, "satisfied": 94}
    text = client.post(reverse("dossier_report:add"), wrong).content.decode()
    for sentence in (
        "“Tiếp nhận” ghi 92, nhưng “Đã giải quyết” 88 cộng “Đang giải quyết” 5 là 93.",
        "“Đã giải quyết” ghi 88, nhưng “Trước hạn” 85 cộng “Đúng hạn” 4 cộng “Quá hạn” 0 là 89.",
        "Số ý kiến hài lòng không thể nhiều hơn số ý kiến đánh giá.",
    ):
        assert sentence in text
    assert 'value="Báo cáo số 65/BC-SGDĐT"' in text
    assert not DossierReport.objects.exists()
    with pytest.raises(ValidationError):
        dossier_report_save(actor=make_officer("motcua", Role.ONE_STOP), **{**REPORT, "in_progress": 5})


def test_the_counts_of_a_period_are_taken_as_its_report_and_taken_again(client, year):
    client.force_login(make_officer("baocao", Role.REPORTER, unit=unit_of()))
    client.post(reverse("dossier_figures_desk:take"), {"ky": "2026-Q1"})
    report = DossierReport.objects.get()
    assert report.values == {name: value for name, value in _told("2026-Q1").items() if name in report.values}
    assert (report.origin, report.public) == (ReportOrigin.COUNTED, False)
    store(*many(1, date(2026, 1, 12)))
    client.post(reverse("dossier_figures_desk:take"), {"ky": "2026-Q1"})
    assert DossierReport.objects.get().received == report.received + 1
    refused = client.post(reverse("dossier_figures_desk:take"), {"ky": "2030"}, follow=True)
    assert "Kỳ này chưa bắt đầu" in refused.content.decode()


def _told(key):
    return dossier_figures(read_period(key)).total.values


def test_a_keyed_report_is_never_counted_over(year):
    reporter = make_officer("baocao", Role.REPORTER)
    dossier_report_save(actor=reporter, **{**REPORT, "period": "2026-Q1"})
    with pytest.raises(ValidationError):
        dossier_report_take(actor=reporter, period="2026-Q1")
    with pytest.raises(PermissionDenied):
        dossier_report_take(actor=make_officer("xuly", Role.HANDLER), period="2026-Q2")


WORDS = {"period": "2026-Q1", "online_words": "Nộp trực tuyến tăng.", "post_words": "Bưu điện trực cả tuần."}


def test_a_period_of_which_only_a_report_tells_is_not_called_empty(client):
    client.force_login(make_officer("bc", Role.REPORTER))
    asked = f"{reverse(INDEX)}?ky=2019-Q1"
    assert "Kỳ này chưa có hồ sơ nào" in client.get(asked).content.decode()
    values = {"received": 92, "resolved": 88, "in_progress": 4}
    DossierReport.objects.create(period="2019-Q1", source="Báo cáo 65", public=True, **values)
    text = client.get(asked).content.decode()
    assert "Kỳ này chưa có hồ sơ nào" not in text
    assert "số của kỳ nằm trong báo cáo" in text


def test_an_editor_writes_and_only_a_publisher_publishes(client):
    editor, publisher = make_officer("bientap", Role.EDITOR), make_officer("duyetdang", Role.PUBLISHER)
    client.force_login(editor)
    client.post(reverse("service_evaluation_desk:add"), {**WORDS, "public": "on"})
    evaluation = ServiceEvaluation.objects.get()
    assert (evaluation.public, evaluation.published_on) == (False, None)
    client.force_login(publisher)
    edit = reverse("service_evaluation_desk:edit", args=[evaluation.pk])
    client.post(edit, {**WORDS, "public": "on"})
    evaluation.refresh_from_db()
    assert (evaluation.public, evaluation.published_on) == (True, TODAY)
    client.force_login(editor)
    text = client.post(edit, {**WORDS, "online_words": "Sửa lén"}).content.decode()
    assert "Chỉ người duyệt đăng sửa hoặc gỡ được" in text
    assert ServiceEvaluation.objects.get().online_words == WORDS["online_words"]
    with pytest.raises(PermissionDenied):
        service_evaluation_save(actor=make_officer("xuly", Role.HANDLER), **WORDS)


def test_a_step_of_the_desk_moves_the_counts_in_its_transaction(year):
    clerk = make_officer("motcua", Role.ONE_STOP, unit=unit_of())
    before = dossier_figures(read_period("2026"), today=TODAY).total.counts
    dossier = Dossier.objects.filter(due_on=date(2026, 11, 30)).first()
    dossier_complete(dossier=dossier, actor=clerk)
    after = dossier_figures(read_period("2026"), today=TODAY).total.counts
    assert (after.on_time, after.in_progress) == (before.on_time + 1, before.in_progress - 1)
    dossier_undo(dossier=dossier, actor=clerk, reason="Ghi nhầm hồ sơ")
    assert dossier_figures(read_period("2026"), today=TODAY).total.counts == before
    assert list(tallies_fit_dossiers()) == []
