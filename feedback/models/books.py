"""Books on paper: what came by the box, the book, the telephone, over the counter, and which line of which book it is.

The law wants such a case entered in a book and keyed in whole (Decree 20/2008/NĐ-CP art. 9; Decision 31/2021/QĐ-TTg
art. 43.2). One line of one book is one case, or is said to be empty.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from feedback.enums import OFFICE_SOURCES, CaseSource
from feedback.models.case import Case
from feedback.querysets import BookLineQuerySet, PaperBookQuerySet

HIGHEST_LINE = 99_999
_CHOICES = [(source.value, source.label) for source in CaseSource if source in OFFICE_SOURCES]


class PaperBook(models.Model):
    """One book. An office that starts its numbers anew each year keeps one book a year."""

    code = models.SlugField(_("mã"), max_length=60, unique=True, help_text=_("Chữ không dấu, ví dụ so-gop-y-2026."))
    name = models.CharField(_("tên sổ"), max_length=120, help_text=_("Như ghi ngoài bìa. Mỗi năm đánh số lại: một sổ."))
    source = models.CharField(
        _("kênh"),
        max_length=10,
        choices=_CHOICES,
        default=CaseSource.BOOK,
        help_text=_("Được chọn sẵn khi nhập; từng dòng vẫn đổi được."),
    )
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("đơn vị giữ sổ"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Để trống: sổ của cơ quan, chỉ người tiếp nhận nhập."),
    )
    first_number = models.PositiveIntegerField(
        _("dòng đầu"), default=1, validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_LINE)]
    )
    active = models.BooleanField(_("đang ghi"), default=True, help_text=_("Bỏ chọn khi sổ đã ghi hết."))
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = PaperBookQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("code"), FieldPanel("source"), FieldPanel("unit")], _("Sổ")),
        MultiFieldPanel([FieldPanel("first_number"), FieldPanel("order"), FieldPanel("active")], _("Cách ghi")),
    ]

    class Meta:
        verbose_name = _("sổ giấy")
        verbose_name_plural = _("sổ giấy")
        ordering = ["order", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class BookLine(models.Model):
    """One line of a book: the case that it became, or why there is none.

    ``suffix`` is a letter behind a number that the book has twice (“12a”): paper knows no unique index.
    """

    book = models.ForeignKey(PaperBook, verbose_name=_("sổ"), on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(_("số dòng"))
    suffix = models.CharField(_("chữ sau số"), max_length=1, blank=True)
    case = models.OneToOneField(
        Case,
        verbose_name=_("phản ánh"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="book_line",
    )
    skipped_reason = models.CharField(_("vì sao dòng trống"), max_length=200, blank=True)
    imported = models.BooleanField(_("nhập từ tệp"), default=False, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người nhập"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_at = models.DateTimeField(_("nhập lúc"))

    objects = BookLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng của sổ giấy")
        verbose_name_plural = _("các dòng của sổ giấy")
        ordering = ["number", "suffix"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number", "suffix"], name="one_line_a_number"),
            models.CheckConstraint(
                condition=(Q(case__isnull=False) & Q(skipped_reason=""))
                | (Q(case__isnull=True) & ~Q(skipped_reason="")),
                name="line_is_a_case_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """The number as the book has it."""
        return f"{self.number}{self.suffix}"
