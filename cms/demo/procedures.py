"""Sample procedures: one of each state that readers and editors meet. Our own sentences, invented codes."""

from dataclasses import dataclass, field
from typing import Any

SOURCE = "Tổ biên soạn nội dung cổng (dữ liệu mẫu)"
SCHOOL, DIPLOMA, FEES = "Giáo dục trung học", "Văn bằng, chứng chỉ", "Học phí, chính sách cho người học"

# Name, address, hours, telephone.
PLACES = (
    (
        "Bộ phận tiếp nhận và trả kết quả, Sở Giáo dục và Đào tạo (mẫu)",
        "Số 1 đường Học Đường, phường Trung Tâm, tỉnh An Hòa",
        "Thứ Hai đến thứ Sáu: 7 giờ 30 – 11 giờ 30, 13 giờ 30 – 17 giờ\nSáng thứ Bảy: 8 giờ – 11 giờ",
        "0299 000 0001",
    ),
    (
        "Trung tâm Phục vụ hành chính công phường Trung Tâm (mẫu)",
        "Số 25 đường Bờ Sông, phường Trung Tâm, tỉnh An Hòa",
        "Thứ Hai đến thứ Sáu: 7 giờ 30 – 17 giờ",
        "0299 000 0002",
    ),
)


@dataclass(frozen=True)
class SamplePaper:
    """One paper of a dossier; ``form`` names a sample file to fill in."""

    name: str
    originals: int = 1
    copies: int = 0
    form: str = ""
    optional: bool = False
    note: str = ""


