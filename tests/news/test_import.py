"""``import_news``: what an older portal hands over goes in whole, once, and what cannot is told by its line."""

import csv
import io
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import TestCase

import pytest

from cms.core.enums import Role
from cms.core.importing import Fate
from cms.news.forms import words_of
from cms.news.importers import read_news, write_news
from cms.news.models import NewsIndexPage, NewsPage
from tests.officers import make_officer
from tests.site import build_site

HEAD = ("Tiêu đề", "Tóm tắt", "Nội dung", "Chuyên mục", "Ngày", "Tác giả", "Nguồn")
GOOD = (
    "Trường học không giấy",
    "Học bạ số.",
    "Đoạn một.\nĐoạn hai.",
    "tập huấn, hội nghị",
    "05/11/2026",
    "Biên",
    "Báo Mẫu",
)


def table(*rows, head=HEAD):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def read(*rows):
    return read_news(table(*rows), "tin.csv")


class ReadingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_a_row_becomes_a_piece_of_news(self):
        reading = read(GOOD)
        write_news(reading.to_write, actor=None, publish=True)
        page = NewsPage.objects.get()
        assert (page.title, page.lead, page.author, page.source) == (GOOD[0], GOOD[1], "Biên", "Báo Mẫu")
        assert page.published_on == date(2026, 11, 5)
        assert page.category.slug == "tap-huan-hoi-nghi"
        assert page.live
        body = self.client.get(page.url).content.decode()
        assert "Đoạn một." in body
        assert "Đoạn hai." in body

    def test_twice_is_once_and_a_change_is_a_revision(self):
        write_news(read(GOOD).to_write, actor=None, publish=True)
        again = read(GOOD)
        assert [item.fate for item in again.items] == [Fate.UNCHANGED]
        assert again.to_write == []
        spelled = ("TRƯỜNG HỌC KHÔNG GIẤY", "Học bạ số, bản mới.", *GOOD[2:])
        changed = read(spelled)
        assert [item.fate for item in changed.items] == [Fate.CHANGED]
        write_news(changed.to_write, actor=None, publish=True)
        page = NewsPage.objects.get()
        assert page.lead == "Học bạ số, bản mới."
        assert page.revisions.count() == 2

    def test_a_page_on_which_an_editor_is_at_work_is_not_published_over(self):
        write_news(read(GOOD).to_write, actor=None, publish=True)
        page = NewsPage.objects.get()
        page.lead = "Đang sửa"
        page.save_revision()
        write_news(read((GOOD[0], "Từ tệp", *GOOD[2:])).to_write, actor=None, publish=True)
        page.refresh_from_db()
        assert page.lead == GOOD[1]
        assert page.get_latest_revision_as_object().lead == "Từ tệp"

    def test_what_cannot_go_in_is_told_by_its_line(self):
        reading = read(
            GOOD,
            ("", *GOOD[1:]),
            ("Không ngày", *GOOD[1:4], "", "", ""),
            ("Ngày lạ", *GOOD[1:4], "31/02/2026", "", ""),
            ("Không lời", "", " ", "", "01/01/2026", "", ""),
            ("a" * 256, *GOOD[1:]),
            ("=CMD()", *GOOD[1:]),
        )
        assert len(reading.items) == 1
        assert {refusal.line for refusal in reading.refusals} == {4, 6, 8, 10, 11, 13}
        assert all(refusal.reason for refusal in reading.refusals)

    def test_the_same_piece_twice_in_a_file_is_taken_once(self):
        reading = read(GOOD, GOOD)
        assert len(reading.items) == 1
        assert "Trùng tin ở dòng 2" in reading.remarks[0].text

    def test_an_unknown_category_is_told_and_none_is_made(self):
        reading = read((*GOOD[:3], "Chuyện lạ", *GOOD[4:]))
        assert "Chưa có chuyên mục “Chuyện lạ”" in reading.remarks[0].text
        write_news(reading.to_write, actor=None, publish=False)
        page = NewsPage.objects.get()
        assert page.category is None
        assert not page.live

    def test_of_html_only_words_pass(self):
        html = "<p>Đoạn <b>một</b> &amp; hơn</p><script>alert(1)</script><ul><li>ý a</li><li>ý b</li></ul><img src=x>"
        reading = read((GOOD[0], "", html, *GOOD[3:]))
        assert any("mã HTML" in remark.text for remark in reading.remarks)
        row = reading.items[0].data
        assert (row.lead, row.body) == ("Đoạn một & hơn", "ý a\ný b")

    def test_a_long_summary_stays_whole(self):
        long = "từ " * 400
        row = read((GOOD[0], long, "Hết.", *GOOD[3:])).items[0].data
        assert len(row.lead) <= 600
        assert row.lead.endswith("…")
        assert row.body == f"{long.strip()}\nHết."

    def test_markup_in_a_cell_is_shown_not_obeyed(self):
        write_news(read((GOOD[0], "1 < 2", "a <script>x</script> b", *GOOD[3:])).to_write, actor=None, publish=True)
        assert "<script>x" not in self.client.get(NewsPage.objects.get().url).content.decode()

    def test_who_may(self):
        items = read(GOOD).to_write
        for actor, publish in ((make_officer(Role.HANDLER), False), (make_officer(Role.EDITOR), True)):
            with pytest.raises(PermissionDenied):
                write_news(items, actor=actor, publish=publish)
        assert not NewsPage.objects.exists()
        write_news(items, actor=make_officer(Role.EDITOR), publish=False)
        assert not NewsPage.objects.get().live


@pytest.mark.django_db
class TestCommand:
    def run(self, tmp_path, *options, rows=(GOOD,)):
        path = tmp_path / "tin.csv"
        path.write_bytes(table(*rows))
        call_command("import_news", str(path), *options, stdout=io.StringIO(), stderr=io.StringIO())

    def test_all_or_nothing_unless_the_bad_are_left_out(self, site_tree, tmp_path):
        rows = (GOOD, ("", *GOOD[1:]))
        with pytest.raises(CommandError, match="1 dòng bị từ chối"):
            self.run(tmp_path, rows=rows)
        assert not NewsPage.objects.exists()
        self.run(tmp_path, "--skip-bad", rows=rows)
        assert NewsPage.objects.live().count() == 1

    def test_a_dry_run_writes_nothing(self, site_tree, tmp_path):
        self.run(tmp_path, "--dry-run")
        assert not NewsPage.objects.exists()

    def test_without_a_list_it_says_what_to_do(self, site_tree, tmp_path):
        NewsIndexPage.objects.get().delete()
        with pytest.raises(CommandError, match="setup_site"):
            self.run(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Một.\n\n  Hai. ", "Một.\nHai."),
        ("5 < 6 và a<b", "5 < 6 và a<b"),
        ("<div>Một<br/>hai</div>", "Một\nhai"),
        ("<style>p{}</style><p>x</p>", "x"),
    ],
)
def test_words_of_a_cell(text, words):
    assert words_of(text) == words
