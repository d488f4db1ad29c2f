"""Handing the reading of files to the worker, when something public changes."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from wagtail.models import CollectionViewRestriction, Page
from wagtail.signals import page_published, page_unpublished

from django_tasks import task

from cms.core.ports import IntegrityCheck, Job, register_integrity_check, register_job
from cms.core.search import register_file_finder
from cms.media.models import PortalDocument
from cms.media.querysets import documents_shown_on
from cms.media.services.file_texts import (
    digests_still_open,
    file_text_faults,
    file_text_read,
    file_texts_drop,
    file_texts_of_document,
    file_texts_of_page,
    file_texts_sweep,
    files_for_search,
)


@task()
def read_words(digest: str) -> str:
    """Read the words of the file with this digest; return how that ended."""
    row = file_text_read(digest=digest)
    return row.state if row else ""


@task()
def sweep_words() -> str:
    """Forget what a closed collection hides, and ask for what an opened one shows; return a line for the log."""
    return sweep()


def follow_files() -> None:
    """Connect and register; called once, at start."""
    register_file_finder("media", files_for_search, digests_still_open)
    page_published.connect(_published, dispatch_uid="file_texts")
    page_unpublished.connect(_unpublished, dispatch_uid="file_texts")
    post_save.connect(_saved, PortalDocument, dispatch_uid="file_texts")
    post_delete.connect(_deleted, PortalDocument, dispatch_uid="file_texts")
    for signal in (post_save, post_delete):
        signal.connect(_collection_changed, CollectionViewRestriction, dispatch_uid="file_texts")
    register_job(Job("file_texts", "Đọc chữ trong tệp công khai còn thiếu", timedelta(minutes=10), sweep))
    register_integrity_check(IntegrityCheck("file_texts", "Chữ trong tệp công khai", file_text_faults))


def sweep() -> str:
    """Hand out what was missed; return a line for the log."""
    digests = file_texts_sweep()
    _hand_out(digests)
    return f"{len(digests)} tệp"


def _hand_out(digests: Iterable[str]) -> None:
    for digest in digests:
        transaction.on_commit(lambda digest=digest: read_words.enqueue(digest))


def _published(instance: Page, **_rest: Any) -> None:
    _hand_out(file_texts_of_page(page=instance))


def _unpublished(instance: Page, **_rest: Any) -> None:
    file_texts_drop(digests=documents_shown_on(instance).values_list("file_hash", flat=True))


def _saved(instance: PortalDocument, **_rest: Any) -> None:
    _hand_out(file_texts_of_document(document=instance))


def _deleted(instance: PortalDocument, **_rest: Any) -> None:
    file_texts_drop(digests=[instance.file_hash])


def _collection_changed(**_rest: Any) -> None:
    """The search asks for itself what is open; what it knows is put right by the worker, not while somebody waits."""
    transaction.on_commit(sweep_words.enqueue)
