"""A dossier at the desk: code, date, every state, what is refused, what is taken back, who is told."""

from datetime import date, datetime, time, timedelta

from django.core import mail
from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils import timezone

import time_machine

from cms.core.models import CalendarDay, LedgerEvent, OutboxMail
from cms.core.services.calendar import calendar_day_save
from cms.core.services.outbox import mails_send_due
from procedures import factories
from procedures.enums import DossierChannel, DossierDue, DossierState, DueSource
from procedures.models import Dossier, DossierApplicant, DossierSettings, normalise_code
from procedures.models.serials import pattern_problem, series_of
from procedures.services import handling, moves
from procedures.services.checks import check_dossier_transitions
from procedures.services.deadlines import clock_now, due_after, due_strip, standing
from procedures.services.intake import code_take
from procedures.services.integrity import CHECKS
from procedures.services.retention import applicants_purge
from procedures.services.steps import step_advance, step_reopen
from procedures.services.timeline import public_timeline
from procedures.transitions import TRANSITIONS
from procedures.viewsets.dossier_forms import STEP_FORMS
from tests.procedures.desk import EMAIL, NAME, PHONE, make_desk
from tests.site import build_site

S = DossierState
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=timezone.get_default_timezone())


def faults():
    return [line for check in CHECKS for line in check.run()]


class DeskCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.desk = make_desk()

    def setUp(self):
        travel = time_machine.travel(MONDAY, tick=False)
        self.clock = travel.start()
        self.addCleanup(travel.stop)

    def taken(self, **facts):
        facts = {"name": NAME, "phone": PHONE, "email": EMAIL, **facts}
        return factories.dossier(self.desk.page, self.desk.unit, self.desk.clerk, **facts)


class CodeTests(DeskCase):
    def test_both_forms_of_the_example_come_out(self):
        for pattern, wanted in (
            ("000.00.12.H26-{ngày}-{số}", "000.00.12.H26-261130-0001"),
            ("H26.12-{ngày}-{số}", "H26.12-261130-0001"),
            ("{đơn vị}-{ngày}-{số}", "P01-261130-0001"),
        ):
            settings = DossierSettings.load()
            settings.code_pattern = pattern
            settings.full_clean()
            settings.save()
            assert code_take(unit=self.desk.unit, day=date(2026, 11, 30)) == wanted

    def test_the_serial_starts_anew_each_day_and_passes_over_what_a_file_brought(self):
        first = self.taken()
        assert first.code.endswith("-261130-0001")
        Dossier.objects.filter(pk=first.pk).update(code=first.code[:-1] + "2")
        assert self.taken().code.endswith("-0003")
        self.clock.move_to(datetime(2026, 12, 1, 9, 0, tzinfo=MONDAY.tzinfo))
        assert self.taken().code.endswith("-261201-0001")

    def test_a_pattern_that_cannot_tell_two_apart_is_refused_in_words(self):
        for pattern in ("H26-{số}", "H26-{ngày}", "{ngày}-{số}-{lạ}", "{số}-{ngày}", "Hồ sơ {ngày}-{số}"):
            assert pattern_problem(pattern), pattern
            with self.assertRaises(ValidationError) as refused:
                DossierSettings(code_pattern=pattern).full_clean()
            assert "code_pattern" in refused.exception.message_dict
        assert series_of("h26–{ngày}-{số}", day=date(2026, 1, 2), unit="X") == "H26-260102-"
        assert normalise_code(" h26.12 – 250703-0001 ") == "H26.12-250703-0001"


