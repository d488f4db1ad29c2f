"""Reading a list of documents (CSV, XLSX) into rows for the register."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.importing import (
    Column,
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
from cms.core.models import number_as_printed
from cms.core.permissions import can
from cms.core.services.moderation import draft_hand_in
from cms.core.text import format_vietnamese_date, looks_like_legacy_encoding, parse_document_number
from cms.official_documents.enums import kind_named, kind_of_number
from cms.official_documents.forms import DocumentRowForm
from cms.official_documents.models import CUT_MARKS, Issuer, OfficialDocumentPage
from cms.official_documents.services import DocumentRow, document_import

COLUMNS = (
    Column(
        "number", ("Số ký hiệu", "Số, ký hiệu", "Số/ký hiệu", "Số hiệu", "Số văn bản", "Số và ký hiệu"), required=True
    ),
    Column("issued_on", ("Ngày ban hành", "Ngày", "Ngày văn bản", "Ngày ký", "Ngày, tháng, năm", "Ngày tháng")),
    Column("title", ("Trích yếu", "Trích yếu nội dung", "Tên văn bản", "Nội dung", "Tiêu đề"), required=True),
    Column("kind", ("Loại", "Loại văn bản", "Hình thức", "Hình thức văn bản", "Tên loại")),
    Column("issuer", ("Cơ quan", "Cơ quan ban hành", "Đơn vị ban hành", "Nơi ban hành")),
)

Double = tuple[str, int, str]


class DocumentReader:
    """Judges the rows of one file against each other and against the register."""

    def __init__(self) -> None:
        self.reading: Reading[DocumentRow] = Reading()
        self.issuers = Issuer.objects.by_key()
        self.first_lines: dict[tuple[str, str, date | None], int] = {}

    def read(self, rows: list[TableRow]) -> Reading[DocumentRow]:
        """Return what would be made of ``rows``; two queries whatever their number, and nothing is written."""
        checked = [(row.line, data) for row in rows if (data := self._check(row))]
        known = OfficialDocumentPage.objects.identified(data.number_key for _line, data in checked)
        for line, data in checked:
            issuer = self.issuers.get(Issuer.key_of(data.issuer_name))
            page = known.get((data.number_key, issuer.pk, data.issued_on)) if issuer else None
            fate = Fate.NEW if page is None else Fate.UNCHANGED if page.source_digest == data.digest else Fate.CHANGED
            self.reading.items.append(Item(line, data.number, _detail(data), fate, data))
        self._remark_on_doubles(checked, known)
        self.reading.remarks.sort(key=lambda remark: remark.line)
        return self.reading

    def _check(self, row: TableRow) -> DocumentRow | None:
        form = DocumentRowForm(dict(row.values))
        problem = row.problem or ("" if form.is_valid() else form_problems(form))
        issuer, abbreviation = ("", "") if problem else self._issuer(form.cleaned_data)
        if not problem and not issuer:
            problem = _("Cơ quan ban hành: hãy điền mục này.")
        if problem:
            self.reading.refusals.append(Refusal(row.line, problem, first_words(list(row.values.values()))))
            return None
        data = _row(form.cleaned_data, issuer, abbreviation)
        identity = (data.number_key, Issuer.key_of(issuer), data.issued_on)
        if first := self.first_lines.get(identity):
            self._remark(row.line, _("Trùng văn bản ở dòng %(line)d, chỉ lấy dòng đó.") % {"line": first})
            return None
        self.first_lines[identity] = row.line
        self._remark_on_row(row.line, form.cleaned_data, data)
        return data

    def _issuer(self, cleaned: dict) -> tuple[str, str]:
        """Return the issuer's name and abbreviation; a missing name is found by the abbreviation in the number."""
        parsed = parse_document_number(cleaned["number"])
        # In a letter the second part is the room that drafted it: 03/SGDĐT-TCCB.
        abbreviation = parsed.issuer if parsed.type_abbreviation else parsed.issuer.partition("-")[0]
        name = cleaned["issuer"]
        if not name and abbreviation:
            same = [issuer.name for issuer in self.issuers.values() if issuer.abbreviation == abbreviation]
            name = same[0] if len(same) == 1 else ""
        return name, abbreviation

    def _remark(self, line: int, text: str) -> None:
        self.reading.remarks.append(Remark(line, text))

    def _remark_on_row(self, line: int, cleaned: dict, data: DocumentRow) -> None:
        by_number = kind_of_number(data.number)
        if not by_number:
            self._remark(line, _("Số ký hiệu “%(number)s” không theo mẫu số/ký hiệu, cần xem lại.") % cleaned)
        if data.title.endswith(CUT_MARKS):
            self._remark(line, _("Trích yếu bị cắt, cần điền đầy đủ."))
        if looks_like_legacy_encoding(data.title):
            self._remark(line, _("Trích yếu có vẻ dùng bảng mã cũ (TCVN3, VNI), cần xem lại chữ."))
        if cleaned["kind"] and not kind_named(cleaned["kind"]):
            self._remark(line, _("Không biết loại “%(kind)s”, lấy theo số ký hiệu.") % {"kind": cleaned["kind"]})
        elif cleaned["kind"] and by_number and kind_named(cleaned["kind"]) != by_number:
            self._remark(line, _("Loại “%(kind)s” khác với số ký hiệu %(number)s.") % cleaned)

    def _remark_on_doubles(
        self, checked: list[tuple[int, DocumentRow]], known: Iterable[tuple[str, int | None, date | None]]
    ) -> None:
        """Numbers are unique within a year of an issuer (Decree 30/2020, art. 15); real lists break that (S92)."""
        names = {issuer.pk: key for key, issuer in self.issuers.items()}
        days: dict[Double, set[date]] = defaultdict(set)
        for number_key, issuer_id, day in known:
            if day:
                days[number_key, day.year, names.get(issuer_id, "")].add(day)
        for _line, data in checked:
            if data.issued_on:
                days[_double(data)].add(data.issued_on)
        for line, data in checked:
            same = sorted(days[_double(data)]) if data.issued_on else []
            if len(same) > 1:
                shown = ", ".join(format_vietnamese_date(day) for day in same)
                text = _("Số %(number)s có ở nhiều văn bản cùng năm của cơ quan này: %(days)s.")
                self._remark(line, text % {"number": data.number, "days": shown})


