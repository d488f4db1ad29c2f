"""Documents for tests and sample content."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Page

from cms.official_documents.models import DocumentField, Issuer, OfficialDocumentIndexPage, OfficialDocumentPage
from cms.official_documents.services import issuer_ensure

AGENCY = "Sở Giáo dục và Đào tạo tỉnh Mẫu"
_BATCH = 400
_KINDS = (("KH", "ke-hoach"), ("BC", "bao-cao"), ("TB", "thong-bao"), ("QD", "quyet-dinh"), ("HD", "huong-dan"))


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
    """Add ``count`` published documents of several kinds, years, issuers and fields, two rows each and nothing else.

    For lists and measurements, not for editing: no revisions, no search entries.
    """
    issuers = [issuer_ensure(name=name) for name in (AGENCY, "UBND tỉnh Mẫu", "Sở Nội vụ tỉnh Mẫu")]
    areas = [DocumentField.objects.get_or_create(name=name)[0] for name in ("Tuyển sinh", "Thi", "Chuyên môn", "Khác")]
    first = index.numchild + 1
    content_type = OfficialDocumentPage(title="x").content_type
    pages = Page.objects.bulk_create(
        Page(
            title=f"Văn bản thứ {place} về công tác {areas[place % 4].name.lower()}",
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
    rows = [_row(page, place, issuers, areas) for place, page in enumerate(pages, start=first)]
    # Django makes no rows of a child table in bulk; the parents are there already, so its own insert does.
    columns, table = OfficialDocumentPage._meta.local_concrete_fields, OfficialDocumentPage._base_manager.all()
    for start in range(0, count, _BATCH):
        table._insert(rows[start : start + _BATCH], fields=columns, using=table.db, raw=True)
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
    index.refresh_from_db()


def _row(page: Page, place: int, issuers: list[Issuer], areas: list[DocumentField]) -> OfficialDocumentPage:
    day = date(2006, 1, 1) + timedelta(days=place * 7919 % 7300)
    mark, kind = _KINDS[place % len(_KINDS)]
    return OfficialDocumentPage(
        page_ptr_id=page.pk,
        number=f"{place}/{mark}-SGDĐT",
        number_key=f"{place}/{mark.lower()}sgddt",
        document_type=kind,
        issuer=issuers[place % 7 % 3],
        area=areas[place % 4],
        issued_on=day,
        issued_year=day.year,
        sort_on=day,
    )
