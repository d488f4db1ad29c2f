"""What editors may put into the library of files: videos and captions told by content, each kind within its size."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from wagtail.models import Collection

from cms.core.enums import Role
from cms.home.models import HomePage
from cms.media.models import PortalDocument, PortalImage
from cms.pages.models import StandardPage
from tests.media import files
from tests.officers import make_officer
from tests.site import build_site

ADD = "/quan-tri/documents/add/"
SRT = "1\n00:00:01,000 --> 00:00:02,500\n<b>Chào các em</b>\n"
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm" + bytes(100)


class LibraryTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.editor = make_officer(Role.EDITOR)
        cls.root = Collection.get_first_root_node()

    def setUp(self):
        self.client.force_login(self.editor)

    def add(self, name, content):
        upload = SimpleUploadedFile(name, content)
        data = {"title": name, "file": upload, "collection": self.root.pk, "tags": ""}
        answer = self.client.post(ADD, data)
        self.addCleanup(lambda: [row.file.delete(save=False) for row in PortalDocument.objects.all()])
        return answer, PortalDocument.objects.filter(title=name).first()

    def test_videos_are_told_by_their_content(self):
        for name, content in (("le.mp4", files.mp4()), ("le.webm", WEBM)):
            assert self.add(name, content)[1] is not None, name
        for name, content in (
            *(("a.mp4", b"<html><script>alert(1)</script></html>"), ("b.webm", files.mp4()), ("c.mp4", WEBM)),
            *(("d.mp4", b"\x00"), ("e.webm", files.pdf())),
        ):
            answer, row = self.add(name, content)
            assert row is None, name
            assert "không phải là video" in answer.content.decode(), name

    def test_captions_of_other_programs_become_webvtt(self):
        _answer, row = self.add("le.srt", SRT.encode())
        assert row.filename.endswith(".vtt")
        answer = self.client.get(row.url)
        assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
        assert b"".join(answer.streaming_content).decode() == "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nChào các em\n"

    def test_captions_that_browsers_would_not_show_are_refused_with_their_line(self):
        answer, row = self.add("hong.vtt", b"WEBVTT\n\nxin chao")
        assert row is None
        assert "Dòng 3 của tệp phụ đề" in answer.content.decode()

    def test_each_kind_has_its_size(self):
        with self.settings(DOCUMENT_MAX_UPLOAD_SIZE=100, VIDEO_MAX_UPLOAD_SIZE=1000):
            assert self.add("nho.pdf", b"%PDF-1.4")[1]
            assert self.add("to.pdf", b"%PDF-1.4" + bytes(200))[1] is None
            assert self.add("vua.mp4", files.mp4() + bytes(200))[1]
            assert self.add("to.mp4", files.mp4() + bytes(2000))[1] is None

    def test_a_title_is_changed_without_sending_the_file_again(self):
        _answer, row = self.add("le.mp4", files.mp4())
        data = {"title": "Lễ khai giảng", "collection": self.root.pk, "tags": ""}
        self.client.post(f"/quan-tri/documents/edit/{row.pk}/", data)
        row.refresh_from_db()
        assert row.title == "Lễ khai giảng"

    def swap(self, kind, row, name, content):
        data = {"title": row.title, "collection": self.root.pk, "tags": "", "file": SimpleUploadedFile(name, content)}
        return self.client.post(f"/quan-tri/{kind}/{'edit/' if kind == 'documents' else ''}{row.pk}/", data)

    def stays(self, row):
        kept = row.file.name
        row.refresh_from_db()
        return row.file.name == kept

    def test_who_may_not_publish_swaps_nothing_that_is_published(self):
        _answer, paper = self.add("cong-khai.pdf", files.pdf())
        picture = PortalImage.objects.create(title="Sân", file=SimpleUploadedFile("s.png", files.picture("PNG")))
        self.addCleanup(lambda: picture.file.delete(save=False))
        swaps = (("documents", paper, "moi.pdf", files.pdf()), ("images", picture, "moi.png", files.picture("PNG")))
        for swap in swaps:
            assert self.swap(*swap).status_code == 302, swap[0]
            assert not self.stays(swap[1]), swap[0]
        text = f'<p><a linktype="document" id="{paper.pk}">Tệp</a></p>'
        page = StandardPage(title="Có ảnh và tệp", listing_image=picture, body=[("prose", text)])
        HomePage.objects.first().add_child(instance=page)
        page.save_revision().publish()
        for closed in (False, True):
            if closed:
                page.view_restrictions.create(restriction_type="login")
            for swap in swaps:
                assert "chỉ người duyệt đăng được thay" in self.swap(*swap).content.decode(), swap[0]
                assert self.stays(swap[1]), swap[0]
        data = {"title": "Tên khác", "collection": self.root.pk, "tags": ""}
        assert self.client.post(f"/quan-tri/images/{picture.pk}/", data).status_code == 302
        self.client.force_login(make_officer(Role.PUBLISHER))
        for kind, row, name, content in swaps:
            assert self.swap(kind, row, f"cuoi-{name}", content).status_code == 302, kind
            assert not self.stays(row), kind

    def test_only_an_officer_may_send_as_much_as_a_video(self):
        """The body is never read: its length alone decides."""
        with self.settings(LARGEST_REQUEST=1_000, LARGEST_ADMIN_REQUEST=100_000):

            def send(address, size):
                body = io.BytesIO(bytes(size))
                kind = {"CONTENT_TYPE": "application/octet-stream", "CONTENT_LENGTH": str(size), "wsgi.input": body}
                return self.client.post(address, **kind).status_code

            assert send(ADD, 50_000) != 413
            assert send(ADD, 200_000) == 413
            assert send("/phan-anh-kien-nghi/gui/", 50_000) == 413
            self.client.logout()
            assert send(ADD, 50_000) == 413
