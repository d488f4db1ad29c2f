"""Sample files to import, good and faulty. ``python tests/files/make_samples.py FOLDER`` writes them to try by hand.

Names and numbers in them are invented. The same run gives the same bytes.
"""

import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH

AGENCY = "Sở Giáo dục và Đào tạo tỉnh Mẫu"

MORNING = (2024, 1, 1, 8, 0, 0)
PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)

GOOD_ROWS = [
    ("12/KH-SGDĐT", "05/01/2024", "Kế hoạch cải cách hành chính năm 2024", "", AGENCY),
    ("7/QĐ-UBND", "2024-02-01", "Công bố danh mục thủ tục hành chính", "Quyết định", "UBND tỉnh Mẫu"),
    ("03/SGDĐT-VP", "ngày 2 tháng 01 năm 2024", "Góp ý dự thảo; kế hoạch năm 2024", "Công văn", AGENCY),
    ("61/2018/NĐ-CP", "23/04/2018", "Về thực hiện cơ chế một cửa, một cửa liên thông", "", "Chính phủ"),
]
BAD_ROWS = [
    ("", "05/01/2024", "Văn bản không có số", "", AGENCY),
    ("13/KH-SGDĐT", "31/02/2024", "Ngày không có trong lịch", "", AGENCY),
    ("14/KH-SGDĐT", "06/01/2024", "", "", AGENCY),
    ("15/KH-SGDĐT", "07/01/2024", "=HYPERLINK(A1)", "", AGENCY),
    ("16/KH-SGDĐT", "", "Không có ngày ban hành", "", AGENCY),
    ("không số", "08/01/2024", "Số ký hiệu không có chữ số", "", AGENCY),
]
HEADINGS = ("Số ký hiệu", "Ngày ban hành", "Trích yếu", "Loại văn bản", "Cơ quan ban hành")

PROCEDURE_HEADINGS = (
    *("ma", "ten", "linh_vuc", "cap_thuc_hien", "thoi_han_ngay_lam_viec", "le_phi", "co_quan_thuc_hien"),
    *("can_cu_phap_ly", "nguon", "do_tin_cay"),
)
SURE, UNSURE = "A – đã đối chiếu (mẫu)", "C – mới đối chiếu mã (mẫu)"
GOOD_PROCEDURES = [
    ("9.100001", "Chuyển trường (mẫu)", "Giáo dục trung học", "Cấp tỉnh; Cấp xã", "3", "0 đồng", "Trường học",
     "QĐ công bố 5/QĐ-MAU ngày 14/05/2026; 6/2026/NĐ-MAU (phần một; phần hai)", "Tự soạn", SURE),
    ("9.100002", "Cấp bản sao bằng (mẫu)", "Văn bằng", "Cấp tỉnh", "trả ngay trong buổi", "5.000 đồng", "Sở", "",
     "Tự soạn", SURE),
    ("9.100003", "Hỗ trợ ăn trưa (mẫu)", "Giáo dục mầm non", "Cấp huyện (trước 01/07/2025)", "24 giờ",
     "Theo nghị quyết của tỉnh", "", "", "", UNSURE),
]  # fmt: skip
_FAULTY = ("9.10001", "Thủ tục lỗi (mẫu)", "Văn bằng", "Cấp tỉnh", "3", "0 đồng", "", "", "", SURE)


def _faulty(number: int, **cells: str) -> tuple[str, ...]:
    """Return a good row but for ``cells``, by heading."""
    row = dict(zip(PROCEDURE_HEADINGS, _FAULTY, strict=True)) | {"ma": f"9.2000{number:02d}"} | cells
    return tuple(row.values())


# One of every kind of fault, the first in line 3.
BAD_PROCEDURES = [
    _faulty(1, ma=""),
    _faulty(2, ma="1.12"),
    _faulty(3, ten=""),
    _faulty(4, linh_vuc=""),
    _faulty(5, cap_thuc_hien="Cấp thôn"),
    _faulty(6, thoi_han_ngay_lam_viec="mười ngày"),
    _faulty(7, thoi_han_ngay_lam_viec="0"),
    _faulty(8, le_phi="-5000"),
    _faulty(9, do_tin_cay="E – lạ"),
    _faulty(10, ten="=HYPERLINK(A1)"),
    _faulty(11, ma=GOOD_PROCEDURES[0][0]),
    _faulty(12, can_cu_phap_ly="QĐ công bố 5/QĐ-MAU ngày 31/02/2026"),
    (*_faulty(13), "ô thừa"),
]


def csv_text(rows, sign=",", headings=HEADINGS):
    """Return rows as CSV, every cell in quotes."""
    return "".join(sign.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in [headings, *rows])


