"""What officers say of their tasks: progress and back, products, difficulties, values; and who may not."""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.models import LedgerEvent, OutboxMail
from cms.core.ports import mail_kinds
from cms.media.private import private_storage
from cms.media.uploads import check_upload
from cms.plans import services
from cms.plans.enums import ProgressState
from cms.plans.factories import give, plan
from cms.plans.models import PlanIndexPage, TargetValue, TaskDifficulty, TaskProduct
from cms.plans.services.products import products_sweep, products_without_bytes
from tests.plans.office import build_office

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


class UnitsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.office = build_office()

    def about(self, **facts):
        return {"page": self.office.page, "task_key": self.office.task.key, "actor": self.office.officer, **facts}

    def update(self, **facts):
        return services.task_progress_update(
            **{**self.about(), "state": ProgressState.IN_PROGRESS, "percent": 40, **facts}
        )

    # --- progress ---------------------------------------------------------------------------------

    def test_the_last_report_is_taken_back_and_both_steps_stay(self):
        self.update(percent=30, note="Bước đầu")
        self.update(percent=90, note="Ghi nhầm")
        progress = services.task_progress_undo(**self.about())
        assert (progress.percent, progress.note) == (30, "Bước đầu")
        assert progress.entries.count() == 3
        assert [entry.percent for entry in progress.entries.standing()] == [30]
        assert services.task_progress_undo(**self.about()).state == "not_started"
        with pytest.raises(ValidationError, match="Chưa có lần cập nhật"):
            services.task_progress_undo(**self.about())
        assert LedgerEvent.objects.filter(verb="plan.progress_undone").count() == 2

    def test_a_period_must_be_one_of_the_task(self):
        with pytest.raises(ValidationError, match="không chia theo kỳ"):
            self.update(period="2024-Q1")
        give(self.office.task, self.office.room, recurrence="quarter")
        for wrong in ("", "2024-01", "2030-Q1", "x" * 50):
            with pytest.raises(ValidationError, match="Hãy chọn một kỳ"):
                self.update(period=wrong)
        assert self.update(period="2024-Q2").period == "2024-Q2"

    # --- products ---------------------------------------------------------------------------------

    def file(self, name="bao-cao.pdf", content=PDF):
        return check_upload(SimpleUploadedFile(name, content))

    def test_a_product_is_the_offices_until_a_leader_shows_it(self):
        row = services.task_product_add(**self.about(), title=" Báo  cáo ", file=self.file())
        assert (row.title, row.public, row.filename, row.size) == ("Báo cáo", False, "bao-cao.pdf", len(PDF))
        assert private_storage.exists(row.stored_name)
        with pytest.raises(PermissionDenied):
            services.task_product_show(product=row, public=True, actor=self.office.officer)
        assert services.task_product_show(product=row, public=True, actor=self.office.leader).public
        assert not services.task_product_show(product=row, public=False, actor=self.office.publisher).public
        services.task_product_show(product=row, public=True, actor=self.office.head)
        removed = services.task_product_remove(product=row, actor=self.office.officer)
        assert (removed.public, removed.removed_at is None) == (False, False)
        with pytest.raises(ValidationError, match="đã được gỡ"):
            services.task_product_show(product=row, public=True, actor=self.office.leader)
        back = services.task_product_remove(product=row, restore=True, actor=self.office.officer)
        assert (back.public, back.removed_at) == (False, None)

    def test_a_product_is_one_file_or_one_address(self):
        link = services.task_product_add(**self.about(), title="Trang", url="https://truong.example.vn/a")
        assert (link.url, link.stored_name) == ("https://truong.example.vn/a", "")
        for wrong in (
            {"title": "Không có gì"},
            {"title": "Cả hai", "url": "https://a.example.vn", "file": self.file()},
            {"title": "", "url": "https://a.example.vn"},
            {"title": "x" * 201, "url": "https://a.example.vn"},
            {"title": "Mã lệnh", "url": "javascript:alert(1)"},
        ):
            with pytest.raises(ValidationError):
                services.task_product_add(**self.about(), **wrong)
        assert TaskProduct.objects.get() == link

    def test_another_unit_attaches_and_removes_nothing(self):
        row = services.task_product_add(**self.about(), title="Trang", url="https://truong.example.vn/a")
        for step in (
            lambda: services.task_product_add(**self.about(actor=self.office.stranger), title="x", url="https://a.vn"),
            lambda: services.task_product_remove(product=row, actor=self.office.stranger),
            lambda: services.task_product_show(product=row, public=True, actor=self.office.stranger_leader),
        ):
            with pytest.raises(PermissionDenied):
                step()

    def test_bytes_without_a_product_are_swept_and_missing_bytes_are_told(self):
        row = services.task_product_add(**self.about(), title="Báo cáo", file=self.file())
        name = row.stored_name
        later = timezone.now() + timedelta(days=2)
        products_sweep(now=later)
        assert private_storage.exists(name)
        assert not [line for line in products_without_bytes() if "Báo cáo" in line]
        row.delete()
        assert products_sweep(now=later) >= 1
        assert not private_storage.exists(name)

    # --- difficulties -----------------------------------------------------------------------------

    def waiting(self, **facts):
        return services.difficulty_report(**self.about(**facts), body="Thiếu máy quét CHIM-VUONG")

    def seen_by(self, user):
        return TaskDifficulty.objects.visible_to(type(user).objects.get(pk=user.pk)).count()

    def test_until_answered_the_unit_and_leaders_see_it_and_nobody_else(self):
        self.waiting()
        office = self.office
        assert [self.seen_by(user) for user in (office.officer, office.leader, office.head)] == [1, 1, 1]
        assert [
            self.seen_by(user) for user in (office.stranger, office.stranger_leader, office.editor, office.publisher)
        ] == [0, 0, 0, 0]
        event = LedgerEvent.objects.get(verb="plan.difficulty_reported")
        assert "CHIM-VUONG" not in str(event.data)

    def test_a_leader_answers_not_the_own_report_and_once(self):
        row = self.waiting()
        for wrong in (self.office.officer, self.office.stranger_leader, self.office.editor):
            with pytest.raises(PermissionDenied):
                services.difficulty_answer(difficulty=row, answer="x", actor=wrong)
        own = self.waiting(actor=self.office.leader)
        with pytest.raises(PermissionDenied):
            services.difficulty_answer(difficulty=own, answer="x", actor=self.office.leader)
        with pytest.raises(ValidationError):
            services.difficulty_answer(difficulty=row, answer=" ", actor=self.office.head)
        answered = services.difficulty_answer(difficulty=row, answer="Cho mượn máy.", actor=self.office.head)
        assert (answered.state, answered.answered_by) == ("answered", self.office.head)
        with pytest.raises(ValidationError, match="Đã trả lời"):
            services.difficulty_answer(difficulty=row, answer="Lần hai", actor=self.office.leader)
        assert self.seen_by(self.office.editor) == 1

    def test_it_is_withdrawn_by_its_unit_before_the_answer_only(self):
        row = self.waiting()
        with pytest.raises(PermissionDenied):
            services.difficulty_withdraw(difficulty=row, actor=self.office.stranger)
        assert services.difficulty_withdraw(difficulty=row, actor=self.office.officer).state == "withdrawn"
        with pytest.raises(ValidationError):
            services.difficulty_answer(difficulty=row, answer="Muộn", actor=self.office.head)
        assert [self.seen_by(user) for user in (self.office.officer, self.office.stranger, self.office.editor)] == [
            1,
            0,
            0,
        ]

    def test_it_is_public_after_the_answer_in_other_words_and_may_be_taken_back(self):
        row = self.waiting()
        words = {"body": "Thiếu máy.", "answer": "Mượn máy."}
        with pytest.raises(ValidationError):
            services.difficulty_publish(difficulty=row, **words, actor=self.office.head)
        row = services.difficulty_answer(difficulty=row, answer="Cho mượn.", actor=self.office.head)
        with pytest.raises(PermissionDenied):
            services.difficulty_publish(difficulty=row, **words, actor=self.office.officer)
        row = services.difficulty_publish(difficulty=row, **words, actor=self.office.leader)
        assert TaskDifficulty.objects.public().get().public_body == "Thiếu máy."
        services.difficulty_unpublish(difficulty=row, actor=self.office.head)
        assert not TaskDifficulty.objects.public().exists()

    def test_mails_go_to_whose_business_it_is_and_carry_no_word_of_it(self):
        self.office.officer.email = "phong-mot@so.example.vn"
        self.office.officer.save()
        row = self.waiting()
        mail = OutboxMail.objects.get(kind="plan_difficulty_reported")
        kind = mail_kinds.get(mail.kind)
        made = kind.render(mail.reference)
        assert made.to == "giam-doc@so.example.vn"
        assert "8/KH-SGDĐT" in made.subject
        assert f"/quan-tri/nhiem-vu/{self.office.task.pk}/" in made.text
        assert "CHIM-VUONG" not in made.text + made.subject
        services.difficulty_answer(difficulty=row, answer="Trả lời CHIM-LOI", actor=self.office.head)
        assert kind.render(mail.reference) is None
        answered = OutboxMail.objects.get(kind="plan_difficulty_answered")
        made = mail_kinds.get(answered.kind).render(answered.reference)
        assert (made.to, "CHIM-LOI" in made.text) == ("phong-mot@so.example.vn", False)

    # --- targets ----------------------------------------------------------------------------------

    def test_a_value_is_told_corrected_and_taken_back_by_the_unit_that_watches(self):
        page = plan(PlanIndexPage.objects.get(), "9/KH-A", targets=1, owner_unit=self.office.room)
        target = page.targets.get()
        facts = {"target": target, "period": "2024-Q1", "source": "Khảo sát", "actor": self.office.officer}
        services.target_value_tell(**facts, value=Decimal("90.5"))
        second = services.target_value_tell(**facts, value=Decimal("95.5"))
        assert [row.value for row in TargetValue.objects.of_target(target).standing()] == [
            Decimal("95.5"),
            Decimal("90.5"),
        ]
        services.target_value_remove(target=target, value=second, actor=self.office.officer)
        assert TargetValue.objects.of_target(target).standing().get().value == Decimal("90.5")
        for step in (
            lambda: services.target_value_tell(**{**facts, "actor": self.office.stranger}, value=Decimal(1)),
            lambda: services.target_value_remove(target=target, value=second, actor=self.office.stranger),
        ):
            with pytest.raises(PermissionDenied):
                step()
        for wrong in ({"period": "2024-Q9"}, {"value": Decimal("NaN")}, {"source": " "}, {"source_url": "ftp://a"}):
            with pytest.raises(ValidationError):
                services.target_value_tell(**{**facts, "value": Decimal(1), **wrong})


class LeftBehindTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.office = build_office()

    def test_a_product_whose_task_left_the_plan_is_not_public_and_the_owner_puts_it_away(self):
        row = services.task_product_add(
            page=self.office.page,
            task_key=self.office.task.key,
            title="Báo cáo",
            file=check_upload(SimpleUploadedFile("bao-cao.pdf", PDF)),
            actor=self.office.officer,
        )
        services.task_product_show(product=row, public=True, actor=self.office.head)
        address = reverse("plans_public:product", args=[row.pk])
        assert TaskProduct.objects.public().get() == row
        assert self.client.get(address).status_code == 200
        self.office.task.delete()
        assert not TaskProduct.objects.public().exists()
        assert self.client.get(address).status_code == 404
        for step in (
            lambda: services.task_product_show(product=row, public=False, actor=self.office.stranger_leader),
            lambda: services.task_product_remove(product=row, actor=self.office.stranger),
        ):
            with pytest.raises(PermissionDenied):
                step()
        for step in (
            lambda: services.task_product_show(product=row, public=True, actor=self.office.head),
            lambda: services.task_product_remove(product=row, restore=True, actor=self.office.head),
        ):
            with pytest.raises(ValidationError, match="không còn trong kế hoạch"):
                step()
        assert not services.task_product_show(product=row, public=False, actor=self.office.head).public
        assert services.task_product_remove(product=row, actor=self.office.head).removed_at
