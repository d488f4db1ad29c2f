"""What only the machine writes, shown to those who keep the house: mail, schedule, ledger."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.core.enums import Scope
from cms.core.models import JobState, LedgerEvent, OutboxMail
from cms.core.permissions import can, scope_of
from cms.core.ports import jobs
from cms.core.querysets.ledger import LedgerQuerySet
from cms.core.services.outbox import mails_retry_dead
from cms.core.viewsets.columns import MomentColumn
from cms.core.viewsets.ledger_words import verb_label


class ReadOnlyIndexView(generic.IndexView):
    """A list whose rows have no screen of their own and no add button."""

    def get_edit_url(self, instance: Model) -> None:
        return None

    def get_add_url(self) -> None:
        return None

    def get_list_buttons(self, instance: Model) -> list[Any]:
        return []


class ReadOnlyViewSet(ModelViewSet):
    """What only the machine writes: one list, nothing to add, change or delete."""

    index_view_class = ReadOnlyIndexView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    add_to_reference_index = False
    form_fields: list[str] = []
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]


class RetryMailView(WagtailAdminTemplateMixin, TemplateView):
    """Ask once, then give every mail that was given up another round of tries."""

    template_name = "core/admin/retry_mail.html"
    page_title = _("Gửi lại thư hỏng")
    header_icon = "mail"
    index_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, "outbox_view"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count = mails_retry_dead(actor=request.user)
        messages.success(request, _now("Đã xếp gửi lại %(count)s thư.") % {"count": count})
        return redirect(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(dead_count=OutboxMail.objects.dead().count(), **kwargs)


class OutboxIndexView(ReadOnlyIndexView):
    retry_url_name = ""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer another round of tries while there is a mail that was given up."""
        if not OutboxMail.objects.dead().exists():
            return []
        return [Button(_("Gửi lại thư hỏng"), url=reverse(self.retry_url_name), icon_name="rotate")]


class OutboxViewSet(ReadOnlyViewSet):
    model = OutboxMail
    name = "outbox"
    icon = "mail"
    menu_label = _("Thư đi")
    menu_order = 40
    index_view_class = OutboxIndexView
    list_display = ["kind", "state", "tries", "last_error", MomentColumn("created_at", label=_("Lập lúc"))]
    list_filter = ["state", "kind"]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(retry_url_name=self.get_url_name("retry"), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        retry = self.construct_view(RetryMailView, index_url_name=self.get_url_name("index"))
        return [*super().get_urlpatterns(), path("gui-lai/", retry, name="retry")]


def _job_label(row: JobState) -> str:
    return jobs.get(row.name).label if row.name in jobs.items else row.name


class JobViewSet(ReadOnlyViewSet):
    model = JobState
    name = "schedule"
    icon = "history"
    menu_label = _("Việc định kỳ")
    menu_order = 50
    list_display = [
        Column("label", label=_("Việc"), accessor=_job_label),
        MomentColumn("last_finished_at", label=_("Xong lần trước")),
        "last_result",
        "failures",
        MomentColumn("next_run_at", label=_("Lần tới")),
    ]


class LedgerIndexView(ReadOnlyIndexView):
    def get_base_queryset(self) -> LedgerQuerySet:
        events = LedgerEvent.objects.select_related("actor", "unit")
        if scope_of(self.request.user, "ledger_view") is Scope.ALL:
            return events
        return events.of_units(self.request.user.unit_ids)


class LedgerViewSet(ReadOnlyViewSet):
    model = LedgerEvent
    name = "ledger"
    icon = "list-ol"
    menu_label = _("Nhật ký sự kiện")
    menu_order = 60
    index_view_class = LedgerIndexView
    ordering = ["-seq"]
    list_display = [
        "seq",
        MomentColumn("at", label=_("Lúc")),
        Column("verb", label=_("Việc"), accessor=lambda event: verb_label(event.verb)),
        Column("subject_key", label=_("Về")),
        "actor",
        "unit",
    ]
    list_filter = ["subject_type"]
