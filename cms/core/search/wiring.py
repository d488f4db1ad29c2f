"""Following what editors do. Each receiver is one line that calls a service."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from .index import index_object, index_objects, remove_object
from .kinds import SearchKind, add_search_kind, drop_search_kind, search_kinds


def register_search_kind(kind: SearchKind) -> None:
    """Let the public find objects of ``kind`` from now on; called in ``AppConfig.ready()``.

    Pages and drafts are followed through Wagtail's signals. For any other model its own services call
    ``index_object`` and ``remove_object``. Raises ImproperlyConfigured when the name is taken.
    """
    add_search_kind(kind)
    uid = _uid(kind)
    follow_pages(kind, kind.model)
    post_delete.connect(partial(_deleted, kind.name), kind.model, weak=False, dispatch_uid=uid)
    page_slug_changed.connect(_branch_changed, dispatch_uid="search")
    post_page_move.connect(_branch_changed, dispatch_uid="search")
    post_save.connect(_restriction_changed, PageViewRestriction, dispatch_uid="search")
    post_delete.connect(_restriction_changed, PageViewRestriction, dispatch_uid="search")


def follow_pages(kind: SearchKind, model: type[Model]) -> None:
    """Follow what goes live or dark of ``model``, whose rows are of ``kind``; Wagtail names the type itself."""
    for signal in _changes(kind):
        signal.connect(partial(_changed, kind.name), model, weak=False, dispatch_uid=_uid(kind))


def forget_search_kind(name: str) -> None:
    """Take a kind out again, for tests that bring their own; its rows stay until the next rebuild."""
    kind = drop_search_kind(name)
    for signal in (*_changes(kind), post_delete):
        signal.disconnect(sender=kind.model, dispatch_uid=_uid(kind))


def index_branch(*, page: Page) -> None:
    """Index ``page`` and everything below it again: their addresses, or who may read them, have changed."""
    for kind in search_kinds():
        if issubclass(kind.model, Page):
            below = Page.objects.descendant_of(page, inclusive=True).type(kind.model)
            index_objects(kind=kind.name, pks=below.values_list("pk", flat=True))


def index_pages(*, pks: Collection[int]) -> None:
    """Index these pages again, each as its own kind: their files have got words, or lost them."""
    for kind in search_kinds():
        if pks and issubclass(kind.model, Page):
            index_objects(
                kind=kind.name, pks=Page.objects.filter(pk__in=pks).type(kind.model).values_list("pk", flat=True)
            )


def _changes(kind: SearchKind) -> tuple[Signal, ...]:
    return (page_published, page_unpublished) if issubclass(kind.model, Page) else (published, unpublished)


def _uid(kind: SearchKind) -> str:
    return f"search-{kind.name}"


def _changed(kind: str, instance: Model, **_rest: Any) -> None:
    index_object(kind=kind, obj=instance)


def _deleted(kind: str, instance: Model, **_rest: Any) -> None:
    remove_object(kind=kind, object_id=instance.pk)


def _branch_changed(instance: Page, **_rest: Any) -> None:
    index_branch(page=instance)


def _restriction_changed(instance: PageViewRestriction, **_rest: Any) -> None:
    index_branch(page=instance.page)
