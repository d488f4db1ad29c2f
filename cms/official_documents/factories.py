"""Documents for tests and sample content."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Page

from cms.official_documents.models import Issuer, OfficialDocumentIndexPage, OfficialDocumentPage
from cms.official_documents.services import issuer_ensure

AGENCY = "Sở Giáo dục và Đào tạo tỉnh Mẫu"


def document(index: OfficialDocumentIndexPage, number: str = "12/KH-SGDĐT", **facts: Any) -> OfficialDocumentPage:
    """Return a published document; ``facts`` are fields, ``issuer`` may be a name."""
    issuer = facts.pop("issuer", AGENCY)
    page = OfficialDocumentPage(
        **{
            "title": f"Văn bản {number}",
            "number": number,
            "issued_on": date(2024, 1, 5),
            "issuer": issuer if isinstance(issuer, Issuer) else issuer_ensure(name=issuer),
            **facts,
        }
    )
    index.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def many_documents(index: OfficialDocumentIndexPage, count: int) -> None:
    """Add ``count`` published documents, two rows each and nothing else: for lists, not for editing."""
    issuer = issuer_ensure(name=AGENCY)
    first = index.numchild + 1
    content_type = OfficialDocumentPage(title="x").content_type
    pages = Page.objects.bulk_create(
        Page(
            title=f"Văn bản thứ {place}",
            draft_title=f"Văn bản thứ {place}",
            slug=f"thu-{place}",
            path=OfficialDocumentPage._get_path(index.path, index.depth + 1, place),
            depth=index.depth + 1,
            url_path=f"{index.url_path}thu-{place}/",
            content_type=content_type,
            locale_id=index.locale_id,
            live=True,
            first_published_at=timezone.now(),
        )
        for place in range(first, first + count)
    )
    for place, page in enumerate(pages, start=first):
        day = date(2020, 1, 1) + timedelta(days=place % 1500)
        row = OfficialDocumentPage(
            page_ptr=page,
            number=f"{place}/KH-SGDĐT",
            number_key=f"{place}/khsgddt",
            document_type="ke-hoach",
            issuer=issuer,
            issued_on=day,
            issued_year=day.year,
            sort_on=day,
        )
        row.save_base(raw=True)
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
    index.refresh_from_db()
