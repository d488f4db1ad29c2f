"""The form by which a batch of invitations is handed out."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField, name_empty_choices
from cms.core.models import AgencySettings, Unit
from surveys.models import InvitationBatch, Survey
from surveys.services.batches import MOST_AT_ONCE, batch_make

PDF, CSV = "pdf", "csv"


class BatchForm(forms.Form):
    """For whom, how many, until when, and in which form the links are taken away."""

    label = CleanCharField(
        label=_("Phát cho ai"),
        max_length=120,
        help_text=_("Ví dụ: Cha mẹ học sinh khối 1, họp đầu năm. Đừng ghi tên người."),
        error_messages={"required": _("Ghi phát cho nhóm nào, để sau này biết đợt nào mà thu hồi.")},
    )
    unit = forms.ModelChoiceField(
        label=_("Phiếu nói về đơn vị"), queryset=Unit.objects.none(), required=False, empty_label=_("Toàn cơ quan")
    )
    count = forms.IntegerField(
        label=_("Số lời mời"),
        error_messages={"required": _("Ghi cần bao nhiêu lời mời."), "invalid": _("Ghi một số, ví dụ 35.")},
    )
    expires_on = forms.DateField(
        label=_("Dùng được đến hết ngày"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Ghi ngày cuối cùng lời mời còn dùng được."),
            "invalid": _("Ghi ngày theo ngày/tháng/năm, ví dụ 05/09/2026."),
        },
    )
    kind = forms.ChoiceField(
        label=_("Lấy về dạng"),
        choices=[(PDF, _("Phiếu mời để cắt, mỗi trang mười phiếu có mã QR (PDF)")), (CSV, _("Bảng liên kết (CSV)"))],
        initial=PDF,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        last_day = timezone.localdate() + timedelta(days=survey.invitation_days)
        super().__init__(*args, initial={"expires_on": last_day}, **kwargs)
        self.survey = survey
        self.fields["unit"].queryset = Unit.objects.active().in_order()
        self.fields["count"].help_text = _("Từ %(least)d đến %(most)d.") % {
            "least": AgencySettings.load().smallest_cell,
            "most": MOST_AT_ONCE,
        }
        name_empty_choices(self.fields.values())

    def store(self, *, actor: Any) -> tuple[InvitationBatch, list[str]]:
        """Hand the clean values to the service; return the batch and its links."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "kind"}
        return batch_make(survey=self.survey, actor=actor, **values)
