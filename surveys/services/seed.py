"""The first questionnaires of an office, as editable data; what is there stays as it is."""

from typing import Any

from django.db import transaction

from cms.core.services.ledger import event_record
from surveys.enums import QuestionKind, RuleOperator, SurveyKind, SurveyState
from surveys.models import DisplayRule, Question, Section, Survey, SurveyVersion
from surveys.services.sipas import sipas_seed

ANSWER_RATING = "hai-long-cau-tra-loi"
SCORE_KEY, REASONS_KEY, PRAISE_KEY, WORDS_KEY = "muc-hai-long", "vi-sao-chua-hai-long", "dieu-tot", "loi-gop-y"
_WHY_NOT = (
    "Trả lời chưa đúng điều tôi hỏi",
    "Trả lời khó hiểu",
    "Phải chờ quá lâu",
    "Việc chưa được giải quyết",
    "Thái độ phục vụ chưa tốt",
)
_WHY = ("Trả lời đúng điều tôi hỏi", "Dễ hiểu, đủ hướng dẫn", "Nhanh", "Việc đã được giải quyết")
_ASKED: tuple[dict[str, Any], ...] = (
    {
        "key": SCORE_KEY,
        "label": "Bạn hài lòng với câu trả lời ở mức nào?",
        "kind": QuestionKind.SCORE,
        "required": True,
    },
    {
        "key": REASONS_KEY,
        "label": "Điều gì chưa được?",
        "help_text": "Chọn những điều đúng với bạn.",
        "kind": QuestionKind.SOME_OF,
        "choices": "\n".join(_WHY_NOT),
    },
    {
        "key": PRAISE_KEY,
        "label": "Điều gì làm bạn hài lòng?",
        "help_text": "Chọn những điều đúng với bạn.",
        "kind": QuestionKind.SOME_OF,
        "choices": "\n".join(_WHY),
    },
    {
        "key": WORDS_KEY,
        "label": "Bạn muốn nói thêm điều gì?",
        "help_text": "Đừng ghi tên, số điện thoại hay địa chỉ của ai. Muốn được trả lời tiếp thì đề nghị xem xét lại ở "
        "trang theo dõi, đừng ghi ở đây.",
        "kind": QuestionKind.TEXT,
    },
)


@transaction.atomic
def surveys_seed() -> int:
    """Make the survey about an answer and the draft of SIPAS when there is none; return how many were made."""
    made = [survey for survey in (_answer_rating(), sipas_seed()) if survey is not None]
    for survey in made:
        event_record(subject_type="survey", subject_key=survey.slug, verb="survey.seeded", data={"version": 1})
    return len(made)


def _answer_rating() -> Survey | None:
    if Survey.objects.of_answers().exists():
        return None
    survey = Survey.objects.create(
        slug=ANSWER_RATING,
        title="Hài lòng với câu trả lời",
        kind=SurveyKind.ANSWER_RATING,
        intro="Chỉ mất nửa phút. Phiếu không ghi tên, không nối với phản ánh của bạn; không ai biết ai chấm.",
        thanks="Cơ quan xem kết quả theo từng đơn vị, từng tháng để trả lời người dân tốt hơn.",
    )
    version = SurveyVersion.objects.create(survey=survey, number=1)
    section = Section.objects.create(version=version, title="Câu trả lời bạn nhận được", sort_order=0)
    Question.objects.bulk_create(
        Question(section=section, sort_order=place, **values) for place, values in enumerate(_ASKED)
    )
    rules = ((REASONS_KEY, RuleOperator.AT_MOST, "3"), (PRAISE_KEY, RuleOperator.AT_LEAST, "4"))
    DisplayRule.objects.bulk_create(
        DisplayRule(version=version, key=key, on_key=SCORE_KEY, operator=operator, value=value, sort_order=place)
        for place, (key, operator, value) in enumerate(rules)
    )
    survey.state, survey.current = SurveyState.OPEN, version
    survey.save(update_fields=["state", "current"])
    return survey
