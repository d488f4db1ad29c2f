from django.utils.translation import gettext_lazy as _

from cms.core.importing.commands import ImportCommand


class Command(ImportCommand):
    help = _("Nhập, cập nhật hồ sơ từ tệp CSV hoặc XLSX của phần mềm một cửa điện tử; nhận ra hồ sơ đã có bằng mã.")
    kind_name = "dossiers_import"
