"""Materials for tests and sample content."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Page

from cms.library.models import MaterialFile, MaterialIndexPage, MaterialPage, MaterialTopic


def material(index: MaterialIndexPage, title: str = "Một học liệu", **facts: Any) -> MaterialPage:
    """Return a published material; ``facts`` are fields, ``topics`` address words, ``files`` documents."""
    topics = MaterialTopic.objects.filter(slug__in=facts.pop("topics", ()))
    files = facts.pop("files", ())
    page = MaterialPage(title=title, **{"intro": "Một câu tóm tắt.", "published_on": date(2026, 11, 5), **facts})
    index.add_child(instance=page)
    page.topics = list(topics)
    page.files = [MaterialFile(document=document, label=document.title) for document in files]
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def many_materials(index: MaterialIndexPage, count: int) -> list[MaterialPage]:
    """Add ``count`` published materials, two rows and a topic each and nothing else: for lists, not for editing."""
    first = index.numchild + 1
    content_type = MaterialPage(title="x").content_type
    topics = list(MaterialTopic.objects.in_order())
    pages = Page.objects.bulk_create(
        Page(
            title=f"Học liệu thứ {place}",
            draft_title=f"Học liệu thứ {place}",
            slug=f"hoc-lieu-thu-{place}",
            path=MaterialPage._get_path(index.path, index.depth + 1, place),
            depth=index.depth + 1,
            url_path=f"{index.url_path}hoc-lieu-thu-{place}/",
            content_type=content_type,
            locale_id=index.locale_id,
            live=True,
            first_published_at=timezone.now(),
        )
        for place in range(first, first + count)
    )
    made = [_row(page, place) for place, page in enumerate(pages, start=first)]
    columns, table = MaterialPage._meta.local_concrete_fields, MaterialPage._base_manager.all()
    for start in range(0, count, 40):
        table._insert(made[start : start + 40], fields=columns, using=table.db, raw=True)
    through = MaterialPage.topics.through
    through.objects.bulk_create(
        through(materialpage_id=row.pk, materialtopic_id=topics[place % len(topics)].pk)
        for place, row in enumerate(made)
        if topics
    )
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
    index.refresh_from_db()
    return made


def _row(page: Page, place: int) -> MaterialPage:
    return MaterialPage(
        page_ptr_id=page.pk,
        intro="Một câu tóm tắt.",
        published_on=date(2022, 1, 1) + timedelta(days=(place - 1) % 1500),
        for_primary=place % 2 == 0,
        for_pupils=place % 3 == 0,
        kinds=("pdf", "video", "pdf trinh-chieu")[place % 3],
    )
