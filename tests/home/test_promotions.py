"""What editors put above the results: for every spelling of the query, only what everybody may read."""

from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import Page, PageViewRestriction

import pytest

from cms.core.enums import Role
from cms.core.models import SearchDemand
from cms.core.search import query_key
from cms.home.models import PromotedPage, SearchPromotion
from tests.core.search_corpus import PAGES, kinds, publish
from tests.officers import make_officer
from tests.site import build_site

pytestmark = pytest.mark.django_db
REPORT = "/quan-tri/reports/ban-doc-tim-gi/"


def promote(words, *pages, **more):
    row = SearchPromotion(words=words, **more)
    row.pages = [PromotedPage(page=page, note=note, sort_order=place) for place, (page, note) in enumerate(pages)]
    row.full_clean()
    row.save()
    return row


def shown(client, query, **more):
    with kinds(PAGES):
        html = client.get(reverse("site_search"), {"q": query, **more}).content.decode()
    _before, mark, rest = html.partition("Gợi ý của cổng")
    return rest.partition("</section>")[0] if mark else ""


class TestKeys:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("TTHC", "Thủ tục hành chính"),
            ("sở GD&ĐT", "So Giao duc va Dao tao"),
            ("SGDĐT", "sở gdđt"),
            ("PAKN", "phản ánh, kiến nghị"),
            ("CCHC 2026", "Cải cách hành chính 2026"),
            ("quản lý", "quan li"),
            ("hòa giải", "hoà giải"),
            ("qui trình", "quy trình"),
        ],
    )
    def test_spellings_of_one_query_are_one(self, one, other):
        assert query_key(one) == query_key(other) != ""

    @pytest.mark.parametrize(
        ("one", "other"), [("học phí", "học phi cơ"), ("kế hoạch", "báo cáo"), ("lớp 1", "lớp 10")]
    )
    def test_other_queries_are_others(self, one, other):
        assert query_key(one) != query_key(other)

    @pytest.mark.parametrize("typed", ["", "?", "\x00", "😀"])
    def test_nothing_is_nothing(self, typed):
        assert query_key(typed) == ""


class TestShowing:
    def test_every_spelling_shows_it_in_order(self, client):
        first, second = publish("Nộp hồ sơ ở đâu"), publish("Bộ thủ tục")
        promote("thủ tục hành chính\nnộp hồ sơ", (second, "Xem ở đây trước"), (first, ""))
        for query in ("TTHC", "thu tuc hanh chinh", "Nộp hồ sơ", "  nop   HO so "):
            html = shown(client, query)
            assert html.index(second.url) < html.index(first.url)
            assert "Xem ở đây trước" in html
        assert shown(client, "thủ tục") == ""

    def test_it_shows_where_nothing_is_found(self, client):
        promote("bể bơi", (publish("Khu thể thao"), ""))
        assert "Khu thể thao" in shown(client, "bể bơi")

    def test_not_on_later_pages_nor_with_filters(self, client):
        promote("bể bơi", (publish("Khu thể thao"), ""))
        assert shown(client, "bể bơi", nam="2024") == ""

    def test_only_what_everybody_may_read(self, client):
        draft, section, kept = publish("Bản nháp"), publish("Mục kín"), publish("Còn đăng")
        promote("bể bơi", (draft, ""), (section, ""), (kept, ""))
        Page.objects.filter(pk=draft.pk).update(live=False)
        PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
        html = shown(client, "bể bơi")
        assert ("Bản nháp" in html, "Mục kín" in html, "Còn đăng" in html) == (False, False, True)
        SearchPromotion.objects.update(active=False)
        assert shown(client, "bể bơi") == ""

    def test_what_editors_wrote_is_escaped(self, client):
        promote("bể bơi", (publish("A <b>"), "<script>x"))
        assert "<script>x" not in shown(client, "bể bơi")

    def test_the_number_of_statements_does_not_grow(self, client):
        def statements():
            with kinds(PAGES), CaptureQueriesContext(connection) as seen:
                client.get(reverse("site_search"), {"q": "bể bơi"})
            return len(seen)

        row = promote("bể bơi", (publish("Trang 0"), ""))
        statements()
        few = statements()
        for place in range(1, 5):
            row.pages.add(PromotedPage(page=publish(f"Trang {place}"), sort_order=place))
        row.save()
        for place in range(20):
            promote(f"câu số {place}", (publish(f"Khác {place}"), ""))
        assert statements() == few


class TestWriting:
    @pytest.mark.parametrize("words", ["", "  \n ", "?", "bể bơi\n!", "\n".join(f"câu {n}" for n in range(31))])
    def test_a_question_needs_words(self, words):
        with pytest.raises(ValidationError) as refused:
            SearchPromotion(words=words).full_clean()
        assert "words" in refused.value.message_dict

    def test_one_question_has_one_answer(self):
        promote("TTHC", (publish("Một"), ""))
        with pytest.raises(ValidationError, match="đã có ở một gợi ý khác"):
            SearchPromotion(words="thủ tục hành chính").full_clean()


class TestAdmin:
    @pytest.fixture
    def home(self):
        return build_site()

    def ask(self, times=3, found=False):
        SearchDemand.objects.create(query="be boi", day="2026-11-20", asked=times, missed=0 if found else times)

    def test_one_press_from_the_report_to_the_form(self, client, home):
        self.ask()
        client.force_login(make_officer(Role.PUBLISHER))
        report = client.get(REPORT).content.decode()
        add = f"{reverse('wagtailsnippets_home_searchpromotion:add')}?cau-tim=be+boi"
        assert add in report
        assert ">be boi</textarea>" in client.get(add).content.decode().replace("\n", "")

    def test_the_form_saves_and_refuses(self, client, home):
        client.force_login(make_officer(Role.PUBLISHER))
        add = reverse("wagtailsnippets_home_searchpromotion:add")
        form = {
            "words": "bể bơi",
            "active": "on",
            "pages-TOTAL_FORMS": "1",
            "pages-INITIAL_FORMS": "0",
            "pages-MIN_NUM_FORMS": "1",
            "pages-MAX_NUM_FORMS": "5",
            "pages-0-page": str(home.pk),
            "pages-0-note": "",
            "pages-0-ORDER": "1",
        }
        refused = client.post(add, {**form, "words": "?"})
        assert "từ hai chữ cái" in refused.content.decode()
        assert not SearchPromotion.objects.exists()
        assert client.post(add, form).status_code == 302
        assert [page.pk for page, _note in SearchPromotion.objects.pages_for("BE BOI")] == [home.pk]
        listing = client.get(reverse("wagtailsnippets_home_searchpromotion:list")).content.decode()
        assert "bể bơi" in listing

    def test_an_editor_reads_the_report_and_promotes_nothing(self, client, home):
        self.ask()
        client.force_login(make_officer(Role.EDITOR))
        assert "cau-tim=" not in client.get(REPORT).content.decode()
        assert client.get(reverse("wagtailsnippets_home_searchpromotion:add")).status_code in {302, 403}
