"""The clock of retention: what is over is erased, once, in words for nobody; what is kept stays."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

import pytest

from cms.core.models import LedgerEvent
from cms.core.ports import jobs
from feedback import factories
from feedback.enums import CaseState
from feedback.models import Case, Sender
from feedback.services import retention
from feedback.services.handling import case_close
from feedback.services.retention import personal_data_purge
from tests.feedback.conftest import make_desk

pytestmark = pytest.mark.django_db
NAME = "Lương Thị Chim Yến"


@pytest.fixture
def desk(site_tree):
    return make_desk("truong-a", "Trường Tiểu học Mẫu A")


def closed(desk, *, days=31, keep=30, **told):
    case = factories.answered(desk, **told)
    Case.objects.filter(pk=case.pk).update(answered_at=timezone.now() - timedelta(days=400))
    case.refresh_from_db()
    case_close(case=case)
    case.category.keep_days = keep
    case.category.save()
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=days))
    case.refresh_from_db()
    return case


def states():
    return list(Case.objects.order_by("pk").values_list("state", flat=True))


def run(*options):
    out, err = StringIO(), StringIO()
    call_command("purge_personal_data", *options, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def test_what_is_over_is_erased_and_counted_by_category(desk):
    case = closed(desk, name=NAME)
    told = run()
    assert states() == [CaseState.ANONYMISED]
    assert not Sender.objects.exists()
    assert f"đã xóa 1 ({case.category.name}: 1)" in told
    assert NAME not in told
    event = LedgerEvent.objects.get(verb="retention.purged")
    assert event.data == {"erased": 1, "refused": [], "left": 0}
    assert "đã xóa 0" in run()


def test_what_is_not_over_or_kept_without_a_term_stays(desk):
    closed(desk, days=29)
    assert personal_data_purge().erased.total() == 0
    Case.objects.get().category.__class__.objects.update(keep_days=None)
    Case.objects.update(closed_at=timezone.now() - timedelta(days=9000))
    assert personal_data_purge().erased.total() == 0
    Case.objects.get().category.__class__.objects.update(keep_days=2_147_483_647)
    assert personal_data_purge().erased.total() == 0
    assert Sender.objects.count() == 1


def test_a_dry_run_tries_and_keeps_everything(desk):
    closed(desk, name=NAME)
    told = run("--dry-run")
    assert "Chạy thử, không xóa gì: đã xóa 1" in told
    assert states() == [CaseState.CLOSED]
    assert Sender.objects.count() == 1
    assert not LedgerEvent.objects.filter(verb="retention.purged").exists()


def test_a_run_has_a_bound_and_the_next_goes_on(desk):
    for _number in range(3):
        closed(desk)
    first = personal_data_purge(at_most=2)
    assert (first.erased.total(), first.left) == (2, 1)
    second = personal_data_purge(at_most=2)
    assert (second.erased.total(), second.left) == (1, 0)


def test_a_case_that_refuses_is_named_without_its_words_and_stops_no_other(desk, monkeypatch):
    wrong, right = closed(desk, name=NAME), closed(desk)
    real = retention.case_anonymise

    def anonymise(*, case):
        if case.pk == wrong.pk:
            raise ValueError(NAME)
        return real(case=case)

    monkeypatch.setattr(retention, "case_anonymise", anonymise)
    told = run()
    assert wrong.reference in told
    assert NAME not in told
    assert Case.objects.get(pk=right.pk).state == CaseState.ANONYMISED
    assert LedgerEvent.objects.get(verb="retention.purged").data["refused"] == [wrong.reference]


def test_it_runs_every_day_and_says_only_figures(desk):
    case = closed(desk, name=NAME)
    job = jobs.get("purge_personal_data")
    assert job.every == timedelta(days=1)
    assert job.run() == f"đã xóa 1 ({case.category.name}: 1)"
