"""Reading an old register (CSV, XLSX) into rows for the desk."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.importing import (
    Fate,
    ImportKind,
    Item,
    Reading,
    Refusal,
    Remark,
    TableRow,
    first_words,
    form_problems,
    read_table,
)
from cms.core.models import Unit
from cms.core.text import fold, format_vietnamese_date
from feedback.enums import CaseMatter
from feedback.forms.registers import RegisterRowForm
from feedback.importers.columns import COLUMNS
from feedback.models import BookLine, Category, PaperBook
from feedback.services.books import book_called
from feedback.services.details import details_checked
from feedback.services.registers import RegisterRow, cases_import

# Where a line goes whose field of work nobody wrote down.
OTHER = "khac"
SHOWN = 60


class RegisterReader:
    """Judges the rows of one file against each other, the catalogue and the books that are there."""

    def __init__(self) -> None:
        self.reading: Reading[RegisterRow] = Reading()
        self.books = list(PaperBook.objects.all())
        self.lines: dict[tuple[int, int, str], BookLine] = {}
        self.categories = {}
        for category in Category.objects.active().in_order():
            self.categories |= {fold(category.code): category, fold(category.name): category}
        self.units: dict[str, Unit] = {}
        for unit in Unit.objects.active():
            names = {fold(name) for name in (unit.code, unit.name, unit.short_name) if name}
            self.units |= dict.fromkeys(names, unit)
        self.unanswered: dict[int, str] = {}
        self.seen: dict[tuple[str, int, str], tuple[int, RegisterRow]] = {}
        self.new_books: set[str] = set()

    def read(self, rows: list[TableRow]) -> Reading[RegisterRow]:
        """Return what would be made of ``rows``; nothing is written."""
        self._look_up(rows)
        for row in rows:
            try:
                data = self._check(row)
            except ValidationError as error:
                # The sender stays out of the report: it is kept for a week, and read by whoever imports.
                text = first_words([row.values["book"], row.values["line"], row.values["title"]])
                self.reading.refusals.append(Refusal(row.line, " ".join(error.messages), text))
                continue
            if data is not None:
                self._judge(row, data)
        return self.reading

    def _look_up(self, rows: list[TableRow]) -> None:
        """Remember the lines of the books that the file speaks of."""
        named = {name: book_called(name, self.books) for name in {row.values["book"] for row in rows}}
        lines = BookLine.objects.with_cases().filter(book__in=[book.pk for book in named.values() if book])
        self.lines = {(line.book_id, line.number, line.suffix): line for line in lines}

    def _check(self, row: TableRow) -> RegisterRow | None:
        form = RegisterRowForm(dict(row.values))
        problem = row.problem or ("" if form.is_valid() else form_problems(form))
        if problem:
            raise ValidationError(problem)
        data = dict(form.cleaned_data)
        number, suffix = data.pop("line")
        category, unit = self._category(data.pop("category"), row), self._unit(data.pop("unit"))
        made = RegisterRow(
            **data,
            number=number,
            suffix=suffix,
            category_id=category.pk,
            unit_id=unit.pk if unit else None,
        )
        return self._once(row, made)

    def _once(self, row: TableRow, made: RegisterRow) -> RegisterRow | None:
        """The same line twice in one file: the same words are taken once, other words are a fault of the book."""
        key = (fold(made.book), made.number, made.suffix)
        first = self.seen.setdefault(key, (row.line, made))
        if first[0] == row.line:
            return made
        if first[1] != made:
            message = _("Số dòng: sổ này đã có dòng %(place)s ở dòng %(line)d của tệp, nội dung khác.")
            raise ValidationError(message % {"place": f"{made.number}{made.suffix}", "line": first[0]})
        self._remark(row, _("Trùng dòng %(line)d của tệp, chỉ lấy dòng đó.") % {"line": first[0]})
        return None

    def _category(self, typed: str, row: TableRow) -> Category:
        if not typed:
            category = self.categories.get(OTHER)
            if category is None:
                raise ValidationError(_("Lĩnh vực: chưa ghi."))
            self._remark(row, _("Không ghi lĩnh vực: để vào “%(name)s”.") % {"name": category.name})
            return category
        category = self.categories.get(fold(typed))
        if category is None:
            raise ValidationError(_("Lĩnh vực: không có “%(name)s” trong danh mục.") % {"name": typed})
        if problem := self._problem_of(category):
            raise ValidationError(problem)
        return category

    def _problem_of(self, category: Category) -> str:
        """A register has no column for extra questions; a field of work that insists on one cannot be imported."""
        if category.pk not in self.unanswered:
            try:
                details_checked(category=category.pk, matter=CaseMatter.OTHER, given={})
                self.unanswered[category.pk] = ""
            except ValidationError as error:
                self.unanswered[category.pk] = " ".join(error.messages)
        return self.unanswered[category.pk]

    def _unit(self, typed: str) -> Unit | None:
        if not typed:
            return None
        unit = self.units.get(fold(typed))
        if unit is None:
            raise ValidationError(_("Đơn vị: không có “%(name)s” trong danh mục đơn vị.") % {"name": typed})
        if not unit.takes_cases:
            raise ValidationError(_("Đơn vị: “%(name)s” không nhận phản ánh.") % {"name": unit.name})
        return unit

    def _judge(self, row: TableRow, data: RegisterRow) -> None:
        book = book_called(data.book, self.books)
        line = self.lines.get((book.pk, data.number, data.suffix)) if book else None
        if line is not None and line.case is None:
            text = first_words([row.values["book"], row.values["line"], row.values["title"]])
            self.reading.refusals.append(Refusal(row.line, _("Số dòng: dòng này đã ghi là dòng trống."), text))
            return
        if line is not None and line.case.body != data.body:
            self._remark(row, _("Dòng này đã nhập với nội dung khác; giữ nguyên điều đã có."))
        if book is None and fold(data.book) not in self.new_books:
            self.new_books.add(fold(data.book))
            self._remark(row, _("Sổ mới: “%(name)s” sẽ được mở.") % {"name": data.book})
        label = _("%(book)s, dòng %(place)s") % {"book": data.book, "place": f"{data.number}{data.suffix}"}
        detail = f"{format_vietnamese_date(data.received_on)} · {data.title[:SHOWN]}"
        fate = Fate.NEW if line is None else Fate.UNCHANGED
        self.reading.items.append(Item(row.line, label, detail, fate, data))

    def _remark(self, row: TableRow, text: str) -> None:
        self.reading.remarks.append(Remark(row.line, text))


def read_register(content: bytes, filename: str) -> Reading[RegisterRow]:
    """Read a register; raises UnreadableFileError when the file as a whole cannot be used."""
    return RegisterReader().read(read_table(content, filename, COLUMNS))


def write_register(items: list[Item[RegisterRow]], *, actor: object, publish: bool) -> list[str]:
    """Hand the rows of ``items`` to the one service that writes them; nothing of a register is ever published."""
    return cases_import(rows=[item.data for item in items], actor=actor)


CASES_IMPORT = ImportKind(
    name="cases_import",
    label=gettext_lazy("Nhập sổ cũ từ tệp"),
    capability="cases_import",
    extensions=("csv", "xlsx"),
    explanation=gettext_lazy(
        "Bảng có dòng tiêu đề với các cột: Sổ, Số dòng, Ngày nhận, Kênh, Người gửi, Điện thoại, Địa chỉ, Tiêu đề, "
        "Nội dung, Lĩnh vực, Đơn vị. Thứ tự cột tùy ý; phải có Sổ, Số dòng, Ngày nhận, Nội dung. Sổ chưa có thì được "
        "mở. Không gì trong tệp được công khai."
    ),
    read=read_register,
    write=write_register,
    may_publish=lambda user: False,
    preview_template="feedback/admin/register_preview.html",
    written_as=gettext_lazy("vào hàng chờ tiếp nhận, không công khai"),
    list_url_name="paper:index",
)
