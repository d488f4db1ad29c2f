"""Sample calendar: an event in every state, this week's schedule, the next, older ones. All of it is invented."""

from dataclasses import dataclass
from typing import Any

from cms.events.enums import DayPart, EventKind, EventRepeats, EventStanding, Weekday

KIND, STANDING, PART = EventKind, EventStanding, DayPart


@dataclass(frozen=True)
class SampleEvent:
    """One event; days are counted from the day on which the samples are made."""

    title: str
    kind: EventKind
    begins_in: int
    lasts: int = 1
    hours: tuple[str, str] = ("", "")
    place: str = ""
    address: str = ""
    unit: str = ""
    audience: str = ""
    contact: str = ""
    lead: str = ""
    paragraphs: tuple[str, ...] = ()
    standing: EventStanding = EventStanding.PLANNED
    note: str = ""
    online: str = ""
    picture: str = ""
    alt: str = ""
    repeats: EventRepeats = EventRepeats.NEVER
    repeats_for: int = 0  # days from the first time to the last
    left_out: tuple[tuple[int, str], ...] = ()  # the place of a time, and why it does not take place


EVENTS = (
    SampleEvent(
        "Tiếp công dân định kỳ của Giám đốc Sở (sự kiện mẫu)",
        KIND.RECEPTION,
        -19,
        1,
        ("8:00", "11:00"),
        "Phòng Tiếp công dân",
        "Số 1 đường Học Lành, phường Trung Tâm, tỉnh An Hòa",
        unit="VP",
        contact="Văn phòng Sở, 0299 000 0001",
        lead="Không phải đăng ký trước. Mang theo giấy tờ liên quan đến việc cần trình bày nếu có.",
        repeats=EventRepeats.WEEKLY,
        repeats_for=7 * 26,
        left_out=((5, "Giám đốc đi công tác; Phó Giám đốc tiếp vào hôm sau"),),
    ),
    SampleEvent(
        "Ngày hội Sách và Văn hóa đọc của các trường (sự kiện mẫu)",
        KIND.EVENT,
        -340,
        2,
        place="Sân các trường trong tỉnh",
        lead="Mỗi năm một lần, mỗi trường tự chọn sách để giới thiệu.",
        repeats=EventRepeats.YEARLY,
        repeats_for=366 * 4,
    ),
    SampleEvent(
        "Kỳ thi chọn học sinh giỏi cấp tỉnh (sự kiện mẫu)",
        KIND.EXAM,
        11,
        2,
        ("7:30", "17:00"),
        "Trường Trung học phổ thông Đồi Sim",
        "Số 8 đường Đồi Sim, phường Trung Tâm, tỉnh An Hòa",
        unit="GDTrH",
        audience="Học sinh lớp 9, lớp 12 có tên trong danh sách dự thi",
        contact="Phòng Giáo dục Trung học, 0299 000 0003",
        lead="Thí sinh có mặt trước giờ thi 30 phút, mang thẻ dự thi và bút viết cùng một màu mực.",
        paragraphs=(
            "Ngày đầu: sáng thi Toán, Ngữ văn; chiều thi Tiếng Anh. Ngày sau: các môn còn lại.",
            "Phụ huynh đưa con đến cổng số 2. Trường mở phòng chờ có nước uống từ 6 giờ 30.",
        ),
    ),
    SampleEvent(
        "Tuyển sinh vào lớp 1 năm học 2027–2028: nhận hồ sơ đợt đầu (sự kiện mẫu)",
        KIND.ADMISSION,
        -3,
        24,
        unit="GDTH",
        place="Các trường tiểu học trong tỉnh và qua mạng",
        audience="Phụ huynh có con sinh năm 2021",
        contact="Phòng Giáo dục Tiểu học, 0299 000 0002",
        online="https://tuyensinh.anhoa.example.vn/lop-1",
        lead="Nộp trực tuyến hoặc tại trường, không phải nộp bản sao có chứng thực. Nộp trước hay sau trong đợt đều "
        "được xét như nhau.",
        picture="gate",
        alt="Cổng trường mở, phụ huynh đứng chờ.",
        paragraphs=("Trường giúp nộp hộ tại bàn một cửa vào sáng thứ Hai đến thứ Sáu, không phải trả tiền.",),
    ),
    SampleEvent(
        "Họp phụ huynh đầu học kỳ hai (sự kiện mẫu)",
        KIND.MEETING,
        6,
        1,
        ("7:30", "9:30"),
        "Các phòng học của trường",
        unit="TH-CX",
        audience="Phụ huynh học sinh Trường Tiểu học Cầu Xanh",
        lead="Thầy cô báo kết quả học kỳ một và bàn việc học kỳ hai. Phụ huynh bận việc xem biên bản trên trang của "
        "trường.",
    ),
    SampleEvent(
        "Tập huấn nhập điểm và ký số học bạ (sự kiện mẫu)",
        KIND.TRAINING,
        0,
        1,
        ("", ""),
        "Phòng họp tầng 2, trụ sở Sở",
        "Số 1 đường Học Lành, phường Trung Tâm, tỉnh An Hòa",
        unit="VP",
        audience="Cán bộ phụ trách công nghệ của các trường",
        online="https://hop.anhoa.example.vn/tap-huan-hoc-ba",
        lead="Học tại chỗ hoặc qua mạng; tài liệu gửi trước hai ngày.",
    ),
    SampleEvent(
        "Hội thi kể chuyện theo sách khối tiểu học (sự kiện mẫu)",
        KIND.CONTEST,
        16,
        1,
        ("8:00", "11:00"),
        "Thư viện tỉnh An Hòa",
        unit="GDTH",
        standing=STANDING.POSTPONED,
        note="Thư viện đang sửa phòng đọc. Ngày mới sẽ báo trước ít nhất một tuần; các đội giữ nguyên bài đã đăng ký.",
        lead="Mỗi trường một đội ba em, kể lại một cuốn sách trong bảy phút.",
        picture="books",
        alt="Hai kệ gỗ xếp đầy sách nhiều màu.",
    ),
    SampleEvent(
        "Giải việt dã học sinh (sự kiện mẫu)",
        KIND.EVENT,
        9,
        1,
        ("6:00", "9:00"),
        "Quảng trường trung tâm",
        unit="VP",
        standing=STANDING.CANCELLED,
        note="Dự báo nắng nóng gay gắt cả tuần. Lệ phí đã nộp được trả lại trong năm ngày làm việc.",
        lead="Cự ly 1.500 m và 3.000 m, cho học sinh trung học.",
    ),
    SampleEvent(
        "Hội nghị đánh giá kết quả công tác cải cách hành chính, chuyển đổi số và giải quyết phản ánh, kiến nghị của "
        "người dân, tổ chức thuộc lĩnh vực giáo dục và đào tạo trên địa bàn tỉnh sáu tháng cuối năm (sự kiện mẫu)",
        KIND.MEETING,
        18,
        1,
        ("13:30", ""),
        "Hội trường lớn, trụ sở Sở Giáo dục và Đào tạo tỉnh An Hòa, số 1 đường Học Lành, phường Trung Tâm",
        unit="VP",
        audience="Lãnh đạo các phòng thuộc Sở, hiệu trưởng các trường, đại diện ban đại diện cha mẹ học sinh",
    ),
    SampleEvent(
        "Lễ khai giảng năm học mới (sự kiện mẫu)",
        KIND.EVENT,
        -86,
        1,
        ("7:00", "8:30"),
        "Các trường trong tỉnh",
        picture="drums",
        alt="Trống trường màu đỏ trước dãy cờ đuôi nheo.",
        lead="Phần lễ gọn trong 45 phút, phần hội do học sinh tự chuẩn bị.",
    ),
    SampleEvent(
        "Ngày hội đọc sách (sự kiện mẫu)",
        KIND.EVENT,
        -33,
        2,
        place="Sân Trường Tiểu học Nắng Trưa",
        unit="TH-NT",
        lead="Đổi sách cũ lấy sách chưa đọc; ai không có sách vẫn mượn được.",
    ),
)


