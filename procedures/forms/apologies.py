"""What an officer writes in a letter of apology, and what each step of it asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField, CleanTextField, name_empty_choices
from cms.core.importing import VietnameseDateField
from cms.core.models import Unit
from cms.core.text import format_vietnamese_date
from procedures.enums import ApologyKind, ApologyReason, Delivery
from procedures.models import Apology
from procedures.models.apologies import REASON_LENGTH
from procedures.services.apology_checks import KEPT, ApologyFacts

_DAY = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"}


class NewDayField(VietnameseDateField):
    def prepare_value(self, value: Any) -> Any:
        return format_vietnamese_date(value) if hasattr(value, "strftime") else value


class ApologyForm(forms.Form):
    """One letter. What may stand is asked by the service, which answers beside the field."""

    kind = forms.ChoiceField(label=_("Xin lỗi vì"), choices=ApologyKind.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Loại lý do"), choices=[("", ""), *ApologyReason.choices])
    public_reason = CleanTextField(
        label=_("Lý do, viết cho mọi người đọc"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Một, hai câu. Không ghi tên, điện thoại, địa chỉ, trường lớp của ai: câu này được công khai."),
    )
    kept_because = CleanCharField(
        label=_("Vì sao giữ chữ giống thông tin riêng"),
        required=False,
        max_length=200,
        help_text=_("Ví dụ: đây là số của văn bản. Không công khai."),
    )
    new_due_on = NewDayField(
        label=_("Ngày hẹn lại"),
        required=False,
        help_text=_("Một ngày làm việc, sau ngày hẹn trước. Chỉ được hẹn lại một lần. Sai sót thì có thể để trống."),
        widget=forms.TextInput(attrs=_DAY),
    )
    blamed_unit = forms.ModelChoiceField(label=_("Đơn vị để xảy ra"), queryset=Unit.objects.none(), empty_label="")
    blame_note = CleanTextField(
        label=_("Ghi chú trách nhiệm"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ai, khâu nào; để xem xét trong đơn vị. Không công khai, không đứng trong thư."),
    )
    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["blamed_unit"].queryset = Unit.objects.active().in_order()
        name_empty_choices(self.fields.values())

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """What stands on the screen: why words are kept is asked only after the finder has found some."""
        kept = self[KEPT]
        asks = bool(kept.errors or kept.value())
        return [field for field in self.visible_fields() if asks or field.name != KEPT]

    def facts(self) -> ApologyFacts:
        """Return the clean values as the services take them."""
        return ApologyFacts(**{name: value for name, value in self.cleaned_data.items() if name != "expected_version"})

    @staticmethod
    def first_values(apology: Apology) -> dict[str, Any]:
        """Return what the form shows of a letter that is there."""
        facts = ApologyFacts.of(apology)
        return {**vars(facts), "expected_version": apology.version}


class StepForm(forms.Form):
    """A step with nothing to fill in."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(StepForm):
    note = CleanTextField(label=_("Cần sửa gì"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class ApproveForm(StepForm):
    signer_title = CleanTextField(
        label=_("Chức vụ người ký"),
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ký thay thì hai dòng: KT. GIÁM ĐỐC, dòng sau PHÓ GIÁM ĐỐC."),
    )
    signer_name = CleanCharField(label=_("Họ tên người ký"), max_length=120)
    number = CleanCharField(
        label=_("Số văn bản"), required=False, max_length=12, help_text=_("Để trống thì văn thư ghi tay.")
    )


class DeliverForm(StepForm):
    delivery = forms.ChoiceField(label=_("Cách gửi"), choices=Delivery.choices, widget=forms.RadioSelect)
    note = CleanCharField(
        label=_("Ghi chú"), required=False, max_length=200, help_text=_("Ví dụ mã bưu gửi. Không công khai.")
    )


class WithdrawForm(StepForm):
    reason = CleanTextField(
        label=_("Vì sao rút"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mọi người đọc được. Ngày đã hứa với người nộp vẫn giữ."),
    )