@dataclass(frozen=True)
class SampleProcedure:
    """One sample; ``facts`` are columns, ways and the other rows are the columns of their tables.

    ``former`` are the ways of a version that was public before; ``guide`` says what the sample guide answers of it.
    """

    code: str
    name: str
    field: str
    levels: tuple[str, ...] = ("cap-xa",)
    audiences: tuple[str, ...] = ("cong-dan",)
    facts: dict[str, Any] = field(default_factory=dict)
    ways: tuple[dict[str, Any], ...] = ()
    cases: tuple[tuple[str, tuple[SamplePaper, ...]], ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    internal: tuple[tuple[str, str, str, str, str], ...] = ()
    results: tuple[str, ...] = ()
    bases: tuple[tuple[str, str], ...] = ()
    decisions: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    samples: tuple[str, ...] = ()
    differences: tuple[tuple[str, str, str, str], ...] = ()
    replaced_by: str = ""
    live: bool = True
    former: tuple[dict[str, Any], ...] = ()
    guide: str = ""


_DAYS, _FREE = "working_day", {"fee_kind": "free"}
_PUPIL = (
    SamplePaper("Đơn xin chuyển trường có chữ ký của cha, mẹ hoặc người giám hộ", form="Mẫu đơn xin chuyển trường"),
    SamplePaper("Học bạ"),
    SamplePaper("Giấy giới thiệu chuyển trường của trường nơi đi"),
)
PROCEDURES = (
    SampleProcedure(
        "9.000001",
        "Chuyển trường đối với học sinh trung học cơ sở (mẫu)",
        SCHOOL,
        ("cap-tinh", "cap-xa"),
        ("cong-dan", "kieu-bao", "nguoi-nuoc-ngoai"),
        {
            "kind": "khac",
            "authority": "Trường trung học cơ sở nơi chuyển đến",
            "delegated": "Không ủy quyền",
            "coordinating": "Trường trung học cơ sở nơi chuyển đi; Phòng Văn hóa - Xã hội của phường, xã",
            "implementing": "Trường trung học cơ sở",
            "conditions": "Trường nơi đến còn chỗ học.\nHọc sinh đổi nơi ở theo cha, mẹ hoặc có lý do chính đáng.",
            "keywords": "chuyển trường, đổi trường, xin học trường khác, chuyển nhà, rút học bạ",
            "description": "Dành cho học sinh đang học lớp 6 đến lớp 9 muốn sang trường khác trong hoặc ngoài tỉnh.",
            "online_level": "toan-trinh",
            "online_url": "https://dichvucong.example.vn/9.000001",
            "online_guide": (
                "Đăng nhập bằng tài khoản định danh của cha hoặc mẹ.\n"
                "Gõ mã 9.000001 vào ô tìm kiếm, chọn “Nộp trực tuyến”.\n"
                "Điền thông tin của con, tải ảnh chụp từng giấy tờ.\n"
                "Xem lại, bấm “Nộp hồ sơ”, ghi lại mã hồ sơ."
            ),
            "post_receives": True,
            "post_returns": True,
            "takes_certified_copies": True,
            "post_note": "Gửi bảo đảm đến nơi tiếp nhận, ghi ngoài bì “Hồ sơ chuyển trường” và số điện thoại.",
            "help_contact": "Văn phòng Sở, bà Lê Thị Biên: 0299 000 0000\nvanphong@anhoa.example.vn",
            "checked_on": -20,
            "effective_from": -60,
        },
        (
            {"channel": "direct", "quantity": 3, "unit": _DAYS, **_FREE, "description": "Nộp tại văn phòng trường."},
            {"channel": "online", "quantity": 2, "unit": _DAYS, **_FREE},
            {
                "channel": "post",
                "quantity": 5,
                "unit": _DAYS,
                "fee_kind": "text",
                "fee_text": "Cước bưu chính theo bảng giá của bưu điện",
            },
            {
                "channel": "direct",
                "audience_note": "học sinh từ tỉnh khác đến",
                "quantity": 24,
                "unit": "hour",
                **_FREE,
            },
        ),
        (
            ("Chuyển trong tỉnh", _PUPIL),
            (
                "Chuyển từ tỉnh khác đến",
                (
                    *_PUPIL,
                    SamplePaper("Giấy xác nhận nơi ở mới", 0, 1, note="Không cần nếu đã có trên dữ liệu dân cư."),
                    SamplePaper("Giấy tờ ưu tiên, khuyến khích", 0, 1, optional=True),
                ),
            ),
        ),
        (
            ("Xin ý kiến trường nơi đến", "Cha mẹ hỏi trường nơi đến còn chỗ hay không."),
            ("Lấy giấy giới thiệu", "Trường nơi đi trả học bạ và cấp giấy giới thiệu."),
            ("Nộp hồ sơ", "Cha mẹ nộp hồ sơ ở trường nơi đến hoặc trên mạng, nhận giấy hẹn."),
            ("Nhận kết quả", "Nhà trường xếp lớp và báo ngày đi học."),
        ),
        (
            ("Văn thư nhà trường", "Nhận hồ sơ, ghi sổ, cấp giấy hẹn", "0.5", "working_day", "Giấy hẹn"),
            ("Phó hiệu trưởng", "Xem hồ sơ, đề nghị xếp lớp", "1", "working_day", "Đề nghị xếp lớp"),
            ("Hiệu trưởng", "Quyết định tiếp nhận", "1", "working_day", "Quyết định"),
            ("Văn thư nhà trường", "Báo cho gia đình", "0.5", "working_day", "Lời báo"),
        ),
        ("Quyết định tiếp nhận học sinh", "Tên học sinh trong danh sách lớp"),
        (("88/TB-SGDĐT", "Rút ngắn thời gian cấp bản sao văn bằng từ sổ gốc"), ("00/2026/TT-MAU", "Thông tư mẫu")),
        ("397/QĐ-SGDĐT",),
        (1, 0),
        (("9.000002", "Chuyển trường đối với học sinh trung học phổ thông (mẫu)"),),
        ("Hồ sơ mẫu: chuyển trong tỉnh", "Hồ sơ mẫu: từ tỉnh khác đến"),
        guide="Phụ huynh làm gì, theo thứ tự nào.",
    ),
    SampleProcedure(
        "9.000002",
        "Chuyển trường đối với học sinh trung học phổ thông (mẫu)",
        SCHOOL,
        ("cap-tinh",),
        facts={
            "authority": "Sở Giáo dục và Đào tạo",
            "keywords": "chuyển trường, chuyển trường cấp ba, đổi trường trung học phổ thông",
            "online_level": "mot-phan",
            "checked_on": -12,
        },
        ways=(
            {"channel": "direct", "quantity": 24, "unit": "hour", **_FREE},
            {"channel": "direct", "audience_note": "người ngoài tỉnh", "unit": "none", "time_text": "hẹn 24 giờ"},
        ),
        cases=(("", _PUPIL),),
        steps=(("Nộp hồ sơ", "Cha mẹ nộp hồ sơ ở nơi tiếp nhận."), ("Nhận kết quả", "Đến theo giấy hẹn.")),
        places=(0,),
        decisions=("397/QĐ-SGDĐT",),
    ),
    SampleProcedure(
        "9.000090",
        "Chuyển trường theo quy trình năm 2022 (mẫu)",
        SCHOOL,
        ("cap-huyen",),
        facts={"state": "abolished", "effective_to": -40, "keywords": "chuyển trường"},
        ways=({"channel": "any", "quantity": 5, "unit": _DAYS},),
        replaced_by="9.000002",
    ),
    SampleProcedure(
        "9.000003",
        "Cấp bản sao văn bằng, chứng chỉ từ sổ gốc (mẫu)",
        DIPLOMA,
        ("cap-tinh",),
        ("cong-dan", "kieu-bao"),
        {
            "authority": "Sở Giáo dục và Đào tạo",
            "keywords": "bằng tốt nghiệp, mất bằng, sao bằng, cấp lại bằng, chứng chỉ",
            "post_returns": True,
            "checked_on": -5,
        },
        (
            {
                "channel": "direct",
                "unit": "session",
                "fee_kind": "amount",
                "fee_amount": 5000,
                "fee_text": "một bản sao",
            },
            {
                "channel": "direct",
                "audience_note": "việc phức tạp, phải tra nhiều sổ",
                "quantity": 2,
                "unit": _DAYS,
                "fee_kind": "amount",
                "fee_amount": 5000,
                "fee_text": "một bản sao",
            },
        ),
        (("", (SamplePaper("Đơn đề nghị cấp bản sao", form="Mẫu đơn đề nghị cấp bản sao"),)),),
        places=(0,),
        results=("Bản sao văn bằng, chứng chỉ",),
        differences=(("Thời hạn giải quyết", "trả ngay trong buổi", "1 ngày làm việc", "danh mục niêm yết cũ (mẫu)"),),
    ),
    SampleProcedure(
        "9.000004",
        "Đề nghị miễn, giảm học phí, hỗ trợ chi phí học tập (mẫu)",
        FEES,
        facts={"state": "amended", "keywords": "học phí, miễn học phí, hỗ trợ học tập, hộ nghèo"},
        ways=({"channel": "any", "quantity": 10, "unit": _DAYS, **_FREE},),
        places=(1,),
        former=({"channel": "any", "quantity": 15, "unit": _DAYS, **_FREE},),
    ),
    SampleProcedure(
        "9.000005",
        "Hỗ trợ ăn trưa đối với trẻ em mẫu giáo (mẫu)",
        FEES,
        facts={
            "needs_confirmation": True,
            "grade": "C",
            "staff_note": "C – mới có mã và tên; thời hạn 24 ngày làm việc chưa đối chiếu.",
        },
        ways=({"channel": "any", "quantity": 24, "unit": _DAYS},),
        live=False,
    ),
)


# What the office found and proposes: code, facts of the review.
REVIEWS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "9.000001",
        {
            "problem": "Giấy xác nhận nơi ở mới đã có trên dữ liệu dân cư mà phụ huynh vẫn phải xin.",
            "proposal": "cut_paper",
            "target": "Giấy xác nhận nơi ở mới",
            "reason": "Nhà trường tra được nơi ở từ dữ liệu dân cư.",
            "state": "accepted",
            "sent_with": "Tờ trình 12/TTr-MAU",
            "result": "Ủy ban nhân dân tỉnh đồng ý bỏ từ học kỳ sau (mẫu).",
        },
    ),
    (
        "9.000004",
        {
            "problem": "Thời hạn dài hơn thời gian thật sự làm hồ sơ.",
            "proposal": "cut_days",
            "amount_now": 10,
            "amount_proposed": 7,
            "reason": "Hai năm liền hồ sơ đều xong trong 6 ngày.",
            "state": "sent",
            "sent_with": "Tờ trình 12/TTr-MAU",
        },
    ),
    ("9.000003", {"problem": "Rà soát theo kế hoạch năm.", "proposal": "keep", "state": "planned"}),
)
REVIEW_PLAN: dict[str, Any] = {
    "reviews_planned": 12,
    "samples_planned": 30,
    "basis": "Kế hoạch kiểm soát thủ tục hành chính của năm (mẫu)",
}