@dataclass(frozen=True)
class SampleWeek:
    """One week; ``weeks`` is how far it lies from this one."""

    weeks: int
    rows: tuple[dict[str, Any], ...] = ()
    note: str = ""
    live: bool = True
    unit: str = ""  # whose week it is; the leaders' without one


def _row(  # noqa: PLR0917  the columns of a table, in its order
    day: int, part: DayPart, hours: str, content: str, leaders: str, place: str = "", **more: Any
) -> dict[str, Any]:
    facts = {"weekday": Weekday(day), "part": part, "hours": hours, "content": content}
    return {**facts, "leaders": leaders, "place": place, **more}


HEAD, DEPUTY_1, DEPUTY_2 = "Giám đốc", "Phó Giám đốc Đặng Thị Đạo", "Phó Giám đốc Lâm Văn Học"
ROOM = "Phòng họp tầng 2"

THIS_WEEK = (
    _row(
        0,
        PART.MORNING,
        "7:30",
        "Chào cờ, giao ban lãnh đạo Sở",
        "Ban Giám đốc",
        ROOM,
        prepared_by="Văn phòng Sở",
        unit="VP",
        participants="Trưởng các phòng",
    ),
    _row(
        0,
        PART.AFTERNOON,
        "14:00-16:30",
        "Nghe báo cáo phương án tuyển sinh các lớp đầu cấp",
        HEAD,
        ROOM,
        kind=KIND.ADMISSION,
        unit="GDTrH",
        participants="Phòng Trung học, Phòng Tiểu học, Văn phòng",
    ),
    _row(
        1,
        PART.MORNING,
        "8:00-11:30",
        "Kiểm tra việc công khai khoản thu đầu năm",
        DEPUTY_1,
        "Trường Tiểu học Cầu Xanh",
        kind=KIND.WORKING_VISIT,
        unit="GDTH",
    ),
    _row(
        1,
        PART.AFTERNOON,
        "13:30",
        "Họp Ban Chỉ đạo cải cách hành chính của tỉnh",
        HEAD,
        "UBND tỉnh An Hòa",
        prepared_by="Văn phòng Sở",
        unit="VP",
    ),
    _row(
        1,
        PART.AFTERNOON,
        "15:00",
        "Làm việc với Trường Mầm non Hoa Lúa về bếp ăn một chiều",
        DEPUTY_2,
        "Trường Mầm non Hoa Lúa",
        kind=KIND.WORKING_VISIT,
        cancelled=True,
    ),
    _row(
        2,
        PART.MORNING,
        "8:00-11:00",
        "Tiếp công dân định kỳ",
        HEAD,
        "Phòng Tiếp công dân",
        kind=KIND.RECEPTION,
        prepared_by="Văn phòng Sở",
        unit="VP",
        participants="Thanh tra, phòng có liên quan",
    ),
    _row(
        2,
        PART.AFTERNOON,
        "14:00",
        "Duyệt danh sách hội đồng coi thi học sinh giỏi",
        DEPUTY_2,
        ROOM,
        kind=KIND.EXAM,
        unit="GDTrH",
    ),
    _row(
        3,
        PART.ALL_DAY,
        "",
        "Dự hội thảo chuyển đổi số trong giáo dục",
        DEPUTY_1,
        "Nhà văn hóa tỉnh",
        kind=KIND.EVENT,
        participants="Trưởng Phòng Kế hoạch – Tài chính",
    ),
    _row(3, PART.MORNING, "9:00", "Họp thẩm định kinh phí sửa trường sau bão", HEAD, ROOM, unit="KHTC"),
    _row(
        4,
        PART.MORNING,
        "8:00",
        "Giao ban khối trường trung học phổ thông (trực tuyến)",
        HEAD,
        "Phòng họp trực tuyến",
        unit="GDTrH",
        participants="Hiệu trưởng các trường trung học phổ thông",
    ),
    _row(
        4,
        PART.AFTERNOON,
        "14:30-16:00",
        "Tổng kết tập huấn ký số học bạ",
        DEPUTY_2,
        ROOM,
        kind=KIND.TRAINING,
        unit="VP",
    ),
    _row(5, PART.MORNING, "7:00", "Dự ngày hội thể thao học sinh", DEPUTY_1, "Sân vận động tỉnh", kind=KIND.EVENT),
)
NEXT_WEEK = (
    _row(0, PART.MORNING, "7:30", "Giao ban lãnh đạo Sở", "Ban Giám đốc", ROOM, unit="VP"),
    _row(
        2,
        PART.AFTERNOON,
        "14:00",
        "Kiểm tra công tác chuẩn bị kỳ thi chọn học sinh giỏi",
        DEPUTY_2,
        "Trường Trung học phổ thông Đồi Sim",
        kind=KIND.EXAM,
        unit="GDTrH",
    ),
    _row(4, PART.EVENING, "19:00", "Dự đêm thơ nhạc học sinh", DEPUTY_1, "Nhà văn hóa tỉnh", kind=KIND.EVENT),
)
ROUTINE = (
    _row(0, PART.MORNING, "7:30", "Giao ban lãnh đạo Sở", "Ban Giám đốc", ROOM, unit="VP"),
    _row(2, PART.MORNING, "8:00", "Tiếp công dân định kỳ", HEAD, "Phòng Tiếp công dân", kind=KIND.RECEPTION, unit="VP"),
    _row(3, PART.AFTERNOON, "14:00", "Làm việc với các trường về kế hoạch tháng", DEPUTY_1, ROOM, unit="GDTH"),
)
AT_SCHOOL = (
    _row(0, PART.MORNING, "7:00", "Chào cờ đầu tuần, phát động tuần đọc sách", "Hiệu trưởng", "Sân trường"),
    _row(2, PART.AFTERNOON, "15:30", "Họp Ban đại diện cha mẹ học sinh", "Hiệu trưởng", "Phòng họp"),
    _row(4, PART.MORNING, "8:00-10:00", "Dự giờ khối lớp 3, góp ý giáo án", "Phó Hiệu trưởng", "Lớp 3A"),
)
WEEKS = (
    SampleWeek(0, AT_SCHOOL, "Lịch của trường (lịch mẫu).", unit="TH-CX"),
    SampleWeek(0, THIS_WEEK, "Trực lãnh đạo: Phó Giám đốc Đặng Thị Đạo. Lịch có thể thay đổi (lịch mẫu)."),
    SampleWeek(1, NEXT_WEEK, "Lịch mẫu."),
    SampleWeek(2, ROUTINE, "Bản nháp, chưa đăng (lịch mẫu).", live=False),
    SampleWeek(-1, ROUTINE, "Lịch mẫu."),
    SampleWeek(-2, (), "Tuần nghỉ, không có lịch (lịch mẫu)."),
    SampleWeek(-3, ROUTINE, "Lịch mẫu."),
    SampleWeek(-9, ROUTINE, "Lịch mẫu."),
    SampleWeek(-53, ROUTINE, "Lịch mẫu."),
)
