"""One piece of news as readers see it: who says so, its pictures, album, videos and documents; and what it costs."""

import io
from datetime import date

from django.core.files.base import ContentFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from wagtail.blocks import StructBlockValidationError

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from cms.core.models import PageReading
from cms.core.pictures import PICTURES, filters_of
from cms.core.tasks import size_pictures
from cms.media.models import PortalDocument, PortalImage
from cms.news.blocks import NewsBodyBlock
from cms.news.factories import news
from cms.news.models import NewsDocument, NewsIndexPage, NewsPhoto
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage
from tests.site import build_site

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nMời quý phụ huynh\n\n00:00:02.000 --> 00:00:03.000\nvào sân trường\n"


def photo(title="Sân trường", **facts):
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "PNG")
    return PortalImage.objects.create(title=title, file=ContentFile(out.getvalue(), "anh.png"), **facts)


def stored(name, content):
    row = PortalDocument(title=name, file=ContentFile(content, name))
    row._set_document_file_metadata()
    row.save()
    return row


class PageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = NewsIndexPage.objects.get()

    def read(self, page):
        response = self.client.get(page.url)
        assert response.status_code == 200
        return BeautifulSoup(response.content.decode(), "html.parser")

    def queries(self, page):
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(page.url).status_code == 200
        return len(queries)


class WordsTest(PageTest):
    def test_who_says_so(self):
        page = self.read(
            news(
                self.index,
                category="tap-huan-hoi-nghi",
                author="Ban biên tập",
                source="Báo Mẫu",
                source_url="https://bao.example.vn/tin",
            )
        )
        assert page.select_one(".page__kind a")["href"] == "/tin-tuc/?chuyen-muc=tap-huan-hoi-nghi"
        signed = page.select_one(".signed")
        assert signed.get_text(" ", strip=True) == "Tác giả: Ban biên tập. Nguồn: Báo Mẫu"
        assert signed.a["href"] == "https://bao.example.vn/tin"

    def test_only_what_is_known_is_shown(self):
        page = self.read(news(self.index))
        for part in (".signed", ".page__kind", "figure", ".album", ".citations"):
            assert page.main.select(part) == [], part

    def test_the_main_picture_speaks_and_thanks(self):
        image = photo(description="Mô tả trong kho", credit="Nguồn trong kho")
        plain = self.read(news(self.index, "Một", image=image))
        assert plain.select_one(".picture img")["alt"] == "Mô tả trong kho"
        assert plain.select_one(".picture__credit").get_text() == "Nguồn trong kho"
        own = self.read(news(self.index, "Hai", image=image, image_alt="Tả ở đây", image_credit="Ảnh: A"))
        assert own.select_one(".picture img")["alt"] == "Tả ở đây"
        assert own.select_one(".picture__credit").get_text() == "Ảnh: A"
        assert own.select_one(".picture img")["width"]

    def test_a_picture_whose_file_is_gone_is_left_out(self):
        image = photo()
        page = news(self.index, image=image)
        image.renditions.all().delete()
        image.file.storage.delete(image.file.name)
        assert self.read(page).main.select(".picture") == []

    def test_readings_are_shown_in_vietnamese_figures_and_counted_by_a_point(self):
        page = news(self.index)
        assert "lượt xem" not in self.read(page).main.get_text()
        PageReading.objects.create(page_id=page.pk, day=date(2026, 11, 1), count=1000)
        PageReading.objects.create(page_id=page.pk, day=date(2026, 11, 2), count=234)
        shown = self.read(page)
        assert "1.234 lượt xem" in shown.select_one(".byline").get_text()
        point = shown.select_one("img.reading-point")
        assert (point["src"], point["alt"]) == (f"/dem/{page.pk}.gif", "")
        assert "loading" not in point.attrs
        assert PageReading.objects.of(page).total() == 1234, "to read a page writes nothing"

    def test_a_preview_is_no_reading(self):
        page = news(self.index)
        response = page.make_preview_request(preview_mode="")
        response.render()
        assert response.status_code == 200
        assert b"reading-point" not in response.content


class DocumentsTest(PageTest):
    def test_related_documents_are_linked_once_they_are_public(self):
        register = OfficialDocumentIndexPage.objects.get()
        shown, hidden = document(register, "12/KH-SGDĐT"), document(register, "13/KH-SGDĐT")
        hidden.unpublish()
        page = news(
            self.index,
            related_documents=[
                NewsDocument(cited_page=shown),
                NewsDocument(number="13/KH-SGDĐT"),
                NewsDocument(number="99/QĐ-UBND", issuer_name="UBND tỉnh Mẫu"),
            ],
        )
        lines = self.read(page).select(".citations li")
        assert [line.a["href"] if line.a else "" for line in lines] == [shown.url, "", ""]
        hidden.save_revision().publish()
        assert self.read(page).select(".citations li")[1].a

    def test_many_cost_as_many_queries_as_one(self):
        register = OfficialDocumentIndexPage.objects.get()
        rows = [document(register, f"{number}/KH-SGDĐT") for number in range(1, 9)]
        few = news(self.index, "Ít", related_documents=[NewsDocument(cited_page=rows[0])])
        many = news(self.index, "Nhiều", related_documents=[NewsDocument(cited_page=row) for row in rows])
        self.queries(few)
        assert self.queries(many) == self.queries(few)


