"""The calendar in the admin: lists, the copy of a week, moderation, undoing, and who may not."""

from datetime import date, timedelta

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.urls import reverse

from wagtail.models import GroupPagePermission, Page

import pytest

from cms.core.enums import Role
from cms.core.models import Unit
from cms.events.factories import event, week
from cms.events.models import EventIndexPage, EventPage, WorkSchedulePage
from cms.events.services import schedule_copy
from tests.officers import make_officer
from tests.site import build_site

EVENTS, WEEKS = "/quan-tri/danh-sach-su-kien/", "/quan-tri/danh-sach-lich-cong-tac/"
MONDAY = date(2026, 11, 30)
NEXT = MONDAY + timedelta(days=7)


class AdminTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = EventIndexPage.objects.get()
        cls.unit = Unit.objects.create(code="TH-MOT", name="Trường Một", slug="truong-mot", kind="primary")
        cls.editor, cls.publisher = make_officer(Role.EDITOR, unit=cls.unit), make_officer(Role.PUBLISHER)
        cls.handler = make_officer(Role.HANDLER, unit=cls.unit)
        rows = [
            {"content": "Giao ban", "weekday": 0, "unit": cls.unit, "participants": "Trưởng phòng"},
            {"content": "Đã hủy", "weekday": 2, "cancelled": True},
        ]
        cls.week = week(cls.index, MONDAY, rows, note="Trực: A")

    def setUp(self):
        self.client.force_login(self.editor)

    def copy_address(self, page=None):
        return reverse("week_copy", args=[(page or self.week).pk])


class ListsTest(AdminTest):
    def shown(self, address):
        answer = self.client.get(address)
        assert answer.status_code == 200
        return [page.title for page in answer.context["object_list"]]

    def test_events_are_found_by_words_kind_standing_unit_and_day(self):
        event(self.index, "Kỳ thi cũ", kind="exam", starts_on=date(2025, 5, 1))
        event(self.index, "Tập huấn", kind="training", standing="cancelled", owner_unit=self.unit)
        assert self.shown(EVENTS) == ["Tập huấn", "Kỳ thi cũ"]
        for query, title in (
            *(("?kind=exam", "Kỳ thi cũ"), ("?standing=cancelled", "Tập huấn"), ("?q=ky+thi", "Kỳ thi cũ")),
            *((f"?owner_unit={self.unit.pk}", "Tập huấn"), ("?starts_on_before=2025-12-31", "Kỳ thi cũ")),
        ):
            assert self.shown(f"{EVENTS}{query}") == [title], query

    def test_weeks_are_listed_with_their_rows(self):
        week(self.index, NEXT)
        assert [title.split(" (")[0] for title in self.shown(WEEKS)] == [
            "Lịch công tác tuần 50",
            "Lịch công tác tuần 49",
        ]
        assert self.shown(f"{WEEKS}?week_start_before=2026-11-30") == [self.week.title]
        assert self.shown(f"{WEEKS}?q=khong-co") == []

    def test_the_week_offers_its_copy(self):
        screen = self.client.get(reverse("wagtailadmin_pages:edit", args=[self.week.pk])).content.decode()
        assert self.copy_address() in screen

    def test_others_see_neither(self):
        self.client.force_login(self.handler)
        for address in (EVENTS, WEEKS, self.copy_address()):
            assert self.client.get(address).status_code == 302, address


