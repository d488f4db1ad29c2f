"""An internal notice is nobody's but its readers', whatever surface is asked and whatever an editor does."""

import re
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.urls import reverse

from wagtail.models import Page, PageViewRestriction

from cms.core.enums import CommentsMode, Role
from cms.core.models import PageReading, SearchEntry, Unit
from cms.core.ports import integrity_checks
from cms.core.search import rebuild
from cms.core.services.readings import readings_flush
from cms.home.models import HomePage
from cms.internal import factories
from cms.internal.models import InternalNoticeIndexPage, InternalNoticePage
from tests.officers import make_officer
from tests.site import build_site

WORDS = "Chimlac"
FIXED = (
    *("/robots.txt", "/sitemap.xml", "/so-do-trang/", "/tin-tuc/atom.xml", "/van-ban/atom.xml"),
    *("/cai-cach-hanh-chinh/atom.xml", "/phan-anh-kien-nghi/atom.xml", "/khong-co-chimlac/", "/thong-bao-noi-bo/"),
    *("/tim-kiem/?q=chimlac", "/tim-kiem/?q=thong+bao+noi+bo", "/thong-bao-noi-bo/chimlac/"),
)
MOST = 150


class ClosedTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.agency = Unit.objects.get(parent=None)
        cls.school, cls.other = (
            Unit.objects.create(code=code, name=f"Trường {code}", slug=code.lower(), kind="primary", parent=cls.agency)
            for code in ("MOT", "HAI")
        )
        cls.page = factories.notice(f"Tin {WORDS}", units=[cls.school], text=f"Lời {WORDS}", number=f"1/{WORDS}")
        cls.file = factories.file_of(cls.page, f"Tệp {WORDS}", WORDS)
        cls.reader = make_officer(Role.HANDLER, unit=cls.school)
        cls.stranger = make_officer(Role.HANDLER, unit=cls.other)
        cls.editor = make_officer(Role.EDITOR, unit=cls.agency)

    def files_and_pages(self):
        return [self.page.url, reverse("internal:file", args=[self.file.pk])]

    def test_a_stranger_is_sent_to_the_log_in_and_back(self):
        for address in (*self.files_and_pages(), "/thong-bao-noi-bo/"):
            answer = self.client.get(address)
            assert answer.status_code == 302
            assert answer.headers["Location"] == f"{reverse('wagtailadmin_login')}?next={address}"
            assert "no-store" in answer.headers["Cache-Control"]

    def test_no_address_tells_a_stranger_whether_there_is_a_notice(self):
        there, not_there = (self.client.get(f"/thong-bao-noi-bo/{slug}/") for slug in (self.page.slug, "khong-co"))
        assert there.status_code == not_there.status_code == 302
        assert there.content == not_there.content == b""
        assert WORDS.lower() not in self.page.slug

    def test_its_readers_read_it_and_no_cache_keeps_it(self):
        for officer in (self.reader, self.editor):
            self.client.force_login(officer)
            for address in self.files_and_pages():
                answer = self.client.get(address)
                assert answer.status_code == 200
                assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert WORDS.encode() in body
        text = self.client.get(self.page.url).content.decode()
        assert '<meta name="robots" content="noindex">' in text
        for sign in (
            "ld+json",
            'rel="canonical"',
            "og:title",
            "reading-point",
            "facebook.com",
            "/danh-gia/",
            "/y-kien/",
        ):
            assert sign not in text

    def test_an_officer_of_a_unit_that_it_is_not_for_is_refused(self):
        self.client.force_login(self.stranger)
        assert [self.client.get(address).status_code for address in self.files_and_pages()] == [403, 404]
        assert WORDS not in self.client.get("/thong-bao-noi-bo/").content.decode()

    def test_a_leader_of_the_units_below_reads_it_and_a_unit_below_too_where_it_says_so(self):
        leader = make_officer(Role.LEADER)
        leader.memberships.create(unit=self.agency, with_units_below=True)
        assert self.page.may_be_read_by(leader)
        below = factories.notice(units=[self.agency], below=True)
        not_below = factories.notice(units=[self.agency])
        assert below.may_be_read_by(self.reader)
        assert not not_below.may_be_read_by(self.reader)
        assert not below.may_be_read_by(AnonymousUser())

    def test_a_draft_is_its_writers(self):
        draft = factories.notice("Nháp", units=[self.school], live=False)
        assert not draft.may_be_read_by(self.reader)
        file = factories.file_of(draft, "Tệp", "x")
        self.client.force_login(self.reader)
        assert self.client.get(reverse("internal:file", args=[file.pk])).status_code == 404
        self.client.force_login(self.editor)
        assert self.client.get(reverse("internal:file", args=[file.pk])).status_code == 200

    def test_no_public_surface_knows_it(self):
        rebuild()
        assert not SearchEntry.objects.filter(title__icontains=WORDS).exists()
        found, seen = [], set()
        waiting = ["/", *FIXED, *(f"{where}?trang={self.page.pk}" for where in ("/y-kien/", "/danh-gia/"))]
        waiting += [f"/dem/{self.page.pk}.gif", f"/tai-lieu/{self.file.pk}/tep.pdf"]
        while waiting and len(seen) < MOST:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            answer = self.client.get(address)
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = text.decode(errors="replace") + str(dict(answer.headers))
            asked_for = text.lower().replace(f"q={WORDS.lower()}", "").replace(f'value="{WORDS.lower()}"', "")
            if WORDS in text or self.page.slug in asked_for:
                found.append(address)
            for link in re.findall(r'(?:href|src)="(/[^"#]*)"', text):
                if not link.startswith(("/static/", "/quan-tri/", "//")):
                    waiting.append(link.replace("&amp;", "&"))
        assert found == []
        assert len(seen) > 30

    def test_no_list_of_public_pages_holds_it(self):
        pages = [self.page.pk, InternalNoticeIndexPage.objects.get().pk]
        assert not Page.objects.public().filter(pk__in=pages).exists()
        assert self.page.get_sitemap_urls() == []
        assert not Page.objects.in_menu().filter(pk__in=pages).exists()

    def test_a_reading_of_it_is_not_counted(self):
        self.client.get(f"/dem/{self.page.pk}.gif", headers={"user-agent": "Mozilla/5.0"})
        readings_flush()
        assert not PageReading.objects.filter(page=self.page).exists()

    def test_nothing_opens_it(self):
        PageViewRestriction.objects.filter(page=self.page).delete()
        self.page.view_restrictions.get().delete()
        row = self.page.view_restrictions.get()
        row.restriction_type, row.password = PageViewRestriction.PASSWORD, "mo-ra"
        row.save()
        assert self.page.view_restrictions.get().restriction_type == PageViewRestriction.LOGIN
        publisher = make_officer(Role.PUBLISHER)
        self.client.force_login(publisher)
        self.client.post(reverse("wagtailadmin_pages:set_privacy", args=[self.page.pk]), {"restriction_type": "none"})
        assert self.page.view_restrictions.get().restriction_type == PageViewRestriction.LOGIN

    def test_without_its_row_it_is_closed_as_well_and_the_check_says_so(self):
        PageViewRestriction.objects.filter(page=self.page)._raw_delete("default")
        assert self.client.get(self.page.url).status_code == 302
        assert [str(self.page.pk) in line for line in integrity_checks.get("internal_pages").run()] == [True]

    def test_a_form_cannot_put_it_in_a_menu_or_open_comments(self):
        self.page.show_in_menus, self.page.comments = True, CommentsMode.OPEN
        self.page.save()
        row = InternalNoticePage.objects.get(pk=self.page.pk)
        assert (row.show_in_menus, row.comments) == (False, CommentsMode.OFF)

    def test_it_stands_nowhere_else_and_goes_with_all_that_is_its_own(self):
        home = HomePage.objects.get()
        assert not self.page.can_move_to(home)
        self.page.delete()
        assert not PageViewRestriction.objects.filter(page_id=self.page.pk).exists()

    def test_no_chooser_of_pages_offers_it(self):
        self.client.force_login(self.editor)
        index = InternalNoticeIndexPage.objects.get()
        for address in (
            f"{reverse('wagtailadmin_choose_page')}{index.pk}/",
            f"{reverse('wagtailadmin_choose_page')}{self.page.pk}/",
            f"{reverse('wagtailadmin_choose_page_chosen_multiple')}?id={self.page.pk}",
            f"{reverse('wagtailadmin_choose_page_search')}?q={WORDS}",
        ):
            answer = self.client.get(address)
            assert answer.status_code in {200, 404}
            assert f"Tin {WORDS}" not in answer.content.decode()

    def test_where_links_lead_in_the_tree_stays_within_the_site(self):
        self.client.force_login(self.reader)
        links = re.findall(r'href="(http[^"]+)"', self.client.get(self.page.url).content.decode())
        assert {urlsplit(link).hostname for link in links} <= {"testserver", "127.0.0.1", "localhost"}
