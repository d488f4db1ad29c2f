"""What a request may or must say beside its text, as attributes of Open311: the questions of our own form."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cms.core.models import Unit
from feedback.enums import CaseMatter, ConsentPurpose, NameShown, QuestionKind, SenderKind
from feedback.models import Category, ExtraQuestion

# The codes of what every service asks; ``feedback.models.questions.RESERVED_CODES`` keeps them free.
TITLE, UNIT, MATTER, SENDER_KIND, NAME_SHOWN, CONSENT = (
    "tieu-de",
    "don-vi",
    "loai-viec",
    "tu-cach",
    "hien-ten",
    "dong-y",
)


def definition_of(category: Category, questions: Iterable[ExtraQuestion], units: Iterable[Unit]) -> dict[str, Any]:
    """Return the definition of a service: what every case is asked, then the questions of its own."""
    attributes = [*_common(units), *(_of_question(question) for question in questions)]
    numbered = [{**attribute, "order": place} for place, attribute in enumerate(attributes, start=1)]
    return {"service_code": category.code, "attributes": numbered}


def _attribute(code: str, kind: str, description: Any, **more: Any) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": str(kind),
        "required": more.get("required", False),
        "datatype_description": str(more.get("hint") or _HINTS.get(kind, "")),
        "order": 0,
        "description": str(description),
        **({"values": [{"key": key, "name": str(name)} for key, name in more["values"]]} if "values" in more else {}),
    }


_HINTS: dict[str, str] = {
    QuestionKind.DATE: "2026-11-20, 20/11/2026",
    QuestionKind.NUMBER: "3; 12,5; 1.250.000",
}


def _common(units: Iterable[Unit]) -> list[dict[str, Any]]:
    consents = [(each.value, _("Tôi đồng ý %(what)s") % {"what": each.label}) for each in ConsentPurpose]
    return [
        _attribute(
            CONSENT,
            QuestionKind.SOME_OF,
            _("Người gửi đồng ý những gì; hỏi từng mục, không đánh dấu sẵn. Mục “handle” là bắt buộc."),
            required=True,
            values=consents,
        ),
        _attribute(
            TITLE,
            QuestionKind.STRING,
            _("Tiêu đề: một câu nói rõ việc gì, ở đâu."),
            hint=_("10–150 ký tự; để trống thì lấy đoạn đầu của description"),
        ),
        _attribute(
            UNIT,
            QuestionKind.ONE_OF,
            _("Trường hoặc đơn vị liên quan."),
            values=[(unit.code, unit.name) for unit in units],
        ),
        _attribute(MATTER, QuestionKind.ONE_OF, _("Loại việc."), values=CaseMatter.choices),
        _attribute(SENDER_KIND, QuestionKind.ONE_OF, _("Gửi với tư cách nào."), values=SenderKind.choices),
        _attribute(
            NAME_SHOWN, QuestionKind.ONE_OF, _("Nếu công khai, tên người gửi hiện thế nào."), values=NameShown.choices
        ),
    ]


def _of_question(question: ExtraQuestion) -> dict[str, Any]:
    """A question that only one matter is asked can be required of nobody else: the words say when it is asked."""
    words = [question.label, question.help_text]
    if question.matter:
        asked = _("Chỉ hỏi khi %(code)s là %(matter)s") % {"code": MATTER, "matter": question.matter}
        words.append(f"{asked}{_(', khi đó bắt buộc') if question.required else ''}")
    description = ". ".join(str(each).rstrip(".") for each in words if each)
    more = {"values": question.options} if question.is_list else {}
    return _attribute(
        question.code, question.kind, f"{description}.", required=question.required and not question.matter, **more
    )
