"""Public pages that explain a procedure, and what readers see of them."""

from typing import Any

from django.apps import apps

from wagtail.models import Page

from cms.core.querysets.pages import outside_closed_sections

MOST_QUESTIONS = 5


def public_pages(keys: list[int]) -> dict[int, Any]:
    """Return the pages of these keys that anybody may read, each of its own type; a constant number of statements."""
    rows = Page.objects.live().filter(outside_closed_sections(), pk__in=keys).specific() if keys else []
    return {page.pk: page for page in rows}


def guide_lines(procedure: Any) -> list[dict[str, Any]]:
    """Return what helps with ``procedure``: page, note, and the first questions that it answers."""
    rows = list(procedure.guides.all())
    pages = public_pages([row.guide_id for row in rows])
    return [
        {"page": pages[row.guide_id], "note": row.note, "questions": _questions(pages[row.guide_id])}
        for row in rows
        if row.guide_id in pages
    ]


def certified_copies_page() -> Any:
    """Return the page about certified copies; None while there is none that anybody may read."""
    key = apps.get_model("procedures", "GuideSettings").load().certified_copies_page_id
    return public_pages([key]).get(key) if key else None


def _questions(page: Any) -> list[Any]:
    """The questions of a page that has any; a plain guide has none."""
    return list(getattr(page, "questions", []))[:MOST_QUESTIONS]
