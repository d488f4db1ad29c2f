"""The form of one page of a questionnaire, made from what its version asks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from surveys.enums import LEVELS, SEVERAL, WORDS, QuestionKind
from surveys.models import Question
from surveys.models.survey import LONGEST_LINE, LONGEST_TEXT
from surveys.services.plan import Answer, Plan, matrix_of
from surveys.services.responses import answer_cleaned, asks, bounds_words, missing_words

PREFIX = "c"
SHOWN = "da_hien"


class AnswerField(forms.Field):
    """One question as a form field; what may be stored is said in one place, the service."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.max_length = LONGEST_TEXT if question.kind == QuestionKind.TEXT else None
        hint = " ".join(filter(None, [question.help_text, bounds_words(question), quoted_words(question)]))
        super().__init__(
            label=question.label,
            help_text="" if question.kind == QuestionKind.CONSENT else hint,
            required=question.required,
            widget=widget_of(question),
        )

    def clean(self, value: Any) -> Answer:
        if isinstance(value, bool):
            value = "1" if value else ""
        found = answer_cleaned(self.question, value if isinstance(value, list) else value or "")
        if self.required and not found:
            raise ValidationError(missing_words(self.question), code="required")
        return found


def quoted_words(question: Question) -> str:
    """Return what whoever writes has to know before: that others may read it."""
    if question.kind not in WORDS or not question.publishable:
        return ""
    quoted = _("Lời này có thể được trích khi công bố kết quả, sau khi có người đọc và che.")
    return quoted if question.help_text else _("Đừng ghi tên người.") + " " + quoted


class LevelSelect(forms.RadioSelect):
    """Levels of satisfaction: five large targets in a row, each with its number and its words."""


class RankingSelect(forms.Widget):
    """One list of places beside every option. All have one name: what is sent is “place.code”, as it is stored."""

    template_name = "components/surveys/ranking.html"
    use_fieldset = True

    def __init__(self, options: Sequence[tuple[str, Any]]) -> None:
        self.options = list(options)
        super().__init__()

    def id_for_label(self, id_: str) -> str:
        """The group has a legend; every list has a label of its own."""
        return ""

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> list[str]:
        """Return what was chosen of every list."""
        return [value for value in data.getlist(name) if value]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the lists with what was chosen in them, also when it cannot stand so."""
        chosen = {code: place for place, _dot, code in (each.partition(".") for each in value or ())}
        places = [str(place) for place in range(1, len(self.options) + 1)]
        start = (attrs or {}).get("id", name)
        rows = [
            {"code": code, "label": words, "id": f"{start}_{number}", "place": chosen.get(code, "")}
            for number, (code, words) in enumerate(self.options)
        ]
        return {"widget": {"name": name, "rows": rows, "places": places}}


def widget_of(question: Question) -> forms.Widget:
    """Return the control that ``question`` is answered with."""
    if question.kind in LEVELS:
        numbered = question.kind == QuestionKind.SCORE
        return LevelSelect(
            choices=[(code, f"{code} – {words}" if numbered else words) for code, words in question.options]
        )
    made = {
        QuestionKind.ONE_OF: lambda: forms.RadioSelect(choices=question.options),
        QuestionKind.SOME_OF: lambda: forms.CheckboxSelectMultiple(choices=question.options),
        QuestionKind.RANKING: lambda: RankingSelect(question.options),
        QuestionKind.CONSENT: forms.CheckboxInput,
        QuestionKind.TEXT: lambda: forms.Textarea(attrs={"rows": 4}),
        QuestionKind.NUMBER: lambda: forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "class": "input--short"}
        ),
        QuestionKind.DATE: lambda: forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "placeholder": _("ngày/tháng/năm"),
                "autocomplete": "off",
                "class": "input--short",
            }
        ),
    }
    kind = QuestionKind(question.kind)
    return made[kind]() if kind in made else forms.TextInput(attrs={"maxlength": LONGEST_LINE})


@dataclass(frozen=True)
class Line:
    """One thing on a page: a question with its field, words without one, or a matrix with a field a row."""

    question: Question
    bound: forms.BoundField | None = None
    rows: Sequence[forms.BoundField] = ()

    @property
    def levels(self) -> list[tuple[str, Any]]:
        return self.question.options


def typed_in(data: QueryDict, question: Question) -> Answer:
    """Return what a browser sent as the answer to ``question``, unchecked."""
    name = f"{PREFIX}-{question.key}"
    if question.kind in SEVERAL:
        return [value for value in data.getlist(name) if value]
    value = data.get(name, "")
    return ("1" if value else "") if question.kind == QuestionKind.CONSENT else value


class PageForm(forms.Form):
    """The questions of one section. Which of them are asked depends on the answers, those of this page among them.

    Without scripts a question that an answer has just opened cannot appear; it is then shown once, before anything
    goes on. ``newly_asked`` says that this is the case.
    """

    def __init__(self, data: QueryDict | None = None, *, plan: Plan, page: int, answers: Mapping[str, Answer]) -> None:
        self.plan, self.page, self.before = plan, page, answers
        self.section, self.all_questions = plan.sections[page]
        super().__init__(data, prefix=PREFIX, initial=dict(answers))
        self.answers: dict[str, Answer] = dict(answers)
        if data is not None:
            self.answers |= {each.key: typed_in(data, each) for each in self.all_questions if asks(each)}
        asked = {each.key for each in plan.reachable(self.answers)}
        self.questions = [each for each in self.all_questions if each.key in asked]
        for question in self.questions:
            if asks(question):
                self.fields[question.key] = AnswerField(question)
        self.shown_before = set((data.get(SHOWN, "") if data is not None else "").split())

    def lines(self) -> Iterator["Line"]:
        """Yield what stands on the page, in order: rows of one matrix together; what asks nothing has no field."""
        for _key, group in groupby(self.questions, key=lambda each: getattr(matrix_of(each), "key", each.key)):
            questions = list(group)
            matrix = matrix_of(questions[0])
            if matrix is not None:
                yield Line(matrix, rows=[self[each.key] for each in questions])
            else:
                own = questions[0]
                yield Line(own, bound=self[own.key] if own.key in self.fields else None)

    @property
    def is_free(self) -> bool:
        """Say whether several questions are asked and every one may be left out: said once, not beside each."""
        return len(list(self.lines())) > 1 and not any(field.required for field in self.fields.values())

    @property
    def shown(self) -> str:
        """The keys that stand on the page, as the form carries them."""
        return " ".join(self.fields)

    @property
    def newly_asked(self) -> list[Question]:
        """Return the questions that an answer of this page opened and that nobody has seen yet."""
        return [each for each in self.questions if each.key in self.fields and each.key not in self.shown_before]

    def unseen_are_no_errors(self) -> None:
        """Take the errors of questions that nobody has seen yet off: they are asked now, for the first time."""
        for question in self.newly_asked:
            self.errors.pop(question.key, None)

    @property
    def given(self) -> dict[str, Answer]:
        """Return all answers up to this page, those of questions that are no longer asked dropped."""
        own = {each.key for each in self.all_questions}
        others = {key: value for key, value in self.before.items() if key not in own}
        return self.plan.kept({**others, **self.cleaned_data})
