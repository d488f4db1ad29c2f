"""The management command of an import kind: ``FILE [--dry-run] [--skip-bad] [--draft]``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from .kinds import ImportKind, get_import_kind
from .results import Reading, UnreadableFileError

_SHOWN = 200


class ImportCommand(BaseCommand):
    """Reads a file, says what it found, writes all or nothing in one transaction. Subclasses name their kind."""

    kind_name = ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="TỆP", help="Tệp cần nhập.")
        parser.add_argument("--dry-run", action="store_true", help="Chỉ đọc và báo, không ghi gì.")
        parser.add_argument("--skip-bad", action="store_true", help="Bỏ qua dòng hỏng, ghi các dòng còn lại.")
        live = parser.add_mutually_exclusive_group()
        live.add_argument("--publish", action="store_true", help="Đăng ngay (mặc định).")
        live.add_argument("--draft", action="store_true", help="Để ở bản nháp, chờ người duyệt đăng.")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = self.kind_of(options["file"])
        reading = self.read(kind, options["file"], self.target_of(options))
        self.tell(reading)
        if not reading.may_be_written(skip_bad=options["skip_bad"]):
            raise CommandError(
                f"{len(reading.refusals)} dòng bị từ chối, chưa ghi gì. "
                "Sửa tệp, hoặc thêm --skip-bad để bỏ qua các dòng này."
            )
        if options["dry_run"]:
            self.stdout.write("Chạy thử: không ghi gì.")
            return
        try:
            with transaction.atomic():
                written = kind.write(reading.to_write, actor=None, publish=not options["draft"])
                if kind.settle is not None:
                    kind.settle(reading.items, actor=None)
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"Đã ghi {len(written)}."))

    def kind_of(self, path: Path) -> ImportKind:
        """Return the kind that reads ``path``; a command of several kinds tells them apart by the name."""
        return get_import_kind(self.kind_name)

    def target_of(self, options: dict[str, Any]) -> str:
        """Return the key of what the file goes into, or nothing."""
        return ""

    def read(self, kind: ImportKind, path: Path, target: str = "") -> Reading[Any]:
        """Return what is in the file; raises CommandError with a sentence when it cannot be read."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"Không mở được tệp {path}: {error.strerror}") from error
        try:
            return kind.read_file(content, path.name, target)
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error

    def tell(self, reading: Reading[Any]) -> None:
        """Write the counts, and each row that was refused or needs a look."""
        for refusal in reading.refusals:
            self.stderr.write(f"Dòng {refusal.line}: từ chối. {refusal.reason} [{refusal.text}]")
        for remark in reading.gathered_remarks[:_SHOWN]:
            self.stdout.write(f"Dòng {remark.line}: {remark.text}" if remark.line else remark.text)
        counts = reading.counts
        self.stdout.write(
            f"Mới {counts['new']}, có thay đổi {counts['changed']}, giữ nguyên {counts['unchanged']}, "
            f"từ chối {counts['refused']}, cần xem {counts['remarks']}."
        )
