"""Form fields for what stands in the cells of office files."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cms.core.text import TextError, parse_vietnamese_date


class VietnameseDateField(forms.Field):
    """A day as offices write it: 10/03/2022, 2022-03-10, ngày 10 tháng 3 năm 2022; a time behind it is dropped."""

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        text = str(value).strip()
        day, _space, hour = text.partition(" ")
        # Excel gives 10/03/2022 00:00:00, databases 2022-03-10 00:00:00 or 2022-03-10T00:00:00.
        if _space and hour.replace(":", "").isdecimal():
            text = day
        if len(text) > 10 and text[10] == "T":
            text = text[:10]
        try:
            return parse_vietnamese_date(text)
        except TextError as error:
            raise ValidationError(str(error), code="date") from error


def form_problems(form: forms.Form) -> str:
    """Return every error of ``form`` as one line, each behind the name of its field."""
    lines = []
    for name, errors in form.errors.items():
        label = str(form.fields[name].label) if name in form.fields else ""
        lines += [f"{label}: {error}" if label else str(error) for error in errors]
    return " ".join(lines)
