"""SIPAS: the questionnaire about the service of offices, five factors and twenty-two criteria, as editable data.

The five headings and the counts 4 + 5 + 6 + 3 + 4 are those of the plans of administrative reform; the wording of the
criteria follows what provinces printed under Quyết định 1001/QĐ-BNV (2023) and has to be compared with the text of the
decision by the office: the survey is a draft and says so.
"""

from cms.core.enums import UnitKind
from surveys.enums import QuestionKind, SurveyKind
from surveys.services.seeding import Draft, Part

SIPAS = "sipas"
TARGET_SOURCE = "Chỉ tiêu trên 95 % ở cấp tiểu học của kế hoạch năm 2022: cần xác nhận cho năm nay."
# Key of the factor, its name, its criteria; TC01 to TC22 run through all of them.
_FACTORS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "tiep-can",
        "Tiếp cận dịch vụ",
        (
            "Nơi chờ tại bộ phận một cửa có đủ chỗ ngồi",
            "Trang thiết bị phục vụ người dân đầy đủ",
            "Trang thiết bị phục vụ người dân hiện đại",
            "Trang thiết bị phục vụ người dân dễ sử dụng",
        ),
    ),
    (
        "thu-tuc",
        "Thủ tục hành chính",
        (
            "Thủ tục hành chính được niêm yết đầy đủ",
            "Thủ tục hành chính được niêm yết chính xác",
            "Thành phần hồ sơ phải nộp đúng quy định",
            "Phí, lệ phí phải nộp đúng quy định",
            "Thời hạn giải quyết đúng quy định",
        ),
    ),
    (
        "cong-chuc",
        "Công chức giải quyết công việc",
        (
            "Công chức có thái độ giao tiếp lịch sự",
            "Công chức chú ý lắng nghe người dân",
            "Công chức trả lời đầy đủ các câu hỏi",
            "Công chức hướng dẫn kê khai hồ sơ tận tình, chu đáo",
            "Công chức hướng dẫn hồ sơ dễ hiểu",
            "Công chức tuân thủ đúng quy định khi giải quyết công việc",
        ),
    ),
    (
        "ket-qua",
        "Kết quả cung ứng dịch vụ",
        (
            "Kết quả nhận được đúng quy định",
            "Kết quả nhận được có thông tin đầy đủ",
            "Kết quả nhận được có thông tin chính xác",
        ),
    ),
    (
        "gop-y",
        "Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị",
        (
            "Cơ quan có bố trí hình thức tiếp nhận góp ý, phản ánh, kiến nghị",
            "Người dân dễ dàng thực hiện góp ý, phản ánh, kiến nghị",
            "Cơ quan xử lý tích cực góp ý, phản ánh, kiến nghị",
            "Cơ quan thông báo kịp thời kết quả xử lý góp ý, phản ánh, kiến nghị",
        ),
    ),
)


def sipas_draft() -> Draft:
    """Return the questionnaire as data."""
    parts, number = [], 0
    for key, title, criteria in _FACTORS:
        asked = [
            {"key": f"TC{number + place:02d}", "label": words, "kind": QuestionKind.SCORE}
            for place, words in enumerate(criteria, start=1)
        ]
        number += len(criteria)
        parts.append(Part(title, asked, key=key))
    wishes = {
        "key": "mong-muon",
        "label": "Ông/bà mong cơ quan làm gì để phục vụ tốt hơn?",
        "help_text": "Đừng ghi tên, số điện thoại hay địa chỉ của ai.",
        "kind": QuestionKind.TEXT,
    }
    parts.append(Part("Mong muốn của ông/bà", [wishes], key="mong-muon", in_index=False))
    survey = {
        "slug": SIPAS,
        "title": "Hài lòng về sự phục vụ của cơ quan hành chính",
        "kind": SurveyKind.SIPAS,
        "intro": "Dành cho người đã làm thủ tục hành chính. Mất khoảng năm phút; phiếu không ghi tên.",
        "thanks": "Kết quả được tổng hợp theo từng tiêu chí để cơ quan phục vụ tốt hơn.",
        "source": "Quyết định 1001/QĐ-BNV ngày 11/12/2023 (phương pháp SIPAS 2023–2026): cần xác nhận lời từng tiêu "
        "chí.",
        "results_public": True,
        "confirmed": False,
    }
    target = {"unit_kind": UnitKind.PRIMARY, "value": 95, "source": TARGET_SOURCE}
    return Draft(survey, parts, note="Bản đầu, cần cơ quan xác nhận", targets=[target])
