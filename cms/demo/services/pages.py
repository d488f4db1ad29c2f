"""Sample news with drawings, and a page about the agency."""

from datetime import timedelta
from html import escape
from typing import Any

from django.utils import timezone

from wagtail.models import Collection, Page

from cms.demo.content import ABOUT, NEWS, Story
from cms.demo.pictures import drawing
from cms.media.models import PortalImage
from cms.news.models import NewsIndexPage, NewsPage
from cms.pages.models import StandardPage

# One collection holds every sample picture, so that clear_demo finds them all.
COLLECTION = "Dữ liệu mẫu"


def sample_collection() -> Collection:
    """Return the collection of sample files, made once."""
    found = Collection.objects.filter(name=COLLECTION).first()
    return found or Collection.get_first_root_node().add_child(name=COLLECTION)


def news_seed() -> None:
    """Publish the sample news; those that are there stay as they are."""
    index = NewsIndexPage.objects.get()
    for story in NEWS:
        if not NewsPage.objects.child_of(index).filter(title=story.title).exists():
            _publish(index, _news(story))


def about_seed() -> None:
    """Fill the page about the agency while it is still as set-up left it."""
    for page in StandardPage.objects.filter(slug="gioi-thieu"):
        if not page.body:
            page.body = [("prose", "".join(f"<p>{escape(text)}</p>" for text in ABOUT))]
            page.save_revision().publish()


def _news(story: Story) -> NewsPage:
    return NewsPage(
        title=story.title,
        published_on=timezone.localdate() - timedelta(days=story.days_ago),
        lead=story.lead,
        author=story.author,
        image=_picture(story.picture),
        image_caption=story.caption,
        body=[("prose", "".join(f"<p>{escape(text)}</p>" for text in story.paragraphs))],
    )


def _picture(name: str) -> PortalImage:
    title = f"Tranh mẫu: {name}"
    collection = sample_collection()
    found = PortalImage.objects.filter(title=title, collection=collection).first()
    return found or PortalImage.objects.create(
        title=title,
        file=drawing(name),
        collection=collection,
        credit="Tranh vẽ cho bản mẫu",
        description="Tranh minh họa",
    )


def _publish(parent: Page, page: Any) -> None:
    parent.add_child(instance=page)
    page.save_revision().publish()
