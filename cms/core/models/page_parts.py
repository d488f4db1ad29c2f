"""Parts that pages of several apps have below them. Abstract: each app makes its own table and parental key."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page

from cms.core.ports import FoundDocument, citation_finders
from cms.core.text import clean_line, format_vietnamese_date, parse_document_number


def number_as_printed(raw: str) -> tuple[str, str]:
    """Return a document's number as its paper has it, and the key that is equal for every spelling of it.

    Labels, stray spaces and haste go; whether a serial below 10 has its leading 0 is left to the paper.
    """
    printed, parsed = clean_line(raw), parse_document_number(raw)
    if parsed.serial is not None and printed.lstrip("0") != parsed.canonical.lstrip("0"):
        printed = parsed.canonical
    return printed[:100], parsed.match_key[:100]


class AttachedFile(Orderable):
    """A file that belongs to a page."""

    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, verbose_name=_("tệp"), on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(
        _("tên hiện ra"), max_length=200, blank=True, help_text=_("Để trống thì dùng tên của tệp.")
    )

    panels = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        return self.label or self.document.title

    @property
    def file_type(self) -> str:
        """The type as people say it: PDF, DOCX."""
        return PurePosixPath(self.document.file.name).suffix.lstrip(".").upper()

    @property
    def href(self) -> str:
        return self.document.url

    @property
    def size(self) -> int | None:
        return self.document.file_size


class Citation(Orderable):
    """Another document that this page rests on: a page of the portal, or its number, date and issuer (S2)."""

    cited_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("trang trên cổng"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    number = models.CharField(_("số ký hiệu"), max_length=100, blank=True)
    number_key = models.CharField(max_length=100, blank=True, default="", editable=False, db_index=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    issuer_name = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    abstract = models.CharField(_("trích yếu"), max_length=500, blank=True)
    url = models.URLField(_("hoặc địa chỉ"), max_length=500, blank=True)

    panels = [
        PageChooserPanel("cited_page"),
        FieldPanel("number"),
        FieldPanel("issued_on"),
        FieldPanel("issuer_name"),
        FieldPanel("abstract"),
        FieldPanel("url"),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Something must say which document is meant."""
        super().clean()
        if not (self.cited_page_id or clean_line(self.number) or clean_line(self.abstract)):
            raise ValidationError({"number": _("Chọn một trang, hoặc ghi số ký hiệu hay trích yếu của văn bản.")})

    def save(self, *args, **kwargs) -> None:
        self.number_key = number_as_printed(self.number)[1] if self.number else ""
        super().save(*args, **kwargs)

    @property
    def words(self) -> str:
        """What an editor calls it; the title of the chosen page where nothing else was filled in, public or not."""
        return self.own_words or (self.cited_page.title if self.cited_page else "")

    @property
    def own_words(self) -> str:
        """The document as another one quotes it: “Kế hoạch… số 76/KH-UBND ngày 03/03/2022 của UBND Huyện về …”."""
        day = format_vietnamese_date(self.issued_on) if self.issued_on else ""
        parts = [
            self.number,
            _("ngày %(day)s") % {"day": day} if day else "",
            _("của %(issuer)s") % {"issuer": self.issuer_name} if self.issuer_name else "",
        ]
        known = " ".join(str(part) for part in parts if part)
        return ": ".join(part for part in (known, self.abstract) if part)


@dataclass(frozen=True)
class CitationLine:
    """One citation as a reader sees it; without ``url`` it is bare words."""

    text: str
    url: str = ""


def citation_lines(citations: Iterable[Citation]) -> list[CitationLine]:
    """Return the lines of ``citations``; bare numbers are linked when the document is public here by now.

    A citation of which nothing is known but a page that is not public has no line: the title of such a page is nobody's
    business. The number of queries does not grow with the citations.
    """
    return [line for line in citation_lines_each(citations) if line.text]


def citation_lines_each(citations: Iterable[Citation]) -> list[CitationLine]:
    """Return one line for each of ``citations``, an empty one where :func:`citation_lines` leaves it out."""
    rows = list(citations)
    return [_line(row, *target) for row, target in zip(rows, citation_targets(rows), strict=True)]


def citation_targets(rows: Iterable[Citation]) -> list[tuple[int | None, str]]:
    """Return, for each citation, the public page that is meant (or None) and the address where a reader finds it."""
    rows = list(rows)
    chosen = Page.objects.live().public().in_bulk([row.cited_page_id for row in rows if row.cited_page_id])
    bare = {row.number_key for row in rows if row.number_key and row.cited_page_id not in chosen}
    found = find_cited(bare) if bare else {}
    return [_target(row, chosen, found) for row in rows]


def find_cited(number_keys: Iterable[str]) -> dict[str, list[FoundDocument]]:
    """Ask every app that publishes numbered documents which public ones have one of these keys."""
    keys = sorted(set(number_keys) - {""})
    found: dict[str, list[FoundDocument]] = {}
    for finder in citation_finders:
        for document in finder.find(keys) if keys else ():
            found.setdefault(document.number_key, []).append(document)
    return found


def pick_cited(found: Iterable[FoundDocument], *, issued_on=None) -> FoundDocument | None:
    """Return the one document that is meant; None when there is none or two would do (S92)."""
    fitting = [document for document in found if issued_on is None or document.issued_on == issued_on]
    return fitting[0] if len(fitting) == 1 else None


def _line(row: Citation, page: int | None, url: str) -> CitationLine:
    chosen = row.cited_page_id is not None and page == row.cited_page_id
    return CitationLine(row.own_words or (row.words if chosen or not row.cited_page_id else ""), url)


def _target(row: Citation, chosen: dict[int, Page], found: dict[str, list[FoundDocument]]) -> tuple[int | None, str]:
    if page := chosen.get(row.cited_page_id):
        return page.pk, page.url or ""
    document = pick_cited(found.get(row.number_key, ()), issued_on=row.issued_on)
    return (document.page_id, document.url) if document else (None, row.url)
