"""The page of published cases: the list that everybody reads, with its filters in the address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.core.blocks import StoryBlock
from cms.core.models import BasePage, Unit
from cms.core.querysets.keys import KeyPage, beside, key_page, keys_first, read_day_key
from cms.core.text import sort_key
from feedback.models.catalogue import Category
from feedback.models.public_case import PublicCase
from feedback.querysets import PublicCaseQuerySet

SLUG = "phan-anh-kien-nghi"
LIST_URL = f"/{SLUG}/"
PAGE_SIZE = 20
_CODE = re.compile(r"[a-zA-Z0-9_-]{1,80}")
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


# Orders beside the usual one, newest answer first: what the address says, what people read, the verb of the rows.
ORDERS = {
    "cu": (_("Trả lời lâu nhất trước"), "oldest"),
    "gui": (_("Gửi gần đây nhất trước"), "newest_asked"),
    "tre": (_("Trả lời trễ nhiều nhất trước"), "latest"),
}


@dataclass(frozen=True)
class ListFilter:
    """What the address asks for; anything that cannot be meant is left out."""

    category: str = ""
    unit: str = ""
    year: int | None = None
    q: str = ""
    order: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "ListFilter":
        """Read ``chu-de``, ``don-vi``, ``nam``, ``q`` and ``thu-tu``."""
        query = request.GET
        codes = {name: query.get(name, "") for name in ("chu-de", "don-vi")}
        kept = {name: code if _CODE.fullmatch(code) else "" for name, code in codes.items()}
        year = query.get("nam", "")
        return cls(
            category=kept["chu-de"],
            unit=kept["don-vi"],
            year=int(year) if _YEAR.fullmatch(year) else None,
            q=" ".join(query.get("q", "")[:200].split()),
            order=query.get("thu-tu", "") if query.get("thu-tu") in ORDERS else "",
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
    is_rated = False
    feed_name = "feedback:public_cases_feed"

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
        verb = ORDERS[asked.order][1] if asked.order else "newest"
        rows = getattr(PublicCase.objects.public(), verb)().with_list_data()
        rows = rows.filtered(category=asked.category, unit=asked.unit, year=asked.year, q=asked.q)
        page_obj = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang", "1")[:6])
        # Keys go on in the usual order alone; every other has numbered leaves, as a search has.
        piece = None if asked.q or asked.order else _piece(rows, request.GET, page_obj)
        shown = piece.rows if piece else _rows_of(page_obj)
        # A template that asks whether there is a leaf counts its rows: those that were read, not the wide table anew.
        page_obj.object_list = shown
        context.update(
            asked=asked,
            total=page_obj.paginator.count,
            # A numbered leaf names itself in the head of the page; the others have no number to name.
            page_obj=page_obj if page_obj.number > 1 or piece is None else None,
            piece=piece,
            entries=[entry_of(row) for row in shown],
            choices=filter_choices(asked),
            orders=[(value, label, value == asked.order) for value, (label, _verb) in ORDERS.items()],
        )
        return context


def _piece(rows: PublicCaseQuerySet, query: Mapping[str, str], leaf: Page) -> KeyPage:
    """Return the piece of the list that ``sau`` or ``truoc`` asks for, else the first; what cannot be read is none.

    The numbered ``leaf`` of an old address (``trang``) is still answered, and goes on by key from there.
    """
    after, before = read_day_key(query.get("sau", "")), read_day_key(query.get("truoc", ""))
    if leaf.number > 1 and not after and not before:
        return beside(rows, _rows_of(leaf), _key)
    return key_page(rows, _key, size=PAGE_SIZE, after=after, before=before)


def _rows_of(leaf: Page) -> list[PublicCase]:
    """Return the rows of a numbered leaf; nothing is read before."""
    return keys_first(leaf.paginator.object_list, (leaf.number - 1) * PAGE_SIZE, leaf.number * PAGE_SIZE)


def _key(row: PublicCase) -> tuple[date, int]:
    return row.answered_on, row.pk


def filter_choices(asked: ListFilter) -> list[dict[str, Any]]:
    """Return the selects of the filter form; only what some published case has can be chosen.

    Counted by keys alone, which stand in an index; names are looked up beside.
    """
    rows = PublicCase.objects.public()

    def options(
        counted: Mapping[int, int], names: Iterable[tuple[int, Any, Any]], current: Any
    ) -> list[dict[str, Any]]:
        return [
            {"value": value, "label": label, "count": counted[key], "current": value == current}
            for key, value, label in sorted(names, key=lambda row: sort_key(str(row[2])))
            if counted.get(key)
        ]

    by_category, by_unit = rows.counted_by("category"), rows.counted_by("unit")
    categories = Category.objects.filter(pk__in=by_category).values_list("pk", "code", "name")
    units = Unit.objects.filter(pk__in=by_unit).values_list("pk", "slug", "name")
    by_year = rows.counted_by_year()
    years = options(by_year, [(year, year, year) for year in by_year], asked.year)
    return [
        {
            "name": "chu-de",
            "label": _("Chủ đề"),
            "all": _("Tất cả chủ đề"),
            "options": options(by_category, categories, asked.category),
        },
        {
            "name": "don-vi",
            "label": _("Đơn vị"),
            "all": _("Tất cả đơn vị"),
            "options": options(by_unit, units, asked.unit),
        },
        {"name": "nam", "label": _("Năm"), "all": _("Tất cả các năm"), "options": years[::-1]},
    ]
