"""Form fields that keep the text rules of the house; every form that takes words from people uses them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.text import TextError, clean_email, clean_line, clean_text, normalise_phone

__all__ = ["CleanCharField", "CleanEmailField", "CleanTextField", "PhoneField"]


class CleanCharField(forms.CharField):
    """One line of text. Its length is measured after cleaning; empty after cleaning is missing."""

    default_error_messages = {
        "required": _("Hãy điền mục này."),
        "max_length": _("Mục này dài %(show_value)d ký tự, nhiều nhất là %(limit_value)d."),
        "min_length": _("Mục này mới có %(show_value)d ký tự, ít nhất phải có %(limit_value)d."),
    }
    clean_value: Callable[[str], str] = staticmethod(clean_line)

    def to_python(self, value: Any) -> str | None:
        try:
            cleaned = "" if value in self.empty_values else self.clean_value(str(value))
        except TextError as error:
            raise ValidationError(str(error), code="invalid_text") from error
        return cleaned or self.empty_value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser counts decomposed letters and would cut what is short enough once composed.
        attrs = super().widget_attrs(widget)
        return {name: attr for name, attr in attrs.items() if name not in {"maxlength", "minlength"}}


class CleanTextField(CleanCharField):
    """Text of several lines."""

    widget = forms.Textarea
    clean_value = staticmethod(clean_text)


class _ContactField(CleanCharField):
    """A contact: blank space alone is missing, anything else is read by its own rule."""

    read: Callable[[str], str]

    def to_python(self, value: Any) -> str | None:
        line = super().to_python(value)
        if line in self.empty_values:
            return line
        try:
            return self.read(line)
        except TextError as error:
            raise ValidationError(str(error), code="invalid") from error


class PhoneField(_ContactField):
    """A Vietnamese telephone number, kept as digits in its national form."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
    read = staticmethod(normalise_phone)


class CleanEmailField(_ContactField):
    """One plain e-mail address."""

    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    read = staticmethod(clean_email)
