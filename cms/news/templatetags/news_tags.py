"""News on other apps' pages."""

from django import template

from cms.news.models import NewsPage

register = template.Library()


@register.simple_tag
def latest_news(count: int = 4) -> list[NewsPage]:
    """Return the newest ``count`` pieces of news that anybody may read; an empty list when there are none."""
    return list(NewsPage.objects.readable().newest()[:count])
