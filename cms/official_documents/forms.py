"""What one row of the register must say, whoever brings it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField
from cms.core.importing import VietnameseDateField
from cms.core.text import parse_document_number
from cms.official_documents.models import check_days, check_number


class DocumentRowForm(forms.Form):
    """A document by its five columns. The rules themselves are the page's own, which the admin's form runs too."""

    number = CleanCharField(label=_("Số ký hiệu"), max_length=100)
    issued_on = VietnameseDateField(label=_("Ngày ban hành"), required=False)
    title = CleanCharField(label=_("Trích yếu"), max_length=2000)
    kind = CleanCharField(label=_("Loại"), required=False, max_length=100)
    issuer = CleanCharField(label=_("Cơ quan ban hành"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        number = cleaned.get("number")
        if number:
            check_number(number)
        check_days(issued_on=cleaned.get("issued_on"), effective_on=None)
        # Laws carry their year in the number; everything else is dated by its day.
        if number and "issued_on" in cleaned and not cleaned["issued_on"] and not parse_document_number(number).year:
            self.add_error("issued_on", _("Hãy điền ngày ban hành."))
        return cleaned
