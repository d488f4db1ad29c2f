from cms.core.importing.commands import ImportCommand


class Command(ImportCommand):
    help = "Nhập danh mục thủ tục hành chính từ tệp CSV hoặc XLSX."
    kind_name = "procedures_import"
