"""A small library for the search tests: pages of the tree and units, each with a kind of its own."""

import datetime
import random
import unicodedata
from contextlib import contextmanager

from wagtail.models import Page, Site

from cms.core.enums import UnitKind
from cms.core.models import Unit
from cms.core.search import SearchKind, SearchText, forget_search_kind, public_pages, register_search_kind

WORDS = """
trường học sinh giáo viên lớp tuyển thi điểm chuẩn học phí hồ sơ thủ tục văn bằng đường dây nóng kế hoạch năm
chuyển đổi số dạo đạo tạo tào đào dao quản lý lí hòa hoà kỹ thuật
"""
SYLLABLES = WORDS.split()
PHRASES = (
    "Phản ánh, kiến nghị",
    "đào tạo",
    "chuyển đổi số",
    "đường dây nóng",
    "Đắk Lắk",
    "thủ tục chuyển trường",
    "ĐÀO TẠO NGHỀ",
)


def page_text(page):
    day = page.first_published_at.date() if page.first_published_at else None
    return SearchText(page.title, page.search_description, page.get_url() or "", day, number=page.seo_title)


PAGES = SearchKind("test_page", "Trang", Page, lambda: public_pages(Page), page_text)
UNITS = SearchKind(
    "test_unit",
    "Đơn vị, trường học",
    Unit,
    Unit.objects.active,
    lambda unit: SearchText(unit.name, unit.address, f"/don-vi/{unit.slug}/", unit_id=unit.pk),
)


@contextmanager
def kinds(*wanted):
    for kind in wanted:
        register_search_kind(kind)
    try:
        yield
    finally:
        for kind in wanted:
            forget_search_kind(kind.name)


def home():
    return Site.objects.get(is_default_site=True).root_page


def publish(title, body="", *, number="", year=2024, slug="", parent=None):
    """Publish a page the way editors do."""
    page = Page(
        title=title,
        search_description=body,
        seo_title=number,
        slug=slug or f"trang-{Page.objects.count()}",
        live=False,
        first_published_at=datetime.datetime(year, 3, 10, tzinfo=datetime.UTC),
    )
    (parent or home()).add_child(instance=page)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk)


def found_unit(name, code, **more):
    return Unit.objects.create(name=name, code=code, slug=code.lower(), kind=UnitKind.PRIMARY, **more)


def plain(text):
    """Fold without the house's own function: it is under test here."""
    marks = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in marks if not unicodedata.combining(char))


def library(size=60, seed=7):
    """Return ``size`` pairs of title and body, always the same ones."""
    dice = random.Random(seed)
    pairs = []
    for _ in range(size):
        title = " ".join(dice.choices(SYLLABLES, k=6))
        body = " ".join([*dice.choices(SYLLABLES, k=25), dice.choice([*PHRASES, ""]), *dice.choices(SYLLABLES, k=10)])
        pairs.append((title.capitalize(), body))
    return pairs
