"""News for tests and sample content."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Page

from cms.news.models import NewsCategory, NewsIndexPage, NewsPage


def news(index: NewsIndexPage, title: str = "Một tin", **facts: Any) -> NewsPage:
    """Return a published piece of news; ``facts`` are fields, ``category`` may be an address word."""
    category = facts.pop("category", None)
    if isinstance(category, str):
        category = NewsCategory.objects.get(slug=category)
    values = {"published_on": date(2026, 11, 5), "lead": "Một câu mở đầu.", "category": category, **facts}
    page = NewsPage(title=title, **values)
    index.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def many_news(index: NewsIndexPage, count: int) -> list[NewsPage]:
    """Add ``count`` published pieces, two rows each and nothing else: for lists, not for editing."""
    first = index.numchild + 1
    content_type = NewsPage(title="x").content_type
    categories = list(NewsCategory.objects.in_order())
    pages = Page.objects.bulk_create(
        Page(
            title=f"Tin thứ {place}",
            draft_title=f"Tin thứ {place}",
            slug=f"tin-thu-{place}",
            path=NewsPage._get_path(index.path, index.depth + 1, place),
            depth=index.depth + 1,
            url_path=f"{index.url_path}tin-thu-{place}/",
            content_type=content_type,
            locale_id=index.locale_id,
            live=True,
            first_published_at=timezone.now(),
        )
        for place in range(first, first + count)
    )
    made = []
    for place, page in enumerate(pages, start=first):
        row = NewsPage(
            page_ptr=page,
            published_on=date(2022, 1, 1) + timedelta(days=(place - 1) % 1500),
            lead="Một câu mở đầu.",
            category=categories[place % len(categories)] if categories else None,
        )
        row.save_base(raw=True)
        made.append(row)
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
    index.refresh_from_db()
    return made
