from cms.core.importing.commands import ImportCommand


class Command(ImportCommand):
    help = "Nhập đơn vị, trường từ tệp CSV hoặc XLSX; đơn vị mới có ngay trang trong danh bạ."
    kind_name = "units_import"
