"""The kernel's own screens in the admin: units, calendar, and what the worker has done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.forms import name_empty_choices
from cms.core.models import CalendarDay, Unit
from cms.core.services.calendar import calendar_day_delete, calendar_day_save
from cms.core.services.units import unit_save
from cms.core.viewsets.columns import MomentColumn, YesNoColumn
from cms.core.viewsets.machine import JobViewSet, LedgerViewSet, OutboxViewSet
from cms.core.viewsets.remembered import RememberedViewSet
from cms.core.viewsets.storing import StoringCreateView, StoringEditView


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
            "area",
            "address",
            "phone",
            "email",
            "website",
            "opening_hours",
            "map_url",
            "feedback_box",
            "embed_sites",
            "takes_cases",
            "active",
            "order",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_empty_choices(self.fields.values())
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
    list_display = ["name", "code", "kind", "parent", YesNoColumn("active", label=_("Đang hoạt động"))]
    list_filter = ["kind", "active"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return UnitForm


class CalendarDayForm(forms.ModelForm):
    class Meta:
        model = CalendarDay
        fields = ["date", "kind", "label", "source", "confirmed"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_empty_choices(self.fields.values())

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
        MomentColumn("date", label=_("Ngày"), sort_key="date"),
        "label",
        "kind",
        "source",
        YesNoColumn("confirmed", label=_("Đã xác nhận")),
    ]
    list_filter = ["kind", "confirmed"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return CalendarDayForm


class HouseViewSetGroup(ViewSetGroup):
    """Everything that keeps the house running, under one menu entry."""

    menu_label = _("Vận hành")
    menu_icon = "cogs"
    menu_order = 900
    items = (
        UnitViewSet("units", url_prefix="don-vi"),
        CalendarDayViewSet("calendar", url_prefix="lich-lam-viec"),
        RememberedViewSet(),
        OutboxViewSet("outbox", url_prefix="thu-di"),
        JobViewSet("schedule", url_prefix="viec-dinh-ky"),
        LedgerViewSet("ledger", url_prefix="nhat-ky"),
    )
