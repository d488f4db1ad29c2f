"""Judging the rows of one file of responses against its survey; the kind that command and screens share."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.importing import (
    Column,
    Fate,
    ImportKind,
    Item,
    NoTableError,
    Reading,
    Refusal,
    Remark,
    TableRow,
    UnreadableFileError,
    VietnameseDateField,
    first_words,
    read_table,
)
from cms.core.models import Unit
from cms.core.text import TextError, clean_line, fold
from surveys.enums import QuestionKind
from surveys.importers.cells import answer_of, channel_of, quarter_of, whole_number
from surveys.importers.sizes import POPULATIONS, sheets_passed_over
from surveys.models import Response, ResponseItem, Survey
from surveys.services.closing import closed_until
from surveys.services.imports import PopulationRow, responses_import
from surveys.services.plan import Plan, is_words, plan_of
from surveys.services.questionnaires import SurveyRefusedError
from surveys.services.responses import ResponseRow, answers_checked
from surveys.services.sheets import sheet_number

FIXED = (
    Column("sheet", ("Mã phiếu", "Số phiếu", "Phiếu số"), required=True),
    Column("day", ("Ngày", "Ngày trả lời", "Ngày khảo sát"), required=True),
    Column("unit_code", ("Mã đơn vị", "Mã trường")),
    Column("unit", ("Đơn vị", "Tên đơn vị", "Trường")),
    Column("channel", ("Kênh", "Hình thức", "Cách trả lời")),
)
_LONGEST_SHEET = 40
_OLDEST = date(2000, 1, 1)
_DATES = VietnameseDateField()


class ResponseReader:
    """Judges every row; a constant number of statements whatever their number. Nothing is written."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        version = survey.current or survey.versions.newest().first()
        if version is None:
            raise UnreadableFileError(_("Khảo sát này chưa có câu hỏi nào."))
        self.plan: Plan = plan_of(version)
        self.questions = [each for each in self.plan.questions if each.kind != QuestionKind.INFORMATION]
        self.by_key = {each.key for each in self.questions}
        self.reading: Reading[Any] = Reading()
        self.closed = closed_until(survey)
        units = list(Unit.objects.all())
        self.by_code = {unit.code.casefold(): unit for unit in units}
        self.by_name: dict[str, set[Unit]] = defaultdict(set)
        for unit in units:
            for name in filter(None, (unit.short_name, unit.name)):
                self.by_name[fold(name)].add(unit)
        self.first_lines: dict[str, int] = {}

    @property
    def columns(self) -> list[Column]:
        """The fixed columns, and one a question: by its key, or by its words."""
        return [*FIXED, *(Column(each.key, (each.key, each.label)) for each in self.questions)]

    def read(self, rows: list[TableRow]) -> None:
        """Add what would be made of ``rows`` to the reading."""
        found = [(row, made) for row in rows if (made := self._row(row)) is not None]
        there = self._stored({made.sheet for _row, made in found})
        for row, made in found:
            fate = Fate.NEW
            if made.sheet not in there and self.closed and made.day <= self.closed:
                words = _("Kết quả đến hết ngày %(day)s đã công bố, không thêm phiếu vào được nữa.")
                self._refuse(row, words % {"day": f"{self.closed:%d/%m/%Y}"})
                continue
            if made.sheet in there:
                fate = Fate.UNCHANGED
                if there[made.sheet] != self._told(made.day, made.unit_id, made.answers):
                    self.reading.remarks.append(
                        Remark(row.line, _("Mã phiếu đã có với nội dung khác: giữ phiếu đã nhập, không thay."))
                    )
            unit = row.values["unit"] or row.values["unit_code"]
            detail = " · ".join(filter(None, [f"{made.day:%d/%m/%Y}", unit, row.values["channel"]]))
            self.reading.items.append(Item(row.line, made.sheet, detail, fate, (self.survey.slug, made)))

    def read_populations(self, rows: list[TableRow]) -> None:
        """Add the sizes of groups to the reading."""
        seen: dict[tuple[str, date], int] = {}
        for row in rows:
            try:
                made = self._population(row)
                if first := seen.get((made.code, made.quarter)):
                    raise ValidationError(_("Trùng kênh và quý ở dòng %(line)d.") % {"line": first})
            except (ValidationError, TextError) as error:
                self._refuse(row, _sentence(error), sheet=_("bảng tổng thể"))
                continue
            seen[made.code, made.quarter] = row.line
            label = _("Tổng thể: %(label)s, quý %(quarter)s") % {"label": made.label, "quarter": row.values["quarter"]}
            self.reading.items.append(Item(row.line, label, str(made.population), Fate.NEW, (self.survey.slug, made)))

    def _row(self, row: TableRow) -> ResponseRow | None:
        try:
            if row.problem:
                raise ValidationError(row.problem)
            return self._checked(row)
        except (ValidationError, TextError) as error:
            self._refuse(row, _sentence(error))
            return None

    def _checked(self, row: TableRow) -> ResponseRow:
        values = row.values
        sheet = sheet_number(clean_line(values["sheet"]))
        if not sheet:
            raise ValidationError(_("Thiếu mã phiếu."))
        if len(sheet) > _LONGEST_SHEET:
            raise ValidationError(_("Mã phiếu dài quá %(most)d ký tự.") % {"most": _LONGEST_SHEET})
        if first := self.first_lines.get(sheet):
            raise ValidationError(_("Trùng mã phiếu với dòng %(line)d.") % {"line": first})
        day = self._day(values["day"])
        unit = self._unit(values["unit_code"], values["unit"])
        kind, stratum, _label = channel_of(values["channel"])
        answers = self._answers(values)
        self.first_lines[sheet] = row.line
        return ResponseRow(
            sheet=sheet, day=day, kind=kind, stratum=stratum, answers=answers, unit_id=unit.pk if unit else None
        )

    def _answers(self, values: Mapping[str, str]) -> Any:
        given = {each.key: answer_of(each, values[each.key]) for each in self.questions}
        try:
            found = answers_checked(self.plan, given)
        except ValidationError as error:
            told = [f"{key}: {' '.join(messages)}" for key, messages in error.message_dict.items()]
            raise ValidationError(" ".join(told)) from error
        if not found:
            raise ValidationError(_("Phiếu không trả lời câu nào."))
        return found

    def _day(self, text: str) -> date:
        day: date | None = _DATES.clean(text)
        if day is None or not _OLDEST <= day <= timezone.localdate():
            raise ValidationError(_("Ngày phải từ năm 2000 đến hôm nay."))
        return day

    def _unit(self, code: str, name: str) -> Unit | None:
        if code:
            found = self.by_code.get(code.strip().casefold())
            if found is None:
                raise ValidationError(_("Không có đơn vị mã “%(code)s”.") % {"code": code})
            return found
        if name:
            named = self.by_name.get(fold(" ".join(name.split())), set())
            if len(named) > 1:
                raise ValidationError(_("Có mấy đơn vị tên “%(name)s”; hãy ghi mã đơn vị.") % {"name": name})
            if not named:
                raise ValidationError(_("Không có đơn vị tên “%(name)s”.") % {"name": name})
            return next(iter(named))
        return None

    def _population(self, row: TableRow) -> PopulationRow:
        if row.problem:
            raise ValidationError(row.problem)
        if not row.values["channel"].strip():
            raise ValidationError(_("Thiếu kênh."))
        _kind, code, label = channel_of(row.values["channel"])
        quarter, population = quarter_of(row.values["quarter"]), whole_number(row.values["population"])
        return PopulationRow(code, label[:100], quarter, population, clean_line(row.values["source"])[:200])

    def _refuse(self, row: TableRow, reason: str, *, sheet: str = "") -> None:
        told = f"({sheet}) {reason}" if sheet else reason
        # What people wrote stays out of the report: it is kept for a week, beside the number of the paper.
        shown = [value for name, value in row.values.items() if name not in self.by_key]
        self.reading.refusals.append(Refusal(row.line, told, first_words(shown)))

    def _stored(self, sheets: set[str]) -> dict[str, Any]:
        """Return what was stored under these sheet numbers, words left out: they are erased in time."""
        rows = Response.objects.filter(version__survey=self.survey).exclude(sheet="")
        found = {sheet: (pk, day, unit) for pk, sheet, day, unit in rows.values_list("pk", "sheet", "day", "unit_id")}
        mine = {found[sheet][0]: sheet for sheet in sheets if sheet in found}
        items: dict[str, set[tuple[str, str]]] = {sheet: set() for sheet in mine.values()}
        if mine:
            stored = ResponseItem.objects.filter(response__version__survey=self.survey).exclude(response__sheet="")
            for pk, key, choice in stored.values_list("response_id", "key", "choice").iterator():
                if pk in mine:
                    items[mine[pk]].add((key, choice))
        return {sheet: (found[sheet][1], found[sheet][2], frozenset(chosen)) for sheet, chosen in items.items()}

    def _told(self, day: date, unit_id: int | None, answers: Mapping[str, Any]) -> Any:
        chosen = {
            (key, choice)
            for key, given in answers.items()
            if not is_words(self.plan.by_key[key])
            for choice in (given if isinstance(given, list) else [given])
        }
        return day, unit_id, frozenset(chosen)


