"""The page of published cases: the list that everybody reads, with its filters in the address."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.core.blocks import StoryBlock
from cms.core.models import BasePage
from feedback.models.public_case import PublicCase

SLUG = "phan-anh-kien-nghi"
LIST_URL = f"/{SLUG}/"
PAGE_SIZE = 20
_CODE = re.compile(r"[a-zA-Z0-9_-]{1,80}")
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


@dataclass(frozen=True)
class ListFilter:
    """What the address asks for; anything that cannot be meant is left out."""

    category: str = ""
    unit: str = ""
    year: int | None = None
    q: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "ListFilter":
        """Read ``chu-de``, ``don-vi``, ``nam`` and ``q``."""
        query = request.GET
        codes = {name: query.get(name, "") for name in ("chu-de", "don-vi")}
        kept = {name: code if _CODE.fullmatch(code) else "" for name, code in codes.items()}
        year = query.get("nam", "")
        return cls(
            category=kept["chu-de"],
            unit=kept["don-vi"],
            year=int(year) if _YEAR.fullmatch(year) else None,
            q=" ".join(query.get("q", "")[:200].split()),
        )

    @property
    def is_set(self) -> bool:
        return bool(self.category or self.unit or self.year or self.q)


def entry_of(row: PublicCase) -> dict[str, Any]:
    """Return one line of a list of published cases, as ``components/entry.html`` takes it."""
    return {
        "title": row.title,
        "url": row.get_absolute_url(),
        "number": row.reference,
        "text": Truncator(row.answer).chars(180),
        "tag_text": timeliness(row),
        "tag_tone": "good" if row.on_time else "bad",
        "date": row.answered_on,
        "meta": [row.category.name, row.unit.called if row.unit else ""],
    }


def timeliness(row: PublicCase) -> str:
    """Return how the answer stood to its date, in words."""
    if row.on_time:
        return _now("Đúng hạn")
    return _now("Trễ %(days)d ngày") % {"days": row.late_days}


class FeedbackIndexPage(BasePage):
    """Published cases, newest answer first. Reads ``PublicCase.objects.public()`` and nothing else of feedback."""

    template = "pages/feedback/feedback_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("giới thiệu"), blank=True, help_text=_("Hiện bên dưới danh sách."))

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("trang phản ánh, kiến nghị")
        verbose_name_plural = _("trang phản ánh, kiến nghị")

    def clean(self) -> None:
        """The services below this address are fixed: receipts and mails already sent point to them."""
        super().clean()
        if self.slug != SLUG:
            reason = _("Địa chỉ phải là “%(slug)s”: giấy biên nhận và thư đã gửi cho người dân dẫn tới địa chỉ này.")
            raise ValidationError({"slug": ValidationError(reason, params={"slug": SLUG})})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer reading only: forms live at their own addresses."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the asked part of the list and the choices of the filters."""
        context = super().get_context(request, *args, **kwargs)
        asked = ListFilter.of(request)
        rows = PublicCase.objects.public().newest().with_list_data()
        rows = rows.filtered(category=asked.category, unit=asked.unit, year=asked.year, q=asked.q)
        page_obj = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang", "1")[:6])
        context.update(
            asked=asked,
            page_obj=page_obj,
            entries=[entry_of(row) for row in page_obj],
            choices=filter_choices(asked),
        )
        return context


def filter_choices(asked: ListFilter) -> list[dict[str, Any]]:
    """Return the selects of the filter form; only what some published case has can be chosen."""
    rows = PublicCase.objects.public().order_by()

    def options(value: str, label: str, current: Any) -> list[dict[str, Any]]:
        counted = rows.exclude(**{f"{value}__isnull": True}).values_list(value, label).annotate(total=Count("pk"))
        return [
            {"value": each, "label": name, "count": total, "current": each == current}
            for each, name, total in counted.order_by(label)
        ]

    years = options("answered_on__year", "answered_on__year", asked.year)
    return [
        {
            "name": "chu-de",
            "label": _("Chủ đề"),
            "all": _("Tất cả chủ đề"),
            "options": options("category__code", "category__name", asked.category),
        },
        {
            "name": "don-vi",
            "label": _("Đơn vị"),
            "all": _("Tất cả đơn vị"),
            "options": options("unit__slug", "unit__name", asked.unit),
        },
        {"name": "nam", "label": _("Năm"), "all": _("Tất cả các năm"), "options": years[::-1]},
    ]