def _double(data: DocumentRow) -> Double:
    return data.number_key, data.issued_on.year if data.issued_on else 0, Issuer.key_of(data.issuer_name)


def _row(cleaned: dict, issuer: str, abbreviation: str) -> DocumentRow:
    number, number_key = number_as_printed(cleaned["number"])
    facts = {
        "number": number,
        "title": cleaned["title"],
        "kind": kind_named(cleaned["kind"]) or kind_of_number(number),
        "issuer_name": issuer,
        "issued_on": cleaned["issued_on"],
    }
    digest = hashlib.sha256(json.dumps(facts, default=str, sort_keys=True).encode()).hexdigest()
    return DocumentRow(**facts, number_key=number_key, issuer_abbreviation=abbreviation, digest=digest)


def _detail(data: DocumentRow) -> str:
    day = format_vietnamese_date(data.issued_on) if data.issued_on else ""
    return " · ".join(part for part in (day, data.issuer_name, data.title) if part)


def read_documents(content: bytes, filename: str) -> Reading[DocumentRow]:
    """Read a list of documents; raises UnreadableFileError when the file as a whole cannot be used."""
    rows = read_table(content, filename, COLUMNS)
    return DocumentReader().read(rows)


def write_documents(items: list[Item[DocumentRow]], *, actor: object, publish: bool) -> list[str]:
    """Hand the rows of ``items`` to the one service that writes them."""
    return document_import(rows=[item.data for item in items], actor=actor, publish=publish)


DOCUMENT_IMPORT = ImportKind(
    name="documents_import",
    label=gettext_lazy("Nhập văn bản từ tệp"),
    capability="documents_import",
    extensions=("csv", "xlsx"),
    explanation=gettext_lazy(
        "Bảng có dòng tiêu đề với các cột: Số ký hiệu, Ngày ban hành, Trích yếu, Loại, Cơ quan ban hành. "
        "Thứ tự cột tùy ý; loại có thể để trống."
    ),
    read=read_documents,
    write=write_documents,
    may_publish=lambda user: can(user, "page_publish"),
    preview_template="official_documents/admin/preview.html",
    publish_label=gettext_lazy("Đăng ngay các văn bản này"),
    list_url_name="documents:index",
    hand_in=draft_hand_in,
)
