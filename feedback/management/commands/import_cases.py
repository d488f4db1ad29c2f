from django.utils.translation import gettext_lazy as _

from cms.core.importing.commands import ImportCommand


class Command(ImportCommand):
    help = _("Nhập sổ phản ánh, kiến nghị cũ từ tệp CSV hoặc XLSX vào hàng chờ tiếp nhận; không gì được công khai.")
    kind_name = "cases_import"
