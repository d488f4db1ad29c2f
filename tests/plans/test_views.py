"""The import of plans in the admin, and the screens of plans."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from cms.core.enums import Role
from cms.core.importing import runs
from cms.core.models import ImportRun
from cms.plans.factories import plan
from cms.plans.models import PlanIndexPage, PlanPage
from tests.files.make_samples import samples
from tests.officers import make_officer
from tests.site import build_site

UPLOAD = "/quan-tri/nhap-ke-hoach/"


class PlanScreenTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.editor, cls.handler = make_officer(Role.EDITOR), make_officer(Role.HANDLER)

    def setUp(self):
        self.client.force_login(self.editor)

    def send(self, name):
        return self.client.post(UPLOAD, {"file": SimpleUploadedFile(name, samples()[name])})

    def test_a_plan_is_previewed_and_becomes_a_draft_for_the_workflow(self):
        address = self.send("ke_hoach_tot.docx").url
        page = self.client.get(address).content.decode()
        for words in ("08/KH-PGDĐT", "II. TỔ CHỨC THỰC HIỆN", "Tập huấn giáo viên", "chờ người duyệt đăng"):
            assert words in page, words
        assert not PlanPage.objects.exists()
        self.client.post(f"{address}xac-nhan/")
        runs.write_in_background.call(str(ImportRun.objects.get().pk))
        plan_page = PlanPage.objects.get()
        assert not plan_page.live
        assert self.client.get(reverse("wagtailadmin_pages:edit", args=[plan_page.pk])).status_code == 200

    def test_bad_files_are_refused_in_words_and_make_nothing(self):
        for name in ("co_macro.docx", "khong_phai_word.docx", "word_cu.docx", "van_ban_tot.csv"):
            response = self.send(name)
            assert response.status_code == 200, name
            assert "error-message" in response.content.decode(), name
        for name in ("ke_hoach_khong_so.docx", "thong_bao.docx", "ke_hoach_dong_trong.docx"):
            page = self.client.get(self.send(name).url).content.decode()
            assert "Dòng bị từ chối" in page, name
            assert "Xác nhận nhập" not in page, name
        assert not PlanPage.objects.exists()

    def test_other_officers_are_turned_away_and_see_no_menu(self):
        assert UPLOAD in self.client.get("/quan-tri/").content.decode()
        self.client.force_login(self.handler)
        assert self.client.get(UPLOAD).status_code in {302, 403}
        assert UPLOAD not in self.client.get("/quan-tri/", follow=True).content.decode()

    def test_the_flat_list_and_the_editing_screen_open(self):
        page = plan(PlanIndexPage.objects.get(), "8/KH-SGDĐT")
        for query in ('?q="', "?q=ke", "?q=ke&year=2024", "?ordering=x"):
            assert self.client.get(reverse("plans:index") + query).status_code == 200, query
        for query in ("", "?document_type=ke-hoach", "?year=2024", "?ordering=-issued_on"):
            assert "8/KH-SGDĐT" in self.client.get(reverse("plans:index") + query).content.decode(), query
        assert "8/KH-SGDĐT" not in self.client.get(reverse("plans:index") + "?document_type=de-an").content.decode()
        assert self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
