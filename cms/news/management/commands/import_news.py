from cms.core.importing.commands import ImportCommand


class Command(ImportCommand):
    help = "Nhập tin từ tệp CSV hoặc XLSX của cổng cũ."
    kind_name = "news_import"
