"""A letter of apology from the dossier that asks for it to the line that everybody reads."""

import io
from datetime import date

from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import docx
import pytest
import time_machine
from pypdf import PdfReader

from cms.core.models import CalendarDay, LedgerEvent, OutboxMail
from cms.core.official_letters import letter_docx, letter_pdf
from cms.core.services.outbox import mails_send_due
from procedures.enums import ApologyKind, ApologyState
from procedures.models import Apology, Dossier, DossierSettings
from procedures.models.apologies import apologies_wanted, appointment_words, last_moment
from procedures.models.apology_letter import apology_letter
from procedures.services import apologies as services
from procedures.services.apology_mails import apologies_remind
from procedures.services.handling import dossier_complete
from procedures.services.integrity import apologies_fit_dossiers
from procedures.services.moves import NotAllowedError, TransitionRefusedError, dossier_undo
from tests.procedures.late import DUE, MAIL, NAME, NEW, NOW, PHONE, SIGNED, LateSite

S = ApologyState
LATER = "2026-03-16T09:30:00+07:00"


@time_machine.travel(NOW, tick=False)
class WritingTest(LateSite):
    def refused(self, field, **given):
        with pytest.raises(ValidationError) as refusal:
            self.written(**given)
        return " ".join(refusal.value.message_dict[field])

    def test_a_letter_is_written_approved_by_another_sent_and_public(self):
        apology = self.sent()
        dossier = Dossier.objects.get()
        assert (apology.state, dossier.due_on, dossier.reappointed_on) == (S.DELIVERED, DUE, NEW)
        assert list(Apology.objects.public()) == [apology]
        verbs = LedgerEvent.objects.about("apology", str(apology.pk)).values_list("verb", flat=True)
        assert list(verbs) == [f"apology.{verb}" for verb in ("written", "submitted", "approved", "delivered")]
        assert LedgerEvent.objects.about("dossier", dossier.code).last().verb == "dossier.apologise"
        assert list(apologies_fit_dossiers()) == []

    def test_nothing_is_public_and_no_date_moves_before_it_is_sent(self):
        apology = self.approved()
        assert not Apology.objects.public().exists()
        assert Dossier.objects.get().reappointed_on is None
        taken = services.apology_take_back(apology=apology, actor=self.clerk)
        assert (taken.state, taken.approver) == (S.DRAFT, None)
        assert services.apology_discard(apology=taken, actor=self.clerk).state == S.DISCARDED
        self.written()

    def test_four_eyes_whoever_wrote_a_word_of_it_does_not_approve(self):
        apology = services.apology_write(dossier=self.dossier, facts=self.facts(), actor=self.leader)
        apology = services.apology_revise(apology=apology, facts=self.facts(), actor=self.other_leader)
        apology = services.apology_submit(apology=apology, actor=self.clerk)
        for writer in (self.leader, self.other_leader):
            with pytest.raises(TransitionRefusedError, match="không tự duyệt"):
                services.apology_approve(apology=apology, actor=writer, **SIGNED)
            assert "approve" not in services.steps_of(apology, writer)
        with pytest.raises(IntegrityError), transaction.atomic():
            Apology.objects.update(approver=self.other_leader)

    def test_one_new_appointment_and_no_second(self):
        self.sent()
        sentence = self.refused("kind", new_due_on=date(2026, 3, 27))
        assert "đã được hẹn lại một lần, đến ngày 20/03/2026" in sentence
        assert "Quá hạn lần nữa" in sentence
        with time_machine.travel("2026-03-23T09:00:00+07:00", tick=False):
            assert list(apologies_wanted()) == [self.dossier]
            assert "không có ngày hẹn mới" in self.refused("new_due_on", kind=ApologyKind.LATE_AGAIN)
            again = self.sent(kind=ApologyKind.LATE_AGAIN, new_due_on=None)
            assert (again.old_due_on, again.new_due_on) == (NEW, None)
            assert not apologies_wanted().exists()
        assert Dossier.objects.get().reappointed_on == NEW

    def test_late_again_is_only_what_was_promised_anew_and_has_passed(self):
        assert "chưa được hẹn lại" in self.refused("kind", kind=ApologyKind.LATE_AGAIN, new_due_on=None)
        self.sent()
        assert "chưa qua" in self.refused("kind", kind=ApologyKind.LATE_AGAIN, new_due_on=None)

    def test_the_new_day_is_a_working_day_after_the_old_one(self):
        for day, words in (
            (None, "Hãy ghi ngày hẹn lại"),
            (DUE, "sau ngày hẹn trước, 17/03/2026"),
            (date(2026, 3, 21), "21/03/2026 là ngày nghỉ; ngày làm việc kế tiếp là 23/03/2026"),
            (date(2027, 3, 29), "xa hơn một năm"),
        ):
            assert words in self.refused("new_due_on", new_due_on=day)

    def test_a_person_is_not_named_in_what_everybody_reads(self):
        assert "Sen Mẫu" in self.refused("public_reason", public_reason=f"Hồ sơ của {NAME} thiếu học bạ.")
        kept = {"public_reason": "Xin gọi số 0987654321 để hỏi.", "kept_because": "Số của bộ phận Một cửa"}
        assert "0987654321" in self.refused("public_reason", **{**kept, "kept_because": ""})
        assert self.written(**kept).kept_because
        own = {"public_reason": f"Gọi {PHONE} không được.", "kept_because": "Không phải"}
        services.apology_discard(apology=Apology.objects.get(), actor=self.clerk)
        assert PHONE in self.refused("public_reason", **own)

    def test_a_reason_of_a_mistake_excuses_no_lateness(self):
        assert "của sai sót" in self.refused("reason", reason="lost_papers")
        mistake = self.sent(kind=ApologyKind.MISTAKE, reason="lost_papers", new_due_on=None)
        assert Dossier.objects.get().reappointed_on is None
        assert mistake.old_due_on == DUE

    def test_what_is_finished_or_waits_for_the_citizen_is_not_late(self):
        done = self.take("2")
        dossier_complete(dossier=done, actor=self.clerk)
        assert "Đã xử lý xong" in self.refused("kind", dossier=done)
        apology = self.approved()
        dossier_complete(dossier=self.dossier, actor=self.clerk)
        with pytest.raises(ValidationError):
            services.apology_deliver(apology=apology, actor=self.clerk, delivery="hand")
        assert not Apology.objects.public().exists()

    def test_another_unit_has_no_say_and_a_clerk_does_not_approve(self):
        apology = services.apology_submit(apology=self.written(), actor=self.clerk)
        for step in (
            lambda: services.apology_write(dossier=self.dossier, facts=self.facts(), actor=self.stranger),
            lambda: services.apology_approve(apology=apology, actor=self.stranger, **SIGNED),
            lambda: services.apology_approve(apology=apology, actor=self.clerk, **SIGNED),
            lambda: services.apology_take_back(apology=apology, actor=self.stranger),
        ):
            with pytest.raises(NotAllowedError):
                step()
        assert not Apology.objects.visible_to(self.stranger).exists()

    def test_who_was_slower_is_told(self):
        apology = self.written()
        services.apology_revise(apology=apology, facts=self.facts(), actor=self.clerk, expected_version=1)
        with pytest.raises(services.ApologyChangedError):
            services.apology_submit(apology=apology, actor=self.clerk, expected_version=1)


