"""Keys from version to version: one key asks one thing in the same way, for its figures are put in one row.

What was answered under a key cannot be taken back, so a version that was answered decides what its keys mean. A row of
a matrix is a question about satisfaction with a key of its own, and may stand alone later, or the other way round.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from surveys.enums import WORDS, QuestionKind
from surveys.models import Question, SurveyVersion
from surveys.services.faults import plan_faults
from surveys.services.plan import ASKS_NOTHING, Plan, rows_of

_WORD = re.compile(r"\w+")


def version_faults(version: SurveyVersion, plan: Plan) -> list[str]:
    """Return everything for which ``version``, which asks ``plan``, may not be asked, in sentences for its author."""
    return plan_faults(plan) + key_faults(version, plan)


def key_faults(version: SurveyVersion, plan: Plan) -> list[str]:
    """Return which keys of ``plan`` mean something else in another version of the survey that was answered.

    One statement, whatever the number of versions; one sentence a key, about the newest version that differs.
    """
    faults: dict[str, str] = {}
    for number, then in _answered(version):
        now = plan.by_key.get(then.key)
        if now is None or now.key in faults or ASKS_NOTHING in {now.kind, then.kind}:
            continue
        if words := _difference(number, now, then):
            faults[now.key] = words
    return [faults[key] for key in plan.by_key if key in faults]


def _answered(version: SurveyVersion) -> Iterator[tuple[int, Question]]:
    """Yield every question of the other versions that were answered, the newest version first."""
    rows = Question.objects.select_related("section__version").filter(
        section__version__survey=version.survey_id, section__version__frozen_on__isnull=False
    )
    for written in rows.exclude(section__version=version.pk).order_by("-section__version__number", "pk"):
        for question in rows_of(written):
            yield written.section.version.number, question


def _difference(number: int, now: Question, then: Question) -> str:
    """Return in what a question is another one than in version ``number``; empty when it is the same."""
    named = {"key": now.key, "number": number, "label": now.label}
    if now.kind != then.kind and not {now.kind, then.kind} <= WORDS:
        words = _(
            "Mã “%(key)s”: bản %(number)d đã có phiếu trả lời theo cách “%(then)s”, ở đây là “%(now)s”, nên số liệu "
            "không ghép được. Đặt mã mới cho câu “%(label)s”."
        )
        return words % {**named, "then": then.get_kind_display(), "now": now.get_kind_display()}
    if now.kind == QuestionKind.NUMBER and (now.least, now.most) != (then.least, then.most):
        words = _(
            "Mã “%(key)s”: bản %(number)d đã có phiếu trả lời với số nhỏ nhất, số lớn nhất khác. Giữ như bản ấy, hoặc "
            "đặt mã mới cho câu “%(label)s”."
        )
        return words % named
    before = dict(then.options)
    for code, spoken in now.options:
        if code in before and _spelt(spoken) != _spelt(before[code]):
            words = _(
                "Mã “%(key)s”: lựa chọn “%(now)s” bị đếm chung với “%(then)s” của bản %(number)d đã có phiếu trả lời. "
                "Giữ lời như bản ấy, hoặc đặt mã mới cho câu “%(label)s”."
            )
            return words % {**named, "then": before[code], "now": spoken}
    return ""


def _spelt(words: Any) -> list[str]:
    """Return the words of a choice without capitals and signs: those may be put right."""
    return _WORD.findall(unicodedata.normalize("NFC", str(words)).casefold())
