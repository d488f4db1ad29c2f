"""What the sample units say of themselves. Every name, number and address is invented."""

from dataclasses import dataclass, field

from cms.core.enums import UnitKind


@dataclass(frozen=True)
class SamplePerson:
    name: str
    position: str
    duties: str = ""
    leads: bool = False
    portrait: str = ""
    biography: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class SampleNotice:
    title: str
    text: str
    days_ago: int
    days_left: int | None = None


@dataclass(frozen=True)
class SampleUnit:
    """Facts of the catalogue, then what its page says. ``news`` begins the title of a sample piece of news."""

    facts: dict[str, str]
    intro: str = ""
    picture: str = ""
    people: tuple[SamplePerson, ...] = ()
    notices: tuple[SampleNotice, ...] = ()
    story: tuple[tuple[str, str], ...] = ()
    news: str = ""


@dataclass(frozen=True)
class MoreUnit:
    """A unit beside those that cases and plans of the sample need."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str = "CQ"
    active: bool = True
    facts: dict[str, str] = field(default_factory=dict)


OFFICE_HOURS = "Thứ Hai đến thứ Sáu, 7 giờ 30 – 11 giờ 30 và 13 giờ 30 – 17 giờ"
SCHOOL_HOURS = "Thứ Hai đến thứ Sáu, 7 giờ – 11 giờ và 13 giờ 30 – 16 giờ 30"

LONG = "Trường Phổ thông dân tộc nội trú, Trung học cơ sở và Trung học phổ thông liên xã Thượng Nguồn, Cỏ May"

MORE_UNITS = (
    MoreUnit(
        "LC-TN",
        LONG,
        "PTDTNT Thượng Nguồn",
        UnitKind.MULTI_LEVEL,
        facts={
            "area": "Xã Thượng Nguồn",
            "address": "Thôn Cỏ May, xã Thượng Nguồn, tỉnh An Hòa",
            "phone": "0299 000 0041",
        },
    ),
    MoreUnit("TH-CU", "Trường Tiểu học Bến Cũ (đã sáp nhập)", "TH Bến Cũ", UnitKind.PRIMARY, active=False),
)


SAMPLE_UNITS: dict[str, SampleUnit] = {
    "CQ": SampleUnit(
        facts={"feedback_box": "Bên trái cửa chính, cạnh bàn tiếp đón"},
        intro="Sở giúp Ủy ban nhân dân tỉnh quản lý giáo dục và đào tạo trên địa bàn tỉnh An Hòa.",
        people=(
            SamplePerson(
                "Lâm Thị Giám",
                "Giám đốc",
                "Phụ trách chung; tổ chức cán bộ; kế hoạch, tài chính.\nNgười phát ngôn của Sở.",
                leads=True,
                portrait="portrait-a",
                biography="Hai mươi năm dạy học và quản lý trường trung học trước khi về Sở. Nhân vật của dữ liệu mẫu.",
                phone="0900 000 001",
                email="giamdoc@anhoa.example.vn",
            ),
            SamplePerson(
                "Đỗ Văn Mẫu",
                "Phó Giám đốc",
                "Giáo dục mầm non, tiểu học.\nCải cách hành chính, tiếp công dân.",
                leads=True,
                portrait="portrait-b",
                phone="0900 000 002",
            ),
            SamplePerson(
                "Hoàng Thị Thử Nghiệm",
                "Phó Giám đốc",
                "Giáo dục trung học, thường xuyên.\nThi cử, kiểm định chất lượng.",
                leads=True,
                phone="0900 000 003",
            ),
        ),
        story=(
            (
                "Chức năng, nhiệm vụ",
                "Trình và thực hiện kế hoạch phát triển giáo dục; hướng dẫn chuyên môn các trường; "
                "kiểm tra, giải quyết khiếu nại, tố cáo; tiếp nhận và trả lời phản ánh, kiến nghị.",
            ),
            ("Lịch sử", "Sở của tỉnh An Hòa trong dữ liệu mẫu được lập ra cùng với cổng này."),
        ),
    ),
    "VP": SampleUnit(
        facts={
            "phone": "0299 000 0010",
            "email": "vp@anhoa.example.vn",
            "head_title": "Chánh Văn phòng",
            "head_name": "Phan Văn Sổ",
        },
        intro="Văn phòng điều phối công việc chung, văn thư, một cửa và cổng thông tin.",
        people=(SamplePerson("Phan Văn Sổ", "Chánh Văn phòng", "Phụ trách chung.", leads=True),),
    ),
    "GDTH": SampleUnit(
        facts={"phone": "0299 000 0011", "head_title": "Trưởng phòng", "head_name": "Ngô Thị Bút"},
    ),
    "GDTrH": SampleUnit(
        facts={"phone": "0299 000 0012", "head_title": "Trưởng phòng", "head_name": "Trịnh Văn Thước"},
    ),
    "MN-HL": SampleUnit(
        facts={
            "area": "Phường Trung Tâm",
            "address": "Số 5 đường Hoa Lúa, phường Trung Tâm, tỉnh An Hòa",
            "phone": "0299 000 0021",
            "email": "hoalua@anhoa.example.vn",
            "opening_hours": "Thứ Hai đến thứ Sáu, 6 giờ 45 – 17 giờ",
            "head_title": "Hiệu trưởng",
            "head_name": "Vũ Thị Mầm",
        },
        intro="Trường nhận trẻ từ mười tám tháng đến năm tuổi, mười hai lớp, ăn bán trú.",
        picture="trees",
        notices=(SampleNotice("Thực đơn và khẩu phần tuần này", "Thực đơn dán ở cổng trường sáng thứ Hai.", 2),),
    ),
    "TH-CX": SampleUnit(
        facts={
            "area": "Phường Cầu Xanh",
            "address": "Số 12 đường Bờ Sông, phường Cầu Xanh, tỉnh An Hòa",
            "phone": "0299 000 0022",
            "email": "cauxanh@anhoa.example.vn",
            "website": "https://cauxanh.example.vn",
            "opening_hours": SCHOOL_HOURS,
            "map_url": "https://bando.example.vn/cau-xanh",
            "feedback_box": "Bên phải cổng chính, mở thứ Sáu hằng tuần",
            "embed_sites": "https://cauxanh.example.vn",
            "head_title": "Hiệu trưởng",
            "head_name": "Bùi Thị Vở",
        },
        intro="Hai mươi lớp, hai điểm trường. Phụ huynh gặp hiệu trưởng chiều thứ Năm, không cần hẹn.",
        picture="school",
        people=(
            SamplePerson(
                "Bùi Thị Vở",
                "Hiệu trưởng",
                "Phụ trách chung; tiếp phụ huynh chiều thứ Năm.",
                leads=True,
                portrait="portrait-a",
                phone="0900 000 022",
            ),
            SamplePerson("Lý Văn Mực", "Phó Hiệu trưởng", "Chuyên môn; bán trú; an toàn trường học.", leads=True),
            SamplePerson("Tô Thị Phấn", "Văn thư", "Nhận hồ sơ chuyển trường, bản sao học bạ.", phone="0900 000 024"),
        ),
        notices=(
            SampleNotice("Các khoản thu học kỳ I", "Mức thu, căn cứ và cách nộp dán ở bảng tin và đăng tại đây.", 40),
            SampleNotice("Lịch họp phụ huynh cuối học kỳ I", "Sáng thứ Bảy, tại lớp của con.", 1, 20),
            SampleNotice("Tuyển sinh lớp Một đã xong", "Thông báo này đã hết hạn nên không hiện.", 120, -60),
        ),
        story=(("Trường qua các năm", "Trường mở năm đầu với bốn lớp bên bờ sông; điểm trường thứ hai ở xóm Vườn."),),
        news="Ngày hội đọc sách",
    ),
    "THCS-BD": SampleUnit(
        facts={
            "area": "Xã Bến Đò",
            "address": "Thôn Đò, xã Bến Đò, tỉnh An Hòa",
            "phone": "0299 000 0031",
            "opening_hours": SCHOOL_HOURS,
        },
        intro="Trường trung học cơ sở của ba xã ven sông.",
        picture="books",
    ),
    "THPT-DS": SampleUnit(
        facts={
            "area": "Phường Trung Tâm",
            "address": "Số 90 đường Đồi Sim, phường Trung Tâm, tỉnh An Hòa",
            "phone": "0299 000 0032",
            "email": "doisim@anhoa.example.vn",
            "opening_hours": SCHOOL_HOURS,
            "feedback_box": "Trước phòng bảo vệ",
        },
        intro="Ba mươi lớp; có lớp chất lượng cao và câu lạc bộ khoa học.",
        news="Trồng cây quanh sân trường",
    ),
}
