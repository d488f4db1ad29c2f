"""What somebody read when they answered: an answer counts for the question as it stood before them, for no other."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from surveys.models import Question
from surveys.services.drafts import Given
from surveys.services.plan import Answer, Plan, is_words, matrix_of
from surveys.services.responses import answer_cleaned

_WORDS, _LETTERS = "w", 10


def question_mark(question: Question) -> str:
    """Return letters that change with the words of ``question``, how it is answered and what may be chosen."""
    matrix = matrix_of(question)
    read = [matrix.label if matrix else "", question.label, question.kind]
    read += [part for code, words in question.options for part in (code, str(words))]
    digest = hashlib.sha256("\0".join(read).encode(errors="replace")).hexdigest()[:_LETTERS]
    return f"{_WORDS if is_words(question) else 'c'}{digest}"


@dataclass(frozen=True)
class Fitting:
    """The answers that still fit what is asked; ``changed`` says that a question was, ``veiled`` names the veiled."""

    answers: dict[str, Answer] = field(default_factory=dict)
    veiled: frozenset[str] = frozenset()
    changed: bool = False


def answers_marked(plan: Plan, answers: Mapping[str, Answer], veiled: Iterable[str] = ()) -> dict[str, Given]:
    """Return answers to what ``plan`` asks, each with the mark of its question."""
    hidden = set(veiled)
    return {
        key: Given(question_mark(plan.by_key[key]), answer, key in hidden)
        for key, answer in answers.items()
        if key in plan.by_key
    }


def answers_fitting(plan: Plan, given: Mapping[str, Given]) -> Fitting:
    """Return what of ``given`` fits the questions of ``plan``.

    A level or a choice fits the very words that were read with it; words of one's own are kept, they cost most to write
    and whoever reads them again sees what is asked now.
    """
    kept, changed = dict[str, Answer](), False
    for key, each in given.items():
        question = plan.by_key.get(key)
        is_same = question is not None and question_mark(question) == each.mark
        changed = changed or not is_same
        if question is not None and (is_same or (is_words(question) and each.mark.startswith(_WORDS))):
            try:
                answer_cleaned(question, each.answer)
            except ValidationError:
                if not is_words(question):
                    continue
            kept[key] = each.answer
    veiled = frozenset(key for key in kept if given[key].veiled)
    return Fitting(plan.kept(kept), veiled, changed)


def answers_sound(plan: Plan, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers that may be stored as they are: words too long, or none at all, are shown and not kept."""
    found = dict[str, Answer]()
    for key, answer in answers.items():
        try:
            answer_cleaned(plan.by_key[key], answer)
        except ValidationError:
            continue
        found[key] = answer
    return found
