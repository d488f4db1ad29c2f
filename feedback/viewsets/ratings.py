"""What readers think of the pages: one line a page, and behind it their words, which only editors read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.core.permissions import can
from cms.core.viewsets.columns import MomentColumn
from feedback.models import PageRating
from feedback.querysets.comments import rated_pages
from feedback.services.ratings import rating_words_erase

PAGE_SIZE = 50


class RatingsAccess:
    """Only those whom the matrix lets read what readers wrote."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, "rating_view"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def percent(page: Any) -> str:
    """Return the part that did not find the page useful, as people write it: “12,5 %”."""
    return f"{page.share * 100:.1f}".removesuffix(".0").replace(".", ",") + " %"


class RatingsReport(RatingsAccess, ReportView):
    """All rated pages, the least useful first."""

    page_title = _("Đánh giá trang")
    header_icon = "thumbtack"
    index_url_name = "page_ratings"
    index_results_url_name = "page_ratings_results"
    FORMATS = ("xlsx",)  # a CSV cell may be a formula for whoever opens it
    columns = [
        TitleColumn("title", label=_("Trang"), get_url=lambda page: reverse("page_ratings_page", args=[page.pk])),
        NumberColumn("useful", label=_("Hữu ích")),
        NumberColumn("useless", label=_("Chưa hữu ích")),
        Column("share", label=_("Tỷ lệ chưa hữu ích"), accessor=percent),
        NumberColumn("worded", label=_("Có lời góp ý")),
        MomentColumn("last", label=_("Lần cuối")),
    ]
    list_export = ["title", "useful", "useless", "share", "worded"]
    export_headings = {
        "title": _("Trang"),
        "useful": _("Hữu ích"),
        "useless": _("Chưa hữu ích"),
        "share": _("Tỷ lệ chưa hữu ích"),
        "worded": _("Có lời góp ý"),
    }

    def get_queryset(self) -> PageQuerySet:
        return rated_pages(PageRating.objects.all())

    def get_filename(self) -> str:
        return "danh-gia-trang"

    @cached_property
    def no_results_message(self) -> str:
        return _now("Chưa có bạn đọc nào đánh giá trang nào.")

    @property
    def header_more_buttons(self) -> list[Button]:
        return [button for button in super().header_more_buttons if button.url != self.csv_export_url]


class PageRatingsView(RatingsAccess, WagtailAdminTemplateMixin, TemplateView):
    """The figures of one page and what readers added, newest first; words that tell too much can be erased."""

    template_name = "feedback/admin/page_ratings.html"
    header_icon = "thumbtack"
    page_title = _("Đánh giá trang")

    @cached_property
    def page(self) -> Page:
        return get_object_or_404(Page, pk=self.kwargs["page_id"], depth__gt=1)

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": reverse("page_ratings"), "label": self.page_title}, here]

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        number = request.POST.get("xoa", "")
        if not number.isascii() or not number.isdigit() or len(number) > 18:
            raise Http404
        rating = get_object_or_404(PageRating.objects.about(self.page), pk=int(number))
        rating_words_erase(rating=rating, actor=request.user)
        messages.success(request, _now("Đã xóa lời góp ý. Câu trả lời vẫn được đếm."))
        return redirect(request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ratings = PageRating.objects.about(self.page)
        words = Paginator(ratings.with_words().newest(), PAGE_SIZE)
        return super().get_context_data(
            page=self.page,
            figures=ratings.figures(),
            page_obj=words.get_page(self.request.GET.get("p", "1")[:6]),
            may_erase=can(self.request.user, "rating_erase"),
            **kwargs,
        )


class RatingsMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Đánh giá trang"), reverse_lazy("page_ratings"), icon_name="thumbtack", name="page-ratings", order=900
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "rating_view")


class RatingsButton(Button):
    """Leads from a page to what readers think of it."""

    def __init__(self, page: Page) -> None:
        url = reverse("page_ratings_page", args=[page.pk])
        super().__init__(_("Đánh giá của bạn đọc"), url=url, icon_name="thumbtack", priority=66)


def rating_urls() -> list[URLPattern]:
    """Return the addresses of the report, for the admin."""
    return [
        path("reports/danh-gia-trang/", RatingsReport.as_view(), name="page_ratings"),
        path("reports/danh-gia-trang/results/", RatingsReport.as_view(results_only=True), name="page_ratings_results"),
        path("reports/danh-gia-trang/<int:page_id>/", PageRatingsView.as_view(), name="page_ratings_page"),
    ]
