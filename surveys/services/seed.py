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
DOSSIER_RATING = "hai-long-giai-quyet-ho-so"
_DOSSIER_WHY_NOT = (
    "Phải chờ quá lâu, sai hẹn",
    "Phải đi lại nhiều lần",
    "Bị đòi giấy tờ ngoài quy định",
    "Hướng dẫn khó hiểu",
    "Thái độ phục vụ chưa tốt",
)
_DOSSIER_WHY = ("Đúng hẹn hoặc sớm hơn", "Hướng dẫn rõ ràng", "Ít phải đi lại", "Thái độ phục vụ tốt")


def _questions(score: str, why_not: tuple[str, ...], why: tuple[str, ...], words: str) -> tuple[dict[str, Any], ...]:
    """Return the level, what was bad, what was good, and words; keys are the same wherever satisfaction is asked."""
    return (
        {"key": SCORE_KEY, "label": score, "kind": QuestionKind.SCORE, "required": True},
        {
            "key": REASONS_KEY,
            "label": "Điều gì chưa được?",
            "help_text": "Chọn những điều đúng với bạn.",
            "kind": QuestionKind.SOME_OF,
            "choices": "\n".join(why_not),
        },
        {
            "key": PRAISE_KEY,
            "label": "Điều gì làm bạn hài lòng?",
            "help_text": "Chọn những điều đúng với bạn.",
            "kind": QuestionKind.SOME_OF,
            "choices": "\n".join(why),
        },
        {"key": WORDS_KEY, "label": "Bạn muốn nói thêm điều gì?", "help_text": words, "kind": QuestionKind.TEXT},
    )


@transaction.atomic
def surveys_seed() -> int:
    """Make the surveys about an answer, about a dossier and the draft of SIPAS that are missing; return how many."""
    made = [survey for survey in (_answer_rating(), _dossier_rating(), sipas_seed()) if survey is not None]
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
    words = (
        "Đừng ghi tên, số điện thoại hay địa chỉ của ai. Muốn được trả lời tiếp thì đề nghị xem xét lại ở "
        "trang theo dõi, đừng ghi ở đây."
    )
    questions = _questions("Bạn hài lòng với câu trả lời ở mức nào?", _WHY_NOT, _WHY, words)
    return _opened(survey, "Câu trả lời bạn nhận được", questions)


def _dossier_rating() -> Survey | None:
    if Survey.objects.of_dossiers().exists():
        return None
    survey = Survey.objects.create(
        slug=DOSSIER_RATING,
        title="Hài lòng với việc giải quyết hồ sơ",
        kind=SurveyKind.DOSSIER_RATING,
        intro="Chỉ mất nửa phút. Phiếu không ghi tên, không nối với hồ sơ của bạn; không ai biết ai chấm.",
        thanks="Cơ quan xem kết quả theo từng đơn vị, từng lĩnh vực, từng tháng để phục vụ tốt hơn.",
    )
    words = (
        "Đừng ghi tên, số điện thoại, mã hồ sơ hay địa chỉ của ai. Muốn được trả lời thì gửi phản ánh, kiến nghị, đừng "
        "ghi ở đây."
    )
    score = "Bạn hài lòng với việc giải quyết hồ sơ ở mức nào?"
    return _opened(survey, "Hồ sơ của bạn", _questions(score, _DOSSIER_WHY_NOT, _DOSSIER_WHY, words))


def _opened(survey: Survey, title: str, questions: tuple[dict[str, Any], ...]) -> Survey:
    """Give ``survey`` its first version and open it."""
    version = SurveyVersion.objects.create(survey=survey, number=1)
    section = Section.objects.create(version=version, title=title, sort_order=0)
    Question.objects.bulk_create(
        Question(section=section, sort_order=place, **values) for place, values in enumerate(questions)
    )
    rules = ((REASONS_KEY, RuleOperator.AT_MOST, "3"), (PRAISE_KEY, RuleOperator.AT_LEAST, "4"))
    DisplayRule.objects.bulk_create(
        DisplayRule(version=version, key=key, on_key=SCORE_KEY, operator=operator, value=value, sort_order=place)
        for place, (key, operator, value) in enumerate(rules)
    )
    survey.state, survey.current = SurveyState.OPEN, version
    survey.save(update_fields=["state", "current"])
    return survey
