"""The kernel's own screens in the admin: units, calendar, and what the worker has done."""

from typing import Any

from django import forms
from django.db.models import Model
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.core.enums import Scope
from cms.core.models import CalendarDay, JobState, LedgerEvent, OutboxMail, Unit
from cms.core.permissions import scope_of
from cms.core.ports import jobs
from cms.core.querysets.ledger import LedgerQuerySet
from cms.core.services.calendar import calendar_day_delete, calendar_day_save
from cms.core.services.units import unit_save
from cms.core.views import RetryMailView, StoringCreateView, StoringEditView


class UnitForm(forms.ModelForm):
    class Meta:
        model = Unit
        fields = [
            "name",
            "short_name",
            "code",
            "kind",
            "parent",
            "head_title",
            "head_name",
            "address",
            "phone",
            "email",
            "website",
            "takes_cases",
            "active",
            "order",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True

    def store(self, *, actor: Any) -> Unit:
        """Hand the clean values to the service."""
        return unit_save(actor=actor, **self.cleaned_data)[0]


class UnitViewSet(ModelViewSet):
    model = Unit
    icon = "group"
    menu_label = _("Đơn vị, trường học")
    menu_order = 10
    add_view_class = StoringCreateView
    edit_view_class = StoringEditView
    copy_view_enabled = False
    search_fields = ["name", "short_name", "code"]
    search_backend_name = None
    list_display = ["name", "code", "kind", "parent", BooleanColumn("active", label=_("Đang hoạt động"))]
    list_filter = ["kind", "active"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return UnitForm


class CalendarDayForm(forms.ModelForm):
    class Meta:
        model = CalendarDay
        fields = ["date", "kind", "label", "source", "confirmed"]

    def store(self, *, actor: Any) -> CalendarDay:
        """Hand the clean values to the service; deadlines that rest on the day move with it."""
        day = self.instance if self.instance.pk else None
        return calendar_day_save(day=day, actor=actor, **self.cleaned_data)


class CalendarDayIndexView(generic.IndexView):
    def get_base_queryset(self):
        return CalendarDay.objects.current()


class CalendarDayDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        calendar_day_delete(day=self.object, actor=self.request.user)


class CalendarDayViewSet(ModelViewSet):
    model = CalendarDay
    icon = "calendar-alt"
    menu_label = _("Lịch ngày làm việc")
    menu_order = 20
    index_view_class = CalendarDayIndexView
    add_view_class = StoringCreateView
    edit_view_class = StoringEditView
    delete_view_class = CalendarDayDeleteView
    copy_view_enabled = False
    search_backend_name = None
    ordering = ["-date"]
    list_display = [
        DateColumn("date", label=_("Ngày"), sort_key="date"),
        "label",
        "kind",
        "source",
        BooleanColumn("confirmed", label=_("Đã xác nhận")),
    ]
    list_filter = ["kind", "confirmed"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return CalendarDayForm


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
    list_display = ["kind", "state", "tries", "last_error", DateColumn("created_at", label=_("Lập lúc"))]
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
        DateColumn("last_finished_at", label=_("Xong lần trước")),
        "last_result",
        "failures",
        DateColumn("next_run_at", label=_("Lần tới")),
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
        DateColumn("at", label=_("Lúc")),
        Column("verb", label=_("Việc")),
        Column("subject_key", label=_("Về")),
        "actor",
        "unit",
    ]
    list_filter = ["subject_type"]


class HouseViewSetGroup(ViewSetGroup):
    """Everything that keeps the house running, under one menu entry."""

    menu_label = _("Vận hành")
    menu_icon = "cogs"
    menu_order = 900
    items = (
        UnitViewSet("units", url_prefix="don-vi"),
        CalendarDayViewSet("calendar", url_prefix="lich-lam-viec"),
        OutboxViewSet("outbox", url_prefix="thu-di"),
        JobViewSet("schedule", url_prefix="viec-dinh-ky"),
        LedgerViewSet("ledger", url_prefix="nhat-ky"),
    )
