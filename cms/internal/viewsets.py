"""Internal notices in the admin: who has read, the files, what waits for the officer's own units."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.permissions import can
from cms.internal.enums import ReadStanding
from cms.internal.forms import NoticeFileForm
from cms.internal.models import InternalNoticeIndexPage, InternalNoticePage, NoticeFile
from cms.internal.models.pages import own_unit_ids
from cms.internal.permissions import counts_visible_to, lines_visible_to, user_can_keep_files
from cms.internal.reports import receipts_csv
from cms.internal.services.files import notice_file_remove

MOST_ON_HOME = 5


class OfNotice(WagtailAdminTemplateMixin):
    """A screen about one notice; ``capability`` is asked before anything is looked at."""

    capability = ""
    kwargs: dict[str, Any]
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, self.capability):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def notice(self) -> InternalNoticePage:
        return get_object_or_404(InternalNoticePage, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.notice.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


def refuse_unless_readable(request: HttpRequest, notice: InternalNoticePage) -> None:
    """Raise PermissionDenied for a notice that is neither the reader's nor theirs to write."""
    if not can(request.user, "page_edit") and not notice.may_be_read_by(request.user):
        raise PermissionDenied


class ReceiptsView(OfNotice, TemplateView):
    """Which unit has read, which has not, which is late."""

    template_name = "internal/admin/receipts.html"
    capability = "internal_receipts"
    page_title = _("Đơn vị đã đọc")
    header_icon = "list-ul"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refuse_unless_readable(self.request, self.notice)
        found_counts = counts_visible_to(self.request.user, self.notice)
        counts = [(each, found_counts[each.value]) for each in ReadStanding]
        chosen = self.request.GET.get("tinh-trang", "")
        chosen = chosen if chosen in ReadStanding.values else ""
        shown = lines_visible_to(self.request.user, self.notice, chosen)
        total = sum(found_counts.values())
        found = super().get_context_data(**kwargs)
        return found | {"notice": self.notice, "lines": shown, "counts": counts, "total": total, "chosen": chosen}


class ReceiptsTableView(OfNotice, View):
    """The same as a file."""

    http_method_names = ["get", "head", "options"]
    capability = "internal_receipts"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        refuse_unless_readable(request, self.notice)
        return receipts_csv(self.notice, lines_visible_to(request.user, self.notice))


class NoticeFilesView(OfNotice, TemplateView):
    """The files of a notice: bring one, take one off, put it back."""

    template_name = "internal/admin/files.html"
    capability = "page_edit"
    page_title = _("Tệp kèm thông báo")
    header_icon = "doc-full"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("remove") or request.POST.get("restore"):
            return self._move(request)
        form = NoticeFileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                form.save(page=self.notice, actor=request.user)
            except ValidationError as error:
                form.add_error(None, error)
        if form.errors:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, _now("Đã gắn tệp vào thông báo."))
        return self._back()

    def _move(self, request: HttpRequest) -> HttpResponse:
        restore = bool(request.POST.get("restore"))
        key = str(request.POST.get("restore") or request.POST.get("remove"))
        row = NoticeFile.objects.filter(
            page=self.notice, pk=int(key) if key.isdecimal() and len(key) < 10 else 0
        ).first()
        if row is None:
            messages.warning(request, _now("Tệp này không còn nữa."))
            return self._back()
        try:
            notice_file_remove(file=row, restore=restore, actor=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return self._back()
        messages.success(request, _now("Đã đặt lại tệp.") if restore else _now("Đã gỡ tệp. Có thể đặt lại bên dưới."))
        return self._back()

    def _back(self) -> HttpResponse:
        return redirect("internal_files", self.notice.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", NoticeFileForm())
        rows = list(self.notice.files.in_order().select_related("added_by"))
        return super().get_context_data(**kwargs) | {
            "notice": self.notice,
            "files": [row for row in rows if row.removed_at is None],
            "removed": [row for row in rows if row.removed_at is not None],
            "may_change": user_can_keep_files(self.request.user, self.notice),
        }


class UnreadPanel(Component):
    """Greets with the notices that the officer's own units are still to confirm."""

    name = "internal_notices"
    template_name = "internal/admin/home_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        waiting = InternalNoticePage.objects.readable_by(user).unread_by(own_unit_ids(user))
        rows = list(waiting.soonest().defer("body")[: MOST_ON_HOME + 1])
        index = InternalNoticeIndexPage.objects.live().first()
        return {"notices": rows[:MOST_ON_HOME], "more": len(rows) > MOST_ON_HOME, "index": index}


class NoticesMenuItem(MenuItem):
    """Leads every reader to the list, and nobody else."""

    def __init__(self) -> None:
        super().__init__(_("Thông báo nội bộ"), "/thong-bao-noi-bo/", icon_name="mail", order=240)

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "internal_read")


def internal_admin_urls() -> list[URLPattern]:
    """Return the addresses of the screens."""
    return [
        path("thong-bao-noi-bo/<int:pk>/da-doc/", ReceiptsView.as_view(), name="internal_receipts"),
        path("thong-bao-noi-bo/<int:pk>/da-doc.csv", ReceiptsTableView.as_view(), name="internal_receipts_csv"),
        path("thong-bao-noi-bo/<int:pk>/tep/", NoticeFilesView.as_view(), name="internal_files"),
    ]


def receipts_address(page: Any) -> str:
    """Return where the table of receipts of ``page`` is."""
    return reverse("internal_receipts", args=[page.pk])
