"""``import_documents`` as an operator runs it, on samples and on the department's own list."""

import io

from django.core.management import CommandError, call_command
from django.test import TestCase

import pytest

from cms.core.search import search
from cms.official_documents.models import OfficialDocumentPage
from tests.files.make_samples import samples
from tests.files.real import real_file
from tests.site import build_site


@pytest.fixture
def sample(tmp_path):
    def write(name):
        path = tmp_path / name
        path.write_bytes(samples()[name])
        return path

    return write


def run(path, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_documents", str(path), *options, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture(autouse=True)
    def tree(self, site_tree):
        return site_tree

    def test_a_good_file_is_published(self, sample):
        assert "Đã ghi 4." in run(sample("van_ban_tot.csv"))
        assert OfficialDocumentPage.objects.readable().count() == 4

    def test_a_dry_run_writes_nothing(self, sample):
        assert "Mới 4" in run(sample("van_ban_tot.csv"), "--dry-run")
        assert not OfficialDocumentPage.objects.exists()

    def test_one_bad_row_stops_all_unless_told_to_skip(self, sample):
        with pytest.raises(CommandError, match="6 dòng bị từ chối"):
            run(sample("van_ban_hong.csv"))
        assert not OfficialDocumentPage.objects.exists()
        told = run(sample("van_ban_hong.csv"), "--skip-bad")
        assert "Dòng 4: từ chối. Ngày ban hành: Lịch không có ngày 31 tháng 2 năm 2024." in told
        assert OfficialDocumentPage.objects.count() == 1

    def test_drafts_are_kept_from_the_public(self, sample):
        run(sample("van_ban_tot.csv"), "--draft")
        assert OfficialDocumentPage.objects.count() == 4
        assert not OfficialDocumentPage.objects.readable().exists()

    def test_an_unusable_file_is_told_in_one_sentence(self, sample, tmp_path):
        with pytest.raises(CommandError, match="Windows-1258"):
            run(sample("van_ban_bang_ma_cu.csv"))
        with pytest.raises(CommandError, match="Không mở được tệp"):
            run(tmp_path / "khong-co.csv")


class RealListTest(TestCase):
    """The 52 documents of one department (S88–S92)."""

    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_all_arrive_published_from_either_file_and_a_second_run_makes_no_doubles(self):
        told = run(real_file("van_ban_cchc.csv"))
        assert "Mới 52, có thay đổi 0, giữ nguyên 0, từ chối 0" in told
        [cut] = [line for line in told.splitlines() if "Trích yếu bị cắt" in line]
        assert cut.startswith("22 dòng (")
        [twice] = [line for line in told.splitlines() if "Số 1078/BC-SGDĐT có ở nhiều văn bản" in line]
        assert twice.startswith("2 dòng (")
        for name in ("van_ban_cchc.csv", "van_ban_cchc.xlsx"):
            assert "giữ nguyên 52" in run(real_file(name))
        self._check_register()

    def _check_register(self):
        documents = OfficialDocumentPage.objects.readable()
        assert documents.count() == 52
        assert documents.filter(abstract_cut=True).count() == 22
        kinds = {"ke-hoach": 16, "bao-cao": 13, "cong-van": 12, "quyet-dinh": 7, "thong-bao": 4}
        assert {kind: documents.filter(document_type=kind).count() for kind in kinds} == kinds
        assert documents.filter(issuer__name__startswith="Sở Giáo dục").count() == 47
        assert search("1078/BC-SGDDT", kind="official_document").total == 2
        assert search("1480/SNV-CCHC", kind="official_document").total == 1

    def test_the_workbook_alone_brings_the_same(self):
        assert "Mới 52" in run(real_file("van_ban_cchc.xlsx"))
        self._check_register()
