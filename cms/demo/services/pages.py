"""A page about the agency."""

from html import escape

from cms.demo.content import ABOUT
from cms.pages.models import StandardPage


def about_seed() -> None:
    """Fill the page about the agency while it is still as set-up left it."""
    for page in StandardPage.objects.filter(slug="gioi-thieu"):
        if not page.body:
            page.body = [("prose", "".join(f"<p>{escape(text)}</p>" for text in ABOUT))]
            page.save_revision().publish()