def packed(source: bytes, extra: dict[str, bytes] | None = None) -> bytes:
    """Return the zip file with fixed times, so that it never differs, and with ``extra`` members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = PROPERTIES  # the only part that tells the time
            new.writestr(zipfile.ZipInfo(name, MORNING), content, zipfile.ZIP_DEFLATED)
        for name, content in (extra or {}).items():
            new.writestr(zipfile.ZipInfo(name, MORNING), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def odd_workbook() -> bytes:
    """A table below two title rows, with real dates, a formula, an error and a number for a number."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh mục"
    sheet.append(["DANH MỤC VĂN BẢN NĂM 2024"])
    sheet.append([])
    sheet.append(["SO KY HIEU", "ngày  ban hành", "Trích Yếu", "Cơ quan", "Ghi chú riêng"])
    sheet.append(["21/KH-SGDĐT", date(2024, 3, 1), "Kế hoạch kiểm tra nội bộ", AGENCY, "x"])
    sheet.append(["22/TB-SGDĐT", date(2024, 3, 2), "=A4", AGENCY, ""])
    sheet.append(["23/TB-SGDĐT", date(2024, 3, 3), "#REF!", AGENCY, ""])
    sheet["C6"].data_type = "e"
    sheet.append([None, None, None, None, None])
    sheet.append([24, date(2024, 3, 4), "Số ký hiệu chỉ là một con số", AGENCY, ""])
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue())


class Plan:
    """Builds a plan as offices lay them out."""

    def __init__(self, *, number="Số: 08/KH-PGDĐT", day="Phường Mẫu, ngày 05 tháng 02 năm 2024"):
        self.file = docx.Document()
        head = self.file.add_table(rows=1, cols=2)
        for text, bold in (("UBND PHƯỜNG MẪU", False), ("PHÒNG VĂN HÓA - XÃ HỘI", True), (number, False)):
            self.add(text, bold=bold, to=head.cell(0, 0))
        for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "––––––––", day):
            self.add(text, to=head.cell(0, 1))

    def add(self, text, *, bold=False, to=None, style=None, centre=False):
        """Add one paragraph."""
        paragraph = (to or self.file).add_paragraph(style=style)
        paragraph.add_run(text).bold = bold
        if centre:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return self

    def title(self, kind="KẾ HOẠCH"):
        """Add the name of the kind, the abstract and the preamble."""
        self.add(kind, bold=True, centre=True).add("Chuyển đổi số trong các trường học", bold=True, centre=True)
        self.add("năm 2024 <thử & nghiệm>", bold=True, centre=True).add("––––––––––", centre=True)
        self.add("Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;")
        self.add(
            "Căn cứ Quyết định số 7/QĐ-UBND ngày 01/02/2024 của UBND tỉnh Mẫu công bố danh mục thủ tục hành chính;"
        )
        return self.add("Phòng Văn hóa - Xã hội xây dựng kế hoạch như sau:")

    def parts(self):
        """Add parts, some numbered by hand, some dashed by Word."""
        self.add("I. MỤC TIÊU", bold=True).add("1. Mục tiêu chung", bold=True)
        self.add("- Mọi trường dùng chung một phần mềm").add("quản lý hồ sơ.")
        self.add("Ý do Word đặt gạch", style="List Bullet")
        self.add("II. TỔ CHỨC THỰC HIỆN", bold=True)
        return self.add("1. Các trường báo cáo trước ngày 15/12/2024./.")

    def closing(self):
        """Add recipients and signature side by side, as most templates have them."""
        table = self.file.add_table(rows=1, cols=2)
        for text in ("Nơi nhận:", "- Như trên;", "- Sở GDĐT (để b/c);", "- Lưu: VT."):
            self.add(text, to=table.cell(0, 0))
        for text in ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "(Đã ký)", "Lê Thị Mẫu"):
            self.add(text, to=table.cell(0, 1))
        return self

    def annex(self, rows, headings=("STT", "Nhiệm vụ", "Kết quả", "Chủ trì", "Phối hợp", "Thời hạn")):
        """Add a table of tasks; a row of one string is a heading across."""
        self.add("PHỤ LỤC", bold=True, centre=True)
        self.add("(Kèm theo Kế hoạch số 08/KH-PGDĐT ngày 5/2/2024 của Phòng Văn hóa - Xã hội phường Mẫu)", centre=True)
        table = self.file.add_table(rows=1 + len(rows), cols=len(headings))
        for place, text in enumerate(headings):
            table.cell(0, place).text = text
        for line, row in enumerate(rows, start=1):
            if isinstance(row, str):
                table.cell(line, 0).merge(table.cell(line, len(headings) - 1)).text = row
                continue
            for place, text in enumerate(row):
                if text is None:
                    table.cell(line - 1, place).merge(table.cell(line, place))
                else:
                    table.cell(line, place).text = text
        return self

    def bytes(self, extra=None) -> bytes:
        out = io.BytesIO()
        self.file.save(out)
        return packed(out.getvalue(), extra)


