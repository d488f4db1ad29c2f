"""Form fields that keep the text rules of the house; every form that takes words from people uses them."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.text import TextError, clean_email, clean_line, clean_text, normalise_phone

__all__ = [
    "CHOOSE",
    "CaptchaForm",
    "CleanCharField",
    "CleanEmailField",
    "CleanTextField",
    "PhoneField",
    "name_empty_choices",
]

# What a list of choices says before anybody chose; a row of hyphens is read aloud as such.
CHOOSE = _("Chọn…")


def name_empty_choices(fields: Iterable[forms.Field]) -> None:
    """Let the empty choice of every select among ``fields`` say “Chọn…” instead of a row of hyphens."""
    for field in fields:
        if isinstance(field, forms.ModelChoiceField) and field.empty_label:
            field.empty_label = CHOOSE
        elif isinstance(field, forms.ChoiceField):
            field.choices = [(value, label if value else CHOOSE) for value, label in field.choices]


class CleanCharField(forms.CharField):
    """One line of text. Its length is measured after cleaning; empty after cleaning is missing."""

    default_error_messages = {
        "required": _("Hãy điền mục này."),
        "max_length": _("Mục này dài %(show_value)d ký tự, nhiều nhất là %(limit_value)d."),
        "min_length": _("Mục này mới có %(show_value)d ký tự, ít nhất phải có %(limit_value)d."),
    }
    clean_value: Callable[[str], str] = staticmethod(clean_line)

    def to_python(self, value: Any) -> str | None:
        text = "" if value in self.empty_values else str(value)
        try:
            # What cannot be seen is missing, for a contact too; only the rest is read by the field's own rule.
            return self.clean_value(text) if clean_line(text) else self.empty_value
        except TextError as error:
            raise ValidationError(str(error), code="invalid_text") from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser counts decomposed letters and would cut what is short enough once composed.
        attrs = super().widget_attrs(widget)
        return {name: attr for name, attr in attrs.items() if name not in {"maxlength", "minlength"}}


class CleanTextField(CleanCharField):
    """Text of several lines."""

    widget = forms.Textarea
    clean_value = staticmethod(clean_text)


class PhoneField(CleanCharField):
    """A Vietnamese telephone number, kept as digits in its national form."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
    clean_value = staticmethod(normalise_phone)


class CleanEmailField(CleanCharField):
    """One plain e-mail address."""

    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    clean_value = staticmethod(clean_email)


class CaptchaForm(forms.Form):
    """The captcha of a form that stands on one page."""

    captcha_1 = CleanCharField(
        label=_("Mã xác nhận"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Gõ 5 chữ số trong ảnh, hoặc nghe đọc rồi gõ lại."),
        error_messages={"required": _("Gõ mã xác nhận, gồm 5 chữ số trong ảnh hoặc trong đoạn âm thanh.")},
    )
