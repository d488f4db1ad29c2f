"""Satisfaction with public education: five blocks, twenty-four criteria, five levels; one questionnaire a level.

The blocks, the number of criteria and the scale are those of Quyết định 3982/QĐ-BGDĐT (2013) and of the forms of
Quyết định 3476/QĐ-BGDĐT (2019). The wording is ours and has to be compared with the forms by the office, so every
survey is a draft and says so. A criterion has the same key at every level: the same thing is asked, in other words.
"""

from typing import Any

from cms.core.enums import UnitKind
from surveys.enums import QuestionKind, RuleOperator, SurveyKind
from surveys.services.seeding import Draft, Part
from surveys.services.sipas import TARGET_SOURCE

OVERALL, EXPECTED, FIRST, WISHES, WHO = "hai-long-chung", "dap-ung-mong-doi", "lam-truoc", "mong-muon", "ban-la"
_SOURCE = (
    "Quyết định 3982/QĐ-BGDĐT ngày 17/9/2013 (nội dung, thang đo) và bộ phiếu của Quyết định 3476/QĐ-BGDĐT ngày "
    "04/10/2019: cần xác nhận lời từng tiêu chí."
)
# Key and name of a block, then its criteria as most levels are asked; LEVELS says them otherwise where they must.
_BLOCKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "tiep-can",
        "Tiếp cận dịch vụ giáo dục",
        (
            "Thông tin về nhà trường, tuyển sinh dễ tìm, dễ hiểu",
            "Thủ tục nhập học, chuyển trường đơn giản, được hướng dẫn rõ",
            "Đường đến trường thuận tiện, an toàn",
            "Các khoản thu được công khai, hợp lý",
            "Miễn, giảm học phí và hỗ trợ học sinh khó khăn đúng người, kịp thời",
        ),
    ),
    (
        "co-so-vat-chat",
        "Cơ sở vật chất, thiết bị dạy học",
        (
            "Phòng học đủ chỗ, đủ sáng, thoáng mát",
            "Thiết bị, đồ dùng dạy học đủ và dùng được",
            "Thư viện, phòng máy, phòng học bộ môn đáp ứng nhu cầu",
            "Sân chơi, bãi tập rộng rãi, an toàn",
            "Nhà vệ sinh, nước uống sạch sẽ, đủ dùng",
        ),
    ),
    (
        "moi-truong",
        "Môi trường giáo dục",
        (
            "Trường, lớp an toàn, không có bạo lực",
            "Thầy cô tôn trọng, đối xử công bằng với học sinh",
            "Học sinh đoàn kết, giúp đỡ nhau",
            "Nhà trường lắng nghe, trả lời ý kiến của học sinh và cha mẹ",
            "Cảnh quan trường xanh, sạch",
        ),
    ),
    (
        "hoat-dong",
        "Hoạt động giáo dục",
        (
            "Thầy cô dạy dễ hiểu, tận tình với từng học sinh",
            "Kiểm tra, đánh giá công bằng, giúp học sinh tiến bộ",
            "Hoạt động ngoài giờ, câu lạc bộ phong phú, bổ ích",
            "Học sinh được dạy kỹ năng sống, được tư vấn khi có khó khăn",
            "Nhà trường phối hợp, thông báo tình hình học tập cho gia đình đều đặn",
        ),
    ),
    (
        "ket-qua",
        "Kết quả giáo dục",
        (
            "Học sinh tiến bộ về học tập",
            "Học sinh tiến bộ về ứng xử, đạo đức",
            "Học sinh khỏe mạnh, tự tin hơn",
            "Học sinh biết vận dụng điều đã học vào cuộc sống",
        ),
    ),
)
_KINDERGARTEN = {
    ("tiep-can", 2): "Thủ tục nhập học, chuyển trường đơn giản, được hướng dẫn rõ cho cha mẹ",
    ("tiep-can", 5): "Miễn, giảm học phí, hỗ trợ ăn trưa đúng người, kịp thời",
    ("co-so-vat-chat", 1): "Phòng sinh hoạt, phòng ngủ đủ chỗ, đủ sáng, thoáng mát",
    ("co-so-vat-chat", 2): "Đồ dùng, đồ chơi đủ, sạch và an toàn",
    ("co-so-vat-chat", 3): "Bếp ăn sạch sẽ, bữa ăn của trẻ bảo đảm",
    ("co-so-vat-chat", 5): "Nhà vệ sinh phù hợp với trẻ, nước uống sạch",
    ("moi-truong", 1): "Trẻ được trông giữ an toàn suốt thời gian ở trường",
    ("moi-truong", 2): "Cô giáo yêu thương, tôn trọng, đối xử công bằng với trẻ",
    ("moi-truong", 3): "Trẻ vui vẻ, hòa đồng với bạn",
    ("moi-truong", 4): "Nhà trường lắng nghe, trả lời ý kiến của cha mẹ",
    ("hoat-dong", 1): "Cô giáo chăm sóc, dạy trẻ tận tình, hợp với từng trẻ",
    ("hoat-dong", 2): "Sức khỏe, cân nặng, chiều cao của trẻ được theo dõi",
    ("hoat-dong", 3): "Trẻ được vui chơi, tham quan, lễ hội phù hợp lứa tuổi",
    ("hoat-dong", 4): "Trẻ được tập tự phục vụ, tập nói lời lễ phép",
    ("hoat-dong", 5): "Nhà trường trao đổi với gia đình về việc chăm sóc trẻ đều đặn",
    ("ket-qua", 1): "Trẻ phát triển ngôn ngữ, hiểu biết",
    ("ket-qua", 2): "Trẻ ngoan, lễ phép",
    ("ket-qua", 4): "Trẻ biết tự làm những việc vừa sức, sẵn sàng vào lớp Một",
}
_PRIMARY = {
    ("co-so-vat-chat", 3): "Thư viện, phòng tin học, phòng nghệ thuật đáp ứng nhu cầu",
    ("hoat-dong", 2): "Thầy cô nhận xét bài làm rõ ràng, động viên học sinh",
}
_UPPER = {("hoat-dong", 4): "Học sinh được dạy kỹ năng sống, được tư vấn chọn ngành, chọn nghề"}
_CONTINUING = {
    ("tiep-can", 1): "Thông tin về trung tâm, khóa học, tuyển sinh dễ tìm, dễ hiểu",
    ("tiep-can", 2): "Thủ tục ghi danh đơn giản, được hướng dẫn rõ",
    ("tiep-can", 3): "Giờ học, nơi học hợp với người vừa học vừa làm",
    ("tiep-can", 5): "Miễn, giảm học phí và hỗ trợ người học khó khăn đúng người, kịp thời",
    ("co-so-vat-chat", 3): "Phòng thực hành, phòng máy, học liệu trực tuyến đáp ứng nhu cầu",
    ("co-so-vat-chat", 4): "Chỗ để xe, nơi nghỉ, nơi tự học thuận tiện",
    ("moi-truong", 1): "Nơi học an toàn, trật tự",
    ("moi-truong", 2): "Thầy cô tôn trọng người học, đối xử công bằng",
    ("moi-truong", 3): "Người học đoàn kết, giúp đỡ nhau",
    ("moi-truong", 4): "Trung tâm lắng nghe, trả lời ý kiến của người học",
    ("moi-truong", 5): "Cảnh quan trung tâm xanh, sạch",
    ("hoat-dong", 1): "Thầy cô dạy dễ hiểu, hợp với người lớn",
    ("hoat-dong", 2): "Kiểm tra, đánh giá công bằng, giúp người học tiến bộ",
    ("hoat-dong", 3): "Nội dung học thiết thực, cập nhật",
    ("hoat-dong", 4): "Người học được tư vấn về học tiếp, về việc làm",
    ("hoat-dong", 5): "Trung tâm thông báo lịch học, kết quả học tập kịp thời",
    ("ket-qua", 1): "Người học tiến bộ về kiến thức",
    ("ket-qua", 2): "Người học tiến bộ về tay nghề, kỹ năng",
    ("ket-qua", 3): "Người học tự tin hơn khi làm việc, giao tiếp",
    ("ket-qua", 4): "Người học dùng được điều đã học vào công việc",
}
_PARENTS = "Cha, mẹ hoặc người giám hộ"
# Last part of the address, name of the level, kind of school, who answers, what is said otherwise.
LEVELS: tuple[tuple[str, str, UnitKind, tuple[str, ...], dict[tuple[str, int], str]], ...] = (
    ("mam-non", "mầm non", UnitKind.KINDERGARTEN, (_PARENTS, "Ông bà, người thân đưa đón trẻ"), _KINDERGARTEN),
    ("tieu-hoc", "tiểu học", UnitKind.PRIMARY, (_PARENTS, "Ông bà, người thân đưa đón trẻ"), _PRIMARY),
    ("thcs", "trung học cơ sở", UnitKind.LOWER_SECONDARY, ("Học sinh", _PARENTS), {}),
    ("thpt", "trung học phổ thông", UnitKind.UPPER_SECONDARY, ("Học sinh", _PARENTS), _UPPER),
    (
        "gdtx",
        "giáo dục thường xuyên",
        UnitKind.CONTINUING,
        ("Học viên", "Cha, mẹ hoặc người giám hộ của học viên"),
        _CONTINUING,
    ),
)


