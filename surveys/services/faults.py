"""What is wrong with a version, told to its author before anybody is asked: loops, dead ends, missing choices."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from surveys.enums import COMPARING, FIVE_LEVELS, LEVELS, LISTS, SEVERAL, WITHOUT_VALUE, QuestionKind, RuleOperator
from surveys.models import DisplayRule, Question
from surveys.services.plan import ASKS_NOTHING, Plan, choice_meant, fits, matrix_of, number_of, rows_of

MOST_RANKED = 20


def plan_faults(plan: Plan) -> list[str]:
    """Return what is wrong with a plan, in sentences for its author; nothing when it can be asked.

    A rule looks only at an earlier question, so a loop is told as such; and so is what nobody could ever be asked.
    """
    faults = []
    keys = _keys(plan)
    if not any(question.kind != ASKS_NOTHING for question in plan.questions):
        faults.append(_("Bản này chưa có câu hỏi nào."))
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        faults.append(_("Mã câu hỏi “%(key)s” dùng hai lần; mỗi câu một mã.") % {"key": key})
    for section, questions in plan.written:
        if not questions:
            faults.append(_("Phần “%(title)s” chưa có câu hỏi nào.") % {"title": section.title})
        for question in questions:
            faults.extend(_question_faults(question))
    loop = _loop(plan)
    if loop:
        waits = _("Các câu %(keys)s đợi nhau thành vòng: không câu nào được hỏi trước. Hãy bỏ một điều kiện.")
        faults.append(waits % {"keys": " → ".join(f"“{key}”" for key in loop)})
    wrong = [fault for rules in plan.rules.values() for rule in rules if (fault := _rule_fault(plan, rule, keys, loop))]
    # What cannot be read cannot be reasoned about.
    return faults + (wrong or ([] if loop else list(_dead_ends(plan))))


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


def _loop(plan: Plan) -> list[str]:
    """Return keys that wait for one another, the first once more at the end; nothing when there are none."""
    above = {key: [rule.on_key for rule in rules] for key, rules in plan.rules.items()}
    for start, first in above.items():
        way, waiting, seen = [start], [iter(first)], {start}
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                way.pop()
            elif following == start and len(way) > 1:
                return [*way, start]
            elif following in above and following not in seen:
                seen.add(following)
                way.append(following)
                waiting.append(iter(above[following]))
    return []


def _rule_fault(plan: Plan, rule: DisplayRule, keys: list[str], loop: list[str]) -> str:
    named = {"key": rule.key, "on_key": rule.on_key}
    if any(each.kind == QuestionKind.MATRIX and each.key == rule.on_key for each in _written(plan)):
        return _("“%(on_key)s” là một bảng: điều kiện phải nhắc mã của một dòng trong bảng.") % named
    if rule.key not in keys or rule.on_key not in keys:
        missing = rule.key if rule.key not in keys else rule.on_key
        return _("Điều kiện nhắc tới câu “%(key)s”, không có câu nào mang mã ấy.") % {"key": missing}
    if rule.key in loop and rule.on_key in loop:
        return ""
    if keys.index(rule.on_key) >= keys.index(rule.key):
        return _("Câu “%(key)s” phải đứng sau câu “%(on_key)s” mà nó phụ thuộc.") % named
    on = plan.by_key[rule.on_key]
    if on.kind == ASKS_NOTHING:
        return _("“%(on_key)s” là lời dẫn, không ai trả lời được.") % named
    return "" if rule.operator in WITHOUT_VALUE else _value_fault(rule, on)


def _value_fault(rule: DisplayRule, on: Question) -> str:
    named = {"on_key": rule.on_key, "value": rule.value}
    wanted = choice_meant(on, rule.value)
    if rule.operator in COMPARING and (on.kind not in LEVELS | {QuestionKind.NUMBER} or number_of(wanted) is None):
        return _("Điều kiện “từ … trở lên”, “đến … trở xuống” cần một câu cho điểm hoặc số, và giá trị là số.")
    if on.options and wanted not in dict(on.counted):
        return _("“%(value)s” không phải là một lựa chọn của câu “%(on_key)s”.") % named
    return ""


def _dead_ends(plan: Plan) -> Iterable[str]:
    """Yield questions that nobody is ever asked, whatever they answer: their conditions exclude one another.

    A condition on a question brings along the conditions of that question.
    """
    for key in plan.rules:
        by_question: dict[str, list[DisplayRule]] = {}
        for rule in _needed(plan, key):
            by_question.setdefault(rule.on_key, []).append(rule)
        for on_key, rules in by_question.items():
            if not _possible(plan, plan.by_key[on_key], rules):
                words = _("Câu “%(key)s” không bao giờ được hỏi: các điều kiện về câu “%(on_key)s” loại trừ nhau.")
                yield words % {"key": key, "on_key": on_key}


def _needed(plan: Plan, key: str) -> Iterator[DisplayRule]:
    """Yield every rule that must hold before ``key`` is asked, those of the questions it depends on among them."""
    waiting, seen = [key], set[str]()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        question = plan.by_key.get(here)
        matrix = matrix_of(question) if question else None
        for own in (here, *([matrix.key] if matrix else [])):
            for rule in plan.rules.get(own, ()):
                yield rule
                if rule.operator != RuleOperator.NOT_ANSWERED:
                    waiting.append(rule.on_key)


def _possible(plan: Plan, on: Question, rules: Sequence[DisplayRule]) -> bool:
    """Say whether one answer to ``on``, or none, can fulfil all of ``rules``."""
    unanswered = [rule for rule in rules if rule.operator == RuleOperator.NOT_ANSWERED]
    if unanswered:
        always = on.required and on.key not in plan.rules
        return len(unanswered) == len(rules) and not always
    wanted = [(rule.operator, choice_meant(on, rule.value)) for rule in rules]
    if on.kind in SEVERAL:
        chosen = {value for operator, value in wanted if operator == RuleOperator.EQUAL}
        return not chosen & {value for operator, value in wanted if operator == RuleOperator.NOT_EQUAL} and (
            on.kind != QuestionKind.RANKING or len(chosen) <= 1
        )
    if on.options:
        return any(all(fits(operator, code, value) for operator, value in wanted) for code, _words in on.options)
    if on.kind == QuestionKind.NUMBER:
        return _number_possible(on, wanted)
    equal = {value for operator, value in wanted if operator == RuleOperator.EQUAL}
    return len(equal) <= 1 and not equal & {value for operator, value in wanted if operator == RuleOperator.NOT_EQUAL}


def _number_possible(on: Question, wanted: Sequence[tuple[str, str]]) -> bool:
    """A number that fulfils all lies at a bound, if there is one at all: only the bounds are tried."""
    named = [number for _operator, value in wanted if (number := number_of(value)) is not None]
    bounds = [Decimal(each) for each in (on.least, on.most) if each is not None]
    tried = [*named, *bounds, *(number + step for number in named for step in (Decimal(-1), Decimal(1)))]
    within = (each for each in tried if (on.least is None or each >= on.least) and (on.most is None or each <= on.most))
    return not tried or any(all(fits(operator, str(each), value) for operator, value in wanted) for each in within)
