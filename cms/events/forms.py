"""The one form of the calendar that is not Wagtail's own editor."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateInput

from cms.events.models import WorkSchedulePage, next_free_week
from cms.events.services import schedule_copy


class CopyWeekForm(forms.Form):
    """To which week a schedule is copied."""

    week = forms.DateField(
        label=_("Sao chép sang tuần của ngày"),
        widget=AdminDateInput,
        help_text=_("Chọn một ngày bất kỳ trong tuần mới. Lịch mới là bản nháp, chưa ai bên ngoài thấy."),
    )

    def __init__(self, *args: Any, source: WorkSchedulePage, **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **{**kwargs, "initial": {"week": next_free_week(source.week_start, source.unit)}})

    def clean_week(self) -> date:
        """A year that no calendar of an office reaches is a slip of the pen."""
        week: date = self.cleaned_data["week"]
        if not 2000 <= week.year <= 2100:
            raise ValidationError(_("Năm phải nằm trong khoảng từ 2000 đến 2100."))
        return week

    def store(self, *, actor: Any) -> WorkSchedulePage | None:
        """Hand the week to the service; None, with the reason beside the field, when that week is taken."""
        try:
            return schedule_copy(source=self.source, week=self.cleaned_data["week"], actor=actor)
        except ValidationError as error:
            self.add_error("week", error.message_dict["week"][0])
            return None
