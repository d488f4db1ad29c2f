"""Keeping the index of references in step with what is published, so that a file opens with its page."""

from typing import Any

from django.db import transaction

from wagtail.models import ReferenceIndex
from wagtail.signals import page_published, published


@transaction.atomic
def references_follow(instance: Any, **_rest: Any) -> None:
    """Follow Wagtail's ``published``: its own task comes later, and only while a worker runs."""
    if ReferenceIndex.is_indexed(type(instance)):
        ReferenceIndex.create_or_update_for_object(instance)


def follow_publication() -> None:
    """Listen to pages and snippets that go out; called once, at start."""
    for signal in (page_published, published):
        signal.connect(references_follow, dispatch_uid="references_follow")
