"""The summary of a period as DOCX, for the quarterly report: a few sentences and the tables that can be pasted.

``summary_parts`` says what stands in it; ``summary_docx`` only sets it: a builder of letters takes the parts.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from cms.core.text.characters import REFUSED_CONTROL
from surveys.reports.screen import shown


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
    if view["wishes"]:
        rows = [(theme["name"], theme["count"], theme["share"]) for theme in view["wishes"]["themes"]]
        tables.append(Table(_("Người dân mong muốn gì"), (_("Chủ đề"), _("Số lời"), _("Tỷ lệ")), rows))
    return Summary(
        title=_("Kết quả khảo sát: %(title)s") % {"title": record["title"]},
        period=record["period"]["label"] + (f", {record['unit_name']}" if record["unit_name"] else ""),
        sentences=tuple(_sentences(record, view)),
        tables=tuple(table for table in tables if table.rows),
        formulas=tuple(f"{name}: {words}" for name, words in view["formulas"]),
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
    """Return the summary as a DOCX file in the form of office papers: A4, Times New Roman 13."""
    parts = summary_parts(record)
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    _set_headings(paper)
    for words, size, kind in ((parts.title, 14, "Heading 1"), (parts.period, 13, "Normal")):
        line = paper.add_paragraph(style=kind)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(_plain(words))
        run.bold, run.font.size = True, Pt(size)
    for words in parts.sentences:
        paper.add_paragraph(_plain(words))
    for table in parts.tables:
        _set_table(paper, table)
    paper.add_heading(_("Cách tính"), level=2)
    for words in parts.formulas:
        paper.add_paragraph(_plain(words)).runs[0].font.size = Pt(11)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _plain(words: str) -> str:
    """A line break of word processors, pasted into a question, is no character of XML."""
    return REFUSED_CONTROL.sub(" ", words)


def _set_headings(paper: Any) -> None:
    """Headings are headings, for readers that list them, and look as office papers do."""
    for name in ("Heading 1", "Heading 2"):
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Times New Roman", Pt(13), RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for attribute in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[attribute]  # the fonts of a theme go before those that are named


def _set_table(paper: Any, table: Table) -> None:
    paper.add_heading(_plain(table.title), level=2)
    made = paper.add_table(rows=1, cols=len(table.heading))
    made.style = "Table Grid"
    for cell, words in zip(made.rows[0].cells, table.heading, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(_plain(words)).bold = True
    for row in table.rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = _plain(str(words))
    paper.add_paragraph()
