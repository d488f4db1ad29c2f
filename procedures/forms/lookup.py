"""What somebody types to look a dossier up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField
from procedures.models import normalise_code

LONGEST_TYPED = 80


class LookupForm(forms.Form):
    """The whole code; beside it, what only whoever handed the dossier in knows."""

    code = CleanCharField(
        label=_("Mã hồ sơ"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Ghi đủ cả mã, in ở đầu giấy tiếp nhận hồ sơ. Ví dụ: 000.00.12.H26-220331-0001."),
        error_messages={"required": _("Gõ mã hồ sơ, in ở đầu giấy tiếp nhận hồ sơ.")},
    )
    second = CleanCharField(
        label=_("4 số cuối điện thoại của người nộp"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Chỉ cần khi muốn đọc cơ quan yêu cầu bổ sung giấy tờ gì, vì sao hồ sơ bị trả lại."),
    )

    def clean_code(self) -> str:
        """Return the code as it is stored; whether there is such a dossier is not asked here."""
        return normalise_code(self.cleaned_data["code"])