class DateTests(DeskCase):
    def due(self, quantity, unit, start="2026-11-30 09:00"):
        at = timezone.make_aware(datetime.strptime(start, "%Y-%m-%d %H:%M"))
        found = due_after(at, quantity, unit, clock_now())
        return found.due_on, found.due_time

    def test_every_unit_of_time(self):
        assert self.due(3, "working_day") == (date(2026, 12, 3), None)
        assert self.due(5, "day") == (date(2026, 12, 7), None)  # the fifth day is a Saturday
        assert self.due(1, "month") == (date(2026, 12, 30), None)
        assert self.due(24, "hour") == (date(2026, 12, 1), time(9, 0))
        assert self.due(None, "session") == (date(2026, 11, 30), None)
        assert self.due(None, "none") == (None, None)
        assert self.due(None, "working_day") == (None, None)

    def test_after_the_cut_off_hour_the_next_working_day_counts(self):
        assert self.due(3, "working_day", "2026-11-30 15:00")[0] == date(2026, 12, 3)
        assert self.due(3, "working_day", "2026-11-30 15:01")[0] == date(2026, 12, 4)
        assert self.due(None, "session", "2026-11-30 16:00")[0] == date(2026, 12, 1)
        assert self.due(24, "hour", "2026-12-04 16:00") == (date(2026, 12, 8), time(16, 0))
        settings = DossierSettings.load()
        settings.cut_off = None
        settings.save()
        assert self.due(3, "working_day", "2026-11-30 16:00")[0] == date(2026, 12, 3)

    def test_figures_that_were_remembered_say_so_until_somebody_confirms_them(self):
        made = self.taken()
        assert not due_strip(made).confirmed
        settings = DossierSettings.load()
        assert settings.cut_off == time(15, 0)
        assert "Điều 18" in settings.cut_off_basis
        settings.cut_off_confirmed = True
        settings.save()
        CalendarDay.objects.filter(date__year=2026).update(confirmed=True)
        assert due_strip(made).confirmed

    def test_the_date_moves_with_the_calendar_and_is_explained_day_by_day(self):
        made, given = self.taken(), self.taken(due_on=date(2026, 12, 3))
        assert (made.due_on, given.due_source) == (date(2026, 12, 3), DueSource.KEYED)
        calendar_day_save(date=date(2026, 12, 2), kind="holiday", label="Nghỉ bão")
        made.refresh_from_db()
        given.refresh_from_db()
        assert (made.due_on, given.due_on) == (date(2026, 12, 4), date(2026, 12, 3))
        whys = {day.date: (day.counted, day.why) for day in due_strip(made).days}
        assert whys[date(2026, 12, 2)][0] is None
        assert "Nghỉ bão" in whys[date(2026, 12, 2)][1]
        assert [entry.title for entry in public_timeline(made)][-1] == "Ngày hẹn trả thay đổi theo lịch làm việc"
        assert OutboxMail.objects.filter(kind="dossier_due_moved").count() == 1
        self.clock.shift(timedelta(minutes=11))
        mails_send_due()
        told = next(letter for letter in mail.outbox if "thay đổi" in letter.subject)
        assert "Ngày hẹn cũ: 03/12/2026. Ngày hẹn mới: 04/12/2026." in told.body
        assert faults() == []

    def test_how_a_dossier_stands_to_its_date(self):
        made = self.taken()
        days = (
            (11, 30, DossierDue.AHEAD),
            (12, 1, DossierDue.SOON),
            (12, 3, DossierDue.TODAY),
            (12, 4, DossierDue.LATE),
        )
        for month, day, kind in days:
            assert standing(made, date(2026, month, day)).kind == kind, day
        assert standing(made, date(2026, 12, 7)).days == 2


