"""The library in every state that a reader can meet."""

from cms.library.models import MaterialPage
from tests.browser.pages.screen import go

LIBRARY = "/hoc-lieu/"


def borrowing(page):
    """The list narrowed, ordered, without a match; every sample material, and its sheet for a class."""
    for query in ("?doi-tuong=phu-huynh&cap-hoc=tieu-hoc", "?xep=tai-nhieu", "?q=zzz+khong+co"):
        go(page, LIBRARY + query)
        yield f"học liệu, lọc {query}"
    for material in MaterialPage.objects.live().order_by("pk"):
        go(page, material.url)
        yield f"học liệu: {material.title}"
        go(page, material.handout_url)
        yield f"tờ in: {material.title}"
