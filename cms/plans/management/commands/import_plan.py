from cms.core.importing.commands import ImportCommand


class Command(ImportCommand):
    help = "Nhập một kế hoạch từ tệp Word (.docx)."
    kind_name = "plans_import"
