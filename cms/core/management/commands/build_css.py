from django.core.management.base import BaseCommand, CommandError

from cms.core.stylesheet import BUILT, joined


class Command(BaseCommand):
    help = "Nối các tệp CSS thành core/site.css; --check chỉ so sánh, không ghi."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, **options):
        text = joined()
        if options["check"]:
            if not BUILT.exists() or BUILT.read_text(encoding="utf-8") != text:
                raise CommandError("core/site.css đã cũ, hãy chạy: manage.py build_css")
            return
        BUILT.write_text(text, encoding="utf-8")
        self.stdout.write(f"{BUILT.name}: {len(text.encode())} byte")