@time_machine.travel(NOW, tick=False)
class AfterwardsTest(LateSite):
    def test_withdrawing_says_why_and_keeps_the_promised_day(self):
        apology = self.sent()
        with pytest.raises(ValidationError):
            services.apology_withdraw(apology=apology, actor=self.leader, reason=f"Nhầm với {NAME}")
        withdrawn = services.apology_withdraw(apology=apology, actor=self.leader, reason="Thư ghi nhầm thủ tục.")
        assert list(Apology.objects.public()) == [withdrawn]
        assert Dossier.objects.get().reappointed_on == NEW
        with pytest.raises(ValidationError, match="vẫn giữ"):
            self.written(new_due_on=date(2026, 3, 27))
        assert self.sent().new_due_on == NEW
        assert list(apologies_fit_dossiers()) == []

    def test_a_day_that_somebody_holds_in_hand_is_not_taken_back_by_a_button(self):
        self.sent()
        with pytest.raises(TransitionRefusedError, match="đã hứa"):
            dossier_undo(dossier=self.dossier, actor=self.leader, reason="Ghi nhầm")

    def test_the_letter_goes_by_mail_with_its_file_and_not_at_once(self):
        self.sent()
        assert mails_send_due() >= 1  # to the leaders: it waited for them
        assert [message for message in mail.outbox if MAIL in message.to and "lỗi" in message.subject] == []
        with time_machine.travel(LATER, tick=False):
            mails_send_due()
        (message,) = [message for message in mail.outbox if MAIL in message.to and "lỗi" in message.subject]
        assert NAME not in message.subject + message.body
        ((_name, content, kind),) = message.attachments
        assert kind == "application/pdf"
        assert NAME in PdfReader(io.BytesIO(content)).pages[0].extract_text()

    def test_withdrawn_within_minutes_it_never_leaves(self):
        apology = self.sent()
        services.apology_withdraw(apology=apology, actor=self.leader, reason="Gửi nhầm.")
        with time_machine.travel(LATER, tick=False):
            mails_send_due()
        assert OutboxMail.objects.get(kind="dossier_apology").state == "cancelled"

    def test_without_an_address_it_is_handed_over(self):
        dossier = self.take("2", email="")
        apology = self.approved(dossier)
        with pytest.raises(ValidationError, match="không để lại thư điện tử"):
            services.apology_deliver(apology=apology, actor=self.clerk, delivery="mail")
        services.apology_deliver(apology=apology, actor=self.clerk, delivery="hand", note="Ký nhận tại quầy")
        assert not OutboxMail.objects.filter(kind="dossier_apology").exists()


