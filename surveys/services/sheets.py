"""A questionnaire on paper: what is printed, in which words and with which codes; what keyed-in codes mean.

What may be chosen is numbered from 1 on the paper, and whoever keys it in types that number. Nothing depends on the
words of a choice, and the numbers of a version never change once it is frozen. Until then they do: so a paper says
which edition it was printed from, and whoever keys it in compares that with the screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from surveys.enums import LEVELS, LISTS, SEVERAL, QuestionKind, RuleOperator, SurveyState
from surveys.models import Channel, DisplayRule, Question, Section, Survey, SurveyVersion
from surveys.services.plan import Answer, Plan, matrix_of


@dataclass(frozen=True)
class SheetLine:
    """One question of a paper, or several levels that stand in one table. ``when`` says of whom it is asked."""

    questions: Sequence[Question]
    when: str = ""
    heading: str = ""
    hint: str = ""

    @property
    def question(self) -> Question:
        return self.questions[0]

    @property
    def kind(self) -> str:
        """How it is printed: table, choices, ranking, level, words, text, date, number, consent."""
        first = self.question
        if first.kind == QuestionKind.SCORE:
            return "table"
        if first.kind in {QuestionKind.ONE_OF, QuestionKind.SOME_OF}:
            return "choices"
        return str(first.kind)

    @property
    def numbered(self) -> list[tuple[int, Any]]:
        return [(number, words) for number, (_code, words) in enumerate(self.question.options, start=1)]


def sheet_number(words: str) -> str:
    """Return the number of a paper as it is stored: in capitals, so that “th-01” and “TH-01” are one paper."""
    return words.upper()


def edition_words(version: SurveyVersion) -> str:
    """Return what tells two prints of one version apart: how often its questions had been changed."""
    named = {"number": version.number, "edition": version.edition}
    return _("Bản câu hỏi số %(number)d, lần sửa %(edition)d") % named


def print_again_words(version: SurveyVersion) -> str:
    """Return what is said to whoever changes questions that may be on paper already; empty when none can be."""
    survey = version.survey
    if survey.state == SurveyState.DRAFT or survey.current_id != version.pk:
        return ""
    words = _("Phiếu giấy in trước lúc này không dùng được nữa: in lại, phiếu mới ghi “%(edition)s”.")
    return words % {"edition": edition_words(version)}


def asks_place(survey: Survey, channel: Channel | None) -> bool:
    """Say whether a paper has room for the place it is about: there are several, and nobody chose one to print."""
    return channel is None and survey.channels.named().active().exists()


def sheet_sections(plan: Plan) -> list[tuple[Section, list[SheetLine]]]:
    """Return what is printed, section by section: levels that share their words stand in one table."""
    return [(section, _lines(plan, questions)) for section, questions in plan.sections]


def _lines(plan: Plan, questions: Sequence[Question]) -> list[SheetLine]:
    found = []
    for (_table, when), group in groupby(questions, key=lambda each: (_table_of(each), when_asked(plan, each))):
        asked = list(group)
        matrix = matrix_of(asked[0])
        heading, hint = (matrix.label, matrix.help_text) if matrix else ("", "")
        found.append(SheetLine(asked, when, heading, hint))
    return found


def _table_of(question: Question) -> str:
    """Return the same for questions that stand in one table, and nothing twice for any other."""
    if question.kind != QuestionKind.SCORE:
        return question.key
    matrix = matrix_of(question)
    return f"{matrix.key if matrix else ''}|{question.choices}"


def when_asked(plan: Plan, question: Question) -> str:
    """Return in words of whom ``question`` is asked; empty when of everybody."""
    matrix = matrix_of(question)
    keys = [question.key, *([matrix.key] if matrix else [])]
    said = [_rule_words(plan, rule) for key in keys for rule in plan.rules.get(key, ())]
    return _("Chỉ trả lời khi %(rules)s.") % {"rules": _(" và ").join(said)} if said else ""


def _rule_words(plan: Plan, rule: DisplayRule) -> str:
    named = {"key": rule.on_key, "value": _value_words(plan.by_key.get(rule.on_key), rule.value)}
    words = {
        RuleOperator.ANSWERED: _("câu %(key)s có trả lời"),
        RuleOperator.NOT_ANSWERED: _("câu %(key)s bỏ trống"),
        RuleOperator.EQUAL: _("câu %(key)s là “%(value)s”"),
        RuleOperator.NOT_EQUAL: _("câu %(key)s khác “%(value)s”"),
        RuleOperator.AT_LEAST: _("câu %(key)s từ %(value)s trở lên"),
        RuleOperator.AT_MOST: _("câu %(key)s từ %(value)s trở xuống"),
    }
    return words[RuleOperator(rule.operator)] % named


def _value_words(question: Question | None, value: str) -> str:
    options = dict(question.options) if question else {}
    return str(options.get(value, value))


def keyed_help(question: Question) -> str:
    """Return what is typed for ``question``; the numbers that stand on the paper."""
    last = len(question.options)
    words = {
        QuestionKind.SCORE: _("1 đến 5"),
        QuestionKind.SCORE_10: _("0 đến 10"),
        QuestionKind.ONE_OF: _("một số, 1 đến %(last)d"),
        QuestionKind.SOME_OF: _("các số cách nhau bằng dấu phẩy, 1 đến %(last)d"),
        QuestionKind.RANKING: _("số của mục, mục xếp thứ nhất trước, cách nhau bằng dấu phẩy"),
        QuestionKind.DATE: _("ngày/tháng/năm"),
        QuestionKind.CONSENT: _("1 nếu có đánh dấu"),
    }
    return str(words.get(QuestionKind(question.kind), "")) % {"last": last}


def keyed_answer(question: Question, typed: str) -> Answer:
    """Return the answer that numbers typed from a paper mean; empty for none.

    Raises ValidationError for a number that does not stand on the paper.
    """
    typed = typed.strip()
    if not typed or (question.kind not in LEVELS | LISTS and question.kind != QuestionKind.CONSENT):
        return typed
    if question.kind == QuestionKind.CONSENT:
        return "1" if typed.casefold() in {"1", "x", "có"} else _refuse(question)
    numbers = typed.replace(";", ",").replace(" ", ",").split(",")
    codes = [_code(question, number) for number in numbers if number]
    if question.kind == QuestionKind.RANKING:
        return [f"{place}.{code}" for place, code in enumerate(codes, start=1)]
    if question.kind in SEVERAL:
        return codes
    return codes[0] if len(codes) == 1 else _refuse(question)


def _code(question: Question, number: str) -> str:
    codes = [code for code, _words in question.options]
    if question.kind == QuestionKind.SCORE_10:
        return number if number in codes else _refuse(question)
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    return codes[place - 1] if 0 < place <= len(codes) else _refuse(question)


def _refuse(question: Question) -> str:
    raise ValidationError(_("Gõ %(what)s, như trên phiếu.") % {"what": keyed_help(question)}, code="invalid_choice")


def keyed_words(question: Question, answer: Answer) -> str:
    """Return an answer as it is typed from a paper: the other way round."""
    if not answer or (question.kind not in LEVELS | LISTS):
        return str(answer or "")
    codes = [code for code, _words in question.options]
    values = answer if isinstance(answer, list) else [answer]
    if question.kind == QuestionKind.RANKING:
        values = [value.partition(".")[2] for value in values]
    if question.kind == QuestionKind.SCORE_10:
        return str(values[0])
    return ", ".join(str(codes.index(value) + 1) for value in values if value in codes)
