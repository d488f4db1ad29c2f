"""Sample lines of the books on paper, one of them missing, one doubled, one struck out; nobody real."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SampleLine:
    book: str
    number: int
    title: str
    body: str
    days_ago: int
    suffix: str = ""
    category: str = "co-so-vat-chat"
    unit: str = "TH-CX"
    sender: str = "Nguyễn Thị Mẫu"
    phone: str = "0912000345"


LINES = (
    SampleLine(
        "so-gop-y",
        1,
        "Nhà để xe của phụ huynh bị dột",
        "Mái nhà để xe thủng nhiều chỗ, trời mưa ướt hết. Đề nghị nhà trường sửa trước mùa mưa.",
        9,
    ),
    SampleLine(
        "so-gop-y",
        2,
        "Giờ đón trẻ sớm hơn giờ tan làm",
        "Nhà trường đóng cổng lúc 17 giờ, nhiều gia đình tan làm 17 giờ 30. Xin kéo dài giờ đón thêm nửa tiếng.",
        8,
        category="khac",
        unit="MN-HL",
    ),
    SampleLine(
        "so-gop-y",
        2,
        "Thực đơn bán trú dán quá cao",
        "Bảng thực đơn dán trên cao, chữ nhỏ, ông bà đi đón cháu không đọc được. Xin dán thấp xuống và in chữ to.",
        8,
        suffix="a",
        category="khac",
        unit="MN-HL",
    ),
    SampleLine(
        "so-gop-y",
        5,
        "Học bạ chưa trả đúng hẹn",
        "Giấy hẹn ghi trả học bạ ngày mùng 5, đến nay chưa có. Gọi điện thì được trả lời là chờ.",
        5,
        category="thu-tuc",
        unit="THCS-BD",
    ),
    SampleLine(
        "hom-thu-gop-y",
        1,
        "Nước uống trong lớp có mùi",
        "Con về nói nước trong bình ở lớp có mùi lạ mấy hôm nay. Mong nhà trường kiểm tra bình lọc.",
        6,
        unit="TH-NT",
    ),
    SampleLine(
        "so-dien-thoai",
        1,
        "Hỏi về thời gian nộp hồ sơ chuyển trường",
        "Người gọi hỏi hồ sơ chuyển trường giữa năm nộp ở đâu, có phải về nơi cũ xin xác nhận không.",
        3,
        category="tuyen-sinh",
        unit="THPT-DS",
    ),
)
STRUCK_OUT = ("so-gop-y", 4, "Gạch bỏ trong sổ, người viết ghi lại ở dòng dưới.")
# One that few may see, and one about which another unit is asked.
CHILD = SampleLine(
    "hom-thu-gop-y",
    2,
    "Một học sinh bị bạn lớn dọa nạt trên đường về",
    "Có em lớp dưới bị nhóm bạn lớn chặn đường mấy buổi chiều. Mong nhà trường để ý giúp.",
    2,
    category="an-toan",
    unit="THCS-BD",
)
QUESTION = "Trường tiểu học nào đang có học sinh khuyết tật học hòa nhập mà chưa được miễn, giảm học phí?"
ASKED = "GDTH"
ROUTED = "co-so-vat-chat"
