"""Units confirm what they have read; the publisher sees who has not; those are reminded once."""

from datetime import timedelta
from unittest import mock

from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from cms.core.enums import Role
from cms.core.models import LedgerEvent, Unit
from cms.core.services.outbox import mails_send_due
from cms.internal import factories
from cms.internal.enums import ReadStanding
from cms.internal.models import InternalNoticePage, NoticeReceipt, receipt_counts, receipt_lines
from cms.internal.services.receipts import receipt_give, receipt_take_back, reminders_queue
from tests.officers import make_officer
from tests.site import build_site

DAY = timedelta(days=1)


class NoticesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.agency = Unit.objects.get(parent=None)
        cls.school, cls.other = (cls.make_unit(code) for code in ("MOT", "HAI"))
        cls.officer, cls.colleague = (make_officer(Role.HANDLER, unit=cls.school) for _each in range(2))
        cls.stranger = make_officer(Role.HANDLER, unit=cls.other)
        cls.publisher = make_officer(Role.PUBLISHER, unit=cls.agency)
        cls.page = factories.notice("Một thông báo", units=[cls.school], number="7/TB")
        for user in (cls.officer, cls.colleague, cls.stranger):
            user.email = f"{user.username}@so.example.vn"
            user.save()

    @classmethod
    def make_unit(cls, code, **facts):
        return Unit.objects.create(
            code=code, name=f"Trường {code}", slug=code.lower(), kind="primary", parent=cls.agency, **facts
        )

    def give(self, actor=None, page=None, unit=None):
        return receipt_give(page=page or self.page, unit=unit or self.school, actor=actor or self.officer)

    def overdue(self, **facts):
        return factories.notice("Quá hạn", read_by=timezone.localdate() - DAY, **facts)

    def standing(self, page=None):
        return {line.unit.code: line.standing for line in receipt_lines(page or self.page)}


