from django.core.management.base import BaseCommand, CommandError

from cms.core.stylesheet import SHEETS, joined


class Command(BaseCommand):
    help = "Nối các tệp CSS thành core/site.css, core/answering.css; --check chỉ so sánh, không ghi."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, **options):
        for sheet, built in SHEETS.items():
            text = joined(sheet)
            if not options["check"]:
                built.write_text(text, encoding="utf-8")
                self.stdout.write(f"{built.name}: {len(text.encode())} byte")
            elif not built.exists() or built.read_text(encoding="utf-8") != text:
                raise CommandError(f"core/{built.name} đã cũ, hãy chạy: manage.py build_css")
