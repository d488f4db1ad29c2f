"""News on other apps' pages, and the filters of its own."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.news.models import NewsIndexPage, NewsPage
from cms.news.querysets import NewsFilters

register = template.Library()

# Months that stand in the archive by themselves; older ones are found by their year.
MONTHS = 12


@register.simple_tag
def latest_news(count: int = 4, unit: Any = None) -> list[NewsPage]:
    """Return the newest ``count`` pieces of news (of one unit, when given) that anybody may read; perhaps none."""
    news = NewsPage.objects.readable().newest()
    return list((news.filter(owner_unit=unit) if unit is not None else news)[:count])


@register.simple_tag
def most_read_news(count: int = 5, days: int = 30) -> list[NewsPage]:
    """Return the news that was read most in so many days; an empty list when nothing was."""
    since = timezone.localdate() - timedelta(days=days)
    return NewsPage.objects.readable().most_read(since=since, count=count)


@register.simple_tag
def news_facets(index: NewsIndexPage, asked: NewsFilters) -> list[dict[str, Any]]:
    """Return the filters of the index as groups for components/facets.html. Two queries.

    Each counts what the other leaves over, so no link leads to an empty list.
    """
    news = NewsPage.objects.child_of(index).readable()
    categories = news.in_time(asked).category_counts()
    months = news.in_category(asked.category).month_counts()
    return [
        {"title": _("Chuyên mục"), "param": "chuyen-muc", "options": _category_options(categories, asked)},
        {"title": _("Theo thời gian"), "param": "thang", "options": _time_options(months, asked)},
    ]


@register.simple_tag
def news_chips(groups: list[dict[str, Any]], asked: NewsFilters) -> list[dict[str, str]]:
    """Return the filters in force as ``name`` (of the parameter to take off) and ``label``."""
    words = {"chuyen-muc": asked.category, "thang": asked.time}
    chips = []
    for group in groups:
        if word := words[group["param"]]:
            label = next((option["label"] for option in group["options"] if option["current"]), word)
            chips.append({"name": group["param"], "label": label})
    return chips


def _category_options(categories: list[tuple[str, str, int]], asked: NewsFilters) -> list[dict[str, Any]]:
    return [
        {"value": slug, "label": name, "count": pieces, "current": slug == asked.category}
        for slug, name, pieces in categories
    ]


def _time_options(months: list[tuple[date, int]], asked: NewsFilters) -> list[dict[str, Any]]:
    """The newest months, then the years of older ones; what was asked for always stays on offer."""
    years: dict[int, int] = defaultdict(int)
    options = []
    for place, (month, pieces) in enumerate(months):
        value = f"{month:%Y-%m}"
        years[month.year] += pieces
        if place < MONTHS or value == asked.time:
            label = _("Tháng %(month)d/%(year)d") % {"month": month.month, "year": month.year}
            options.append({"value": value, "label": label, "count": pieces, "current": value == asked.time})
    oldest_shown = months[MONTHS][0].year if len(months) > MONTHS else 0
    for year, pieces in years.items():
        value = f"{year:04d}"
        if year <= oldest_shown or value == asked.time:
            label = _("Năm %(year)d") % {"year": year}
            options.append({"value": value, "label": label, "count": pieces, "current": value == asked.time})
    return options
