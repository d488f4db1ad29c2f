from cms.core.importing.commands import ImportCommand


class Command(ImportCommand):
    help = "Nhập danh mục văn bản từ tệp CSV hoặc XLSX."
    kind_name = "documents_import"
