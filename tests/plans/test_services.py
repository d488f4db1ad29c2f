"""Plans are written once and keep their tasks; progress lives outside the revisions of the page."""

import json
from datetime import date, timedelta
from uuid import uuid4

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.test import TestCase
from django.utils import timezone

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent, Unit
from cms.plans.enums import ProgressState
from cms.plans.factories import plan
from cms.plans.importers import read_plan
from cms.plans.models import PlanIndexPage, PlanPage, PlanTask, TaskProgress
from cms.plans.services import NoIndexPageError, plan_import, task_progress_update
from tests.files.make_samples import TASKS, Plan, samples
from tests.officers import make_officer
from tests.site import build_site


def draft_of(content):
    return read_plan(content, "a.docx").items[0].data


def good():
    return draft_of(samples()["ke_hoach_tot.docx"])


class ImportTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.editor, cls.publisher = make_officer(Role.EDITOR), make_officer(Role.PUBLISHER)
        cls.handler = make_officer(Role.HANDLER)

    def test_a_plan_becomes_a_page_that_opens(self):
        plan_import(plans=[good()], actor=None, publish=True)
        page = PlanPage.objects.readable().get()
        assert page.url == "/cai-cach-hanh-chinh/08-kh-pgddt-2024/"
        body = self.client.get(page.url).content.decode()
        for words in ("08/KH-PGDĐT", 'id="i-muc-tieu"', "Tập huấn giáo viên", "&lt;thử &amp; nghiệm&gt;", "Lê Thị Mẫu"):
            assert words in body, words
        assert LedgerEvent.objects.get(verb="plan.imported").data["tasks"] == 2

    def test_the_editor_can_open_and_save_what_was_imported(self):
        plan_import(plans=[good()], actor=None, publish=False)
        page = PlanPage.objects.get()
        page.full_clean()
        assert page.body.stream_block.clean(page.body)

    def test_a_second_run_makes_no_double_and_keeps_the_keys_of_the_tasks(self):
        plan_import(plans=[good()], actor=None, publish=True)
        page = PlanPage.objects.get()
        keys = {task.content: task.key for task in page.tasks.all()}
        changed = [
            ("1", "Tập huấn giáo viên", "Hội thảo", *TASKS[0][3:]),
            ("2", "Báo cáo mới", *TASKS[1][2:]),
            ("3", "Việc thêm", *TASKS[1][2:]),
        ]
        again = draft_of(Plan().title().parts().closing().annex(changed).bytes())
        plan_import(plans=[again], actor=None, publish=True)
        page = PlanPage.objects.get()
        now = {task.content: task.key for task in page.tasks.all()}
        assert list(now) == ["Tập huấn giáo viên", "Báo cáo mới", "Việc thêm"]
        assert now["Tập huấn giáo viên"] == keys["Tập huấn giáo viên"]
        assert now["Báo cáo mới"] == keys["Báo cáo tình hình"]
        assert page.tasks.first().product == "Hội thảo"
        assert PlanTask.objects.filter(page=page).count() == 3

    def test_an_editors_draft_is_not_published_by_an_import(self):
        plan_import(plans=[good()], actor=None, publish=True)
        page = PlanPage.objects.get()
        page.signer = "Đang soạn dở"
        page.save_revision()
        plan_import(plans=[draft_of(samples()["ke_hoach_bang_gop.docx"])], actor=None, publish=True)
        page.refresh_from_db()
        assert (page.signer, page.has_unpublished_changes) == ("Lê Thị Mẫu", True)

    def test_a_basis_that_is_on_the_portal_is_linked(self):
        basis = plan(PlanIndexPage.objects.get(), "7/QĐ-UBND", issued_on=date(2024, 2, 1))
        plan_import(plans=[good()], actor=None, publish=True)
        page = PlanPage.objects.get(number="08/KH-PGDĐT")
        assert [line.url for line in page.basis_lines] == ["", basis.url]

    def test_an_editor_brings_a_draft_and_may_not_publish(self):
        with pytest.raises(PermissionDenied):
            plan_import(plans=[good()], actor=self.editor, publish=True)
        plan_import(plans=[good()], actor=self.editor, publish=False)
        assert not PlanPage.objects.readable().exists()
        assert PlanPage.objects.get().owner == self.editor

    def test_another_officer_brings_nothing(self):
        with pytest.raises(PermissionDenied):
            plan_import(plans=[good()], actor=self.handler, publish=False)
        assert not PlanPage.objects.exists()