class WayTests(DeskCase):
    def test_the_table_is_whole(self):
        assert check_dossier_transitions() == []
        assert {row.verb for row in TRANSITIONS if row.by_hand} == set(STEP_FORMS)
        assert {row.target for row in TRANSITIONS} - {None} == set(S)

    def test_every_state_is_reached_by_services_and_the_rows_are_sound(self):
        for state in S:
            made = factories.dossier_in(state, self.desk.page, self.desk.unit, self.desk.clerk)
            assert made.state == state
        assert faults() == []

    def test_a_supplement_is_asked_for_once_stops_the_clock_and_starts_it_anew(self):
        made = self.taken()
        handling.dossier_ask(dossier=made, actor=self.desk.officer, papers="Học bạ")
        assert standing(made).kind == DossierDue.PAUSED
        self.clock.move_to(datetime(2026, 12, 7, 9, 0, tzinfo=MONDAY.tzinfo))
        handling.dossier_supply(dossier=made, actor=self.desk.clerk)
        assert (made.state, made.due_on) == (S.RECEIVED, date(2026, 12, 10))
        with self.assertRaisesMessage(moves.TransitionRefusedError, "chỉ được yêu cầu một lần"):
            handling.dossier_ask(dossier=made, actor=self.desk.officer, papers="Giấy khác")
        assert faults() == []

    def test_where_the_office_says_so_only_the_days_waited_are_added(self):
        settings = DossierSettings.load()
        settings.supplement_restarts = False
        settings.save()
        made = self.taken()
        self.clock.move_to(datetime(2026, 12, 1, 9, 0, tzinfo=MONDAY.tzinfo))
        handling.dossier_ask(dossier=made, actor=self.desk.clerk, papers="Học bạ")
        self.clock.move_to(datetime(2026, 12, 3, 9, 0, tzinfo=MONDAY.tzinfo))
        handling.dossier_supply(dossier=made, actor=self.desk.clerk)
        assert made.due_on == date(2026, 12, 7)

    def test_a_fee_is_waited_for_and_a_kept_date_moves_with_it(self):
        made = self.taken(due_on=date(2026, 12, 3))
        handling.dossier_charge(dossier=made, actor=self.desk.clerk, what="Lệ phí")
        self.clock.move_to(datetime(2026, 12, 2, 9, 0, tzinfo=MONDAY.tzinfo))
        handling.dossier_pay(dossier=made, actor=self.desk.clerk)
        assert (made.state, made.due_on) == (S.IN_PROGRESS, date(2026, 12, 7))

    def test_what_came_from_afar_counts_from_its_receipt(self):
        made = self.taken(received=False, channel=DossierChannel.ONLINE)
        assert (made.received_at, made.due_on) == (None, None)
        handling.dossier_ask(dossier=made, actor=self.desk.clerk, papers="Học bạ")
        self.clock.move_to(datetime(2026, 12, 1, 9, 0, tzinfo=MONDAY.tzinfo))
        with self.assertRaises(moves.TransitionRefusedError):
            moves.dossier_move(made, moves.Step("supply", self.desk.clerk))
        way = self.desk.page.ways.get(channel="online")
        handling.dossier_supply(dossier=made, actor=self.desk.clerk, way=way)
        assert made.due_on == date(2026, 12, 3)
        assert made.steps.count() == 2

    def test_taking_a_step_back_puts_everything_where_it_was(self):
        made = self.taken()
        before = Dossier.objects.values().get(pk=made.pk)
        roads = (
            lambda: handling.dossier_ask(dossier=made, actor=self.desk.clerk, papers="Học bạ"),
            lambda: handling.dossier_complete(dossier=made, actor=self.desk.clerk),
            lambda: handling.dossier_refuse(dossier=made, actor=self.desk.clerk, reason="Sai mẫu"),
        )
        for road in roads:
            road()
            with self.assertRaisesMessage(moves.TransitionRefusedError, "Vì sao phải lấy lại"):
                moves.dossier_undo(dossier=made, actor=self.desk.clerk, reason=" ")
            moves.dossier_undo(dossier=made, actor=self.desk.clerk, reason="Bấm nhầm")
            after = Dossier.objects.values().get(pk=made.pk)
            assert {**after, "version": 0} == {**before, "version": 0}
            assert faults() == []
        handling.dossier_ask(dossier=made, actor=self.desk.clerk, papers="Học bạ")
        handling.dossier_supply(dossier=made, actor=self.desk.clerk)
        moves.dossier_undo(dossier=made, actor=self.desk.leader, reason="Chưa nhận đủ")
        assert (made.state, made.pauses.filter(ended_at=None).count()) == (S.NEED_SUPPLEMENT, 1)
        assert faults() == []

    def test_of_two_waits_that_ended_at_one_moment_the_last_is_opened_again(self):
        made = self.taken()
        handling.dossier_ask(dossier=made, actor=self.desk.clerk, papers="Học bạ")
        handling.dossier_supply(dossier=made, actor=self.desk.clerk)
        handling.dossier_charge(dossier=made, actor=self.desk.clerk, what="Lệ phí")
        handling.dossier_pay(dossier=made, actor=self.desk.clerk)
        moves.dossier_undo(dossier=made, actor=self.desk.clerk, reason="Chưa nộp đủ")
        assert made.state == S.NEED_PAYMENT
        assert [pause.asked for pause in made.pauses.filter(ended_at=None)] == ["Lệ phí"]
        assert faults() == []

    def test_the_second_of_two_people_is_told(self):
        made = self.taken()
        seen = made.version
        handling.dossier_start(dossier=made, actor=self.desk.officer, expected_version=seen)
        with self.assertRaises(moves.DossierChangedError):
            handling.dossier_complete(dossier=made, actor=self.desk.clerk, expected_version=seen)

    def test_steps_are_begun_ended_and_taken_back(self):
        made = self.taken()
        for _turn in range(2):
            step_advance(dossier=made, number=1, actor=self.desk.officer)
        first, second = made.steps.all()
        assert first.ended_at
        assert second.started_at
        step_reopen(dossier=made, number=2, actor=self.desk.officer)
        with self.assertRaises(moves.TransitionRefusedError):
            step_advance(dossier=made, number=9, actor=self.desk.officer)
        with self.assertRaises(moves.NotAllowedError):
            step_advance(dossier=made, number=2, actor=self.desk.stranger)
        assert public_timeline(made) == [entry for entry in public_timeline(made) if "bước" not in entry.title]