class CopyTest(AdminTest):
    def test_the_next_free_week_is_proposed_and_a_draft_is_made(self):
        week(self.index, NEXT)
        form = self.client.get(self.copy_address()).context["form"]
        free = MONDAY + timedelta(days=14)
        assert form.initial["week"] == free
        answer = self.client.post(self.copy_address(), {"week": (free + timedelta(days=3)).strftime("%d/%m/%Y")})
        made = WorkSchedulePage.objects.get(week_start=free)
        assert answer.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
        assert not made.live
        assert made.latest_revision.user == self.editor
        (row,) = made.entries.all()
        source = self.week.entries.get(content="Giao ban")
        assert (row.content, row.unit, row.participants, row.weekday) == ("Giao ban", self.unit, "Trưởng phòng", 0)
        assert row.key != source.key
        assert self.client.get(made.url).status_code == 404

    def test_the_newest_draft_is_what_is_copied(self):
        draft = self.week.get_latest_revision_as_object()
        draft.note = "Trực: B"
        draft.save_revision()
        assert schedule_copy(source=self.week, week=NEXT, actor=self.editor).note == "Trực: B"

    def test_a_week_that_is_taken_or_no_day_is_refused_beside_the_field(self):
        for day, words in (("30/11/2026", "đã có lịch"), ("", "Không được để trống"), ("32/13/2026", "ngày đúng")):
            answer = self.client.post(self.copy_address(), {"week": day})
            assert answer.status_code == 200
            assert words in answer.content.decode(), day
        self.client.post(self.copy_address(), {"week": "01/01/0001"})
        assert WorkSchedulePage.objects.count() == 1
        with pytest.raises(ValidationError):
            schedule_copy(source=self.week, week=MONDAY, actor=self.editor)

    def test_looking_changes_nothing(self):
        self.client.get(self.copy_address())
        assert WorkSchedulePage.objects.count() == 1

    def test_wagtails_own_copy_leads_to_ours(self):
        answer = self.client.get(reverse("wagtailadmin_pages:copy", args=[self.week.pk]))
        assert answer.url == self.copy_address()

    def test_others_may_not(self):
        with pytest.raises(PermissionDenied):
            schedule_copy(source=self.week, week=NEXT, actor=self.handler)
        self.client.force_login(self.handler)
        self.client.post(self.copy_address(), {"week": "07/12/2026"})
        assert WorkSchedulePage.objects.count() == 1

    def test_an_editor_of_another_section_alone_may_not(self):
        """An office narrowed the editors to the news: the calendar is shut, in every way in."""
        news = Page.objects.get(slug="tin-tuc")
        group = Group.objects.get(name=str(Role.EDITOR.label))
        GroupPagePermission.objects.filter(group=group).delete()
        for right in ("add_page", "change_page"):
            GroupPagePermission.objects.create(
                group=group, page=news, permission=Permission.objects.get(codename=right, content_type__model="page")
            )
        planned = event(self.index, "Họp")
        for address in (
            self.copy_address(),
            reverse("wagtailadmin_pages:edit", args=[planned.pk]),
            reverse("wagtailadmin_pages:add", args=["events", "eventpage", self.index.pk]),
        ):
            assert self.client.get(address).status_code == 302, address
        with pytest.raises(PermissionDenied):
            schedule_copy(source=self.week, week=NEXT, actor=self.editor)
        assert self.client.get(EVENTS).context["object_list"].count() == 0