def education_slug(level: str) -> str:
    """Return the address of the questionnaire of a level."""
    return f"hai-long-giao-duc-{level}"


def education_drafts() -> list[Draft]:
    """Return the questionnaire of every level as data."""
    return [_draft(*level) for level in LEVELS]


def _draft(level: str, name: str, kind: UnitKind, who: tuple[str, ...], otherwise: dict[tuple[str, int], str]) -> Draft:
    # Pupils answer some of them: these go on speaking to pupils and parents alike.
    you = "ông/bà" if who[0] == _PARENTS else "bạn"
    you_first = you.capitalize()
    survey = {
        "slug": education_slug(level),
        "title": f"Hài lòng về dịch vụ giáo dục công, cấp {name}",
        "kind": SurveyKind.EDUCATION,
        "intro": f"{you_first} nghĩ gì về trường, lớp: phòng học, thầy cô, hoạt động, kết quả. Mất khoảng bảy phút; "
        "phiếu không ghi tên.",
        "thanks": "Kết quả được tổng hợp theo từng mặt để nhà trường và cơ quan quản lý làm tốt hơn.",
        "source": _SOURCE,
        "results_public": True,
        "confirmed": False,
    }
    asked = {"key": WHO, "label": f"{you_first} là", "kind": QuestionKind.ONE_OF, "required": True}
    about = asked | {"choices": "\n".join(who)}
    parts = [Part(f"Về {you}", [about], key="ve-ban", in_index=False, intro="Chỉ hỏi để hiểu kết quả, không hỏi tên.")]
    for letter, (key, title, criteria) in zip("ABCDE", _BLOCKS, strict=True):
        rows = (f"{letter}{n}: {otherwise.get((key, n), words)}" for n, words in enumerate(criteria, start=1))
        matrix = {
            "key": f"khoi-{letter.lower()}",
            "label": f"{you_first} hài lòng ở mức nào về từng điều sau?",
            "help_text": "Điều nào không biết rõ thì để trống.",
            "kind": QuestionKind.MATRIX,
            "rows": "\n".join(rows),
        }
        parts.append(Part(title, [matrix], key=key))
    parts.append(Part("Đánh giá chung", _overall(you), key="danh-gia-chung", in_index=False))
    rules = [(FIRST, OVERALL, RuleOperator.AT_MOST, "3")]
    target = {"unit_kind": kind, "value": 95, "source": TARGET_SOURCE}
    return Draft(survey, parts, rules, "Bản đầu, cần cơ quan xác nhận", [target] if kind == UnitKind.PRIMARY else ())


def _overall(you: str) -> list[dict[str, Any]]:
    return [
        {
            "key": OVERALL,
            "label": f"Nhìn chung, {you} hài lòng với nhà trường ở mức nào?",
            "kind": QuestionKind.SCORE,
            "required": True,
        },
        {
            "key": EXPECTED,
            "label": f"Nhà trường đáp ứng bao nhiêu phần trăm mong đợi của {you}?",
            "help_text": "0 là không chút nào, 100 là trọn vẹn; hơn cả mong đợi thì ghi tới 150.",
            "kind": QuestionKind.NUMBER,
            "least": 0,
            "most": 150,
        },
        {
            "key": FIRST,
            "label": f"Theo {you}, nhà trường nên làm tốt hơn việc nào trước?",
            "help_text": "Chọn thứ tự cho một hay nhiều việc.",
            "kind": QuestionKind.RANKING,
            "choices": "\n".join(title for _key, title, _criteria in _BLOCKS),
        },
        {
            "key": WISHES,
            "label": f"{you.capitalize()} mong nhà trường làm gì?",
            "help_text": "Đừng ghi tên, số điện thoại hay địa chỉ của ai.",
            "kind": QuestionKind.TEXT,
        },
    ]
