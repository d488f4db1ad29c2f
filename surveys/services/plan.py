"""A version as it is asked: sections in order, questions, and when each is asked. Read once, in three statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.utils.translation import gettext as _

from surveys.enums import (
    COMPARING,
    COUNTED,
    FIVE_LEVELS,
    LEVELS,
    LISTS,
    WITHOUT_VALUE,
    WORDS,
    QuestionKind,
    RuleOperator,
)
from surveys.models import DisplayRule, Question, Section, SurveyVersion
from surveys.models.survey import LONGEST_LABEL

# What was answered, by key: a level, code, number, day or words; a list of codes where several may be chosen.
Answer = str | list[str]
Answers = Mapping[str, Answer]
_ASKS_NOTHING = QuestionKind.INFORMATION
MOST_RANKED = 20


@dataclass(frozen=True)
class Plan:
    """What one version asks. ``rules`` gives by key the conditions that must all hold.

    A matrix stands in ``sections`` as one question a row, with the matrix as their ``matrix``; ``written`` has the
    questions as their author wrote them.
    """

    sections: tuple[tuple[Section, tuple[Question, ...]], ...]
    rules: Mapping[str, tuple[DisplayRule, ...]] = field(default_factory=dict)

    written: tuple[tuple[Section, tuple[Question, ...]], ...] = ()

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
        own = (question.key, matrix.key) if (matrix := matrix_of(question)) else (question.key,)
        return all(self._holds(rule, answers) for key in own for rule in self.rules.get(key, ()))

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
    return _plan(((section, tuple(section.questions.all())) for section in sections), version.rules.all())


def plan_written(version: SurveyVersion) -> Plan:
    """Return what a version asks as a form has put it together, not stored yet."""
    sections = sorted(version.sections.all(), key=lambda each: each.sort_order or 0)
    return _plan(
        (
            (section, tuple(sorted(section.questions.all(), key=lambda each: each.sort_order or 0)))
            for section in sections
        ),
        version.rules.all(),
    )


def _plan(sections: Iterable[tuple[Section, tuple[Question, ...]]], rules: Iterable[DisplayRule]) -> Plan:
    written, by_key = tuple(sections), dict[str, tuple[DisplayRule, ...]]()
    for rule in rules:
        by_key[rule.key] = (*by_key.get(rule.key, ()), rule)
    asked = ((section, tuple(row for each in questions for row in rows_of(each))) for section, questions in written)
    return Plan(tuple(asked), by_key, written)


def rows_of(question: Question) -> list[Question]:
    """Return what is asked one by one: the rows of a matrix, each as a question of its own; else the question."""
    if question.kind != QuestionKind.MATRIX:
        return [question]
    shared = {name: getattr(question, name) for name in ("section_id", "choices", "required", "publishable")}
    rows = []
    for key, label in question.row_lines:
        if key:
            row = Question(key=key, label=label[:LONGEST_LABEL], kind=QuestionKind.SCORE, **shared)
            row.matrix = question
            rows.append(row)
    return rows


def matrix_of(question: Question) -> Question | None:
    """Return the matrix of which ``question`` is a row."""
    return getattr(question, "matrix", None)


def choice_meant(question: Question | None, value: str) -> str:
    """Return the code that a rule's ``value`` means, which people write as the words of the choice."""
    spoken = " ".join(value.split())
    options = question.options if question else []
    code = next((code for code, words in options if spoken.casefold() in {code, str(words).casefold()}), spoken)
    # Of a ranking is asked what comes first.
    return f"1.{code}" if question and question.kind == QuestionKind.RANKING else code


def plan_faults(plan: Plan) -> list[str]:
    """Return what is wrong with a plan, in sentences for its author; nothing when it can be asked.

    A rule that looks only at an earlier question can make no loop; what nobody could ever be asked is told.
    """
    faults = []
    keys = _keys(plan)
    if not any(question.kind != _ASKS_NOTHING for question in plan.questions):
        faults.append(_("Bản này chưa có câu hỏi nào."))
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        faults.append(_("Mã câu hỏi “%(key)s” dùng hai lần; mỗi câu một mã.") % {"key": key})
    for section, questions in plan.written:
        if not questions:
            faults.append(_("Phần “%(title)s” chưa có câu hỏi nào.") % {"title": section.title})
        for question in questions:
            faults.extend(_question_faults(question))
    for rules in plan.rules.values():
        faults.extend(fault for rule in rules if (fault := _rule_fault(plan, rule, keys)))
    faults.extend(_dead_ends(plan))
    return faults


def _written(plan: Plan) -> Iterable[Question]:
    return (question for _section, questions in plan.written for question in questions)


def _keys(plan: Plan) -> list[str]:
    """Return every key in order, that of a matrix before those of its rows."""
    rows = ((each, rows_of(each)) for each in _written(plan))
    return [key for each, own in rows for key in ([each.key] if own != [each] else []) + [row.key for row in own]]


def _question_faults(question: Question) -> Iterable[str]:
    named = {"label": question.label}
    codes = [code for code, _words in question.options]
    if question.kind in LISTS and (len(codes) < 2 or len(set(codes)) < len(codes)):
        yield _("Câu “%(label)s” cần ít nhất hai lựa chọn khác nhau, mỗi dòng một lựa chọn.") % named
    if question.kind == QuestionKind.RANKING and len(codes) > MOST_RANKED:
        yield _("Câu “%(label)s” xếp thứ tự nhiều nhất %(most)d mục.") % {**named, "most": MOST_RANKED}
    if question.kind in FIVE_LEVELS and len(question.lines) not in {0, 5}:
        yield _("Câu “%(label)s” cần đúng năm dòng lựa chọn, từ thấp đến cao, hoặc để trống.") % named
    if question.kind == QuestionKind.MATRIX:
        if not question.row_lines:
            yield _("Bảng “%(label)s” chưa có dòng nào; mỗi dòng viết “mã: lời”.") % named
        for key, words in question.row_lines:
            if not key:
                yield _("Bảng “%(label)s”: dòng “%(words)s” chưa có mã, viết “mã: lời”.") % {**named, "words": words}
    if question.least is not None and question.most is not None and question.least > question.most:
        yield _("Câu “%(label)s”: số nhỏ nhất lớn hơn số lớn nhất.") % named


def _rule_fault(plan: Plan, rule: DisplayRule, keys: list[str]) -> str:
    named = {"key": rule.key, "on_key": rule.on_key}
    if any(each.kind == QuestionKind.MATRIX and each.key == rule.on_key for each in _written(plan)):
        return _("“%(on_key)s” là một bảng: điều kiện phải nhắc mã của một dòng trong bảng.") % named
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