def _sentence(error: ValidationError | TextError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def read_responses(content: bytes, filename: str, target: str = "") -> Reading[Any]:
    """Read a file of responses of the survey ``target`` (its slug); raises UnreadableFileError in words."""
    survey = Survey.objects.select_related("current").filter(slug=target).first()
    if survey is None:
        raise UnreadableFileError(_("Hãy chọn khảo sát mà các phiếu này trả lời."))
    reader = ResponseReader(survey)
    missing: NoTableError | None = None
    try:
        reader.read(read_table(content, filename, reader.columns))
    except NoTableError as error:
        missing = error
    try:
        reader.read_populations(read_table(content, filename, POPULATIONS))
    except UnreadableFileError as error:
        if missing:
            raise missing from error
    else:
        if missing:
            # A file of sizes alone is one; but nobody must believe that their responses came in too.
            words = _("Tệp này chỉ có số giao dịch, không có phiếu nào được đọc: %(reason)s")
            reader.reading.remarks.append(Remark(0, words % {"reason": missing}))
    reader.reading.remarks += [Remark(0, words) for words in sheets_passed_over(content, filename, FIXED)]
    return reader.reading


def write_responses(items: list[Item[Any]], *, actor: Any, publish: bool) -> list[str]:
    """Hand the rows to the one service that writes them; raises UnreadableFileError for what it refuses."""
    if not items:
        return []
    survey = Survey.objects.get(slug=items[0].data[0])
    rows = [item.data[1] for item in items]
    try:
        responses_import(
            survey=survey,
            rows=[row for row in rows if isinstance(row, ResponseRow)],
            populations=[row for row in rows if isinstance(row, PopulationRow)],
            actor=actor,
        )
    except SurveyRefusedError as refused:
        raise UnreadableFileError(str(refused)) from refused
    return [item.label for item in items]


def _targets(_user: Any) -> list[tuple[str, str]]:
    return [(slug, title) for slug, title in Survey.objects.newest().values_list("slug", "title")]


RESPONSES_IMPORT = ImportKind(
    name="responses_import",
    label=gettext_lazy("Nhập phiếu khảo sát"),
    capability="survey_import",
    extensions=("csv", "xlsx"),
    explanation=gettext_lazy(
        "Bảng có dòng tiêu đề với các cột: Mã phiếu, Ngày, Mã đơn vị, Đơn vị, Kênh, và mỗi câu hỏi một cột theo mã câu "
        "(như TC01). Phải có Mã phiếu và Ngày; mã phiếu đã nhập thì bỏ qua. Số giao dịch theo kênh và quý ghi ở trang "
        "tính thứ hai: Kênh, Quý, Số giao dịch. Tệp mẫu có sẵn các cột: ở màn hình của khảo sát, bấm “Tệp mẫu để nhập”."
    ),
    read=read_responses,
    write=write_responses,
    may_publish=lambda _user: False,
    preview_template="surveys/admin/import_preview.html",
    list_url_name="survey:index",
    targets=_targets,
    target_label=gettext_lazy("Khảo sát"),
    written_as=gettext_lazy("thành phiếu trả lời, đếm ngay vào kết quả"),
)
