"""Where dossiers are taken and by whom, this week; what else explains a procedure; and who may write of it."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import time_machine

from cms.core.enums import Role
from cms.core.models import CalendarDay, LedgerEvent, Unit
from cms.pages.models import QuestionsPage, StandardPage
from procedures.models import (
    DutyOfficer,
    DutySwap,
    DutyTurn,
    GuideSettings,
    OneStopPage,
    ProcedureGuide,
    ReceivingPlace,
)
from procedures.models.duty import duty_week, on_duty
from tests.officers import make_officer
from tests.procedures.portal import ProcedureSite

NOW = "2026-04-28T09:00:00+07:00"  # a Tuesday; the Thursday is a holiday
TUESDAY, SUNDAY = date(2026, 4, 28), date(2026, 5, 3)
ADDRESS = "/gioi-thieu/mot-cua/"


@time_machine.travel(NOW, tick=False)
class RosterTest(ProcedureSite):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.sen, cls.cuc = (
            DutyOfficer.objects.create(name=name, role="Chuyên viên", phone="024 3999 0000", duties="Nhận\nTrả")
            for name in ("Lê Thị Sen Mẫu", "Lê Thị Cúc Mẫu")
        )
        for weekday in range(5):
            DutyTurn.objects.create(place=cls.place, officer=cls.sen, weekday=weekday)
        DutyTurn.objects.create(place=cls.place, officer=cls.cuc, weekday=1, part="afternoon", ends_on=TUESDAY)

    def test_the_week_says_day_by_day_who_is_there_and_why_nobody(self):
        (duty,) = duty_week([self.place], TUESDAY)
        said = {day.weekday: (day.closed, [part for part, _people in day.parts]) for day in duty.days}
        assert list(said) == ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu"]
        assert said["Thứ Ba"] == ("", ["Cả ngày", "Buổi chiều"])
        closed, parts = said["Thứ Năm"]
        assert closed == CalendarDay.objects.get(date=date(2026, 4, 30)).label
        assert parts == []
        assert duty_week([self.place], SUNDAY)[0].days[0].date == date(2026, 5, 4)

    def test_turns_end_and_officers_leave(self):
        assert on_duty([self.place], TUESDAY)[self.place.pk] == [self.sen, self.cuc]
        assert on_duty([self.place], date(2026, 5, 5))[self.place.pk] == [self.sen]
        assert on_duty([self.place], date(2026, 4, 30)) == {}
        DutyOfficer.objects.filter(pk=self.sen.pk).update(active=False)
        assert self.sen.name not in self.body(ADDRESS)

    def test_one_day_is_taken_by_somebody_else_or_nobody_and_the_week_stays(self):
        wednesday, next_monday = date(2026, 4, 29), date(2026, 5, 4)
        turns = {turn.weekday: turn for turn in DutyTurn.objects.filter(officer=self.sen)}
        DutySwap.objects.create(turn=turns[1], date=TUESDAY, stand_in=self.cuc)
        DutySwap.objects.create(turn=turns[2], date=wednesday)
        (duty,) = duty_week([self.place], TUESDAY)
        said = {
            day.date: [(part, person.officer, person.stands_in) for part, people in day.parts for person in people]
            for day in duty.days
        }
        assert said[TUESDAY] == [("Cả ngày", self.cuc, True), ("Buổi chiều", self.cuc, False)]
        assert said[wednesday] == []
        assert on_duty([self.place], TUESDAY) == {self.place.pk: [self.cuc]}
        assert on_duty([self.place], wednesday) == {}
        assert on_duty([self.place], next_monday)[self.place.pk] == [self.sen]
        page = self.body(ADDRESS)
        assert "; trực thay)" in page
        assert "Không có lịch trực" in page
        DutyOfficer.objects.filter(pk=self.cuc.pk).update(active=False)
        assert on_duty([self.place], TUESDAY) == {}, "who left stands in for nobody"

    def test_the_page_of_the_desk_and_the_procedure_name_them(self):
        page = self.body(ADDRESS)
        for words in (
            "Một cửa",
            "https://ban-do.example.vn/",
            "Chiều",
            self.sen.name,
            "Chuyên viên",
            "Hôm nay",
            "Nghỉ:",
        ):
            assert words in page, words
        assert f"{self.sen.name} <span" in self.body(self.page.url)

    def test_its_statements_do_not_grow(self):
        self.client.get(ADDRESS)
        with CaptureQueriesContext(connection) as few:
            self.client.get(ADDRESS)
        for number in range(12):
            place = ReceivingPlace.objects.create(name=f"Quầy {number}", address="Số 2")
            officer = DutyOfficer.objects.create(name=f"Người {number}", role="Chuyên viên")
            turn = DutyTurn.objects.create(place=place, officer=officer, weekday=number % 5)
            DutySwap.objects.create(turn=turn, date=date(2026, 4, 27 + number % 3), stand_in=self.sen)
        with CaptureQueriesContext(connection) as many:
            self.client.get(ADDRESS)
        assert len(many) == len(few)

    def test_an_empty_desk_says_so(self):
        self.page.places.all().delete()
        DutyTurn.objects.all().delete()
        ReceivingPlace.objects.all().delete()
        DutyOfficer.objects.all().delete()
        assert "đang được bổ sung" in self.body(ADDRESS)


class RosterScreenTest(ProcedureSite):
    def test_the_desk_writes_the_roster_and_each_change_is_an_event(self):
        officer = make_officer(Role.ONE_STOP, unit=Unit.objects.get(parent=None))
        self.client.force_login(officer)
        self.client.post(
            reverse("duty_officers:add"), {"name": "Lê Thị Sen Mẫu", "role": "Chuyên viên", "order": 1, "active": "on"}
        )
        person = DutyOfficer.objects.get()
        turn = {"place": self.place.pk, "officer": person.pk, "weekday": 0, "part": "day"}
        self.client.post(reverse("duty_turns:add"), turn)
        wrong = {**turn, "starts_on": "2026-05-02", "ends_on": "2026-05-01", "weekday": 9}
        response = self.client.post(reverse("duty_turns:add"), wrong)
        self.assertContains(response, "Ngày cuối không thể trước ngày đầu.")
        self.assertContains(self.client.get(reverse("duty_turns:index")), person.name)
        self.client.post(reverse("duty_turns:delete", args=[DutyTurn.objects.get().pk]))
        assert not DutyTurn.objects.exists()
        verbs = LedgerEvent.objects.filter(subject_type__startswith="duty").values_list("verb", flat=True)
        assert list(verbs) == ["duty_officer.saved", "duty_turn.saved", "duty_turn.deleted"]

    def test_a_day_is_swapped_at_the_desk_and_swapped_back(self):
        officers = [DutyOfficer.objects.create(name=name, role="Chuyên viên") for name in ("Sen Mẫu", "Cúc Mẫu")]
        turn = DutyTurn.objects.create(place=self.place, officer=officers[0], weekday=1)
        self.client.force_login(make_officer(Role.ONE_STOP, unit=Unit.objects.get(parent=None)))
        form, swap = reverse("duty_swaps:add"), {"date": "28/04/2026", "turn": turn.pk, "stand_in": officers[1].pk}
        self.assertContains(self.client.get(form), f"{self.place.name}: Thứ Ba")
        for wrong, why in (
            ({"date": "29/04/2026"}, "Buổi trực này không có vào Thứ Tư, 29/04/2026."),
            ({"stand_in": officers[0].pk}, "phải khác người của buổi trực"),
        ):
            self.assertContains(self.client.post(form, {**swap, **wrong}), why)
        assert not DutySwap.objects.exists()
        self.client.post(form, swap)
        self.assertContains(self.client.post(form, swap), "ngày ấy đã đổi rồi")
        self.assertContains(self.client.get(reverse("duty_swaps:index")), "Cúc Mẫu")
        self.client.post(reverse("duty_swaps:delete", args=[DutySwap.objects.get().pk]))
        assert not DutySwap.objects.exists()
        verbs = LedgerEvent.objects.filter(subject_type="duty_swap").values_list("verb", flat=True)
        assert list(verbs) == ["duty_swap.saved", "duty_swap.deleted"]

    def test_others_do_not(self):
        self.client.force_login(make_officer(Role.HANDLER, unit=Unit.objects.get(parent=None)))
        self.client.post(reverse("duty_officers:add"), {"name": "A", "role": "B", "order": 1})
        assert not DutyOfficer.objects.exists()


class GuidesTest(ProcedureSite):
    def guided(self, page):
        self.page.guides = [ProcedureGuide(guide=page, note="Khi mất học bạ")]
        self.page.save_revision().publish()
        return self.body(self.page.url)

    def test_a_page_of_questions_stands_with_its_questions(self):
        answered = {"question": "Mất học bạ thì làm sao?", "answer": "<p>Xin cấp lại.</p>", "anchor": "mat-hoc-ba"}
        page = QuestionsPage(
            title="Hỏi đáp chuyển trường", topics=[("topic", {"title": "Giấy", "questions": [answered]})]
        )
        StandardPage.objects.get(slug="gioi-thieu").add_child(instance=page)
        page.save_revision().publish()
        shown = self.guided(page)
        assert f'href="{page.url}#mat-hoc-ba"' in shown
        assert "Khi mất học bạ" in shown
        assert '<a href="#giai-dap">' in shown
        page.unpublish()
        assert "Hỏi đáp chuyển trường" not in self.body(self.page.url)
        assert "giai-dap" not in self.body(self.page.url)

    def test_certified_copies_are_explained_where_they_are_taken(self):
        page = GuideSettings.load().certified_copies_page
        assert page.slug == "chung-thuc-ban-sao-dien-tu"
        assert page.url not in self.body(self.page.url)
        self.page.takes_certified_copies = True
        self.page.save_revision().publish()
        assert f'<a href="{page.url}">Chứng thực bản sao điện tử</a>' in self.body(self.page.url)
        assert "Cơ quan ghi" not in self.body(page.url)
        page.unpublish()
        assert page.url not in self.body(self.page.url)

    def test_the_page_of_the_desk_is_found_by_its_places(self):
        page = OneStopPage.objects.get()
        assert "Số 1" in page.search_text().body
        assert "Ông/bà được đón tiếp thế nào" in self.body(page.url)