class TellingTests(DeskCase):
    def test_an_early_result_is_told_by_mail_without_a_name(self):
        made = self.taken()
        handling.dossier_complete(dossier=made, actor=self.desk.officer)
        mails_send_due()
        told = {letter.subject: letter.body for letter in mail.outbox}
        body = told[f"Hồ sơ {made.code} đã có kết quả"]
        assert "sớm hơn ngày hẹn" in body
        assert "/tra-cuu-ho-so/" in body
        assert NAME not in " ".join(told.values())
        # What is no longer so is not told: the receipt's mail was overtaken.
        assert f"Đã tiếp nhận hồ sơ {made.code}" not in told

    def test_a_step_taken_back_in_time_is_not_told(self):
        made = self.taken()
        handling.dossier_complete(dossier=made, actor=self.desk.officer)
        moves.dossier_undo(dossier=made, actor=self.desk.clerk, reason="Nhầm hồ sơ")
        mails_send_due()
        states = dict(OutboxMail.objects.values_list("kind", "state"))
        assert states == {"dossier_received": "sent", "dossier_ready": "cancelled"}

    def test_nothing_public_and_nothing_in_the_ledger_names_anybody(self):
        made = self.taken(papers="Đơn của chim yến")
        handling.dossier_refuse(dossier=made, actor=self.desk.clerk, reason="Chim Yến chưa ký")
        told = " ".join(f"{entry.title} {entry.text}" for entry in public_timeline(made))
        kept = " ".join(str(event.data) for event in LedgerEvent.objects.all())
        assert "yến" not in (told + kept).lower()
        assert "Không được tiếp nhận" in told

    def test_people_are_erased_when_the_settings_say_so_and_the_dossier_stays(self):
        made, young = self.taken(papers="Đơn"), self.taken()
        handling.dossier_withdraw(dossier=made, actor=self.desk.clerk)
        assert applicants_purge() == 0
        settings = DossierSettings.load()
        settings.keep_days = 30
        settings.save()
        self.clock.move_to(datetime(2027, 1, 15, 9, 0, tzinfo=MONDAY.tzinfo))
        handling.dossier_withdraw(dossier=young, actor=self.desk.clerk)
        assert (applicants_purge(dry_run=True), applicants_purge(), applicants_purge()) == (1, 1, 0)
        assert list(DossierApplicant.objects.values_list("dossier", flat=True)) == [young.pk]
        made.refresh_from_db()
        assert (made.papers, made.state) == ("", S.WITHDRAWN)
        with self.assertRaisesMessage(moves.TransitionRefusedError, "hết hạn giữ"):
            moves.dossier_undo(dossier=made, actor=self.desk.clerk, reason="Nhầm")
        assert not Dossier.objects.of_applicant(PHONE, self.desk.clerk).filter(pk=made.pk).exists()
        assert faults() == []
