"""The search knows of a page what its readers see of it."""

from wagtail.rich_text import RichText

import pytest

from cms.core.search import search
from cms.pages.models import StandardPage

pytestmark = pytest.mark.django_db


def test_a_part_with_a_blank_is_hidden_and_not_found(site_tree):
    entries = [
        {"title": "Tần suất Zulmak", "body": RichText("<p>Mỗi quý.</p>")},
        {"title": "Liên hệ", "body": RichText("<p>[Cơ quan ghi: số điện thoại]</p>")},
    ]
    page = StandardPage(title="Trang mẫu", body=[("prose", "<p>Thấy Kimbel.</p>"), ("accordion", {"entries": entries})])
    site_tree.add_child(instance=page)
    page.save_revision().publish()
    assert [block.block_type for block in StandardPage.objects.get(pk=page.pk).shown_blocks] == ["prose"]
    assert search("kimbel").total == 1
    assert search("zulmak").total == 0
