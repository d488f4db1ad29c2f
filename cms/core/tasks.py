"""Work that the worker does after an editor has published."""

from typing import Any

from django.db import transaction

from wagtail.models import Page
from wagtail.signals import page_published

from django_tasks import task

from cms.core.models import BasePage
from cms.core.pictures import make_renditions


@task()
def size_pictures(page_id: int) -> int:
    """Make every rendition that the page shows, and return how many there are; a page that is gone has none."""
    page = Page.objects.filter(pk=page_id).first()
    specific = page.specific if page else None
    if not isinstance(specific, BasePage):
        return 0
    return sum(make_renditions(image, use) for image, use in specific.pictures())


def follow_pictures() -> None:
    """Have the worker size the pictures of each page that is published, so that no reader waits for them."""
    page_published.connect(_published, dispatch_uid="pictures")


def _published(sender: Any, instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, BasePage) and instance.pictures():
        transaction.on_commit(lambda: size_pictures.enqueue(instance.pk))
