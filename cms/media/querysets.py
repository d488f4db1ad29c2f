"""Where a public file is shown: the pages and snippets that refer to it, by Wagtail's reference index."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Length, Substr

from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    DraftStateMixin,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)

from cms.core.enums import FileTextState
from cms.core.models import FileText
from cms.core.querysets.pages import outside_closed_sections

# More live pages behind a password than these would not be looked through for one file.
_MOST_PAGES = 200


def shown_to_everybody(target: Model) -> bool:
    """Say whether something that everybody may read refers to ``target``: one query, and one a kind of source.

    Pages and snippets count while they are live, settings of the site always, anything else never. The index holds
    what is published: a draft of a live page is not in it, and a page that never was live is not live.
    """
    references = ReferenceIndex.get_references_to(target)
    types = references.order_by().values_list("base_content_type", flat=True).distinct()
    return any(_shown(references, pk) for pk in types)


def closed_sections_of(target: Model) -> list[list[PageViewRestriction]]:
    """For each live page that refers to ``target``, what its reader must have passed; two queries."""
    references = ReferenceIndex.get_references_to(target)
    own_type = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    pages = Page.objects.live().filter(pk__in=_keys(references.filter(base_content_type=own_type)))
    paths = list(pages.values_list("path", flat=True)[:_MOST_PAGES])
    closed = list(PageViewRestriction.objects.select_related("page")) if paths else []
    return [[one for one in closed if path.startswith(one.page.path)] for path in paths]


def _shown(references: QuerySet[Any], content_type_id: int) -> bool:
    source = ContentType.objects.get_for_id(content_type_id).model_class()
    if source is None:
        return False
    rows = source._default_manager.filter(pk__in=_keys(references.filter(base_content_type=content_type_id)))
    if issubclass(source, Page):
        return rows.filter(outside_closed_sections(), live=True).exists()
    if issubclass(source, DraftStateMixin):
        return rows.filter(live=True).exists()
    return issubclass(source, BaseGenericSetting | BaseSiteSetting) and rows.exists()


def _keys(references: QuerySet[Any]) -> QuerySet[Any]:
    """The index keeps keys as text; every source of the house has a number."""
    return references.order_by().values_list(Cast("object_id", BigIntegerField()), flat=True)


def open_documents() -> QuerySet[Any]:
    """Public files that stand in no closed collection."""
    path = Subquery(Collection.objects.filter(pk=OuterRef("collection_id")).order_by().values("path")[:1])
    closed = CollectionViewRestriction.objects.annotate(section=path)
    whole = get_document_model()._default_manager.annotate(in_collection=F("collection__path"))
    return whole.filter(~Q(Exists(closed.filter(section=Substr(OuterRef("in_collection"), 1, Length("section"))))))


def documents_on_public_pages(page: Page | None = None) -> QuerySet[Any]:
    """Files that everybody may open because a page which everybody may read, or just ``page``, shows them."""
    readable = Page.objects.filter(outside_closed_sections(), live=True)
    if page is not None:
        readable = readable.filter(pk=page.pk)
    shown = file_references().filter(object_id__in=readable.annotate(key=Cast("pk", CharField())).values("key"))
    return open_documents().filter(pk__in=_targets(shown))


def documents_shown_on(page: Page) -> QuerySet[Any]:
    """Files that ``page`` shows, or showed while it was live."""
    return get_document_model()._default_manager.filter(pk__in=_targets(file_references().filter(object_id=page.pk)))


def documents_to_look_at() -> QuerySet[Any]:
    """Public files that the search cannot read, or not whole; with ``text_state`` and ``text_partial``."""
    files = _with_text(documents_on_public_pages())
    unread = Q(text_state__isnull=False) & ~Q(text_state__in=[FileTextState.READ, FileTextState.WAITING])
    return files.filter(unread | Q(text_partial=True)).order_by("title", "pk")


def texts_shown_on(page: Page) -> list[Any]:
    """Return the files that this page shows the public, each with ``state_label`` for its editor."""
    files = list(_with_text(documents_on_public_pages(page)).order_by("title", "pk"))
    for file in files:
        file.state_label = FileTextState(file.text_state or FileTextState.OTHER).label
    return files


def _with_text(files: QuerySet[Any]) -> QuerySet[Any]:
    known = FileText.objects.filter(digest=OuterRef("file_hash"))
    state, partial = (Subquery(known.values(column)[:1]) for column in ("state", "partial"))
    return files.annotate(text_state=state, text_partial=partial)


def file_references() -> QuerySet[Any]:
    """Rows of Wagtail's index that lead from a page to a public file."""
    own_type = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    files = ContentType.objects.get_for_model(get_document_model())
    return ReferenceIndex.objects.filter(base_content_type=own_type, to_content_type=files).order_by()


def _targets(references: QuerySet[Any]) -> QuerySet[Any]:
    return references.values_list(Cast("to_object_id", BigIntegerField()), flat=True)
