"""A notice comes and goes at its minute, where it belongs, once it is approved; no answer is kept beyond that."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page

import pytest
import time_machine
from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.core.models import Unit
from cms.home.models import Menu, SiteNotice
from cms.home.notices import LONGEST_KEPT, notices_for
from cms.pages.models import StandardPage
from tests.officers import make_officer
from tests.site import build_site

NOON = timezone.make_aware(datetime(2026, 11, 20, 12))
MINUTE = timedelta(minutes=1)


def notice(**values):
    row = SiteNotice(
        **{"heading": "Bão số 9: học sinh nghỉ học", "starts_at": NOON, "ends_at": NOON + 60 * MINUTE, **values},
        live=False,
    )
    row.full_clean()
    row.save()
    row.save_revision().publish()
    row.refresh_from_db()
    return row


class NoticeTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        cls.about = Page.objects.get(slug="gioi-thieu")
        cls.below = Page.objects.get(slug="lien-he")

    def shown(self, path="/", at=NOON):
        with time_machine.travel(at, tick=False):
            response = self.client.get(path)
        alerts = BeautifulSoup(response.content.decode(), "html.parser").select(".alert")
        return [alert.select_one(".alert__title").get_text(" ", strip=True) for alert in alerts]

    def kept(self, path="/", at=NOON):
        with time_machine.travel(at, tick=False):
            return self.client.get(path).headers.get("Cache-Control")

    def test_it_stands_from_its_first_second_to_its_last(self):
        notice()
        second = timedelta(seconds=1)
        assert self.shown(at=NOON - second) == []
        assert self.shown(at=NOON) == ["Cần chú ý: Bão số 9: học sinh nghỉ học"]
        assert len(self.shown("/tim-kiem/", at=NOON + 60 * MINUTE - second)) == 1
        assert self.shown(at=NOON + 60 * MINUTE) == []

    def test_no_answer_is_kept_beyond_the_next_change(self):
        assert self.kept() == f"public, max-age={LONGEST_KEPT}"
        notice()
        assert self.kept(at=NOON - timedelta(seconds=20)) == "public, max-age=20"
        assert self.kept(at=NOON) == f"public, max-age={LONGEST_KEPT}"
        assert self.kept("/gioi-thieu/", at=NOON + 60 * MINUTE - timedelta(seconds=7)) == "public, max-age=7"
        midnight = timezone.make_aware(datetime(2026, 11, 21))
        assert self.kept(at=midnight - timedelta(seconds=5)) == "public, max-age=5", "the date in the frame changes"

    def test_what_is_somebodys_own_is_kept_by_nobody(self):
        assert "no-store" in self.kept("/phan-anh-kien-nghi/gui/")
        assert "no-store" in self.kept("/khong-co/")
        self.client.force_login(make_officer(Role.EDITOR))
        assert self.kept() == "private, no-store"

    def test_a_draft_and_one_that_was_taken_down_show_nowhere(self):
        row = notice()
        SiteNotice.objects.create(heading="Nháp", starts_at=NOON, ends_at=NOON + MINUTE, live=False)
        assert len(self.shown()) == 1
        row.unpublish()
        assert self.shown() == []

    def test_scope_of_a_section(self):
        notice(scope="section", section=self.about)
        assert len(self.shown("/gioi-thieu/")) == len(self.shown("/gioi-thieu/lien-he/")) == 1
        assert self.shown("/") == self.shown("/tin-tuc/") == self.shown("/tim-kiem/") == []

    def test_scope_of_a_unit(self):
        unit = Unit.objects.get()
        notice(scope="unit", unit=unit)
        assert self.shown("/gioi-thieu/") == []
        StandardPage.objects.update(owner_unit=unit)
        assert len(self.shown("/gioi-thieu/")) == 1
        with time_machine.travel(NOON, tick=False):
            assert notices_for(RequestFactory().get("/"), None, {unit.pk})

    def test_the_newest_comes_first_and_the_word_says_how_urgent(self):
        notice(heading="Cũ", starts_at=NOON - MINUTE, level="info")
        notice(heading="Mới", level="urgent")
        assert self.shown() == ["Khẩn: Mới", "Thông tin: Cũ"]

    def test_a_link_to_a_page_that_is_gone_is_left_out(self):
        row = notice(link_page=self.below)
        assert SiteNotice.objects.get(pk=row.pk).link == "/gioi-thieu/lien-he/"
        self.below.specific.unpublish()
        assert SiteNotice.objects.get(pk=row.pk).link == ""
        assert len(self.shown()) == 1

    def test_words_of_people_are_escaped(self):
        notice(heading="<b>Nghỉ</b>", text='"Nước" & <script>x()</script>')
        with time_machine.travel(NOON, tick=False):
            page = self.client.get("/").content.decode()
        assert "<script>x()" not in page
        assert self.shown() == ["Cần chú ý: <b>Nghỉ</b>"]

    def test_it_asks_one_statement_however_many_wait(self):
        for number in range(20):
            notice(heading=f"Số {number}", starts_at=NOON + number * MINUTE)
        with self.assertNumQueries(1), time_machine.travel(NOON, tick=False):
            assert len(notices_for(RequestFactory().get("/"))) == 1

    def test_each_mistake_has_its_sentence(self):
        for values, field, sentence in (
            ({"ends_at": NOON}, "ends_at", "sau giờ bắt đầu"),
            ({"scope": "section"}, "section", "Chọn mục"),
            ({"scope": "unit"}, "unit", "Chọn đơn vị"),
            ({"link_url": "javascript:alert(1)"}, "link_url", "https://"),
            ({"link_url": "/tin-tuc/", "link_page": self.about}, "link_url", "không cả hai"),
            ({"heading": "   "}, "heading", ""),
        ):
            with self.subTest(field), pytest.raises(ValidationError) as refused:
                notice(**values)
            assert sentence in " ".join(refused.value.message_dict[field])


class ModerationTest(TestCase):
    """Editors write and hand in; publishers let out; nobody else sees the door."""

    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.editor, cls.publisher = make_officer(Role.EDITOR), make_officer(Role.PUBLISHER)
        cls.address = reverse("wagtailsnippets_home_sitenotice:add")

    def form(self, **more):
        return {
            "heading": "Mất điện tại trụ sở",
            "text": "Bộ phận một cửa làm việc lại lúc 13 giờ 30.",
            "level": "warning",
            "scope": "site",
            "starts_at": "20/11/2026 11:00",
            "ends_at": "20/11/2026 14:00",
            **more,
        }

    def shown(self):
        with time_machine.travel(NOON, tick=False):
            return "Mất điện tại trụ sở" in self.client_class().get("/").content.decode()

    def test_from_draft_to_reader(self):
        self.client.force_login(self.editor)
        self.client.post(self.address, self.form(**{"action-submit": "1"}))
        row = SiteNotice.objects.get()
        assert row.current_workflow_state is not None
        assert not self.shown()
        self.client.force_login(self.publisher)
        task = row.current_workflow_task_state
        approve = reverse("wagtailsnippets_home_sitenotice:workflow_action", args=[row.pk, "approve", task.pk])
        self.client.post(approve)
        assert self.shown()

    def test_an_editor_cannot_let_it_out(self):
        self.client.force_login(self.editor)
        self.client.post(self.address, self.form(**{"action-publish": "1"}))
        assert not self.shown()

    def buttons(self, officer, address):
        """Return what ``officer`` may press or follow on a screen: names of buttons, addresses of links."""
        self.client.force_login(officer)
        page = BeautifulSoup(self.client.get(address).content.decode(), "html.parser")
        return {each["name"] for each in page.select("button[name]")} | {
            each["href"] for each in page.select("a[href]")
        }

    def test_a_publisher_lets_an_urgent_one_out_and_takes_it_down_at_once(self):
        assert "action-publish" in self.buttons(self.publisher, self.address)
        self.client.post(self.address, self.form(**{"action-publish": "action-publish"}))
        assert self.shown()
        for model, row in (("sitenotice", SiteNotice.objects.get()), ("menu", Menu.objects.first())):
            edit, unpublish, delete, listed = (
                reverse(f"wagtailsnippets_home_{model}:{name}", args=[row.pk] if name != "list" else [])
                for name in ("edit", "unpublish", "delete", "list")
            )
            with self.subTest(model):
                assert {"action-publish", unpublish, delete} <= self.buttons(self.publisher, edit)
                assert {unpublish, delete} <= self.buttons(self.publisher, listed)
                assert not {"action-publish", unpublish, delete} & self.buttons(self.editor, edit)
                assert not {unpublish, delete} & self.buttons(self.editor, listed)
        self.client.force_login(self.publisher)
        self.client.post(reverse("wagtailsnippets_home_sitenotice:unpublish", args=[SiteNotice.objects.get().pk]))
        assert not self.shown()

    def test_a_mistake_keeps_what_was_written(self):
        self.client.force_login(self.editor)
        response = self.client.post(self.address, self.form(ends_at="20/11/2026 10:00"))
        assert response.status_code == 200
        assert "Giờ kết thúc phải sau giờ bắt đầu." in response.content.decode()
        assert "Bộ phận một cửa làm việc lại" in response.content.decode()
        assert not SiteNotice.objects.exists()

    def test_other_roles_find_no_door(self):
        for role in set(Role) - {Role.EDITOR, Role.PUBLISHER}:
            self.client.force_login(make_officer(role))
            with self.subTest(role):
                assert self.client.get(self.address).status_code in {302, 403}

    def test_the_preview_shows_it_in_the_frame_before_anybody_else_sees_it(self):
        row = SiteNotice.objects.create(
            heading="Xem thử <i>", starts_at=NOON, ends_at=NOON + MINUTE, level="urgent", live=False
        )
        response = row.make_preview_request()
        page = BeautifulSoup(response.content.decode(), "html.parser")
        assert page.select_one(".alert--urgent .alert__title").get_text(" ", strip=True) == "Khẩn: Xem thử <i>"
        assert "12 giờ 00, 20/11/2026" in page.main.get_text()
