"""Writing news. Editors write single pieces through Wagtail; the catalogue and rows of a file come through here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from cms.core.importing import UnreadableFileError
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.news.models import NewsCategory, NewsIndexPage, NewsPage
from cms.news.querysets import identity_of

# Name and address word of the categories that every portal begins with (domain.md S27, S71, S87).
FIRST_CATEGORIES = (
    ("Tin cải cách hành chính", "cai-cach-hanh-chinh"),
    ("Chiến dịch dịch vụ công", "chien-dich-dich-vu-cong"),
    ("Sinh hoạt chuyên đề, nghị quyết", "sinh-hoat-chuyen-de"),
    ("Tập huấn, hội nghị", "tap-huan-hoi-nghi"),
)


@dataclass(frozen=True)
class NewsRow:
    """One piece of news as a file gives it, checked. ``digest`` tells whether the file has changed since."""

    title: str
    lead: str
    body: str
    category_name: str
    published_on: date
    author: str
    source: str
    digest: str


class NoNewsIndexError(UnreadableFileError):
    """The news has no page yet; ``setup_site`` makes it."""

    def __init__(self) -> None:
        super().__init__(_("Chưa có trang danh sách tin. Hãy tạo trang đó (lệnh setup_site) rồi nhập lại."))


@transaction.atomic
def news_import(*, rows: Sequence[NewsRow], actor: Any, publish: bool) -> list[str]:
    """Make or change one page a row, all of them or none, and return the keys of what was written.

    A piece is the same when its title (but for case and marks) and its day are. Changed pages get a new revision; a
    page on which an editor is at work is never published by this.

    Args:
        rows: checked rows; the same piece twice is written once.
        actor: who imports, or None for a command.
        publish: True publishes, False leaves drafts for the workflow.

    Raises:
        PermissionDenied: the actor may not import, or may not publish.
        NoNewsIndexError: there is no list to put them in.

    """
    if actor is not None and not (can(actor, "news_import") and (not publish or can(actor, "page_publish"))):
        raise PermissionDenied
    # One import at a time: two of the same file would not see each other's pages.
    index = NewsIndexPage.objects.select_for_update(of=("self",)).first()
    if index is None:
        raise NoNewsIndexError
    categories = {category.name: category for category in NewsCategory.objects.all()}
    known = NewsPage.objects.identified(row.published_on for row in rows)
    written = []
    for row in rows:
        identity = identity_of(row.title, row.published_on)
        page = known.get(identity)
        if page is None:
            page = known[identity] = _add(index, row, categories, actor=actor, publish=publish)
        else:
            _change(page, row, categories, actor=actor, publish=publish)
        written.append(str(page.pk))
    if written:
        data = {"pages": len(written), "published": publish}
        event_record(subject_type="news_import", subject_key=written[0], verb="news.imported", actor=actor, data=data)
    return written


def _add(
    index: NewsIndexPage, row: NewsRow, categories: Mapping[str, NewsCategory], *, actor: Any, publish: bool
) -> NewsPage:
    page = NewsPage(owner=actor, live=False, has_unpublished_changes=True)
    _fill(page, row, categories)
    index.add_child(instance=page)
    revision = page.save_revision(user=actor, log_action=True)
    if publish:
        revision.publish(user=actor)
    return page


def _change(page: NewsPage, row: NewsRow, categories: Mapping[str, NewsCategory], *, actor: Any, publish: bool) -> None:
    editor_at_work = page.live and page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    _fill(draft, row, categories)
    revision = draft.save_revision(user=actor, log_action=True)
    # The column is what the next import compares with, also while the page is a draft.
    NewsPage.objects.filter(pk=page.pk).update(source_digest=row.digest)
    if publish and not editor_at_work:
        revision.publish(user=actor)


def _fill(page: NewsPage, row: NewsRow, categories: Mapping[str, NewsCategory]) -> None:
    page.title = page.draft_title = row.title
    page.lead, page.author, page.source = row.lead, row.author, row.source
    page.published_on, page.source_digest = row.published_on, row.digest
    page.category = categories.get(row.category_name)
    paragraphs = [f"<p>{escape(line)}</p>" for line in row.body.splitlines()]
    page.body = [("prose", "".join(paragraphs))] if paragraphs else []


@transaction.atomic
def category_save(*, category: NewsCategory | None, name: str, intro: str, order: int, actor: Any) -> NewsCategory:
    """Make or change a category; raises PermissionDenied when ``actor`` may not edit pages."""
    if not can(actor, "page_edit"):
        raise PermissionDenied
    row = category or NewsCategory()
    row.name, row.intro, row.order = name, intro, order
    row.save()
    event_record(subject_type="newscategory", subject_key=str(row.pk), verb="newscategory.saved", actor=actor, data={})
    return row


@transaction.atomic
def category_delete(*, category: NewsCategory, actor: Any) -> None:
    """Remove a category that no piece of news stands under, drafts included.

    Raises:
        PermissionDenied: the actor may not edit pages.
        ProtectedError: news stands under it; they would lose their heading without a word.

    """
    if not can(actor, "page_edit"):
        raise PermissionDenied
    if category.news.exists():
        raise ProtectedError("news stands under this category", set(category.news.all()[:1]))
    key = str(category.pk)
    category.delete()
    event_record(subject_type="newscategory", subject_key=key, verb="newscategory.deleted", actor=actor, data={})


@transaction.atomic
def categories_seed() -> None:
    """Make the first categories once; a catalogue that has any is the editors' own."""
    if NewsCategory.objects.exists():
        return
    for place, (name, word) in enumerate(FIRST_CATEGORIES, start=1):
        NewsCategory.objects.create(name=name, slug=word, order=place * 10)
