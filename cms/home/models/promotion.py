"""What editors put above the results of a search: the page that answers a question best."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.core.search import query_key
from cms.core.text import clean_line
from cms.home.querysets import SearchPromotionQuerySet

_MOST_LINES = 30


class SearchPromotion(ClusterableModel):
    """Ways to ask one thing, and the pages that answer it, in the editors' order.

    ``keys`` is made of ``words``: a line each way, between line ends, as ``query_key`` spells it.
    """

    words = models.TextField(
        _("câu tìm"),
        max_length=2000,
        help_text=_(
            "Mỗi dòng một cách hỏi, viết không dấu cũng được. Chữ viết tắt quen dùng (TTHC, CCHC, GD&ĐT…) tự được hiểu "
            "như chữ viết đủ."
        ),
    )
    keys = models.TextField(editable=False)
    active = models.BooleanField(_("đang dùng"), default=True)

    objects = SearchPromotionQuerySet.as_manager()

    panels = [
        HelpPanel(
            content=_(
                "Ai tìm đúng một trong các câu dưới đây sẽ thấy các trang đã chọn ở đầu kết quả, dưới chữ “Gợi ý của "
                "cổng”. Trang chưa đăng, đã gỡ hoặc nằm trong mục kín thì không hiện."
            )
        ),
        FieldPanel("words"),
        InlinePanel("pages", heading=_("Các trang trả lời"), label=_("Trang"), min_num=1, max_num=5),
        FieldPanel("active"),
    ]

    class Meta:
        verbose_name = _("gợi ý khi tìm")
        verbose_name_plural = _("gợi ý khi tìm")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.lines)[:120]

    @property
    def lines(self) -> list[str]:
        """The ways to ask, as they were written."""
        return [line for line in self.words.splitlines() if line.strip()]

    @property
    def titles(self) -> str:
        """The pages in order, for the list of the admin."""
        return " · ".join(row.page.title for row in self.pages.all())

    def clean(self) -> None:
        """At least one question that has letters or figures, and none that answers elsewhere already."""
        super().clean()
        lines = [clean_line(line) for line in (self.words or "").splitlines() if line.strip()]
        self.words = "\n".join(lines)
        empty = [line for line in lines if len(query_key(line)) < 2]
        if not lines or empty:
            raise ValidationError({"words": _("Hãy ghi ít nhất một câu tìm; mỗi câu có từ hai chữ cái hoặc chữ số.")})
        if len(lines) > _MOST_LINES:
            raise ValidationError({"words": _("Nhiều nhất 30 câu tìm cho một gợi ý.")})
        self.keys = _joined(lines)
        for line in lines:
            if type(self).objects.answering(line).exclude(pk=self.pk).exists():
                raise ValidationError({"words": _("Câu “%(line)s” đã có ở một gợi ý khác.") % {"line": line}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keys follow from words, so that they can never disagree."""
        self.keys = _joined(self.lines)
        super().save(*args, **kwargs)


def _joined(lines: list[str]) -> str:
    return "\n" + "\n".join(dict.fromkeys(map(query_key, lines))) + "\n"


class PromotedPage(Orderable):
    """One page of a promotion, with a line of the editors' own when they like."""

    promotion = ParentalKey(SearchPromotion, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("trang"), on_delete=models.CASCADE, related_name="+")
    note = models.CharField(
        _("lời giới thiệu"), max_length=200, blank=True, help_text=_("Để trống thì lấy lời tóm tắt của trang.")
    )

    panels = [PageChooserPanel("page"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("trang được gợi ý")
        verbose_name_plural = _("trang được gợi ý")

    def __str__(self) -> str:
        return str(self.page)