@pytest.mark.django_db
def test_without_a_section_the_reason_is_said():
    PlanIndexPage.objects.get().delete()
    with pytest.raises(NoIndexPageError, match="setup_site"):
        plan_import(plans=[], actor=None, publish=True)


class ProgressTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        agency = Unit.objects.get(parent=None)
        cls.room = Unit.objects.create(code="P1", name="Phòng Một", slug="phong-mot", kind="room", parent=agency)
        cls.other = Unit.objects.create(code="P2", name="Phòng Hai", slug="phong-hai", kind="room", parent=agency)
        cls.page = plan(PlanIndexPage.objects.get(), tasks=2)
        cls.task = cls.page.tasks.first()
        cls.task.units = [cls.room]
        cls.task.save()
        cls.officer = make_officer(Role.HANDLER, unit=cls.room)
        cls.stranger = make_officer(Role.HANDLER, unit=cls.other)
        cls.editor = make_officer(Role.EDITOR)

    def update(self, actor=None, key=None, state=ProgressState.IN_PROGRESS, percent=40, note=""):
        return task_progress_update(
            page=self.page,
            task_key=key or self.task.key,
            state=state,
            percent=percent,
            note=note,
            actor=actor or self.officer,
        )

    def test_an_officer_of_the_unit_reports_and_history_is_kept(self):
        self.update(note="Đã có dự thảo")
        progress = self.update(state=ProgressState.DONE, percent=70)
        assert (progress.state, progress.percent, progress.updated_by) == ("done", 100, self.officer)
        assert [(row.state, row.percent, row.note) for row in progress.entries.all()] == [
            ("done", 100, ""),
            ("in_progress", 40, "Đã có dự thảo"),
        ]
        event = LedgerEvent.objects.filter(verb="plan.progress").last()
        assert (event.actor, event.data["state"]) == (self.officer, "done")
        assert "dự thảo" not in json.dumps(event.data, ensure_ascii=False)

    def test_publishing_an_old_draft_leaves_progress_alone(self):
        old = self.page.save_revision()
        newer = self.page
        newer.tasks.first().content = "Việc đổi tên"
        newer.save_revision().publish()
        self.update(percent=60)
        old.publish()
        page = PlanPage.objects.get(pk=self.page.pk)
        line = page.board[0]
        assert (line.task.key, line.percent) == (self.task.key, 60)
        assert TaskProgress.objects.count() == 1

    def test_a_task_taken_out_and_put_back_finds_its_progress_again(self):
        full = self.page.save_revision()
        self.update(percent=60)
        self.page.tasks = [task for task in self.page.tasks.all() if task.key != self.task.key]
        self.page.save_revision().publish()
        assert [line.percent for line in PlanPage.objects.get(pk=self.page.pk).board] == [0]
        full.as_object().save_revision().publish()
        assert [line.percent for line in PlanPage.objects.get(pk=self.page.pk).board] == [60, 0]

    def test_an_officer_of_another_unit_may_not(self):
        with pytest.raises(PermissionDenied):
            self.update(actor=self.stranger)
        assert not TaskProgress.objects.exists()

    def test_a_task_of_no_unit_belongs_to_the_plans_owner(self):
        second = self.page.tasks.last()
        with pytest.raises(PermissionDenied):
            self.update(key=second.key)
        self.page.owner_unit = self.room
        assert self.update(key=second.key).percent == 40
        assert self.update(key=second.key, actor=self.editor, percent=50).percent == 50

    def test_an_unknown_task_and_impossible_values_are_refused(self):
        with pytest.raises(ObjectDoesNotExist):
            self.update(key=uuid4())
        for wrong in ({"percent": 101}, {"percent": -1}, {"state": "x"}, {"note": "x" * 2001}, {"note": "\x00"}):
            with pytest.raises(ValidationError):
                self.update(**wrong)
        assert not TaskProgress.objects.exists()

    def test_overdue_is_computed(self):
        today = timezone.localdate()
        self.task.deadline_on = today - timedelta(days=1)
        self.task.save()
        line = PlanPage.objects.get(pk=self.page.pk).board[0]
        assert line.is_overdue
        assert not line.overdue_on(today - timedelta(days=1))
        self.update(state=ProgressState.DONE)
        assert not PlanPage.objects.get(pk=self.page.pk).board[0].is_overdue

    def test_a_copied_plan_starts_without_progress(self):
        self.update()
        copy = self.page.copy(update_attrs={"slug": "ban-sao", "title": "Bản sao"})
        assert [line.percent for line in PlanPage.objects.get(pk=copy.pk).board] == [0, 0]
