"""Write the public search index again from its sources, and the indexes of words that the office searches by."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.core.search import rebuild, search_kinds, word_columns


class Command(BaseCommand):
    help = "Lập lại chỉ mục tìm kiếm công khai từ nội dung gốc; chạy lúc nào cũng được, không làm gián đoạn trang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", help="chỉ lập lại một loại")

    def handle(self, *args: Any, kind: str | None = None, **options: Any) -> None:
        known = [described.name for described in search_kinds()]
        if kind is not None and kind not in known:
            raise CommandError(f"Không có loại “{kind}”. Các loại: {', '.join(known) or 'chưa có'}.")
        written = rebuild(kind=kind, progress=self._report if options["verbosity"] > 1 else None)
        for name, count in written.items():
            self.stdout.write(f"{name}: {count}")
        for column in word_columns() if kind is None else ():
            with transaction.atomic():
                column.make()
            self.stdout.write(f"{column.name}: +")

    def _report(self, name: str, count: int) -> None:
        self.stdout.write(f"  {name}: {count} …")
