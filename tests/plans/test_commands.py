"""``import_plan`` as an operator runs it, on samples and on the department's own plan."""

import io
from datetime import date

from django.core.management import CommandError, call_command
from django.test import TestCase

import pytest

from cms.core.search import search
from cms.plans.models import PlanPage
from tests.files.make_samples import samples
from tests.files.real import real_file
from tests.site import build_site


def run(path, *options):
    out = io.StringIO()
    call_command("import_plan", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture(autouse=True)
    def tree(self, site_tree):
        return site_tree

    @pytest.fixture
    def sample(self, tmp_path):
        def write(name):
            path = tmp_path / name
            path.write_bytes(samples()[name])
            return path

        return write

    def test_a_good_file_is_published_once(self, sample):
        run(sample("ke_hoach_tot.docx"))
        assert "giữ nguyên 1" in run(sample("ke_hoach_tot.docx"))
        assert PlanPage.objects.readable().count() == 1

    def test_a_dry_run_and_a_draft_show_the_public_nothing(self, sample):
        run(sample("ke_hoach_tot.docx"), "--dry-run")
        assert not PlanPage.objects.exists()
        run(sample("ke_hoach_tot.docx"), "--draft")
        assert PlanPage.objects.exists()
        assert not PlanPage.objects.readable().exists()

    @pytest.mark.parametrize(
        "name",
        ["ke_hoach_khong_so.docx", "thong_bao.docx", "ke_hoach_dong_trong.docx", "co_macro.docx"],
    )
    def test_a_bad_file_is_told_in_words_and_writes_nothing(self, sample, name):
        with pytest.raises(CommandError):
            run(sample(name))
        assert not PlanPage.objects.exists()


class RealPlanTest(TestCase):
    """Kế hoạch 21/KH-GD&ĐT (S1–S8, S54–S63)."""

    @classmethod
    def setUpTestData(cls):
        build_site()
        run(real_file("ke-hoach-21.docx"))
        cls.page = PlanPage.objects.get()

    def test_the_head_and_the_foot_are_there(self):
        page = self.page
        assert (page.number, page.document_type, page.issued_on) == ("21/KH-GD&ĐT", "ke-hoach", date(2022, 3, 10))
        assert page.title.startswith("Cải thiện, nâng cao mức độ hài lòng của người dân")
        assert page.issuer_name == "Phòng Giáo dục và Đào tạo huyện Gia Lâm"
        assert (page.signer_title, bool(page.signer)) == ("TRƯỞNG PHÒNG", True)
        assert page.recipient_lines[-1] == "Lưu: VT"
        assert len(page.recipient_lines) == 4

    def test_the_parts_are_structured_text(self):
        found = [block.value for block in self.page.body if block.block_type == "heading"]
        assert [heading.words for heading in found if heading.level == "h2"] == [
            "I. MỤC ĐÍCH, YÊU CẦU",
            "II. NỘI DUNG THỰC HIỆN",
            "III. TỔ CHỨC THỰC HIỆN",
        ]
        assert len([heading for heading in found if heading.level == "h3"]) == 9
        assert len({heading.anchor_id for heading in found}) == 12

    def test_the_basis_and_the_seven_tasks_are_there(self):
        basis = self.page.legal_bases.get()
        assert (basis.number, basis.issued_on, basis.issuer_name) == ("76/KH-UBND", date(2022, 3, 3), "UBND Huyện")
        tasks = list(self.page.tasks.all())
        assert [task.printed_order for task in tasks] == ["1", "2", "3", "4", "5", "5", "7"]
        assert [task.deadline_kind for task in tasks] == [
            *("continuous", "continuous", "follows_other", "continuous", "follows_other", "recurring", "by_date"),
        ]
        assert tasks[-1].deadline_on == date(2022, 7, 31)
        assert tasks[-1].deadline_text == "Hoàn thành trước tháng 8/2022"

    def test_it_is_found_and_opens_and_a_second_run_changes_nothing(self):
        assert [hit.url for hit in search("21/KH-GDDT", kind="plan").hits] == [self.page.url]
        assert self.client.get(self.page.url).status_code == 200
        assert "giữ nguyên 1" in run(real_file("ke-hoach-21.docx"))
        assert PlanPage.objects.count() == 1