class ReceiptTest(NoticesTest):
    def test_pressed_twice_and_by_two_the_first_receipt_stands(self):
        first = self.give()
        assert self.give() == first == self.give(self.colleague)
        assert NoticeReceipt.objects.get().given_by == self.officer
        assert LedgerEvent.objects.filter(verb="internal_notice.read").count() == 1
        assert self.standing() == {"MOT": ReadStanding.IN_TIME}

    def test_nobody_confirms_for_a_unit_in_which_they_do_not_work(self):
        leader = make_officer(Role.LEADER)
        leader.memberships.create(unit=self.agency, with_units_below=True)
        for actor in (self.stranger, leader, self.publisher):
            with self.assertRaises(PermissionDenied):
                self.give(actor)
        with self.assertRaises(PermissionDenied):
            self.give(unit=self.other)
        assert not NoticeReceipt.objects.exists()

    def test_a_notice_that_asks_for_none_or_not_for_this_unit_takes_none(self):
        plain = factories.notice(units=[self.school], needs_receipt=False, read_by=None)
        own = factories.notice(units=[self.school], owner_unit=self.school)
        for page in (plain, own):
            with self.assertRaises(ValidationError):
                self.give(page=page)

    def test_only_who_gave_it_takes_it_back_and_then_the_unit_has_not_read(self):
        self.give()
        with self.assertRaises(PermissionDenied):
            receipt_take_back(page=self.page, unit=self.school, actor=self.colleague)
        assert receipt_take_back(page=self.page, unit=self.school, actor=self.officer)
        assert self.standing() == {"MOT": ReadStanding.WAITING}
        assert not receipt_take_back(page=self.page, unit=self.school, actor=self.officer)
        assert LedgerEvent.objects.filter(verb="internal_notice.unread").count() == 1

    def test_who_left_the_unit_takes_nothing_back(self):
        self.give()
        self.officer.memberships.all().delete()
        del self.officer.unit_ids
        with self.assertRaises(PermissionDenied):
            receipt_take_back(page=self.page, unit=self.school, actor=self.officer)

    def test_the_button_goes_to_a_named_address_and_says_what_was_done(self):
        self.client.force_login(self.officer)
        assert "Đã đọc" in self.client.get(self.page.url).content.decode()
        address = reverse("internal:confirm", args=[self.page.pk])
        assert self.client.get(address).status_code == 405
        for _press in range(2):
            answer = self.client.post(address, {"unit": self.school.pk}, follow=True)
            assert "đơn vị đã đọc thông báo" in answer.content.decode()
        assert NoticeReceipt.objects.count() == 1
        answer = self.client.post(
            reverse("internal:take_back", args=[self.page.pk]), {"unit": self.school.pk}, follow=True
        )
        assert "Đã rút lại" in answer.content.decode()
        assert not NoticeReceipt.objects.exists()

    def test_bad_forms_store_nothing(self):
        address = reverse("internal:confirm", args=[self.page.pk])
        assert self.client.post(address, {"unit": self.school.pk}).status_code == 302
        self.client.force_login(self.stranger)
        assert self.client.post(address, {"unit": self.other.pk}).status_code == 403
        self.client.force_login(self.officer)
        for unit in ("", "x", "9" * 30, "999999"):
            assert self.client.post(address, {"unit": unit}).status_code == 302
        assert self.client.post(address, {"unit": self.other.pk}).status_code == 403
        assert not NoticeReceipt.objects.exists()

    def test_late_readers_and_those_who_never_read_are_told_apart(self):
        page = self.overdue()
        self.give(page=page)
        assert self.standing(page)["MOT"] == ReadStanding.AFTER
        assert self.standing(page)["HAI"] == ReadStanding.LATE

    def test_a_receipt_of_before_a_change_says_so(self):
        self.give()
        self.page.save_revision().publish()
        (line,) = receipt_lines(InternalNoticePage.objects.get(pk=self.page.pk))
        assert line.is_older

    def test_the_list_of_what_is_unread(self):
        self.client.force_login(self.officer)
        for address in ("/thong-bao-noi-bo/?loc=chua-doc", "/quan-tri/"):
            assert "Một thông báo" in self.client.get(address).content.decode()
        self.give()
        for address in ("/thong-bao-noi-bo/?loc=chua-doc", "/quan-tri/"):
            assert "Một thông báo" not in self.client.get(address).content.decode()
        assert "Một thông báo" in self.client.get("/thong-bao-noi-bo/").content.decode()
        assert "Một thông báo" in self.client.get("/thong-bao-noi-bo/?q=7/tb").content.decode()
        assert "không có thông báo nào khớp" in self.client.get("/thong-bao-noi-bo/?q=zzz").content.decode().lower()

    def test_the_table_and_its_file_are_the_publishers_and_the_leaders_for_their_units(self):
        page = factories.notice(number="8/TB")
        receipt_give(page=page, unit=self.school, actor=self.officer)
        addresses = [reverse(name, args=[page.pk]) for name in ("internal_receipts", "internal_receipts_csv")]
        leader = make_officer(Role.LEADER, unit=self.school)
        for user, sees_other in ((self.publisher, True), (leader, False)):
            self.client.force_login(user)
            for address in addresses:
                text = self.client.get(address).content.decode()
                assert "Trường MOT" in text
                assert ("Trường HAI" in text) == sees_other
        self.client.force_login(self.officer)
        for address in addresses:
            assert self.client.get(address).headers.get("Location") == reverse("wagtailadmin_home")

    def test_the_table_costs_the_same_for_many_units(self):
        page = factories.notice()
        with self.assertNumQueries(2):
            receipt_lines(page)
        for number in range(30):
            self.make_unit(f"T{number}")
        with self.assertNumQueries(2):
            assert len(receipt_lines(page)) > 30

    def test_units_that_let_the_day_pass_are_reminded_once(self):
        page = self.overdue(units=[self.school, self.other])
        receipt_give(page=page, unit=self.other, actor=self.stranger)
        assert reminders_queue() == 2
        assert reminders_queue() == 0  # the outbox knows them already
        assert mails_send_due() == 2
        assert {to for sent in mail.outbox for to in sent.to} == {self.officer.email, self.colleague.email}
        sent = mail.outbox[0]
        assert page.url in sent.body
        assert page.title not in sent.subject + sent.body
        assert mails_send_due() == 0

    def test_no_mail_leaves_when_the_unit_has_read_meanwhile_or_the_notice_is_gone(self):
        page = self.overdue(units=[self.school])
        reminders_queue()
        self.give(page=page)
        assert mails_send_due() == 0
        receipt_take_back(page=page, unit=self.school, actor=self.officer)
        page.unpublish()
        assert reminders_queue() == 0

    def test_a_unit_without_accounts_hears_by_its_letter_box(self):
        unit = self.make_unit("BA", email="truong.ba@so.example.vn")
        self.overdue(units=[unit])
        assert reminders_queue() == 1
        assert mails_send_due() == 1
        assert mail.outbox[0].to == ["truong.ba@so.example.vn"]

    def test_reminding_costs_no_more_for_more_units_that_have_read(self):
        self.overdue(units=[self.agency], below=True)
        NoticeReceipt.objects.bulk_create(
            NoticeReceipt(page=InternalNoticePage.objects.latest("pk"), unit=unit, given_at=timezone.now())
            for unit in Unit.objects.all()
        )
        with self.assertNumQueries(6):
            assert reminders_queue() == 0


class TableTest(NoticesTest):
    def test_a_reader_of_one_unit_loads_the_receipt_of_that_unit_alone(self):
        page = factories.notice()
        for number in range(3):
            unit = self.make_unit(f"T{number}")
            receipt_give(page=page, unit=unit, actor=make_officer(Role.HANDLER, unit=unit))
        with mock.patch.object(NoticeReceipt, "from_db", wraps=NoticeReceipt.from_db) as loaded:
            (line,) = receipt_lines(page, among=[unit.pk])
            assert line.receipt.unit_id == unit.pk
            assert loaded.call_count == 1
            assert receipt_counts(page)[ReadStanding.IN_TIME] == 3
            assert loaded.call_count == 1

    def test_the_counts_are_those_of_the_lines(self):
        page = self.overdue()
        self.give(page=page)
        late, unread = (factories.notice(read_by=timezone.localdate() + DAY * days) for days in (0, 3))
        self.give(page=late)
        for notice in (page, late, unread):
            lines = receipt_lines(notice)
            for standing, count in receipt_counts(notice).items():
                assert count == len(receipt_lines(notice, standing=standing))
                assert count == sum(line.standing == standing for line in lines)
            assert sum(receipt_counts(notice).values()) == len(lines)
        assert receipt_counts(page)[ReadStanding.AFTER] == receipt_counts(late)[ReadStanding.IN_TIME] == 1
        self.client.force_login(self.publisher)
        screen = reverse("internal_receipts", args=[page.pk])
        text = self.client.get(f"{screen}?tinh-trang=after").content.decode()
        assert "Trường MOT" in text
        assert "Trường HAI" not in text