class EditingTest(AdminTest):
    FACTS = {
        **{"title": "Họp phụ huynh", "slug": "hop-phu-huynh", "kind": "meeting", "standing": "planned"},
        **{"starts_on": "10/12/2026", "ends_on": "", "starts_at": "07:30", "ends_at": "", "comments": "off"},
        **{"standing_note": "", "place": "", "address": "", "online_url": "", "organiser": "", "audience": ""},
        **{"contact": "", "lead": "", "image_alt": "", "image_caption": "", "body-count": "0"},
        **{"repeats": "", "repeats_until": "", "exceptions-TOTAL_FORMS": "0", "exceptions-INITIAL_FORMS": "0"},
    }

    def add(self, **facts):
        address = reverse("wagtailadmin_pages:add", args=["events", "eventpage", self.index.pk])
        return self.client.post(address, {**self.FACTS, **facts})

    def test_an_editor_hands_in_and_a_publisher_lets_out(self):
        self.add(**{"action-submit": "1"})
        page = EventPage.objects.get()
        assert page.ends_on == page.starts_on == date(2026, 12, 10)
        assert not page.live
        assert page.current_workflow_task.name == "Người duyệt đăng xem và duyệt"
        assert "Họp phụ huynh" not in self.client.get("/lich/theo-doi/tat-ca.ics").content.decode()
        page.current_workflow_task_state.approve(user=self.publisher)
        assert "Họp phụ huynh" in self.client.get("/lich/theo-doi/tat-ca.ics").content.decode()

    def test_an_editor_cannot_publish(self):
        self.add(**{"action-publish": "1"})
        assert not EventPage.objects.filter(live=True).exists()

    def test_bad_hours_are_said_beside_the_field_and_nothing_is_stored(self):
        answer = self.add(ends_at="07:00", lead="Giữ lại câu này")
        assert answer.status_code == 200
        body = answer.content.decode()
        assert "Giờ kết thúc phải sau giờ bắt đầu." in body
        assert "Giữ lại câu này" in body
        assert not EventPage.objects.exists()

    def test_the_address_of_a_week_is_refused_beside_its_field(self):
        for slug in ("tuan-50-2026", "tuan-nay", "theo-doi"):
            for button in ({}, {"action-publish": "1"}):
                answer = self.add(title="Tập huấn", slug=slug, **button)
                assert answer.status_code == 200, slug
                assert "dành cho lịch công tác tuần" in str(answer.context["form"].errors.get("slug")), slug
        assert not EventPage.objects.exists()
        page = event(self.index, "Tập huấn")
        facts = self.FACTS | {"slug": "tuan-50-2026"}
        answer = self.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), facts)
        assert "dành cho lịch công tác tuần" in str(answer.context["form"].errors.get("slug"))

    def test_the_address_that_a_title_makes_is_no_weeks(self):
        for title, made in (("Tuần 50 2026", "su-kien-tuan-50-2026"), ("Tuần này", "su-kien-tuan-nay")):
            self.add(title=title, slug="")
            assert EventPage.objects.get(title=title).slug == made
            assert event(self.index, title).slug == f"{made}-2"
        answer = self.client.post(self.copy_address(), {"week": NEXT.isoformat()})
        assert WorkSchedulePage.objects.get(week_start=NEXT).slug == "tuan-50-2026"
        assert answer.status_code == 302

    def test_a_copy_of_an_event_takes_not_the_address_of_a_week(self):
        page = event(self.index, "Tập huấn")
        self.client.force_login(self.publisher)
        copy = {"new_title": "Bản sao", "new_slug": "tuan-50-2026", "new_parent_page": self.index.pk}
        answer = self.client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copy, follow=True)
        assert "dành cho lịch công tác tuần" in answer.content.decode()
        assert EventPage.objects.count() == 1

    def test_an_event_that_stands_in_the_way_of_a_week_is_named(self):
        page = event(self.index, "Tập huấn cũ")
        Page.objects.filter(pk=page.pk).update(slug="tuan-50-2026")
        answer = self.client.post(self.copy_address(), {"week": NEXT.isoformat()})
        assert "“Tập huấn cũ” đang giữ địa chỉ" in str(answer.context["form"].errors["week"])
        address = reverse("wagtailadmin_pages:add", args=["events", "workschedulepage", self.index.pk])
        counts = {"TOTAL": "0", "INITIAL": "0", "MIN_NUM": "0", "MAX_NUM": "1000"}
        form = {f"entries-{name}_FORMS": number for name, number in counts.items()}
        form |= {"week_start": f"{NEXT:%d/%m/%Y}", "note": "", "listing_summary": ""}
        answer = self.client.post(address, form)
        assert "“Tập huấn cũ” đang giữ địa chỉ" in str(answer.context["form"].errors["week_start"])
        assert WorkSchedulePage.objects.count() == 1

    def test_a_change_is_undone_by_an_older_revision(self):
        page = event(self.index, "Bản đúng")
        first = page.latest_revision
        page.title = "Bản sai"
        page.save_revision().publish()
        first.publish()
        assert EventPage.objects.get(pk=page.pk).title == "Bản đúng"

    def test_a_week_is_written_and_a_wrong_hour_said_in_its_row(self):
        address = reverse("wagtailadmin_pages:add", args=["events", "workschedulepage", self.index.pk])
        row = {"weekday": "0", "part": "b_morning", "content": "Giao ban", "leaders": "Giám đốc", "kind": "meeting"}
        blank = dict.fromkeys(("starts_at", "ends_at", "place", "prepared_by", "unit", "participants", "id"), "")
        row = {f"entries-0-{name}": value for name, value in {**row, **blank, "ORDER": "1", "DELETE": ""}.items()}
        form = {"entries-TOTAL_FORMS": "1", "entries-INITIAL_FORMS": "0", "entries-MIN_NUM_FORMS": "0", **row}
        form |= {"entries-MAX_NUM_FORMS": "1000", "week_start": "10/12/2026", "note": "", "listing_summary": ""}
        wrong = self.client.post(address, {**form, "entries-0-starts_at": "14:00"})
        assert "14 giờ không phải buổi sáng" in wrong.content.decode()
        assert WorkSchedulePage.objects.count() == 1
        assert self.client.post(address, form).status_code == 302
        made = WorkSchedulePage.objects.get(week_start=NEXT)
        assert (made.slug, made.entries.count(), made.live) == ("tuan-50-2026", 1, False)
        taken = self.client.post(address, {**form, "week_start": "11/12/2026"})
        assert "Tuần này đã có lịch" in taken.content.decode()

    def test_the_address_of_the_calendar_stays(self):
        self.index.slug = "lich-moi"
        with pytest.raises(ValidationError) as raised:
            self.index.clean()
        assert "slug" in raised.value.message_dict
