"""The screens on which pages of a sender's PDF are chosen and covered; never the PDF itself goes out."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.media.covering import Box
from feedback.models import Attachment
from feedback.services.picture_pages import MOST_OFFERED, page_count, page_drawn, page_hints, papers
from feedback.services.pictures import MAX_BOXES, may_cover
from feedback.viewsets.pictures import CopyPictureMixin, LeaveOutView, PictureSourceView, PictureView


class PagesView(CopyPictureMixin, WagtailAdminTemplateMixin, View):
    """The pages of one PDF, each with whether the draft shows it."""

    http_method_names = ["get", "head", "options"]
    template_name = "feedback/admin/picture_pages.html"
    page_title = _("Chọn trang để đăng thành ảnh")
    header_icon = "doc-full"

    def offered(self) -> list[Attachment]:
        return papers(self.copy)

    def get_page_subtitle(self) -> str:
        return f"{self.copy.reference}, {self.attachment.name}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.above, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_cover(request.user, self.copy):
            raise PermissionDenied
        return self.render_to_response(self.get_context_data(copy=self.copy, file=self.attachment, **self._pages()))

    def _pages(self) -> dict[str, Any]:
        draft = self.copy.get_latest_revision_as_object()
        shown = {each.page: each for each in draft.shown_pictures if each.attachment_id == self.attachment.pk}
        try:
            count = page_count(self.attachment)
        except ValidationError as unreadable:
            return {"unreadable": unreadable.messages}
        offered = [{"number": number, "shown": shown.get(number)} for number in range(1, min(count, MOST_OFFERED) + 1)]
        return {"pages": offered, "count": count, "most": MOST_OFFERED}


class PageView(PictureView):
    """Cover one page; what looks personal in its words is proposed as boxes."""

    page_title = _("Che trang PDF")

    def hints(self, boxes: list[Box]) -> dict[str, Any]:
        try:
            drawn = page_drawn(self.attachment, self.page or 0)
        except ValidationError as unreadable:
            return {"unreadable": unreadable.messages}
        return {"hints": page_hints(self.copy, drawn, boxes)}

    def proposed(self, hints: dict[str, Any]) -> list[Box]:
        return list(hints["hints"].boxes[:MAX_BOXES]) if "hints" in hints else []


def picture_page_urls() -> list[URLPattern]:
    """Return the addresses of pages below those of a copy."""
    page = "picture/<int:pk>/<int:attachment>/page/<int:page>/"
    return [
        path("picture/<int:pk>/<int:attachment>/pages/", PagesView.as_view(), name="picture_pages"),
        path(page, PageView.as_view(), name="picture_page"),
        path(f"{page}source/", PictureSourceView.as_view(), name="picture_page_source"),
        path(f"{page}off/", LeaveOutView.as_view(), name="picture_page_off"),
    ]
