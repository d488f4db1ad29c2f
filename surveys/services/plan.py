"""A version as it is asked: sections in order, questions, and when each is asked. Read once, in three statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.utils.translation import gettext as _

from surveys.enums import COMPARING, COUNTED, LEVELS, LISTS, WITHOUT_VALUE, WORDS, QuestionKind, RuleOperator
from surveys.models import DisplayRule, Question, Section, SurveyVersion

# What was answered, by key: a level, code, number, day or words; a list of codes where several may be chosen.
Answer = str | list[str]
Answers = Mapping[str, Answer]
_ASKS_NOTHING = QuestionKind.INFORMATION


@dataclass(frozen=True)
class Plan:
    """What one version asks. ``rules`` gives by key the conditions that must all hold."""

    sections: tuple[tuple[Section, tuple[Question, ...]], ...]
    rules: Mapping[str, tuple[DisplayRule, ...]] = field(default_factory=dict)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for _section, questions in self.sections for question in questions)

    @cached_property
    def by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    @property
    def lead(self) -> Question | None:
        """The first question about satisfaction: the one that a link in a mail answers, and that figures quote."""
        return next((question for question in self.questions if question.kind == QuestionKind.SCORE), None)

    def is_asked(self, question: Question, answers: Answers) -> bool:
        """Say whether ``question`` is asked of somebody who answered so; ``answers`` are those that count."""
        return all(self._holds(rule, answers) for rule in self.rules.get(question.key, ()))

    def reachable(self, answers: Answers) -> list[Question]:
        """Return the questions that are asked, in order; an answer to one that is not asked decides nothing."""
        found, kept = [], dict[str, Answer]()
        for question in self.questions:
            if self.is_asked(question, kept):
                found.append(question)
                if answers.get(question.key):
                    kept[question.key] = answers[question.key]
        return found

    def kept(self, answers: Answers) -> dict[str, Answer]:
        """Return the answers that count: to questions that are asked, and not empty."""
        keys = [question.key for question in self.reachable(answers) if question.kind != _ASKS_NOTHING]
        return {key: answers[key] for key in keys if answers.get(key)}

    def pages(self, answers: Answers) -> list[int]:
        """Return the places of the sections that have something to show."""
        asked = {question.key for question in self.reachable(answers)}
        return [
            place
            for place, (_section, questions) in enumerate(self.sections)
            if asked & {each.key for each in questions}
        ]

    def _holds(self, rule: DisplayRule, answers: Answers) -> bool:
        given = answers.get(rule.on_key)
        if rule.operator == RuleOperator.NOT_ANSWERED or not given:
            return rule.operator == RuleOperator.NOT_ANSWERED and not given
        if rule.operator == RuleOperator.ANSWERED:
            return True
        values = given if isinstance(given, list) else [given]
        wanted = choice_meant(self.by_key.get(rule.on_key), rule.value)
        if rule.operator in COMPARING:
            return _compares(rule.operator, values[0], wanted)
        return (wanted in values) == (rule.operator == RuleOperator.EQUAL)


def plan_of(version: SurveyVersion) -> Plan:
    """Return what ``version`` asks; three statements, whatever its length."""
    sections = version.sections.order_by("sort_order", "pk").prefetch_related("questions")
    rules: dict[str, list[DisplayRule]] = {}
    for rule in version.rules.all():
        rules.setdefault(rule.key, []).append(rule)
    return Plan(
        tuple((section, tuple(section.questions.all())) for section in sections),
        {key: tuple(found) for key, found in rules.items()},
    )


def plan_written(version: SurveyVersion) -> Plan:
    """Return what a version asks as a form has put it together, not stored yet."""
    sections = sorted(version.sections.all(), key=lambda each: each.sort_order or 0)
    rules: dict[str, list[DisplayRule]] = {}
    for rule in version.rules.all():
        rules.setdefault(rule.key, []).append(rule)
    return Plan(
        tuple(
            (section, tuple(sorted(section.questions.all(), key=lambda each: each.sort_order or 0)))
            for section in sections
        ),
        {key: tuple(found) for key, found in rules.items()},
    )


def choice_meant(question: Question | None, value: str) -> str:
    """Return the code that a rule's ``value`` means, which people write as the words of the choice."""
    spoken = " ".join(value.split())
    options = question.options if question else []
    return next((code for code, words in options if spoken.casefold() in {code, str(words).casefold()}), spoken)


