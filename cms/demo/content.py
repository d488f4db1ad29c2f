"""The words of the sample portal. Every place, person and number of a person here is invented."""

from dataclasses import dataclass

from cms.core.enums import AgencyLevel, Role, UnitKind
from cms.home.enums import NoticeLevel

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
    Person("motcua", "Vũ Thị", "Cửa", "Chuyên viên một cửa", Role.ONE_STOP, "CQ", with_units_below=True),
    Person("khaosat", "Bùi Văn", "Khảo", "Chuyên viên", Role.SURVEYOR, "VP"),
    Person("baocao", "Đỗ Thị", "Cáo", "Chuyên viên tổng hợp", Role.REPORTER, "VP"),
    Person("quantri", "Ngô Văn", "Trị", "Quản trị hệ thống", Role.ADMIN, "VP"),
)


ABOUT = (
    "Cổng thông tin này giúp người dân, phụ huynh, học sinh tìm văn bản, theo dõi kế hoạch cải cách hành chính, "
    "gửi phản ánh, kiến nghị và đọc câu trả lời của cơ quan.",
    "Mọi nội dung đang thấy là dữ liệu mẫu. Cơ quan xóa dữ liệu mẫu bằng lệnh clear_demo trước khi dùng thật.",
)

# A page with every kind of block, as the editor stores it; what is in capitals is filled in when it is made.
GUIDE_SLUG = "huong-dan-chuyen-truong"
GUIDE = {
    "title": "Hướng dẫn chuyển trường cho học sinh tiểu học, trung học cơ sở trong tỉnh, từ tỉnh khác (trang mẫu)",
    "intro": "Phụ huynh làm gì, nộp ở đâu, bao lâu có kết quả. Nộp qua mạng hay tại trường đều như nhau.",
}
GUIDE_BODY: tuple[tuple[str, object], ...] = (
    ("heading", {"text": "Trước khi nộp", "size": "h2", "anchor": "truoc-khi-nop"}),
    (
        "prose",
        "<p>Hỏi trường nơi đến còn chỗ hay không. Trường <b>không được</b> đòi thêm giấy tờ ngoài danh mục này.</p>"
        "<ul><li>Đơn xin chuyển trường, viết tay cũng được</li><li>Học bạ; có học bạ số thì thôi bản giấy</li></ul>"
        "<ol><li>Gửi đơn</li><li>Nhận giấy hẹn</li><li>Nhận kết quả</li></ol>",
    ),
    (
        "callout",
        {
            "kind": "warning",
            "title": "Chỉ nộp khoản ghi ở trang thủ tục",
            "body": "<p>Ai đòi tiền ngoài mức ghi ở trang thủ tục, xin báo qua mục Phản ánh, kiến nghị.</p>",
        },
    ),
    ("callout", {"kind": "info", "title": "", "body": "<p>Kỳ nghỉ hè vẫn nhận đơn vào sáng thứ Tư.</p>"}),
    ("heading", {"text": "Nộp gì, ở đâu", "size": "h2", "anchor": "nop-gi"}),
    ("heading", {"text": "Thời hạn từng bước", "size": "h3", "anchor": "thoi-han"}),
    (
        "data_table",
        {
            "caption": "Thời hạn của từng bước (số liệu mẫu)",
            "columns": [
                {"type": "text", "heading": "Bước"},
                {"type": "number", "heading": "Ngày làm việc"},
                {"type": "rich_text", "heading": "Nơi làm"},
            ],
            "rows": [
                {"values": ["Trường nơi đến đồng ý tiếp nhận", "1", "<p>Trường nơi đến</p>"]},
                {
                    "values": [
                        "Trường nơi đi cho rút học bạ",
                        "1,5",
                        "<p>Trường nơi đi, <i>không cần đến tận nơi</i></p>",
                    ]
                },
                {"values": ["Sở xác nhận học sinh từ tỉnh khác", "3", "<p>Qua mạng</p>"]},
            ],
        },
    ),
    (
        "picture",
        {
            "image": "PICTURE",
            "alt_text": "Cổng trường mở, phụ huynh đứng chờ",
            "decorative": False,
            "caption": "Bàn tiếp nhận ở ngay cổng trường.",
            "credit": "Tranh minh họa của cổng",
        },
    ),
    (
        "quotation",
        {
            "text": "Phụ huynh chỉ phải đến trường một lần, để nhận con vào lớp.",
            "speaker": "Đặng Thị Đạo",
            "post": "Phó Giám đốc Sở",
        },
    ),
    ("heading", {"text": "Hỏi thêm", "size": "h2", "anchor": "hoi-them"}),
    (
        "accordion",
        {
            "entries": [
                {
                    "title": "Chuyển giữa năm học có được không?",
                    "body": "<p>Hỏi trường nơi đến trước: trường còn chỗ thì nhận đơn.</p>",
                },
                {
                    "title": "Con học trường tư, muốn về trường công thì cần thêm gì và nộp cho ai trước?",
                    "body": "<p>Không cần thêm gì; nộp cho trường nơi đến.</p>",
                },
            ]
        },
    ),
    ("download", {"document": "FILE", "title": "Đơn xin chuyển trường (mẫu để điền)"}),
    (
        "link_cards",
        {
            "cards": [
                {
                    "page": None,
                    "url": "/don-vi/",
                    "title": "Danh bạ trường",
                    "text": "Điện thoại, địa chỉ từng trường.",
                },
                {"page": None, "url": "https://dichvucong.example.vn", "title": "Nộp qua mạng", "text": ""},
            ]
        },
    ),
)


@dataclass(frozen=True)
class SampleNotice:
    """A notice above the pages; days are counted from the day on which the samples are made."""

    heading: str
    text: str
    level: NoticeLevel
    begins_in: int
    lasts: int
    link: str = ""
    section: str = ""


NOTICES = (
    SampleNotice(
        "Tuần này trả lời phản ánh có thể chậm một ngày (thông báo mẫu)",
        "Bộ phận tiếp nhận chuyển phòng làm việc. Phản ánh gửi qua cổng vẫn nhận đủ và có mã ngay.",
        NoticeLevel.WARNING,
        begins_in=-1,
        lasts=8,
        link="/phan-anh-kien-nghi/tra-cuu/",
        section="phan-anh-kien-nghi",
    ),
    SampleNotice(
        "Cổng tạm dừng để bảo trì (thông báo mẫu)",
        "Việc gửi phản ánh và tra cứu mở lại sau hai giờ. Cần gấp, xin gọi 0299 000 0000.",
        NoticeLevel.URGENT,
        begins_in=14,
        lasts=1,
    ),
    SampleNotice(
        "Lịch tiếp công dân tháng trước đã đổi ngày (thông báo mẫu)",
        "Thông báo này đã hết giờ hiện; bản cũ còn lại để cán bộ xem lại.",
        NoticeLevel.INFO,
        begins_in=-40,
        lasts=5,
    ),
)


@dataclass(frozen=True)
class SamplePromotion:
    """What is put above the results of a search: ways to ask, and slugs of pages with a line for each."""

    words: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]


PROMOTIONS = (
    SamplePromotion(
        ("gửi phản ánh ở đâu", "phản ánh ở đâu", "nơi tiếp nhận PAKN"),
        (
            ("noi-tiep-nhan", "Địa chỉ, điện thoại, giờ làm việc của từng nơi nhận; gửi qua mạng cũng được."),
            ("lien-he", "Gọi hỏi trước khi đi."),
        ),
    ),
)
