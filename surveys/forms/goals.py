"""Forms about what is to be reached, and about how large the groups of a sample are."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.enums import UnitKind
from cms.core.forms import CleanCharField
from cms.core.periods import period_label, read_period
from surveys.enums import ChannelKind, TargetMeasure
from surveys.models import Channel, Stratum, Survey, SurveyTarget
from surveys.services.goals import stratum_save, target_save

_YEARS_BACK, _YEARS_AHEAD = 3, 1


class TargetForm(forms.Form):
    """One target; the same kind, year and measure again changes it."""

    prefix = "t"
    unit_kind = forms.ChoiceField(
        label=_("Của cấp, loại đơn vị"), required=False, choices=[("", _("Toàn cơ quan")), *UnitKind.choices]
    )
    year = forms.IntegerField(
        label=_("Năm"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("Để trống nếu năm nào cũng vậy."),
        error_messages={
            "invalid": _("Ghi năm bằng bốn chữ số, ví dụ 2026."),
            "min_value": _("Ghi năm từ 2000 đến 2100."),
            "max_value": _("Ghi năm từ 2000 đến 2100."),
        },
    )
    measure = forms.ChoiceField(label=_("Đo bằng"), choices=TargetMeasure.choices)
    value = forms.DecimalField(
        label=_("Phải đạt"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        localize=True,
        help_text=_("Phần trăm, ví dụ 95; hoặc điểm từ 1 đến 5, ví dụ 4,2."),
        error_messages={
            "required": _("Ghi mức phải đạt."),
            "invalid": _("Ghi một số, ví dụ 95 hoặc 4,2."),
            "min_value": _("Mức phải đạt nằm từ 0 đến 100."),
            "max_value": _("Mức phải đạt nằm từ 0 đến 100."),
            "max_decimal_places": _("Nhiều nhất hai chữ số sau dấu phẩy."),
        },
    )
    source = CleanCharField(label=_("Căn cứ"), required=False, max_length=200)

    def store(self, *, survey: Survey, actor: Any) -> SurveyTarget:
        """Hand the clean values to the service."""
        return target_save(survey=survey, actor=actor, **self.cleaned_data)


class GroupForm(forms.Form):
    """How many people or transactions one group of a quarter has."""

    prefix = "n"
    code = forms.ChoiceField(label=_("Nhóm chọn mẫu"))
    quarter = forms.ChoiceField(label=_("Quý"))
    population = forms.IntegerField(
        label=_("Tổng thể"),
        min_value=0,
        max_value=100_000_000,
        help_text=_("Số giao dịch, hoặc số người, của nhóm trong quý."),
        error_messages={
            "required": _("Ghi tổng thể của nhóm."),
            "invalid": _("Ghi một số nguyên, ví dụ 1250."),
            "min_value": _("Tổng thể không thể âm."),
        },
    )
    source = CleanCharField(label=_("Nguồn số liệu"), required=False, max_length=200)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = group_labels(survey)
        self.fields["code"].choices = list(self.labels.items())
        year = timezone.localdate().year
        keys = [f"{each}-Q{q}" for each in range(year + _YEARS_AHEAD, year - _YEARS_BACK, -1) for q in (4, 3, 2, 1)]
        self.fields["quarter"].choices = [(key, period_label(key)) for key in keys]
        self.fields["quarter"].initial = f"{year}-Q{(timezone.localdate().month + 2) // 3}"

    def store(self, *, survey: Survey, actor: Any) -> Stratum:
        """Hand the clean values to the service."""
        values = dict(self.cleaned_data)
        period = read_period(values.pop("quarter"))
        assert period is not None  # noqa: S101  one of the choices
        return stratum_save(
            survey=survey, actor=actor, quarter=period.starts_on, label=self.labels[values["code"]], **values
        )


def group_labels(survey: Survey) -> dict[str, str]:
    """Return every group that responses of ``survey`` may be counted in: ways to answer, and those named at places."""
    labels = {kind.value: str(kind.label) for kind in ChannelKind}
    named = Channel.objects.filter(survey=survey).exclude(stratum="").order_by("stratum")
    return labels | {code: code for code in named.values_list("stratum", flat=True) if code not in labels}
