"""One material: its page, its files, the sheet for a class, and how often its files are taken."""

import threading
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent, PageReading
from cms.core.services import readings
from cms.core.services.readings import readings_flush
from cms.library.factories import material
from cms.library.models import MaterialFile, MaterialFileVersion, MaterialIndexPage, MaterialLink, MaterialPage
from cms.news.factories import news
from cms.news.models import NewsIndexPage
from cms.official_documents.factories import document
from cms.official_documents.models import DocumentAttachment, OfficialDocumentIndexPage
from tests.library.test_index import read, stored
from tests.officers import make_officer
from tests.site import build_site

PHONE = "Mozilla/5.0 (Linux; Android 9; SM-J530) AppleWebKit/537.36 Chrome/88.0 Mobile Safari/537.36"


class MaterialTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = MaterialIndexPage.objects.get()
        cls.first, cls.second, cls.other = stored("mot.pdf"), stored("hai.pdf", b"%PDF-1.7 hai"), stored("phu.docx")

    def setUp(self):
        facts = {"topics": ["an-toan"], "for_primary": True, "for_pupils": True, "author": "Cô Mận", "year": 2026}
        self.page = material(self.index, "Học liệu thử", files=[self.first, self.other], **facts)
        self.address = f"{self.page.url}tep/1/"
        self.addCleanup(readings._noted.clear)
        self.addCleanup(readings._visitors.clear)

    def fresh(self):
        return MaterialPage.objects.get(pk=self.page.pk)

    def replace(self):
        page = self.fresh()
        row = page.files.order_by("sort_order").first()
        row.document = self.second
        page.files.add(row)
        page.save_revision().publish()


class PageTest(MaterialTest):
    def test_it_says_what_it_is_for_whom_and_how_it_may_be_used(self):
        page = read(self.client.get(self.page.url))
        facts = {dt.get_text(): dt.find_next("dd").get_text(strip=True) for dt in page.select(".facts dt")}
        assert facts["Chủ đề"] == "An toàn trường học"
        assert facts["Cấp học"] == "Tiểu học"
        assert facts["Dành cho"] == "Học sinh"
        assert facts["Tác giả"] == "Cô Mận"
        assert facts["Được dùng thế nào"].startswith("Được dùng, in, sửa lại")
        assert "PDF, 12 byte" in page.get_text()
        assert [a["href"] for a in page.select(".downloads a")] == [self.address, f"{self.page.url}tep/2/"]

    def test_machines_read_a_learning_resource(self):
        page = read(self.client.get(self.page.url))
        data = page.select_one('script[type="application/ld+json"]').get_text()
        assert '"LearningResource"' in data
        assert '"educationalLevel": ["Tiểu học"]' in data
        assert f"{self.page.url}tep/1/" in data

    def test_without_a_file_it_says_so(self):
        page = material(self.index, "Chưa có tệp")
        assert "Chưa có tệp để tải về" in self.client.get(page.url).content.decode()

    def test_one_that_is_over_says_so_from_the_day_after(self):
        today = timezone.localdate()
        for day, over in ((today, False), (today - timedelta(days=1), True)):
            MaterialPage.objects.filter(pk=self.page.pk).update(valid_until=day)
            assert ("Đã hết hạn dùng" in self.client.get(self.page.url).content.decode()) is over
            assert ("Đã hết hạn dùng" in self.client.get("/hoc-lieu/").content.decode()) is over

    def test_its_end_is_not_before_its_day(self):
        self.client.force_login(make_officer(Role.PUBLISHER))
        page = self.fresh()
        page.published_on, page.valid_until = date(2026, 5, 2), date(2026, 5, 1)
        with pytest.raises(Exception, match="không thể trước ngày đăng"):
            page.full_clean()

    def test_linked_pages_show_only_what_anybody_may_read(self):
        index = NewsIndexPage.objects.get()
        shown, hidden, closed = (news(index, title) for title in ("Tin mở", "Tin gỡ", "Tin kín"))
        page = self.fresh()
        page.links = [MaterialLink(target=target) for target in (shown, hidden, closed)]
        page.save_revision().publish()
        hidden.unpublish()
        closed.view_restrictions.create(restriction_type="login")
        text = self.client.get(self.page.url).content.decode()
        assert "Tin mở" in text
        assert "Tin gỡ" not in text
        assert "Tin kín" not in text

    def test_others_of_the_same_topic_stand_below(self):
        material(self.index, "Cùng chủ đề", topics=["an-toan"])
        material(self.index, "Khác chủ đề", topics=["phap-luat"], published_on=date(2020, 1, 1))
        related = read(self.client.get(self.page.url)).select_one('section[aria-labelledby="lien-quan"]')
        assert [a.get_text() for a in related.select(".entry__title a")] == ["Cùng chủ đề"]

    def test_questions_do_not_grow_with_files_and_links(self):
        many = material(self.index, "Nhiều tệp", topics=["an-toan"], files=[stored(f"{n}.pdf") for n in range(30)])
        page = MaterialPage.objects.get(pk=many.pk)
        page.links = [MaterialLink(target=self.page.page_ptr) for _n in range(10)]
        page.save_revision().publish()
        one = self.fresh()
        one.links = [MaterialLink(target=many.page_ptr)]
        one.save_revision().publish()
        self.client.get(one.url)

        def asked(url):
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get(url).status_code == 200
            return len(queries)

        assert asked(many.url) == asked(one.url)


