"""Steps beside the table: lane and people named, opinions of other units, more days, the signed document."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CHOOSE, CleanCharField, CleanTextField
from cms.core.importing import VietnameseDateField
from cms.core.models import Unit
from cms.media.uploads import check_upload
from feedback.enums import Lane
from feedback.models import Case, CaseAccess
from feedback.permissions import officers_able
from feedback.services import extensions, lanes, letters, opinions
from feedback.viewsets.forms import StepForm

LONGEST_KEY = 18  # digits; SQLite refuses to compare longer numbers


class PeopleField(forms.ModelMultipleChoiceField):
    """Boxes of people; a number that no row can have is a wrong choice like any other."""

    def clean(self, value: Any) -> Any:
        if wrong := next((each for each in value or () if len(str(each)) > LONGEST_KEY), None):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": wrong})
        return super().clean(value)


class LaneForm(StepForm):
    lane = forms.ChoiceField(label=_("Diện"), choices=Lane.choices, widget=forms.RadioSelect)
    people = PeopleField(
        None,
        label=_("Người có tên"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ngoài người được giao. Diện bảo vệ trẻ em phải có ít nhất một lãnh đạo đơn vị."),
    )
    help = _("Ai không có tên sẽ không thấy phản ánh này ở bàn việc, ô tìm, thư báo; tự mở thì lãnh đạo được báo.")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = officers_able("case_view", self.case.unit)

    def first_values(self, case: Case) -> dict[str, Any]:
        named = CaseAccess.objects.named().filter(case=case).values_list("user_id", flat=True)
        return {"lane": case.lane, "people": list(named)}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        lane, people = values.get("lane"), values.get("people")
        if lane and people is not None:
            problem = lanes.lane_problem(case=self.case, lane=lane, people=list(people))
            if problem:
                self.add_error("people" if lane == Lane.CHILD else "lane", problem)
        return values

    def run(self) -> None:
        values = self.cleaned_data
        lanes.case_lane_set(**self.common(), lane=values["lane"], people=list(values["people"]))


class ConsultForm(StepForm):
    unit = forms.ModelChoiceField(label=_("Đơn vị được hỏi"), queryset=None, empty_label=CHOOSE)
    question = CleanTextField(
        label=_("Cần ý kiến về"), max_length=2_000, min_length=10, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = VietnameseDateField(
        label=_("Trả lời trước hết ngày"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"}),
        error_messages={"required": _("Ghi ngày cần có ý kiến, ví dụ 05/12/2026.")},
    )
    help = _("Đơn vị được hỏi đọc tiêu đề và nội dung đã che người gửi; ý kiến của họ chỉ trong cơ quan xem.")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.active().exclude(pk=self.case.unit_id)

    def run(self) -> None:
        values = {name: self.cleaned_data[name] for name in ("unit", "question", "due_on")}
        opinions.opinion_ask(**self.common(), **values)


class UnconsultForm(StepForm):
    consult = forms.IntegerField(widget=forms.HiddenInput)

    def run(self) -> None:
        row = get_object_or_404(self.case.consults, pk=self.cleaned_data["consult"])
        opinions.opinion_withdraw(consult=row, actor=self.actor)


class ExtendForm(StepForm):
    days = forms.IntegerField(
        label=_("Thêm bao nhiêu ngày"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Ghi số ngày gia hạn."), "invalid": _("Ghi một số, ví dụ 5.")},
    )
    reason = CleanCharField(
        label=_("Lý do gia hạn"),
        max_length=extensions.LONGEST_REASON,
        help_text=_("Người gửi đọc lý do này trong thư và ở trang theo dõi."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        most, unit = extensions.days_left_to_add(self.case), self.case.category.profile.day_word
        self.help = _("Còn gia hạn được nhiều nhất %(most)d %(unit)s. Quá hạn rồi thì không gia hạn được nữa.") % {
            "most": most,
            "unit": unit,
        }

    def run(self) -> None:
        values = self.cleaned_data
        extensions.deadline_extend(**self.common(), days=values["days"], reason=values["reason"])


class LetterForm(StepForm):
    number = CleanCharField(label=_("Số văn bản"), max_length=80, help_text=_("Ví dụ: 12/SGDĐT-VP"))
    signed_on = VietnameseDateField(
        label=_("Ngày văn bản"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"}),
        error_messages={"required": _("Ghi ngày văn bản, ví dụ 05/12/2026.")},
    )
    file = forms.FileField(
        label=_("Tệp PDF đã ký"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text=_("Không quá 10 MB. Chỉ người gửi và cơ quan tải được; để trống thì giữ tệp đã có."),
        error_messages={"empty": _("Tệp này trống (0 byte). Hãy chọn lại tệp có nội dung.")},
    )

    def first_values(self, case: Case) -> dict[str, Any]:
        letter = letters.letter_of(case)
        return {"number": letter.number, "signed_on": letter.signed_on} if letter else {}

    def clean_file(self) -> Any:
        """Return the file as it may be stored, or nothing."""
        upload = self.cleaned_data.get("file")
        return check_upload(upload) if upload else None

    def run(self) -> None:
        values = {name: self.cleaned_data[name] for name in ("number", "signed_on", "file")}
        letters.letter_attach(**self.common(), **values)


ROUTING_FORMS: dict[str, type[StepForm]] = {
    "lane": LaneForm,
    "consult": ConsultForm,
    "unconsult": UnconsultForm,
    "extend": ExtendForm,
    "letter": LetterForm,
}


class OpinionForm(forms.Form):
    """What the asked unit says."""

    opinion = CleanTextField(label=_("Ý kiến"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 8}))


class GlassForm(forms.Form):
    """Which case, and why."""

    reference = CleanCharField(label=_("Mã phản ánh"), max_length=20, help_text=_("Ví dụ: PA-2026-000123"))
    reason = CleanCharField(
        label=_("Vì sao phải mở ngay"),
        max_length=300,
        help_text=_("Ví dụ: học sinh đang gặp nguy hiểm, người được giao vắng mặt. Lãnh đạo đọc lý do này."),
    )
