from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from cms.core.importing import ImportKind, get_import_kind
from cms.core.importing.commands import ImportCommand
from cms.plans.models import PlanPage


class Command(ImportCommand):
    help = "Nhập một kế hoạch từ tệp Word (.docx), hoặc bảng nhiệm vụ của một kế hoạch (.csv, .xlsx)."
    kind_name = "plans_import"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--plan",
            metavar="SỐ",
            default="",
            help="Bảng nhiệm vụ: số ký hiệu của kế hoạch. Để trống: kế hoạch đang có phần lớn nhiệm vụ ấy.",
        )

    def kind_of(self, path: Path) -> ImportKind:
        """A table of tasks goes into a plan; everything else is a plan by itself."""
        is_table = path.suffix.lower() in {".csv", ".xlsx"}
        return get_import_kind("plan_tasks_import" if is_table else self.kind_name)

    def target_of(self, options: dict[str, Any]) -> str:
        if not options["plan"]:
            return ""
        page = PlanPage.objects.numbered(options["plan"])
        if page is None:
            raise CommandError(f"Không có kế hoạch nào mang số {options['plan']}.")
        return str(page.pk)
