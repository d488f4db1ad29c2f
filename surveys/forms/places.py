"""Forms about places at which people answer, and about papers that are keyed in."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.enums import UnitKind
from cms.core.forms import CleanCharField, name_empty_choices
from cms.core.models import Unit
from cms.core.text import slug as slugged
from surveys.enums import KEYED_KINDS, OPEN_KINDS, ChannelKind
from surveys.models import Channel, Survey
from surveys.services.places import place_save, places_make
from surveys.services.sheets import sheet_number

PLACE_KINDS = [kind for kind in ChannelKind if kind in OPEN_KINDS | KEYED_KINDS]
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class PlaceForm(forms.ModelForm):
    """One place: by which way, about what."""

    class Meta:
        model = Channel
        fields = ["kind", "unit", "counter", "about_label", "about", "code", "stratum"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in PLACE_KINDS]
        self.fields["unit"].queryset = Unit.objects.active().in_order()
        self.fields["about"].help_text = _("Để trống thì đặt theo tên; với thủ tục, dùng địa chỉ trang của thủ tục.")
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Đứng trong địa chỉ và trên tờ dán, không đổi nữa. Để trống thì tự đặt.")
        name_empty_choices(self.fields.values())
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Name what was left to be named, and refuse a place that is about nothing."""
        data = super().clean() or {}
        unit, counter, label = data.get("unit"), data.get("counter", ""), data.get("about_label", "")
        if not self.errors and not (unit or counter or label):
            self.add_error("unit", _("Chọn đơn vị, hoặc ghi quầy, hoặc ghi về việc gì."))
        if label and not data.get("about"):
            data["about"] = slugged(label, 80)
        if not data.get("code"):
            words = " ".join(filter(None, [data.get("kind", ""), unit.slug if unit else "", counter, label]))
            data["code"] = slugged(words, 40)
        if "code" not in self.errors and not _CODE.fullmatch(data["code"]):
            self.add_error("code", _("Chỉ dùng chữ thường không dấu, số và gạch nối."))
        return data

    def _get_validation_exclusions(self) -> set[str]:
        # The service checks the row as a whole; its survey is not a field of this form.
        return set(super()._get_validation_exclusions()) | {"survey", "code"}

    def store(self, *, survey: Survey, actor: Any) -> Channel:
        """Hand the clean values to the service; what it refuses stands beside the field."""
        place = Channel.objects.get(pk=self.instance.pk) if self.instance.pk else None
        return place_save(survey=survey, actor=actor, place=place, **self.cleaned_data)


class PlacesForm(forms.Form):
    """A place for each of many units at once."""

    way = forms.ChoiceField(
        label=_("Cách trả lời"), choices=[(kind.value, kind.label) for kind in PLACE_KINDS if kind != ChannelKind.PHONE]
    )
    unit_kind = forms.ChoiceField(label=_("Mọi đơn vị loại"), choices=UnitKind.choices)

    def store(self, *, survey: Survey, actor: Any) -> list[Channel]:
        """Hand the clean values to the service."""
        units = Unit.objects.active().in_order().filter(kind=self.cleaned_data["unit_kind"])
        return places_make(survey=survey, actor=actor, units=units, kind=self.cleaned_data["way"])


class SheetForm(forms.Form):
    """What stands in the head of a paper. What was answered is typed below it, by the numbers on the paper.

    ``edition`` carries which questions were on the screen, so that none are changed under the hands of who types.
    """

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    sheet = CleanCharField(
        label=_("Số phiếu"),
        max_length=40,
        error_messages={"required": _("Ghi số trên phiếu; phiếu chưa có số thì đánh số.")},
    )
    channel = forms.ModelChoiceField(
        label=_("Điểm trả lời"),
        queryset=Channel.objects.none(),
        error_messages={"required": _("Chọn nơi phiếu được thu.")},
    )
    day = forms.DateField(
        label=_("Ngày trả lời"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Ghi ngày trên phiếu, hoặc ngày thu phiếu."),
            "invalid": _("Ghi ngày theo ngày/tháng/năm, ví dụ 05/09/2026."),
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        survey: Survey,
        units: Collection[int] | None = None,
        initial: Any = None,
    ) -> None:
        """Take the places of ``units`` alone; None for whoever keys in for all."""
        super().__init__(data, initial=initial)
        channels = Channel.objects.keyed().active().filter(survey=survey).of_units(units)
        channels = channels.select_related("unit").in_order()
        self.fields["channel"].queryset = channels
        self.fields["channel"].label_from_instance = lambda channel: channel.called
        name_empty_choices(self.fields.values())
        if units is not None:
            if len(channels) == 1:
                self.fields["channel"].initial = channels[0].pk
        elif not any(each.kind == ChannelKind.PAPER and not each.code for each in channels):
            # The way that is about no place is made with its first paper; until then nothing chosen means it.
            self.fields["channel"].required = False
            self.fields["channel"].empty_label = _("Phiếu giấy, không theo điểm nào")

    def clean_sheet(self) -> str:
        """A number is letters and figures; it stands in the ledger, so no name fits into it."""
        sheet: str = self.cleaned_data["sheet"]
        if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z/._-]{0,39}", sheet):
            raise ValidationError(_("Số phiếu chỉ gồm số, chữ không dấu, gạch và dấu chấm, ví dụ TH-CX-012."))
        return sheet_number(sheet)

    def clean_day(self) -> Any:
        """Nobody answers tomorrow; what is older than a year is another survey's."""
        day, today = self.cleaned_data["day"], timezone.localdate()
        if day > today:
            raise ValidationError(_("Ngày trả lời không thể sau hôm nay."))
        if (today - day).days > 366:
            raise ValidationError(_("Ngày trả lời đã quá một năm. Xem lại năm trên phiếu."))
        return day
