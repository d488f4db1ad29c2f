"""The roster of the counters in the admin: officers, and their turns in the week."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.images.widgets import AdminImageChooser

from cms.core.forms import name_empty_choices
from cms.core.viewsets import CatalogueViewSet
from cms.core.viewsets.columns import YesNoColumn
from procedures.models import DutyOfficer, DutySwap, DutyTurn
from procedures.services.duty import (
    duty_officer_save,
    duty_swap_delete,
    duty_swap_save,
    duty_turn_delete,
    duty_turn_save,
)


class DutyOfficerForm(forms.ModelForm):
    class Meta:
        model = DutyOfficer
        fields = ["name", "role", "portrait", "duties", "phone", "order", "active"]
        widgets = {"portrait": AdminImageChooser, "duties": forms.Textarea(attrs={"rows": 3})}

    def store(self, *, actor: Any) -> DutyOfficer:
        """Hand the clean values to the service."""
        officer = self.instance if self.instance.pk else None
        return duty_officer_save(officer=officer, actor=actor, **self.cleaned_data)


class DutyTurnForm(forms.ModelForm):
    class Meta:
        model = DutyTurn
        fields = ["place", "officer", "weekday", "part", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = DutyOfficer.objects.in_order()
        name_empty_choices(self.fields.values())

    def store(self, *, actor: Any) -> DutyTurn:
        """Hand the clean values to the service."""
        return duty_turn_save(turn=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class TurnChoiceField(forms.ModelChoiceField):
    """Turns by what people call them: the counter first, for two counters have a Tuesday each."""

    def label_from_instance(self, turn: DutyTurn) -> str:
        return _called(turn)


def _called(turn: DutyTurn) -> str:
    return f"{turn.place.name}: {turn}"


def _turn_words(swap: DutySwap) -> str:
    return _called(swap.turn)


class DutySwapForm(forms.ModelForm):
    turn = TurnChoiceField(label=_("Buổi trực"), queryset=DutyTurn.objects.none())

    class Meta:
        model = DutySwap
        fields = ["date", "turn", "stand_in"]
        widgets = {"date": forms.DateInput(attrs={"autocomplete": "off", "placeholder": "dd/mm/yyyy"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["turn"].queryset = DutyTurn.objects.in_order().select_related("place", "officer")
        self.fields["stand_in"].queryset = DutyOfficer.objects.serving()
        name_empty_choices(self.fields.values())

    def store(self, *, actor: Any) -> DutySwap:
        """Hand the clean values to the service."""
        return duty_swap_save(swap=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class DutySwapDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        duty_swap_delete(swap=self.object, actor=self.request.user)


class DutySwapIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        """The latest day first, with what a line shows."""
        return DutySwap.objects.newest()


class DutyTurnDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        duty_turn_delete(turn=self.object, actor=self.request.user)


class DutyTurnIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        """In the order of a week, with what a line shows."""
        return DutyTurn.objects.in_order().select_related("place", "officer")


class DutyOfficerViewSet(CatalogueViewSet):
    model = DutyOfficer
    form = DutyOfficerForm
    icon = "user"
    menu_label = _("Cán bộ trực")
    menu_order = 50
    list_display = ["name", "role", YesNoColumn("active", label=_("Đang trực"))]
    ordering = ["order", "name"]


class DutyTurnViewSet(CatalogueViewSet):
    model = DutyTurn
    form = DutyTurnForm
    icon = "calendar-alt"
    menu_label = _("Lịch trực")
    menu_order = 60
    index_view_class = DutyTurnIndexView
    delete_view_class = DutyTurnDeleteView
    list_display = ["__str__", "place", "starts_on", "ends_on"]
    list_filter = ["place", "weekday", "officer"]


class DutySwapViewSet(CatalogueViewSet):
    model = DutySwap
    form = DutySwapForm
    icon = "history"
    menu_label = _("Đổi buổi trực một ngày")
    menu_order = 70
    index_view_class = DutySwapIndexView
    delete_view_class = DutySwapDeleteView
    list_display = [
        "date",
        Column("turn", label=_("Buổi trực"), accessor=_turn_words),
        Column("stand_in", label=_("Người trực thay"), accessor=lambda swap: swap.stand_in or _("không có người trực")),
    ]
