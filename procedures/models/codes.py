"""Several values of one closed set in a column, such as the levels of a procedure."""

from typing import Any

from django import forms
from django.db import models


class CodesFormField(forms.MultipleChoiceField):
    """Boxes to tick; the value is the text that the column keeps."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return codes_of(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return codes_text(super().clean(value), [code for code, _label in self.choices])

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(codes_of(initial or "")) != set(data or ())


class CodesField(models.CharField):
    """Codes of ``catalogue`` between commas (``,cap-tinh,cap-xa,``): every database finds one with ``contains``.

    The table knows no choices, so that a new level needs no migration.
    """

    def __init__(self, *args: Any, catalogue: Any = None, **kwargs: Any) -> None:
        self.catalogue = catalogue
        super().__init__(*args, **({"max_length": 200, "blank": True, "default": ""} | kwargs))

    def formfield(self, **kwargs: Any) -> forms.Field:
        facts = {"label": self.verbose_name, "required": not self.blank, "help_text": self.help_text}
        return CodesFormField(choices=self.catalogue.choices if self.catalogue else (), **facts)


def codes_of(text: str) -> list[str]:
    """Return the codes that a column holds."""
    return [code for code in text.split(",") if code]


def codes_text(codes: Any, order: Any) -> str:
    """Return ``codes`` as a column holds them, in the order of the closed set; nothing for none."""
    kept = [code for code in order if code in set(codes)]
    return f",{','.join(kept)}," if kept else ""


def labels_of(text: str, catalogue: Any) -> list[str]:
    """Return what people call the codes of a column."""
    known = dict(catalogue.choices)
    return [str(known[code]) for code in codes_of(text) if code in known]
