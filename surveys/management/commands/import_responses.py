from typing import Any

from django.core.management.base import CommandError, CommandParser

from cms.core.importing.commands import ImportCommand
from surveys.models import Survey


class Command(ImportCommand):
    help = "Nhập phiếu trả lời của một khảo sát từ tệp CSV hoặc XLSX; mã phiếu đã có thì bỏ qua."
    kind_name = "responses_import"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--survey", required=True, metavar="SLUG", help="Địa chỉ (slug) của khảo sát.")

    def target_of(self, options: dict[str, Any]) -> str:
        """Return the slug of the survey; raises CommandError for one that there is not."""
        slug: str = options["survey"]
        if not Survey.objects.filter(slug=slug).exists():
            raise CommandError(f"Không có khảo sát “{slug}”.")
        return slug
