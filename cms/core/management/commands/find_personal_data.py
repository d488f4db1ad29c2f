import io
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.personal_data import find
from cms.core.personal_data.measure import BadLineError, Measured, Tally, labelled_rows, measure, read_lines

_WHY = {
    "json": _lazy("Dòng %(number)d: không phải JSON."),
    "fields": _lazy('Dòng %(number)d: cần một đối tượng có "id" và "text" là chuỗi.'),
    "spans": _lazy('Dòng %(number)d: "spans" phải là danh sách [đầu, cuối, loại] nằm trong văn bản.'),
}
_GROUPS = {"numbers": _lazy("số và thư điện tử"), "names": _lazy("tên và địa chỉ")}


class Command(BaseCommand):
    help = _('Tìm dữ liệu cá nhân: đọc các dòng JSON {"id", "text"}, ghi ra {"id", "spans"}.')

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=_("Tệp cần đọc; bỏ trống: đầu vào."))
        parser.add_argument("--measure", action="store_true", help=_("Đo độ chính xác trên các câu đã gán nhãn."))

    def handle(self, *, file, measure: bool, **options):
        try:
            with _opened(file) as lines:
                if measure:
                    self._measure(lines)
                else:
                    self._find(lines)
        except OSError as error:
            raise CommandError(_("Không đọc được tệp %(file)s.") % {"file": file}) from error
        except UnicodeDecodeError as error:
            raise CommandError(_("Tệp phải là văn bản UTF-8.")) from error
        except BadLineError as error:
            raise CommandError(str(_WHY[error.why]) % {"number": error.number}) from error

    def _find(self, lines):
        for _number, row in read_lines(lines):
            spans = [list(found) for found in find(row["text"])]
            self.stdout.write(json.dumps({"id": row["id"], "spans": spans}, ensure_ascii=True))

    def _measure(self, lines):
        self.stdout.write(_as_table(measure(labelled_rows(lines), find)))


def _opened(file: str):
    """Open a file, or standard input read as UTF-8 whatever the locale says."""
    if file != "-":
        return Path(file).open(encoding="utf-8-sig", newline="\n")
    buffer = getattr(sys.stdin, "buffer", None)
    return nullcontext(io.TextIOWrapper(buffer, encoding="utf-8-sig", newline="\n") if buffer else sys.stdin)


def _as_table(measured: Measured) -> str:
    heads = (_("loại"), _("nhãn"), _("tìm thấy"), _("độ phủ"), _("độ đúng"), _("độ phủ*"), _("độ đúng*"))
    rows = [_row(kind, tally) for kind, tally in measured.kinds.items()]
    rows += [_row(str(_GROUPS[name]), tally) for name, tally in measured.groups.items()]
    lines = [_("Số câu: %(count)d") % {"count": measured.sentences}]
    lines += [
        "  ".join(f"{cell:>18}" if at == 0 else f"{cell:>9}" for at, cell in enumerate(row)) for row in (heads, *rows)
    ]
    lines.append(_("Độ phủ, độ đúng: trùng cả hai đầu và loại. Có dấu *: cùng loại và chung ít nhất một chữ."))
    return "\n".join(lines)


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    figures = (tally.recall, tally.precision, tally.recall_touched, tally.precision_touching)
    return (name, str(tally.labelled), str(tally.found), *(f"{figure:.3f}".replace(".", ",") for figure in figures))
