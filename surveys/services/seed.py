"""The first questionnaires of an office, as editable data; what is there stays as it is."""

from typing import Any

from django.db import transaction

from cms.core.models import LedgerEvent
from cms.core.services.ledger import event_record
from surveys.enums import BY_INVITATION, QuestionKind, RuleOperator, SurveyKind, SurveyState
from surveys.models import Survey
from surveys.services.education import education_drafts
from surveys.services.seeding import Draft, Part, drafts_make
from surveys.services.sipas import sipas_draft
from surveys.services.themes import themes_seed

ANSWER_RATING = "hai-long-cau-tra-loi"
SCORE_KEY, REASONS_KEY, PRAISE_KEY, WORDS_KEY = "muc-hai-long", "vi-sao-chua-hai-long", "dieu-tot", "loi-gop-y"
_SEEDED = "survey.seeded"
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
            "help_text": "Chọn những điều đúng với ông/bà.",
            "kind": QuestionKind.SOME_OF,
            "choices": "\n".join(why_not),
        },
        {
            "key": PRAISE_KEY,
            "label": "Điều gì làm ông/bà hài lòng?",
            "help_text": "Chọn những điều đúng với ông/bà.",
            "kind": QuestionKind.SOME_OF,
            "choices": "\n".join(why),
        },
        {"key": WORDS_KEY, "label": "Ông/bà muốn nói thêm điều gì?", "help_text": words, "kind": QuestionKind.TEXT},
    )


_RULES = ((REASONS_KEY, SCORE_KEY, RuleOperator.AT_MOST, "3"), (PRAISE_KEY, SCORE_KEY, RuleOperator.AT_LEAST, "4"))


@transaction.atomic
def surveys_seed() -> int:
    """Make the surveys about answers and dossiers, the drafts of SIPAS and of the levels of schools; return how many.

    Each comes once: a draft that the office has removed does not come back at the next start.
    """
    themes_seed()
    made_before = set(Survey.objects.values_list("slug", flat=True))
    for key, data in LedgerEvent.objects.filter(verb=_SEEDED).values_list("subject_key", "data"):
        made_before |= {key, *data.get("surveys", ())}
    wanted = [sipas_draft(), *education_drafts()]
    if not Survey.objects.of_dossiers().exists():
        wanted.insert(0, _dossier_rating())
    if not Survey.objects.of_answers().exists():
        wanted.insert(0, _answer_rating())
    drafts = [draft for draft in wanted if draft.survey["slug"] not in made_before]
    if not drafts:
        return 0
    made = drafts_make(drafts)
    _open_asked_after(made)
    slugs = [survey.slug for survey in made]
    event_record(subject_type="survey", subject_key=slugs[0], verb=_SEEDED, data={"version": 1, "surveys": slugs})
    return len(made)


def _answer_rating() -> Draft:
    values = {
        "slug": ANSWER_RATING,
        "title": "Hài lòng với câu trả lời",
        "kind": SurveyKind.ANSWER_RATING,
        "intro": "Chỉ mất nửa phút. Phiếu không ghi tên, không nối với phản ánh của ông/bà; không ai biết ai chấm.",
        "thanks": "Cơ quan xem kết quả theo từng đơn vị, từng tháng để trả lời người dân tốt hơn.",
        "results_public": True,
    }
    words = (
        "Đừng ghi tên, số điện thoại hay địa chỉ của ai. Muốn được trả lời tiếp thì đề nghị xem xét lại ở "
        "trang theo dõi, đừng ghi ở đây."
    )
    questions = _questions("Ông/bà hài lòng với câu trả lời ở mức nào?", _WHY_NOT, _WHY, words)
    return Draft(values, [Part("Câu trả lời ông/bà nhận được", questions)], _RULES)


def _dossier_rating() -> Draft:
    values = {
        "slug": DOSSIER_RATING,
        "title": "Hài lòng với việc giải quyết hồ sơ",
        "kind": SurveyKind.DOSSIER_RATING,
        "intro": "Chỉ mất nửa phút. Phiếu không ghi tên, không nối với hồ sơ của ông/bà; không ai biết ai chấm.",
        "thanks": "Cơ quan xem kết quả theo từng đơn vị, từng lĩnh vực, từng tháng để phục vụ tốt hơn.",
    }
    words = (
        "Đừng ghi tên, số điện thoại, mã hồ sơ hay địa chỉ của ai. Muốn được trả lời thì gửi phản ánh, kiến nghị, đừng "
        "ghi ở đây."
    )
    score = "Ông/bà hài lòng với việc giải quyết hồ sơ ở mức nào?"
    return Draft(values, [Part("Hồ sơ của ông/bà", _questions(score, _DOSSIER_WHY_NOT, _DOSSIER_WHY, words))], _RULES)


def _open_asked_after(made: list[Survey]) -> None:
    """Whoever gets an answer, or a result, is asked from the first day."""
    for survey in made:
        if survey.kind in BY_INVITATION:
            survey.state, survey.current = SurveyState.OPEN, survey.versions.get()
            survey.save(update_fields=["state", "current"])
