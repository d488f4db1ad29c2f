"""Sample notices for the sector alone, in every state that an officer meets. Days are counted from today."""

from dataclasses import dataclass

from cms.internal.enums import Audience, Urgency


@dataclass(frozen=True)
class SampleInternalNotice:
    """``units``: codes, with a + where all below is meant. ``read_in``: days to the last day to confirm, or None."""

    title: str
    number: str
    text: tuple[str, ...]
    days_ago: int
    owner: str
    urgency: Urgency = Urgency.NORMAL
    units: tuple[str, ...] = ()
    read_in: int | None = None
    read_by_officer: str = ""
    file: str = ""
    live: bool = True

    @property
    def audience(self) -> Audience:
        return Audience.CHOSEN if self.units else Audience.EVERYBODY


INTERNAL_NOTICES = (
    SampleInternalNotice(
        "Tập huấn ghi học bạ số cho giáo viên chủ nhiệm (thông báo mẫu)",
        "112/TB-SGDĐT",
        (
            "Các đơn vị cử mỗi khối lớp một giáo viên dự tập huấn vào chiều thứ Năm tuần sau, tại hội trường Sở.",
            "Danh sách gửi Phòng Giáo dục Trung học trước ngày xác nhận. Đơn vị ở xa dự qua mạng, địa chỉ phòng họp "
            "gửi sau.",
        ),
        days_ago=1,
        owner="GDTrH",
        urgency=Urgency.URGENT,
        read_in=5,
        file="Mẫu danh sách cử giáo viên",
    ),
    SampleInternalNotice(
        "Rà soát cây xanh, tường rào, mái che trước mùa mưa bão (thông báo mẫu)",
        "105/TB-SGDĐT",
        (
            "Thủ trưởng đơn vị tự kiểm tra, chụp ảnh những chỗ nguy hiểm, rào lại ngay và báo về Văn phòng Sở.",
            "Nơi nào phải sửa lớn thì ghi dự toán sơ bộ; Phòng Kế hoạch – Tài chính sẽ liên hệ.",
        ),
        days_ago=12,
        owner="KHTC",
        urgency=Urgency.EXPRESS,
        units=("CQ+",),
        read_in=-3,
        read_by_officer="baocao",
    ),
    SampleInternalNotice(
        "Lịch trực của Văn phòng trong tuần (thông báo mẫu)",
        "",
        ("Lịch trực đã dán ở phòng hành chính. Ai đổi ca báo trước một ngày.",),
        days_ago=2,
        owner="VP",
        units=("VP",),
    ),
    SampleInternalNotice(
        "Báo cáo nhanh sĩ số hai trường tiểu học (thông báo mẫu)",
        "110/TB-SGDĐT",
        ("Hai trường gửi số học sinh từng lớp, có mặt và vắng, theo mẫu đã dùng học kỳ trước.",),
        days_ago=3,
        owner="GDTH",
        units=("TH-CX", "TH-NT"),
        read_in=2,
    ),
    SampleInternalNotice(
        "Lịch họp giao ban quý (thông báo mẫu, còn là bản nháp)",
        "",
        ("Thời gian, thành phần sẽ ghi khi lãnh đạo duyệt.",),
        days_ago=0,
        owner="VP",
        live=False,
    ),
)
