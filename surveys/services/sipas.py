"""SIPAS: the questionnaire about the service of offices, five factors and twenty-two criteria, as editable data.

The five headings and the counts 4 + 5 + 6 + 3 + 4 are those of the plans of administrative reform; the wording of the
criteria follows what provinces printed under Quyết định 1001/QĐ-BNV (2023) and has to be compared with the text of the
decision by the office: the survey is a draft and says so.
"""

from surveys.enums import QuestionKind, SurveyKind
from surveys.models import Question, Section, Survey, SurveyVersion

SIPAS = "sipas"
_FACTORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Tiếp cận dịch vụ",
        (
            "Nơi chờ tại bộ phận một cửa có đủ chỗ ngồi",
            "Trang thiết bị phục vụ người dân đầy đủ",
            "Trang thiết bị phục vụ người dân hiện đại",
            "Trang thiết bị phục vụ người dân dễ sử dụng",
        ),
    ),
    (
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
        "Kết quả cung ứng dịch vụ",
        (
            "Kết quả nhận được đúng quy định",
            "Kết quả nhận được có thông tin đầy đủ",
            "Kết quả nhận được có thông tin chính xác",
        ),
    ),
    (
        "Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị",
        (
            "Cơ quan có bố trí hình thức tiếp nhận góp ý, phản ánh, kiến nghị",
            "Người dân dễ dàng thực hiện góp ý, phản ánh, kiến nghị",
            "Cơ quan xử lý tích cực góp ý, phản ánh, kiến nghị",
            "Cơ quan thông báo kịp thời kết quả xử lý góp ý, phản ánh, kiến nghị",
        ),
    ),
)


def sipas_seed() -> Survey | None:
    """Make the draft of the SIPAS survey; None when there is one. The caller holds the transaction."""
    if Survey.objects.filter(slug=SIPAS).exists():
        return None
    survey = Survey.objects.create(
        slug=SIPAS,
        title="Hài lòng về sự phục vụ của cơ quan hành chính",
        kind=SurveyKind.SIPAS,
        intro="Dành cho người đã làm thủ tục hành chính. Mất khoảng năm phút; phiếu không ghi tên.",
        thanks="Kết quả được tổng hợp theo từng tiêu chí để cơ quan phục vụ tốt hơn.",
        source="Quyết định 1001/QĐ-BNV ngày 11/12/2023 (phương pháp SIPAS 2023–2026): cần xác nhận lời từng tiêu chí.",
        confirmed=False,
    )
    version = SurveyVersion.objects.create(survey=survey, number=1, note="Bản đầu, cần cơ quan xác nhận")
    titles = [*(title for title, _criteria in _FACTORS), "Mong muốn của bạn"]
    sections = Section.objects.bulk_create(
        Section(version=version, title=title, sort_order=place) for place, title in enumerate(titles)
    )
    criteria = [
        (section, words) for section, (_title, asked) in zip(sections, _FACTORS, strict=False) for words in asked
    ]
    questions = [
        Question(section=section, key=f"TC{number:02d}", label=words, kind=QuestionKind.SCORE, sort_order=number)
        for number, (section, words) in enumerate(criteria, start=1)
    ]
    wishes = Question(
        section=sections[-1],
        key="mong-muon",
        label="Bạn mong cơ quan làm gì để phục vụ tốt hơn?",
        help_text="Đừng ghi tên, số điện thoại hay địa chỉ của ai.",
        kind=QuestionKind.TEXT,
        sort_order=0,
    )
    Question.objects.bulk_create([*questions, wishes])
    return survey
