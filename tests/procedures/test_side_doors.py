"""Ways to what is another's, or to more than one's own: each was open once."""

from django.core.exceptions import ValidationError
from django.urls import reverse

import pytest
import time_machine

from cms.core.models import LedgerEvent, Unit
from cms.core.services.limits import LIMITS
from procedures.enums import ApologyState
from procedures.importers.dossiers import read_dossiers
from procedures.models import Dossier, DossierApplicant
from procedures.services import apologies as services
from procedures.services.intake import dossier_receive
from procedures.services.moves import TransitionRefusedError
from procedures.services.people import applicant_correct
from tests.procedures.late import DUE, NEW, NOW, LateSite
from tests.procedures.test_dossiers import DeskCase

HEAD = "Mã hồ sơ,Mã thủ tục,Tên thủ tục,Người nộp,Ngày tiếp nhận,Ngày hẹn trả,Đơn vị\n"
LOOKUP = "/tra-cuu-ho-so/"


class UnitsOfOneNameTest(DeskCase):
    def read(self, unit):
        return read_dossiers(f"{HEAD}A-1001,9.000101,Việc,Nguyễn Mẫu,02/11/2026,,{unit}\n".encode(), "ho-so.csv")

    def test_a_name_of_two_units_is_refused_and_the_code_decides(self):
        Unit.objects.create(code="P03", name="Trường khác", short_name="Phòng Mẫu Hai", slug="p03", kind="room")
        (refusal,) = self.read("phòng mẫu hai").refusals
        assert "có mấy đơn vị tên “phòng mẫu hai”; hãy ghi mã đơn vị" in refusal.reason
        assert "Nguyễn" not in refusal.text
        (item,) = self.read("p03").items
        assert item.data.unit_id == Unit.objects.get(code="P03").pk

    def test_a_code_goes_before_a_name(self):
        Unit.objects.create(code="P04", name="P02", slug="p04", kind="room")
        (item,) = self.read("P02").items
        assert item.data.unit_id == self.desk.other.pk


class ReceiptTest(DeskCase):
    def test_printing_the_contacts_is_noted_each_time_and_reading_the_screen_is_not(self):
        made = self.taken()
        self.client.force_login(self.desk.clerk)
        seen = LedgerEvent.objects.about("dossier", made.code).filter(verb="dossier.identity_viewed")
        self.client.get(reverse("dossier:receipt", args=[made.pk]))
        assert not seen.exists()
        for count in (1, 2):
            assert self.client.get(reverse("dossier:receipt_file", args=[made.pk])).status_code == 200
            assert seen.count() == count
        assert seen.last().actor == self.desk.clerk

    def test_of_whoever_was_erased_the_receipt_still_prints(self):
        made = self.taken()
        DossierApplicant.objects.all().delete()
        self.client.force_login(self.desk.clerk)
        assert self.client.get(reverse("dossier:receipt_file", args=[made.pk])).status_code == 200
        assert not LedgerEvent.objects.filter(verb="dossier.identity_viewed").exists()


class SecondDatumTest(DeskCase):
    def setUp(self):
        super().setUp()
        self.dossier = self.taken(papers="Học bạ")

    def opens(self, second):
        answer = self.client.post(LOOKUP, {"code": self.dossier.code, "second": second})
        assert answer.status_code == 200
        return "Giấy tờ đã nộp" in answer.content.decode()

    def test_four_figures_or_the_whole_number_and_nothing_between(self):
        for second in ("7890", "0934567890", "0934 567 890", "84934567890"):
            assert self.opens(second), second
        for second in ("67890", "4567890", "890"):
            assert not self.opens(second), second

    def test_a_short_number_is_not_every_number(self):
        short = {"name": self.dossier.applicant.name, "phone": "1022"}
        applicant_correct(dossier=self.dossier, actor=self.desk.clerk, values=short, papers="Học bạ")
        assert not self.opens("55555")

    def test_a_day_has_so_many_guesses_of_one_dossier_whoever_guesses(self):
        most = LIMITS["dossier_wrong_second_day"].count
        answers = []
        for number in range(most + 5):
            self.clock.shift(121)
            data = {"code": self.dossier.code, "second": "0000"}
            answers.append(self.client.post(LOOKUP, data, REMOTE_ADDR=f"203.0.113.{number}").status_code)
        assert answers == [200] * most + [429] * 5


class FarDayTest(DeskCase):
    def test_a_day_beyond_ten_years_is_a_slip_of_the_hand(self):
        made = self.taken(received=False, channel="online")
        far = made.filed_at.date().replace(year=2062)
        with pytest.raises(TransitionRefusedError, match="xa hơn 10 năm"):
            dossier_receive(dossier=made, actor=self.desk.clerk, due_on=far)
        row = f"{HEAD}A-1001,9.000101,Việc,,02/11/2026,02/12/2062,P01\n"
        (refusal,) = read_dossiers(row.encode(), "ho-so.csv").refusals
        assert "xa hơn 10 năm" in refusal.reason


@time_machine.travel(NOW, tick=False)
class MovedDayTest(LateSite):
    def test_a_letter_begun_before_the_calendar_moved_says_the_day_that_holds(self):
        apology = self.written(new_due_on=NEW)
        sooner, between = DUE.replace(day=16), DUE.replace(day=17)
        Dossier.objects.filter(pk=self.dossier.pk).update(due_on=sooner)
        revised = services.apology_revise(apology=apology, facts=self.facts(new_due_on=between), actor=self.clerk)
        assert (revised.old_due_on, revised.new_due_on) == (sooner, between)

    def test_the_day_is_read_again_when_the_letter_is_handed_over(self):
        apology = self.written(new_due_on=NEW)
        later = DUE.replace(day=18)
        Dossier.objects.filter(pk=self.dossier.pk).update(due_on=later)
        handed = services.apology_submit(apology=apology, actor=self.clerk)
        assert (handed.state, handed.old_due_on) == (ApologyState.PENDING, later)
        Dossier.objects.filter(pk=self.dossier.pk).update(due_on=NEW)
        with pytest.raises(ValidationError):
            services.apology_approve(apology=handed, actor=self.leader, signer_title="GIÁM ĐỐC", signer_name="Lê Mẫu")