def plan_faults(plan: Plan) -> list[str]:
    """Return what is wrong with a plan, in sentences for its author; nothing when it can be asked.

    A rule that looks only at an earlier question can make no loop; what nobody could ever be asked is told.
    """
    faults = []
    keys = [question.key for question in plan.questions]
    if not any(question.kind != _ASKS_NOTHING for question in plan.questions):
        faults.append(_("Bản này chưa có câu hỏi nào."))
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        faults.append(_("Mã câu hỏi “%(key)s” dùng hai lần; mỗi câu một mã.") % {"key": key})
    for section, questions in plan.sections:
        if not questions:
            faults.append(_("Phần “%(title)s” chưa có câu hỏi nào.") % {"title": section.title})
    for question in plan.questions:
        faults.extend(_question_faults(question))
    for rules in plan.rules.values():
        faults.extend(fault for rule in rules if (fault := _rule_fault(plan, rule, keys)))
    faults.extend(_dead_ends(plan))
    return faults


def _question_faults(question: Question) -> Iterable[str]:
    named = {"label": question.label}
    codes = [code for code, _words in question.options]
    if question.kind in LISTS and (len(codes) < 2 or len(set(codes)) < len(codes)):
        yield _("Câu “%(label)s” cần ít nhất hai lựa chọn khác nhau, mỗi dòng một lựa chọn.") % named
    if question.kind == QuestionKind.SCORE and len(question.lines) not in {0, 5}:
        yield _("Câu “%(label)s” cần đúng năm dòng lựa chọn, từ thấp đến cao, hoặc để trống.") % named


def _rule_fault(plan: Plan, rule: DisplayRule, keys: list[str]) -> str:
    named = {"key": rule.key, "on_key": rule.on_key}
    if rule.key not in keys or rule.on_key not in keys:
        missing = rule.key if rule.key not in keys else rule.on_key
        return _("Điều kiện nhắc tới câu “%(key)s”, không có câu nào mang mã ấy.") % {"key": missing}
    if keys.index(rule.on_key) >= keys.index(rule.key):
        return _("Câu “%(key)s” phải đứng sau câu “%(on_key)s” mà nó phụ thuộc.") % named
    on = plan.by_key[rule.on_key]
    if on.kind == _ASKS_NOTHING:
        return _("“%(on_key)s” là lời dẫn, không ai trả lời được.") % named
    return "" if rule.operator in WITHOUT_VALUE else _value_fault(rule, on)


def _value_fault(rule: DisplayRule, on: Question) -> str:
    named = {"on_key": rule.on_key, "value": rule.value}
    wanted = choice_meant(on, rule.value)
    if rule.operator in COMPARING and (on.kind not in LEVELS | {QuestionKind.NUMBER} or _number(wanted) is None):
        return _("Điều kiện “từ … trở lên”, “đến … trở xuống” cần một câu cho điểm hoặc số, và giá trị là số.")
    if on.options and wanted not in dict(on.options):
        return _("“%(value)s” không phải là một lựa chọn của câu “%(on_key)s”.") % named
    return ""


def _dead_ends(plan: Plan) -> Iterable[str]:
    """Yield questions that wait for two different answers to the same question of one answer: nobody is ever asked."""
    for key, rules in plan.rules.items():
        wanted: dict[str, set[str]] = {}
        for rule in rules:
            on = plan.by_key.get(rule.on_key)
            if rule.operator == RuleOperator.EQUAL and on is not None and on.kind != QuestionKind.SOME_OF:
                wanted.setdefault(rule.on_key, set()).add(choice_meant(on, rule.value))
        if any(len(values) > 1 for values in wanted.values()):
            yield _("Câu “%(key)s” không bao giờ được hỏi: các điều kiện của nó loại trừ nhau.") % {"key": key}


def is_counted(question: Question) -> bool:
    """Say whether results count what was chosen in ``question``."""
    return question.kind in COUNTED


def is_words(question: Question) -> bool:
    """Say whether ``question`` is answered in the person's own words."""
    return question.kind in WORDS


def _compares(operator: str, given: str, wanted: str) -> bool:
    left, right = _number(given), _number(wanted)
    if left is None or right is None:
        return False
    return left >= right if operator == RuleOperator.AT_LEAST else left <= right


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
