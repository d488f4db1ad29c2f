"""An address made while the title is typed keeps every Vietnamese letter."""

import pytest

from cms.core.enums import Role
from cms.news.models import NewsIndexPage
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_address_is_the_title_without_marks(site_tree, officer, log_in):
    from playwright.sync_api import expect

    editor = officer(Role.EDITOR, username="bientap")
    page = log_in(editor.username, PASSWORD)
    page.goto(f"/quan-tri/pages/add/news/newspage/{NewsIndexPage.objects.get().pk}/")
    page.fill("[name=title]", "Trường Tiểu học Cầu Xanh: đợt thi đua khánh thành thư viện")
    page.keyboard.press("Tab")
    wanted = "truong-tieu-hoc-cau-xanh-dot-thi-dua-khanh-thanh-thu-vien"
    expect(page.locator("[name=slug]")).to_have_value(wanted)
