"""What a sender types to follow a case, and what they may do with it then."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField, CleanEmailField, CleanTextField

# No tracking code looks like this: its alphabet has no nought, and every year of ours has one.
_REFERENCE = re.compile(r"PA20\d{2}\d{6,9}")


class FollowForm(forms.Form):
    """The code; beside it, what only the sender knows."""

    code = CleanCharField(
        label=_("Mã theo dõi"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("12 chữ và số, đã hiện sau khi gửi. Ví dụ: K7MQ-2RXT-9WHD."),
        error_messages={"required": _("Gõ mã theo dõi, gồm 12 chữ và số.")},
    )
    reference = CleanCharField(
        label=_("Số phản ánh"), required=False, max_length=40, help_text=_("Ví dụ: PA-2026-000123.")
    )
    second = CleanCharField(
        label=_("4 số cuối điện thoại hoặc thư điện tử"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Chỉ cần khi muốn xem lại nội dung, tệp của mình, bổ sung hoặc rút phản ánh. "
            "Ghi đúng như khi gửi; nếu đã ghi số điện thoại thì dùng 4 số cuối."
        ),
    )

    def clean_code(self) -> str:
        """Tell the code and the reference apart by their form alone; whether there is such a case is not asked."""
        code: str = self.cleaned_data["code"]
        if _REFERENCE.fullmatch("".join(letter for letter in code.upper() if letter not in " -–—.\t")):
            message = _(
                "Đây là số phản ánh, ai cũng có thể biết. Ô này cần mã theo dõi gồm 12 chữ và số, hiện sau khi gửi."
            )
            raise ValidationError(message)
        return code


class ResendForm(forms.Form):
    """Where the codes are to be sent again."""

    email = CleanEmailField(
        label=_("Thư điện tử"),
        max_length=254,
        help_text=_("Thư điện tử bạn đã ghi khi gửi phản ánh."),
        error_messages={"required": _("Ghi thư điện tử đã dùng khi gửi phản ánh.")},
    )


class ReplyForm(forms.Form):
    """More information from the sender."""

    body = CleanTextField(
        label=_("Thông tin bổ sung"),
        min_length=5,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Ghi thông tin bổ sung."), "min_length": _("Ghi rõ hơn, ít nhất 5 ký tự.")},
    )


class AddForm(forms.Form):
    """What the sender adds without being asked."""

    more = CleanTextField(
        label=_("Thông tin viết thêm"),
        min_length=5,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ví dụ: ngày giờ, chỗ xảy ra, hoặc việc đã thay đổi từ khi bạn gửi."),
        error_messages={"required": _("Ghi điều bạn muốn viết thêm."), "min_length": _("Ghi rõ hơn, ít nhất 5 ký tự.")},
    )


class TakeBackForm(forms.Form):
    """What the sender agreed to and no longer does; ``held`` is what can be taken back."""

    back = forms.MultipleChoiceField(
        label=_("Tôi không còn đồng ý"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Đánh dấu điều bạn muốn rút lại."),
            "invalid_choice": _("Điều này đã được rút lại, hoặc bạn chưa từng đồng ý."),
        },
    )

    def __init__(self, *args: Any, held: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["back"].choices = [(name, _TAKEN_BACK[name]) for name in held]


_TAKEN_BACK = {
    "publish": _("Đăng công khai phản ánh và câu trả lời; bản đang đăng được gỡ ngay"),
    "contact": _("Nhận tin báo vào hộp thư; thư có câu trả lời vẫn được gửi"),
    "named": _("Hiện tên tôi cùng phản ánh"),
}


class ReopenForm(forms.Form):
    """Why the sender asks for a second look."""

    reason = CleanTextField(
        label=_("Vì sao bạn đề nghị xem xét lại"),
        min_length=10,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Nói rõ câu trả lời chưa đúng hoặc còn thiếu ở đâu."),
        error_messages={
            "required": _("Ghi lý do đề nghị xem xét lại."),
            "min_length": _("Ghi rõ hơn, ít nhất 10 ký tự."),
        },
    )


class WithdrawForm(forms.Form):
    """Taking the case back, asked twice."""

    sure = forms.BooleanField(
        label=_("Tôi muốn rút phản ánh này"),
        error_messages={"required": _("Đánh dấu ô này nếu muốn rút phản ánh.")},
    )
