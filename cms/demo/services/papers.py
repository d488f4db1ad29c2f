"""Sample documents in every state: in force, amended, replaced, not yet, expired, drafts before and after."""

import io
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from docx import Document as WordDocument
from openpyxl import Workbook

from cms.accounts.models import User
from cms.core.text import parse_document_number, parse_vietnamese_date, slug
from cms.demo import registry as sample
from cms.demo.clock import as_of, office_hour
from cms.demo.services.news import sample_collection
from cms.home.models import ReformYearPage
from cms.media.models import PortalDocument
from cms.official_documents.models import (
    AnnouncedProcedure,
    DocumentAttachment,
    DocumentBasis,
    DocumentField,
    DocumentRelation,
    OfficialDocumentIndexPage,
    OfficialDocumentPage,
)
from cms.official_documents.services import area_save, issuer_ensure
from cms.official_documents.services.legal_status import legal_status_refresh_all
from cms.plans.models import PlanIndexPage

_DIGEST = "mau-day-du"
_FILES = Path(__file__).resolve().parents[1] / "files"
_FIRST_FILES, _NEW_FILES = 30, 10  # days ago


def papers_seed() -> None:
    """Publish the documents that show a state; those that are there stay as they are."""
    for paper in sample.PAPERS:
        if not OfficialDocumentPage.objects.filter(title__in=[paper.title, short(paper.title)], source_digest=_DIGEST):
            _publish(paper)
    # They were published on days of the past, when some had not begun to bind.
    legal_status_refresh_all()


def years_seed() -> None:
    """Publish the year pages of administrative reform."""
    section = PlanIndexPage.objects.get()
    for year in sample.YEARS:
        if not ReformYearPage.objects.filter(year=year).exists():
            page = ReformYearPage(title=f"Cải cách hành chính năm {year}", slug=f"nam-{year}", year=year)
            section.add_child(instance=page)
            page.save_revision().publish()


def short(title: str) -> str:
    """Return what of a title fits into the title of a page."""
    return title if len(title) <= 255 else f"{title[:250]}…"


def _publish(paper: sample.SamplePaper) -> None:
    page = _find(paper.number) if paper.number else None
    page = page or OfficialDocumentPage(number=paper.number, issuer=issuer_ensure(name=sample.DOCUMENTS[0].issuer))
    page.title, page.full_abstract = short(paper.title), "" if len(paper.title) <= 255 else paper.title
    page.issued_on, page.effective_on, page.expires_on = map(_day, (paper.issued, paper.effective, paper.expires))
    page.area, page.source_digest = _area(paper.area), _DIGEST
    if paper.signed and paper.number:
        page.signer, page.signer_title = sample.SIGNER
        page.recipients = "\n".join(sample.PLAN_RECIPIENTS)
    page.body = _prose(paper.paragraphs)
    _consultation(page, paper)
    with as_of(office_hour(_FIRST_FILES, 9)):
        if page.pk is None:
            OfficialDocumentIndexPage.objects.get().add_child(instance=page)
        _parts(page, paper)
        page.save_revision().publish()
    if any(file.versions > 1 for file in paper.files):
        with as_of(office_hour(_NEW_FILES, 10)):
            for row, file in zip(page.attachments.all(), paper.files, strict=True):
                row.document = sample_paper(file, file.versions)
            page.save_revision().publish()


def _consultation(page: OfficialDocumentPage, paper: sample.SamplePaper) -> None:
    if paper.consult:
        page.consult_from, page.consult_until = map(_day, paper.consult)
        page.consult_contact = "\n".join(sample.CONTACT)
        page.consult_summary = _prose(paper.opinions)
        page.consult_result = _find(paper.result) if paper.result else None


def _parts(page: OfficialDocumentPage, paper: sample.SamplePaper) -> None:
    page.attachments = [DocumentAttachment(document=sample_paper(file, 1), label=file.called) for file in paper.files]
    page.relations = [DocumentRelation(kind=kind, cited_page_id=_find(number).pk) for kind, number in paper.relations]
    page.bases = [_basis(number) for number in paper.bases]
    page.announced = [
        AnnouncedProcedure(code=code, name=name, change=change) for code, name, change in paper.procedures
    ]


def _basis(number: str) -> DocumentBasis:
    document = _find(number)
    return DocumentBasis(
        number=document.number,
        issued_on=document.issued_on,
        issuer_name=document.issuer.name,
        abstract=document.abstract,
    )


def _find(number: str) -> Any:
    key = parse_document_number(number).match_key
    return OfficialDocumentPage.objects.with_number([key]).first()


def _area(name: str) -> DocumentField | None:
    found = DocumentField.objects.filter(name=name).first()
    if name and found is None:
        return area_save(area=None, name=name, order=100, actor=User.objects.get(username="bientap"))
    return found


def _day(given: str | int | None) -> date | None:
    if isinstance(given, int):
        return timezone.localdate() + timedelta(days=given)
    return parse_vietnamese_date(given) if given else None


def _prose(paragraphs: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("prose", "".join(f"<p>{escape(text)}</p>" for text in paragraphs))] if paragraphs else []


def sample_paper(file: sample.SampleFile, version: int) -> PortalDocument:
    """Return a small file that says its name and version, or one of the committed samples."""
    content = _content(file, f"{file.called} (dữ liệu mẫu, lần {version})")
    name = f"{slug(file.called)}-{version}.{file.kind}"
    document = PortalDocument(title=file.called, collection=sample_collection(), file=ContentFile(content, name))
    document._set_document_file_metadata()
    document.save()
    return document


def _content(file: sample.SampleFile, words: str) -> bytes:
    if file.source:
        return (_FILES / file.source).read_bytes()
    out = io.BytesIO()
    if file.kind == "xlsx":
        book = Workbook()
        book.active.append([words])
        book.save(out)
    else:
        paper = WordDocument()
        for paragraph in (words, *file.paragraphs):
            paper.add_paragraph(paragraph)
        paper.save(out)
    return out.getvalue()