@time_machine.travel(NOW, tick=False)
class NearlyLateTest(LateSite):
    def test_the_daily_look_tells_desk_and_leaders_once(self):
        for number in range(2, 5):
            self.take(str(number))
        self.take("9", due=date(2026, 4, 20))
        with self.assertNumQueries(22):
            assert apologies_remind() == 3
        assert apologies_remind() == 0
        mails_send_due()
        told = [message for message in mail.outbox if "cần thư xin lỗi" in message.subject]
        assert [message.to for message in told] == []  # officers of this test have no address
        self.leader.email = "lanh.dao@cong.example.vn"
        self.leader.save()
        with time_machine.travel("2026-03-17T09:00:00+07:00", tick=False):
            apologies_remind()
            mails_send_due()
        (message,) = [message for message in mail.outbox if "cần thư xin lỗi" in message.subject]
        assert message.subject == "4 hồ sơ cần thư xin lỗi"
        assert NAME not in message.body

    def test_a_letter_in_hand_answers_the_question(self):
        assert list(apologies_wanted()) == [self.dossier]
        self.written()
        assert not apologies_wanted().exists()

    def test_the_threshold_is_data(self):
        far = self.take("2", due=date(2026, 3, 20))
        assert far not in apologies_wanted()
        rules = DossierSettings.load()
        rules.apology_days = 4
        rules.save()
        assert far in apologies_wanted()

    def test_the_days_between_are_explained(self):
        calendar = CalendarDay.objects.work_calendar()
        words = appointment_words(date(2026, 4, 24), date(2026, 4, 29), calendar)
        assert words.startswith("2 ngày làm việc sau ngày hẹn trước; không tính")
        assert "27/04/2026" in words
        assert last_moment(date(2026, 4, 28), 1, calendar) == date(2026, 4, 24)
        apology = self.approved()
        assert apology.sent_in_time(calendar, 1)
        assert not apology.sent_in_time(calendar, 2)


@time_machine.travel(NOW, tick=False)
class LetterTest(LateSite):
    def test_both_files_say_person_dossier_reason_and_day(self):
        apology = Apology.objects.select_related("dossier__applicant").get(pk=self.approved().pk)
        letter = apology_letter(apology)
        sheet = " ".join(PdfReader(io.BytesIO(letter_pdf(letter))).pages[0].extract_text().split())
        document = docx.Document(io.BytesIO(letter_docx(letter)))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = " ".join(" ".join([*cells, *(row.text for row in document.paragraphs)]).split())
        said = (
            "Số: 07/PXL-SGDĐT",
            "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
            f"Kính gửi: Ông/bà {NAME}",
            self.dossier.code,
            "về thủ tục “Chuyển trường”",
            "Ngày hẹn trả kết quả là Thứ Ba, ngày 17 tháng 3 năm 2026.",
            "Chờ cơ quan phối hợp. Trường nơi chuyển đến chưa trả lời.",
            "hẹn trả kết quả vào Thứ Sáu, ngày 20 tháng 3 năm 2026.",
            "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
            "Lê Văn Mẫu",
        )
        for words in (sheet, text):
            assert [part for part in said if part not in words] == []

    def test_an_erased_person_is_named_by_the_dossier(self):
        apology = self.approved()
        self.dossier.applicant.delete()
        letter = apology_letter(Apology.objects.get(pk=apology.pk))
        assert letter.recipients == (f"Người nộp hồ sơ {self.dossier.code}",)

    def test_a_mistake_and_a_second_lateness_have_their_own_words(self):
        mistake = apology_letter(self.written(kind=ApologyKind.MISTAKE, reason="wrong_result", new_due_on=NEW))
        assert mistake.title == "Thư xin lỗi"
        assert "Ngày trả kết quả đã sửa là Thứ Sáu, ngày 20 tháng 3 năm 2026." in " ".join(
            part.text for part in mistake.parts
        )
        with time_machine.travel("2026-03-23T09:00:00+07:00", tick=False):
            self.dossier.reappointed_on = NEW
            self.dossier.save()
            again = apology_letter(self.written(kind=ApologyKind.LATE_AGAIN, new_due_on=None))
        assert "xin lỗi ông/bà lần nữa" in " ".join(part.text for part in again.parts)
