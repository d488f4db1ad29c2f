"""The words of the sample portal. Every place, person and number of a person here is invented."""

from dataclasses import dataclass

from cms.core.enums import AgencyLevel, Role, UnitKind

AGENCY = {
    "name": "Sở Giáo dục và Đào tạo tỉnh An Hòa",
    "short_name": "Sở GD&ĐT An Hòa",
    "abbreviation": "SGDĐT",
    "level": AgencyLevel.PROVINCE,
    "parent_name": "UBND tỉnh An Hòa",
    "place": "An Hòa",
    "head_title": "Giám đốc",
    "address": "Số 1 đường Học Lành, phường Trung Tâm, tỉnh An Hòa",
    "phone": "0299 000 0000",
    "email": "vanphong@anhoa.example.vn",
    "opening_hours": "Thứ Hai đến thứ Sáu, 7 giờ 30 – 11 giờ 30 và 13 giờ 30 – 17 giờ",
    "responsible_person": "Chánh Văn phòng Sở",
    "slogan": "Kỷ cương, sáng tạo, vì học sinh",
    "school_year": "2026–2027",
}


@dataclass(frozen=True)
class UnitRow:
    code: str
    name: str
    short_name: str
    kind: UnitKind
    order: int = 100
    takes_cases: bool = True
    parent: str = "CQ"


UNITS = (
    UnitRow("VP", "Văn phòng Sở", "Văn phòng", UnitKind.ROOM, 10),
    UnitRow("GDTH", "Phòng Giáo dục Tiểu học", "Phòng Tiểu học", UnitKind.ROOM, 20),
    UnitRow("GDTrH", "Phòng Giáo dục Trung học", "Phòng Trung học", UnitKind.ROOM, 30),
    UnitRow("KHTC", "Phòng Kế hoạch – Tài chính", "Phòng KH–TC", UnitKind.ROOM, 40),
    UnitRow("MN-HL", "Trường Mầm non Hoa Lúa", "MN Hoa Lúa", UnitKind.KINDERGARTEN),
    UnitRow("TH-CX", "Trường Tiểu học Cầu Xanh", "TH Cầu Xanh", UnitKind.PRIMARY),
    UnitRow("TH-NT", "Trường Tiểu học Nắng Trưa", "TH Nắng Trưa", UnitKind.PRIMARY),
    UnitRow("THCS-BD", "Trường Trung học cơ sở Bến Đò", "THCS Bến Đò", UnitKind.LOWER_SECONDARY),
    UnitRow("THPT-DS", "Trường Trung học phổ thông Đồi Sim", "THPT Đồi Sim", UnitKind.UPPER_SECONDARY),
    UnitRow("X-TL", "Ủy ban nhân dân xã Tân Lập An", "Xã Tân Lập An", UnitKind.COMMUNE, 200, takes_cases=False),
)


@dataclass(frozen=True)
class Person:
    username: str
    last_name: str
    first_name: str
    position: str
    role: Role
    unit: str
    with_units_below: bool = False


PEOPLE = (
    Person("bientap", "Lê Thị", "Biên", "Chuyên viên", Role.EDITOR, "VP"),
    Person("duyetdang", "Trần Văn", "Duyệt", "Phó Chánh Văn phòng", Role.PUBLISHER, "VP"),
    Person("tiepnhan", "Phạm Thị", "Nhận", "Chuyên viên tiếp nhận", Role.INTAKE, "VP"),
    Person("xuly", "Hoàng Văn", "Lý", "Chuyên viên", Role.HANDLER, "CQ", with_units_below=True),
    Person("lanhdao", "Đặng Thị", "Đạo", "Phó Giám đốc", Role.LEADER, "CQ", with_units_below=True),
    Person("motcua", "Vũ Thị", "Cửa", "Chuyên viên một cửa", Role.ONE_STOP, "VP"),
    Person("khaosat", "Bùi Văn", "Khảo", "Chuyên viên", Role.SURVEYOR, "VP"),
    Person("baocao", "Đỗ Thị", "Cáo", "Chuyên viên tổng hợp", Role.REPORTER, "VP"),
    Person("quantri", "Ngô Văn", "Trị", "Quản trị hệ thống", Role.ADMIN, "VP"),
)


@dataclass(frozen=True)
class Story:
    title: str
    days_ago: int
    lead: str
    paragraphs: tuple[str, ...]
    picture: str
    caption: str
    author: str = "Ban biên tập (dữ liệu mẫu)"


NEWS = (
    Story(
        "Trường học không giấy: học bạ số đến tay phụ huynh sớm hơn một tuần",
        3,
        "Từ học kỳ này, phụ huynh của ba trường nhận kết quả học tập có chữ ký số ngay trên điện thoại, "
        "không phải chờ bản giấy khi chuyển trường.",
        (
            "Ba trường tham gia đợt đầu đã ký số toàn bộ học bạ của khối cuối cấp. Hồ sơ chuyển trường nhờ vậy "
            "bớt được một lần đi lại.",
            "Phụ huynh chưa dùng điện thoại thông minh vẫn nhận bản in có dấu tại văn phòng nhà trường.",
        ),
        "school",
        "Sân trường buổi sáng, tranh minh họa.",
    ),
    Story(
        "Cán bộ văn thư các trường học cách dùng phần mềm một cửa",
        6,
        "Hai buổi tập huấn giúp người tiếp nhận ở trường ghi đúng ngày hẹn và báo tin ngay khi có kết quả sớm.",
        (
            "Nội dung chính: ghi thành phần hồ sơ đúng danh mục đã công khai, không đòi thêm giấy tờ, và chỉ yêu "
            "cầu bổ sung một lần.",
        ),
        "training",
        "Buổi tập huấn, tranh minh họa.",
    ),
    Story(
        "Ngày hội đọc sách: mỗi lớp một tủ sách nhỏ",
        12,
        "Học sinh tiểu học tự chọn sách, tự ghi sổ mượn; phụ huynh góp hơn nửa số sách của các tủ.",
        ("Các trường được khuyến khích dành một tiết mỗi tuần cho việc đọc tự do.",),
        "books",
        "Tủ sách của lớp, tranh minh họa.",
    ),
    Story(
        "Trồng cây quanh sân trường trước mùa khô",
        20,
        "Hơn ba trăm cây bóng mát đã được trồng ở các điểm trường xa trung tâm.",
        ("Học sinh từng lớp nhận chăm một hàng cây, ghi ngày tưới vào bảng của lớp.",),
        "trees",
        "Hàng cây mới trồng, tranh minh họa.",
    ),
)

ABOUT = (
    "Cổng thông tin này giúp người dân, phụ huynh, học sinh tìm văn bản, theo dõi kế hoạch cải cách hành chính, "
    "gửi phản ánh, kiến nghị và đọc câu trả lời của cơ quan.",
    "Mọi nội dung đang thấy là dữ liệu mẫu. Cơ quan xóa dữ liệu mẫu bằng lệnh clear_demo trước khi dùng thật.",
)
