"""Sample plans beside the yearly one: a large board, plans of schools, targets, difficulties. All invented."""

from dataclasses import dataclass
from decimal import Decimal

from cms.demo.registry import PLAN_NUMBER


@dataclass(frozen=True)
class SampleTarget:
    name: str
    comparison: str
    value: Decimal
    measure: str
    unit: str
    # Period, value, source.
    reached: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class BoardTask:
    """``done`` is a share, or -1 for a task that was stopped, or nothing for one that nobody reported on."""

    content: str
    product: str
    units: tuple[str, ...]
    deadline: str
    done: int | None = None
    note: str = ""


@dataclass(frozen=True)
class SamplePlan:
    number: str
    issued: str
    title: str
    issuer: str
    unit: str
    signer: tuple[str, str]
    above: str
    parts: tuple[tuple[str, tuple[BoardTask, ...]], ...]
    aims: tuple[str, ...]
    targets: tuple[SampleTarget, ...] = ()


YEAR_TARGETS = (
    SampleTarget(
        "Phản ánh, kiến nghị được trả lời đúng hạn",
        "ge",
        Decimal(95),
        "%",
        "VP",
        (
            ("2026-Q1", "93.5", "Báo cáo quý I của Văn phòng Sở"),
            ("2026-Q2", "95.2", "Báo cáo quý II của Văn phòng Sở"),
            ("2026-Q3", "96.8", "Báo cáo quý III của Văn phòng Sở"),
        ),
    ),
    SampleTarget(
        "Mức độ hài lòng của phụ huynh cấp tiểu học",
        "gt",
        Decimal(95),
        "%",
        "GDTH",
        (("2026-6T", "94.1", "Khảo sát giữa năm tại các trường tiểu học"),),
    ),
    SampleTarget("Thủ tục có hồ sơ mẫu trên cổng", "ge", Decimal(30), "thủ tục", "VP"),
)

# Task of the yearly plan (as printed), who reports, words, answer of the leader, words for the public.
WAITING_DIFFICULTY = (
    "1",
    "Bảng niêm yết ở hai điểm trường xa bị ẩm, mã trên bảng không quét được nữa. "
    "Văn phòng đề nghị cho in lại trên vật liệu chịu nước.",
)
ANSWERED_DIFFICULTY = (
    "5",
    "Máy quét của ba trường đợt đầu hỏng cùng lúc nên việc số hóa chậm hai tuần.",
    "Đồng ý mượn máy quét của Văn phòng Sở đến hết tháng 12, Phòng Kế hoạch – Tài chính lo việc sửa máy.",
    "Thiếu máy quét ở ba trường đợt đầu.",
    "Các trường dùng chung máy quét của Văn phòng Sở trong khi chờ sửa máy.",
)
PRODUCT_TASK, PRODUCT_TITLE = "2", "Báo cáo rà soát thủ tục chuyển trường"
PRODUCT_LINES = (
    "Thủ tục chuyển trường có bốn giấy tờ; hai giấy tờ đã có trong dữ liệu dùng chung nên đề nghị bỏ.",
    "Thời gian giải quyết đề nghị rút từ năm ngày xuống ba ngày làm việc.",
)
LINK_TASK, LINK_TITLE, LINK = "6", "Thông báo các khoản thu đầu năm", "https://thcsbendo.example.vn/khoan-thu-dau-nam"

DIGITAL = "118/KH-SGDĐT"
_SCHOOLS = ("TH-CX", "TH-NT", "THCS-BD", "THPT-DS")

