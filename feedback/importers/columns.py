"""Headings under which offices write the columns of a register: data of files, not words of a screen."""

from cms.core.importing import Column

COLUMNS = (
    Column("book", ("Sổ", "Tên sổ", "Quyển sổ"), required=True),
    Column("line", ("Số dòng", "Dòng", "Số thứ tự", "STT", "TT"), required=True),
    Column("received_on", ("Ngày nhận", "Ngày tiếp nhận", "Ngày đến", "Ngày"), required=True),
    Column("source", ("Kênh", "Kênh tiếp nhận", "Hình thức", "Nguồn")),
    Column("name", ("Người gửi", "Họ và tên", "Họ tên", "Tên người gửi")),
    Column("phone", ("Điện thoại", "Số điện thoại", "ĐT")),
    Column("address", ("Địa chỉ",)),
    Column("title", ("Tiêu đề", "Trích yếu", "Về việc")),
    Column("body", ("Nội dung", "Nội dung phản ánh", "Nội dung phản ánh, kiến nghị"), required=True),
    Column("category", ("Lĩnh vực",)),
    Column("unit", ("Đơn vị", "Đơn vị liên quan", "Trường")),
)
