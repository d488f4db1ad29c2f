"""A version as it is asked: sections in order, questions, and when each is asked. Read once, in three statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property

from surveys.enums import (
    COMPARING,
    COUNTED,
    WORDS,
    QuestionKind,
    RuleOperator,
)
from surveys.models import DisplayRule, Question, Section, SurveyVersion
from surveys.models.survey import LONGEST_LABEL

# What was answered, by key: a level, code, number, day or words; a list of codes where several may be chosen.
Answer = str | list[str]
Answers = Mapping[str, Answer]
ASKS_NOTHING = QuestionKind.INFORMATION


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
        keys = [question.key for question in self.reachable(answers) if question.kind != ASKS_NOTHING]
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
        values = given if isinstance(given, list) else [given]
        wanted = choice_meant(self.by_key.get(rule.on_key), rule.value)
        if rule.operator == RuleOperator.NOT_EQUAL:
            return wanted not in values
        return any(fits(rule.operator, value, wanted) for value in values)


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


def is_counted(question: Question) -> bool:
    """Say whether results count what was chosen in ``question``."""
    return question.kind in COUNTED


def is_words(question: Question) -> bool:
    """Say whether ``question`` is answered in the person's own words."""
    return question.kind in WORDS


def fits(operator: str, given: str, wanted: str) -> bool:
    """Say whether one given answer fulfils a condition that needs one."""
    if operator == RuleOperator.ANSWERED:
        return True
    if operator in COMPARING:
        left, right = number_of(given), number_of(wanted)
        if left is None or right is None:
            return False
        return left >= right if operator == RuleOperator.AT_LEAST else left <= right
    return (given == wanted) == (operator == RuleOperator.EQUAL)


def number_of(text: str) -> Decimal | None:
    """Return the number that ``text`` writes, with a comma or a point; None for none."""
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