PLANS = (
    SamplePlan(
        DIGITAL,
        "28/08/2026",
        "Chuyển đổi số trong các trường học tỉnh An Hòa, năm học 2026–2027",
        "Sở Giáo dục và Đào tạo tỉnh An Hòa",
        "VP",
        ("Đặng Thị Đạo", "PHÓ GIÁM ĐỐC"),
        PLAN_NUMBER,
        (
            (
                "I. Hồ sơ và thủ tục",
                (
                    BoardTask(
                        "Ký số học bạ của khối cuối cấp", "Học bạ có chữ ký số", _SCHOOLS, "Trước ngày 31/5/2027"
                    ),
                    BoardTask(
                        "Nhận đơn chuyển trường qua mạng", "Đơn điện tử", ("GDTrH", "GDTH"), "Trước ngày 15/9/2026", 100
                    ),
                    BoardTask(
                        "Gộp các mẫu đơn của trường thành một bộ",
                        "Bộ mẫu đơn",
                        ("VP",),
                        "Trước ngày 31/10/2026",
                        70,
                        "Còn mẫu đơn của trường nội trú.",
                    ),
                    BoardTask("Báo cáo số hồ sơ nhận qua mạng", "Báo cáo", ("VP",), "Hàng tháng"),
                    BoardTask("Dán mã xem thủ tục tại cổng trường", "Bảng mã", _SCHOOLS, "Trước ngày 30/11/2026", 60),
                    BoardTask("Bỏ sổ theo dõi giấy ở bộ phận một cửa", "Sổ điện tử", ("VP",), "Quý IV/2026", 25),
                    BoardTask("Tra cứu văn bằng từ sổ gốc qua mạng", "Trang tra cứu", ("VP", "GDTrH"), "Quý II/2027"),
                    BoardTask(
                        "Mua phần mềm xếp lịch riêng cho từng trường",
                        "Phần mềm",
                        ("KHTC",),
                        "Quý I/2027",
                        -1,
                        "Dùng chung phần mềm của Sở nên không mua nữa.",
                    ),
                ),
            ),
            (
                "II. Dạy và học",
                (
                    BoardTask(
                        "Kho bài giảng dùng chung cho lớp 1 và lớp 6",
                        "Kho bài giảng",
                        ("GDTH", "GDTrH"),
                        "Trước ngày 31/12/2026",
                        45,
                    ),
                    BoardTask("Tập huấn giáo viên soạn bài trên máy tính", "Hai lớp", ("GDTrH",), "Tháng 10/2026", 100),
                    BoardTask("Dự giờ tiết học có thiết bị số", "Biên bản dự giờ", ("GDTH",), "Hàng quý"),
                    BoardTask("Mỗi trường một phòng đọc có mạng", "Phòng đọc", _SCHOOLS, "Quý I/2027", 10),
                    BoardTask(
                        "Ôn tập qua mạng cho học sinh cuối cấp", "Lịch ôn", ("THPT-DS", "THCS-BD"), "Tháng 4/2027"
                    ),
                    BoardTask("Góc sách nói cho học sinh khiếm thị", "Góc sách nói", ("GDTH",), "Trước 15/11/2026", 80),
                    BoardTask(
                        "Trao đổi kinh nghiệm giữa các tổ chuyên môn", "Buổi sinh hoạt", _SCHOOLS, "Thường xuyên", 50
                    ),
                    BoardTask("Khảo sát thiết bị của học sinh", "Phiếu khảo sát", ("KHTC",), "Trước 30/9/2026", 100),
                ),
            ),
            (
                "III. Điều kiện thực hiện",
                (
                    BoardTask(
                        "Đường truyền cho điểm trường xa", "Đường truyền", ("KHTC", "X-TL"), "Trước 31/10/2026", 55
                    ),
                    BoardTask("Sao lưu dữ liệu của trường", "Biên bản sao lưu", _SCHOOLS, "Hàng tháng"),
                    BoardTask("Hướng dẫn giữ kín thông tin học sinh", "Tờ hướng dẫn", ("VP",), "Tháng 9/2026", 100),
                    BoardTask("Danh mục phần mềm được dùng trong trường", "Danh mục", ("VP",), "Quý IV/2026", 90),
                    BoardTask("Kiểm tra phòng máy", "Biên bản kiểm tra", ("KHTC",), "Định kỳ 6 tháng, năm"),
                    BoardTask(
                        "Người phụ trách công nghệ ở mỗi trường", "Quyết định phân công", _SCHOOLS, "Tháng 9/2026", 100
                    ),
                    BoardTask("Dự toán thiết bị năm 2027", "Dự toán", ("KHTC",), "Trước ngày 25/11/2026", 75),
                    BoardTask("Sơ kết, khen thưởng", "Báo cáo sơ kết", ("VP",), "Theo kế hoạch thi đua của Sở"),
                ),
            ),
        ),
        (
            "Việc giấy tờ bớt đi để thầy cô có thêm giờ cho học sinh.",
            "Trường nào cũng có người giúp, có máy dùng chung, có đường truyền đủ dùng.",
        ),
        (
            SampleTarget(
                "Trường có học bạ số", "ge", Decimal(60), "%", "GDTrH", (("2026-9T", "48", "Tổng hợp của phòng"),)
            ),
        ),
    ),
    SamplePlan(
        "09/KH-THCSBD",
        "12/09/2026",
        "Chuyển đổi số của Trường Trung học cơ sở Bến Đò, năm học 2026–2027",
        "Trường Trung học cơ sở Bến Đò",
        "THCS-BD",
        ("Nguyễn Thị Bến", "HIỆU TRƯỞNG"),
        DIGITAL,
        (
            (
                "",
                (
                    BoardTask("Quét học bạ lớp 9", "Học bạ quét", ("THCS-BD",), "Trước ngày 31/12/2026", 65),
                    BoardTask("Mở phòng đọc vào chiều thứ Năm", "Lịch mở cửa", ("THCS-BD",), "Thường xuyên", 50),
                    BoardTask("Họp phụ huynh về điểm số qua mạng", "Biên bản", ("THCS-BD",), "Trước 15/10/2026", 100),
                ),
            ),
        ),
        ("Trường chọn ba việc vừa sức, làm xong từng việc rồi mới mở thêm.",),
    ),
    SamplePlan(
        "14/KH-THCX",
        "15/09/2026",
        "Chuyển đổi số của Trường Tiểu học Cầu Xanh, năm học 2026–2027",
        "Trường Tiểu học Cầu Xanh",
        "TH-CX",
        ("Trần Thị Xanh", "HIỆU TRƯỞNG"),
        DIGITAL,
        (
            (
                "",
                (
                    BoardTask("Dán mã xem thủ tục ở cổng trường", "Bảng mã", ("TH-CX",), "Trước 30/9/2026", 100),
                    BoardTask("Sao lưu sổ điểm", "Biên bản sao lưu", ("TH-CX",), "Hàng tháng"),
                    BoardTask("Góc đọc sách điện tử", "Góc đọc", ("TH-CX",), "Trước 31/10/2026", 40),
                ),
            ),
        ),
        ("Việc của trường gắn với lịch học, không dồn vào cuối kỳ.",),
    ),
    SamplePlan(
        "201/KH-SGDĐT",
        "16/11/2026",
        "Kiểm tra bếp ăn bán trú, học kỳ II năm học 2026–2027",
        "Sở Giáo dục và Đào tạo tỉnh An Hòa",
        "GDTH",
        ("Lâm Thị Giám", "GIÁM ĐỐC"),
        "",
        (),
        ("Kế hoạch này chưa có bảng nhiệm vụ; các trường nhận lịch kiểm tra trước ba ngày.",),
    ),
)
