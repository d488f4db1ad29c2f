"""The summary of a period as DOCX, for the quarterly report: a few sentences and the tables that can be pasted.

``summary_parts`` says what stands in it; ``summary_docx`` only sets it: a builder of letters takes the parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from cms.core import official_letters as letters
from cms.core.official_letters import issuer_now, office_paper, office_table, paper_sealed, plain
from cms.core.text.characters import REFUSED_CONTROL
from surveys.reports.screen import shown

_SIZE = 13


@dataclass(frozen=True)
class Table:
    """A heading, the names of the columns, the rows."""

    title: str
    heading: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Summary:
    """What the summary says, in order."""

    title: str
    period: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    formulas: tuple[str, ...]


def summary_parts(record: Mapping[str, Any]) -> Summary:
    """Return the summary of a record, live or published."""
    view = shown(record)
    index = (_("Hài lòng"), _("Khoảng tin cậy 95 %"), _("Điểm trung bình"))
    counted = (_("Số phiếu"), *index)
    answered = (_("Số trả lời"), *index)
    tables = [
        Table(_("Theo nhân tố"), (_("Nhân tố"), *index), [_line(row) for row in view["factors"]]),
        Table(_("Theo tiêu chí"), (_("Tiêu chí"), *answered), [_with_n(row, "label") for row in view["criteria"]]),
        Table(_("Theo cấp, loại đơn vị"), (_("Cấp, loại"), *counted), [_with_n(row) for row in view["kinds"]]),
        Table(_("Theo đơn vị"), (_("Đơn vị"), *counted), [_with_n(row) for row in view["units"]]),
        Table(_("Theo quý"), (_("Quý"), *counted), [_with_n(row) for row in view["trend"]]),
    ]
    tables += [_other(row) for row in view["others"] if not row["hidden"] or row["choices"]]
    if view["wishes"]:
        rows = [(theme["name"], theme["count"], theme["share"]) for theme in view["wishes"]["themes"]]
        tables.append(Table(_("Người dân mong muốn gì"), (_("Chủ đề"), _("Số phiếu"), _("Tỷ lệ")), rows))
    return Summary(
        title=_("Kết quả khảo sát: %(title)s") % {"title": record["title"]},
        period=record["period"]["label"] + (f", {record['unit_name']}" if record["unit_name"] else ""),
        sentences=tuple(_sentences(record, view)),
        tables=tuple(table for table in tables if table.rows),
        formulas=tuple(f"{name}: {words}" for name, words in view["formulas"]),
    )


def _other(row: Mapping[str, Any]) -> Table:
    """Return a question that is no criterion: what was chosen, or of a ranking at which place."""
    answer, people, share = _("Trả lời"), _("Số người"), _("Tỷ lệ")
    if row["ranking"]:
        places = [_("Thứ %(place)d") % {"place": place} for place in row["places"]]
        rows = [(each["label"], *each["places"], each["n"], each["share"]) for each in row["ranking"]]
        return Table(row["label"], (answer, *places, people, share), rows)
    return Table(
        row["label"],
        (answer, people, share),
        [(each["label"], each["count"], each["share"]) for each in row["choices"]],
    )


def _sentences(record: Mapping[str, Any], view: Mapping[str, Any]) -> Sequence[str]:
    if not record["responses"]:
        return [_("Kỳ này chưa có kết quả nào được phép nêu.")]
    told = {"n": view["responses"], **view["overall"]}
    first = _(
        "Nhận %(n)s phiếu; %(top2)s trả lời hài lòng hoặc rất hài lòng (khoảng tin cậy 95 %%: %(bounds)s), điểm trung "
        "bình %(mean)s."
    )
    found = [first % told]
    if view["told_until"]:
        until = _("Số liệu đến hết ngày %(day)s.")
        found.insert(0, until % {"day": f"{view['told_until']:%d/%m/%Y}"})
    if view["overall"]["part"]:
        found.append(_("Chỉ số tính %(part)s.") % view["overall"])
    if view["has_weights"]:
        found.append(_("Có trọng số theo tổng thể: %(top2)s (%(bounds)s).") % view["weighted"])
    for line in view["targets"]:
        found.append(_("%(name)s: %(actual)s, chỉ tiêu %(target)s – %(verdict)s.") % line)
    return found


def _line(row: Mapping[str, Any], name: str = "name") -> tuple[str, ...]:
    hidden = _("Ẩn")
    figures = (hidden,) * 3 if row["hidden"] else (row["top2"], row["bounds"], row["mean"])
    # An index of some of its criteria is another one than that of all.
    words = f"{row[name]} ({row['part']})" if row["part"] else str(row[name])
    return (words, *figures)


def _with_n(row: Mapping[str, Any], name: str = "name") -> tuple[str, ...]:
    words, *figures = _line(row, name)
    return (words, str(row["n"]), *figures)


def summary_docx(record: Mapping[str, Any]) -> bytes:
    """Return the summary as a DOCX file on the paper of official letters: A4, Times New Roman 13."""
    parts = summary_parts(record)
    paper = office_paper(_plain(f"{parts.title}, {parts.period}"), issuer_now(), size=_SIZE)
    paper.add_heading(_plain(parts.title), level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    period = paper.add_paragraph()
    period.alignment = WD_ALIGN_PARAGRAPH.CENTER
    period.add_run(_plain(parts.period)).bold = True
    for words in parts.sentences:
        paper.add_paragraph(_plain(words))
    for table in parts.tables:
        paper.add_heading(_plain(table.title), level=2)
        office_table(_set(table), paper)
    paper.add_heading(_("Cách tính"), level=2)
    for words in parts.formulas:
        paper.add_paragraph(_plain(words)).runs[0].font.size = Pt(11)
    return paper_sealed(paper)


def _set(table: Table) -> letters.Table:
    """Return a table as letters have it: room for what is named, figures to the right."""
    columns = len(table.heading)
    rows = tuple(tuple(_plain(str(words)) for words in row) for row in table.rows)
    return letters.Table(
        tuple(map(_plain, table.heading)),
        rows,
        # An interval is two figures, and is not broken.
        shares=(2.8, *(1.6 if words == _("Khoảng tin cậy 95 %") else 1 for words in table.heading[1:])),
        numbers=frozenset(range(1, columns)),
    )


def _plain(words: str) -> str:
    """A line break of word processors, pasted into a question, is no character of XML; words stay apart."""
    return plain(REFUSED_CONTROL.sub(" ", words))
