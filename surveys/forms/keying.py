"""What was answered on a paper, typed by the numbers that stand on it: one short field a question."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from surveys.enums import WORDS
from surveys.models import Question
from surveys.models.survey import LONGEST_TEXT
from surveys.services.plan import Answer, Plan
from surveys.services.responses import answer_cleaned, asks
from surveys.services.sheets import keyed_answer, keyed_help


class KeyedField(forms.Field):
    """One question of a paper; empty where the paper is empty."""

    def __init__(self, question: Question) -> None:
        self.question = question
        in_words = question.kind in WORDS
        attrs = {"autocomplete": "off", "maxlength": LONGEST_TEXT if in_words else 60}
        super().__init__(
            label=f"{question.key}. {question.label}",
            help_text=keyed_help(question),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, **attrs}) if in_words else forms.TextInput(attrs=attrs),
        )

    def clean(self, value: Any) -> Answer:
        return answer_cleaned(self.question, keyed_answer(self.question, str(value or "")))


class KeyedForm(forms.Form):
    """The questions of a version, or some of them, on one screen."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        plan: Plan,
        only: Iterable[str] | None = None,
        initial: Any = None,
    ) -> None:
        super().__init__(data, prefix="p", initial=initial)
        self.plan = plan
        wanted = None if only is None else set(only)
        for question in plan.questions:
            if asks(question) and (wanted is None or question.key in wanted):
                self.fields[question.key] = KeyedField(question)

    def clean(self) -> dict[str, Any]:
        """Say which answers the conditions of the questionnaire do not let stand; the paper is looked at again."""
        data = super().clean() or {}
        if not self.errors and set(self.fields) == {each.key for each in self.plan.questions if asks(each)}:
            kept = self.plan.kept(data)
            for key in [key for key, value in data.items() if value and key not in kept]:
                words = _("Theo các câu trước, câu này không hỏi người ấy: để trống, hoặc xem lại câu trước.")
                self.add_error(key, ValidationError(words, code="not_asked"))
        return data

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yield the title of each section with its fields."""
        for section, questions in self.plan.sections:
            yield section.title, [self[each.key] for each in questions if each.key in self.fields]