TASKS = [
    ("1", "Tập huấn giáo viên", "Hội nghị", "Trường Mẫu A", "Trường Mẫu B", "Quý I/2024"),
    ("2", "Báo cáo tình hình", "Báo cáo", "Các trường", "", "Hằng tháng"),
]
MERGED = [
    "I. Nhiệm vụ chung",
    ("1", "Rà soát hồ sơ", "Danh mục", "Trường Mẫu A", "", "30/6/2024"),
    (None, None, "Báo cáo", "Trường Mẫu B", "", "30/6/2024"),
    ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
    ("II", "Nhiệm vụ riêng", "", "", "", ""),
    ("2", "Số hóa học bạ", "Học bạ số", "Các trường", "", "Thường xuyên"),
]
EMPTY_CONTENT = [*TASKS, ("3", "", "Báo cáo", "Các trường", "", "Quý II/2024")]


def good_plan() -> Plan:
    return Plan().title().parts().closing().annex(TASKS)


TABLE_HEADING = ["tt", "noi_dung", "san_pham", "don_vi_thuc_hien", "tien_do", "ghi_chu"]
# The habits of real annexes: dashes before words, a comma at the end, doubled numbers, words for days.
TABLE_ROWS = [
    ["1", "Niêm yết tại: - Phòng - Trang của trường.", "Bảng “niêm yết”", "-Phòng Một; -Trường", "Thường xuyên", ""],
    ["2", "- Báo cáo rà soát, cắt giảm giấy,", "- Văn bản - Báo cáo", "Phòng Hai", "Theo tiến độ của UBND tỉnh", "x"],
    ["2", "Tổng hợp khảo sát", "Báo cáo", "Phòng Một", "Hàng quý", ""],
    ["7", "Xây dựng chuyên mục", "Chuyên mục", "Phòng Hai", "Hoàn thành trước tháng 8/2024", "hai dòng\nghi chú"],
]  # fmt: skip


def samples() -> dict[str, bytes]:
    """Return every sample by its file name."""
    good = csv_text(GOOD_ROWS)
    # Windows-1258 writes the tone behind its vowel as a byte of its own.
    legacy = "S\xf4\xec k\xfd hi\xea\xf2u;Tr\xedch y\xea\xecu\r\n12/KH-SGD\xd0T;K\xea\xec hoa\xf2ch\r\n"
    no_day = "Phường Mẫu, ngày    tháng 02 năm 2024"
    open_head = Plan(day=no_day, number="Số:      /KH-PGDĐT")
    return {
        "van_ban_tot.csv": good.encode(),
        "van_ban_bom_cham_phay.csv": b"\xef\xbb\xbf" + csv_text(GOOD_ROWS, ";").encode(),
        "van_ban_tab_utf16.csv": csv_text(GOOD_ROWS, "\t").encode("utf-16"),
        "van_ban_hong.csv": csv_text([*GOOD_ROWS[:1], *BAD_ROWS]).encode(),
        "van_ban_bang_ma_cu.csv": legacy.encode("latin-1"),
        "van_ban_thieu_cot.csv": csv_text([("12/KH", "x")], headings=("Số ký hiệu", "Ghi chú")).encode(),
        "van_ban_nhay_ho.csv": b'so_ky_hieu,trich_yeu\r\n12/KH-A,"chua dong\r\n',
        "van_ban_la.xlsx": odd_workbook(),
        "thu_tuc_tot.csv": csv_text(GOOD_PROCEDURES, headings=PROCEDURE_HEADINGS).encode(),
        "thu_tuc_hong.csv": csv_text([GOOD_PROCEDURES[0], *BAD_PROCEDURES], headings=PROCEDURE_HEADINGS).encode(),
        "nhiem_vu.csv": csv_text(TABLE_ROWS, headings=TABLE_HEADING).encode(),
        "ke_hoach_tot.docx": good_plan().bytes(),
        "ke_hoach_bang_gop.docx": Plan().title().parts().closing().annex(MERGED).bytes(),
        "ke_hoach_khong_bang.docx": Plan(day=no_day).title().parts().bytes(),
        "ke_hoach_thieu_ngay.docx": open_head.title().parts().closing().annex(TASKS).bytes(),
        "ke_hoach_khong_so.docx": Plan(number="").title().parts().closing().bytes(),
        "ke_hoach_dong_trong.docx": Plan().title().parts().closing().annex(EMPTY_CONTENT).bytes(),
        "chuong_trinh.docx": Plan(number="Số: 09/CTr-PGDĐT").title("CHƯƠNG TRÌNH").parts().closing().bytes(),
        "thong_bao.docx": Plan(number="Số: 10/TB-PGDĐT").title("THÔNG BÁO").parts().closing().bytes(),
        "co_macro.docx": good_plan().bytes({"word/vbaProject.bin": b"macro"}),
        "khong_phai_word.docx": b"day khong phai la tep Word",
        "word_cu.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,
    }


if __name__ == "__main__":
    for name, content in samples().items():
        (Path(sys.argv[1]) / name).write_bytes(content)
