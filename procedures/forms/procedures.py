"""What one row of a list of procedures must say, whoever brings it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField
from procedures.enums import PROCEDURE_CODE


class ProcedureRowForm(forms.Form):
    """A procedure by its ten columns. What times, fees and levels mean is read by the importer."""

    code = CleanCharField(label=_("Mã thủ tục"), max_length=20)
    name = CleanCharField(label=_("Tên thủ tục"), max_length=2000)
    field = CleanCharField(label=_("Lĩnh vực"), max_length=200)
    levels = CleanCharField(label=_("Cấp thực hiện"), required=False, max_length=200)
    time = CleanCharField(label=_("Thời hạn"), required=False, max_length=300)
    fee = CleanCharField(label=_("Phí, lệ phí"), required=False, max_length=300)
    authority = CleanCharField(label=_("Cơ quan thực hiện"), required=False, max_length=1000)
    basis = CleanCharField(label=_("Căn cứ pháp lý"), required=False, max_length=4000)
    source = CleanCharField(label=_("Nguồn"), required=False, max_length=1000)
    trust = CleanCharField(label=_("Độ tin cậy"), required=False, max_length=500)

    def clean_code(self) -> str:
        """As the national base writes codes; a spreadsheet that took it for a number has eaten its zeros."""
        code: str = self.cleaned_data["code"]
        if not PROCEDURE_CODE.fullmatch(code):
            raise ValidationError(_("Mã “%(code)s” không có dạng 1.004494.") % {"code": code})
        return code