class HandoutTest(MaterialTest):
    def test_it_is_one_sheet_with_the_address_and_its_code(self):
        page = self.fresh()
        page.key_points = "Ý một\n\n  Ý hai  "
        page.save_revision().publish()
        sheet = read(self.client.get(f"{page.url}to-in/"))
        assert [li.get_text() for li in sheet.select(".sheet__points li")] == ["Ý một", "Ý hai"]
        assert page.full_url in sheet.select_one(".sheet__address").get_text()
        assert sheet.select_one(".sheet__code [role=img]")["aria-label"]
        assert sheet.select_one('meta[name="robots"]')["content"] == "noindex"
        assert len(sheet.select("h1")) == 1

    def test_a_closed_or_withdrawn_material_has_none(self):
        page = self.fresh()
        closed = page.view_restrictions.create(restriction_type="login")
        assert "/login/" in self.client.get(f"{page.url}to-in/").url
        closed.delete()
        page.unpublish()
        assert self.client.get(f"{page.url}to-in/").status_code == 404


class FilesTest(MaterialTest):
    def test_a_replaced_file_keeps_its_address_and_says_so(self):
        self.replace()
        got = self.client.get(self.address, follow=True)
        assert b"".join(got.streaming_content) == b"%PDF-1.7 hai"
        text = self.client.get(self.page.url).content.decode()
        assert text.count("bản thay ngày") == 1
        assert "(lần 2)" in text
        assert [row.version for row in MaterialFileVersion.objects.history(self.page).filter(place=1)] == [2, 1]
        assert LedgerEvent.objects.filter(verb="documents.file_replaced").count() == 1
        assert self.client.get(self.first.url).url == self.address

    def test_what_a_document_still_shows_is_given_as_it_is(self):
        paper = document(OfficialDocumentIndexPage.objects.get(), "6/QĐ-SGDĐT")
        paper.attachments = [DocumentAttachment(document=self.first)]
        paper.save_revision().publish()
        self.replace()
        assert b"".join(self.client.get(self.first.url).streaming_content) == b"%PDF-1.7 mot"

    def test_kinds_follow_the_files(self):
        assert self.fresh().kinds == "pdf van-ban"
        page = self.fresh()
        page.files = []
        page.save_revision().publish()
        assert self.fresh().kinds == ""

    def test_a_published_file_is_not_swapped_in_the_store(self):
        self.client.force_login(make_officer(Role.PUBLISHER))
        edit = reverse("wagtaildocs:edit", args=[self.first.pk])
        form = {"title": "mot.pdf", "collection": self.first.collection_id, "tags": ""}
        refused = self.client.post(edit, form | {"file": ContentFile(b"%PDF-1.7 ba", "ba.pdf")})
        assert "đang đăng ở học liệu “Học liệu thử”" in refused.content.decode()

    def test_a_private_file_is_never_given_through_it(self):
        collection = Collection.get_first_root_node().add_child(name="Kho kín")
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        self.first.collection = collection
        self.first.save()
        answer = Client(headers={"User-Agent": PHONE}).get(self.address, follow=True)
        assert b"%PDF" not in b"".join(answer) if answer.streaming else b"%PDF" not in answer.content
        assert readings_flush() == 0
        draft = MaterialPage(title="Nháp", intro="x", live=False)
        self.index.add_child(instance=draft)
        draft.files = [MaterialFile(document=self.other)]
        draft.save_revision()
        assert self.client.get(f"{draft.url}tep/1/").status_code == 404


class DownloadTest(MaterialTest):
    def press(self, method="get", address="", agent=PHONE, **headers):
        client = Client(headers={"User-Agent": agent, **headers})
        return getattr(client, method)(address or self.address)

    def taken(self):
        readings_flush()
        return PageReading.objects.of(self.page).downloads()

    def test_a_press_counts_without_a_write_and_the_page_shows_it(self):
        with CaptureQueriesContext(connection) as queries:
            answer = self.press()
        assert not [row for row in queries if not row["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
        assert answer.status_code == 302
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
        assert self.taken() == 1
        text = self.client.get(self.page.url).content.decode()
        assert "1 lượt tải" in text
        assert PageReading.objects.of(self.page).total() == 0

    def test_every_press_counts_and_both_files_are_the_materials(self):
        self.press()
        self.press()
        self.press(address=f"{self.page.url}tep/2/")
        assert self.taken() == 3

    def test_a_download_that_goes_on_is_counted_once(self):
        self.press(Range="bytes=0-")
        self.press(Range="bytes=1048576-")
        self.press(Range="bytes=-500")
        assert self.taken() == 1

    def test_machines_heads_and_what_nobody_wants_yet_do_not_count(self):
        self.press("head")
        self.press(agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
        self.press(agent="curl/8.5.0")
        self.press(agent="")
        self.press(**{"Sec-Purpose": "prefetch"})
        self.press(address=f"{self.page.url}tep/9/")
        assert self.taken() == 0

    def test_links_from_elsewhere_and_paper_count(self):
        self.press(**{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"})
        self.press(**{"Sec-Fetch-Site": "none"})
        assert self.taken() == 2

    def test_a_material_that_was_withdrawn_counts_nothing(self):
        self.press()
        self.fresh().unpublish()
        assert self.press().status_code == 404
        assert self.taken() == 0


@pytest.mark.django_db(transaction=True)
def test_parallel_presses_add_up(site_tree):
    page = material(MaterialIndexPage.objects.get(), files=[stored("chung.pdf")])
    address = f"{page.url}tep/1/"

    def press(number):
        try:
            Client(headers={"User-Agent": PHONE}).get(address, REMOTE_ADDR=f"203.0.113.{number}")
            readings_flush()
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    readings_flush()
    assert PageReading.objects.of(page).downloads() == 6