class AlbumTest(PageTest):
    def album(self, count):
        photos = [
            NewsPhoto(image=photo(f"Ảnh {place}", credit="Ban biên tập"), caption=f"Chú thích {place}" if place else "")
            for place in range(count)
        ]
        return news(self.index, f"Album {count}", photos=photos)

    def test_each_photograph_opens_large_and_leads_on_without_scripts(self):
        page = self.read(self.album(3))
        opened = page.select(".album__open")
        views = {view["id"]: view for view in page.select("dialog")}
        assert [a["href"] for a in opened] == ["#anh-1", "#anh-2", "#anh-3"]
        assert list(views) == ["anh-1", "anh-2", "anh-3"]
        steps = {name: [a["href"] for a in view.select(".album__steps a")] for name, view in views.items()}
        assert steps["anh-1"] == ["#anh-1-nho", "#anh-2"]
        assert steps["anh-2"] == ["#anh-1", "#anh-2-nho", "#anh-3"]
        assert steps["anh-3"] == ["#anh-2", "#anh-3-nho"]
        assert all(page.select_one(href) for view in steps.values() for href in view)
        assert views["anh-2"]["aria-label"] == "Ảnh 2 trên 3"

    def test_pictures_have_words_sizes_and_wait_to_be_seen(self):
        page = self.read(self.album(2))
        assert [img["alt"] for img in page.select(".album__open img")] == ["Ảnh 1", "Chú thích 1"]
        for img in page.select(".album img"):
            assert img["loading"] == "lazy"
            assert img["width"]
            assert img["height"]
        assert [line.get_text(strip=True) for line in page.select(".album > .muted")] == ["Ban biên tập"]
        assert [line.get_text(strip=True) for line in page.select(".album__grid figcaption")] == ["Chú thích 1"]

    def test_photographs_of_several_hands_each_say_whose(self):
        photos = [NewsPhoto(image=photo(credit=name)) for name in ("Lê A", "Trần B")]
        page = self.read(news(self.index, photos=photos))
        assert [line.get_text(strip=True) for line in page.select(".album__grid figcaption")] == ["Lê A", "Trần B"]

    def test_the_reader_waits_for_plain_pictures_only_and_the_worker_makes_the_rest(self):
        page = self.album(1)
        assert ".avif" not in str(self.read(page).select_one(".album"))
        made = size_pictures.func(page.pk)
        assert made == sum(len(filters_of(use)) for use in ("thumb", "large"))
        assert ".avif" in str(self.read(page).select_one(".album"))

    def test_sixty_cost_as_many_queries_as_two(self):
        few, many = self.album(2), self.album(12)
        for page in (few, many):
            self.queries(page)  # the first reader's JPEG
        assert self.queries(many) == self.queries(few)

    def test_a_published_album_goes_to_the_worker(self):
        with self.captureOnCommitCallbacks() as callbacks:
            page = self.album(1)
        assert len([each for each in callbacks if "_published" in each.__qualname__]) == 1
        assert size_pictures.func(page.pk + 999) == 0

    def test_the_search_knows_captions(self):
        assert "Chú thích 1" in self.album(2).search_text().body


class VideoTest(PageTest):
    def block(self, **facts):
        values = {
            "title": "Khai giảng",
            "document": stored("le.mp4", b"\x00\x00\x00\x18ftypmp42"),
            "poster": None,
            "captions": None,
            "silent": False,
            "transcript": "",
            **facts,
        }
        block = NewsBodyBlock().child_blocks["video"]
        return block.clean(block.normalize(values))

    def test_captions_give_the_words_in_writing(self):
        value = self.block(captions=stored("le.vtt", VTT.encode()))
        assert value["transcript"] == "Mời quý phụ huynh\nvào sân trường"
        page = self.read(news(self.index, body=[("video", value)]))
        video = page.select_one("video")
        assert video.source["type"] == "video/mp4"
        assert video.track["kind"] == "captions"
        assert video.track["srclang"] == "vi"
        assert [p.get_text() for p in page.select(".video__words p")] == ["Mời quý phụ huynh", "vào sân trường"]
        assert "autoplay" not in video.attrs
        assert self.client.get(video.track["src"]).headers["Content-Type"] == "text/vtt; charset=utf-8"

    def test_the_editors_own_words_stay(self):
        value = self.block(captions=stored("le.vtt", VTT.encode()), transcript="Lời đã sửa")
        assert value["transcript"] == "Lời đã sửa"

    def test_a_silent_video_needs_no_captions(self):
        assert self.block(silent=True)["title"] == "Khai giảng"

    def test_what_is_missing_is_said_beside_its_field(self):
        for facts, field in (
            ({}, "captions"),
            ({"silent": True, "document": stored("a.pdf", b"%PDF-1.4")}, "document"),
            ({"captions": stored("a.pdf", b"%PDF-1.4")}, "captions"),
            ({"captions": stored("hong.vtt", b"WEBVTT\n\nxin chao")}, "captions"),
        ):
            with pytest.raises(StructBlockValidationError) as refused:
                self.block(**facts)
            assert list(refused.value.block_errors) == [field]

    def test_a_link_asks_nothing_of_the_other_site(self):
        card = {
            "title": "Phóng sự",
            "url": "https://www.truyenhinh.example.vn/xem?a=1",
            "poster": None,
            "text": "Một câu.",
        }
        page = self.read(news(self.index, body=[("video_link", card)]))
        shown = page.select_one(".video-link")
        assert shown.a["href"] == card["url"]
        assert "truyenhinh.example.vn" in shown.get_text()
        assert not page.main.select('iframe, video, [src*="truyenhinh"]')

    def test_a_video_whose_file_is_no_video_is_left_out(self):
        value = {"title": "x", "document": stored("a.pdf", b"%PDF-1.4").pk, "silent": True}
        page = news(self.index, body=[])
        page.body = [("video", NewsBodyBlock().child_blocks["video"].to_python(value))]
        page.save()
        assert not self.read(page).select("video")


def test_every_use_of_a_picture_has_a_plain_format_for_old_phones():
    assert all(any("format-jpeg" in each.spec for each in filters_of(use)) for use in PICTURES)
