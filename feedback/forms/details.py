"""Fields of the extra questions, made from their rows."""

from collections.abc import Iterable
from typing import Any

from django import forms

from cms.core.forms import CHOOSE
from feedback.enums import QuestionKind
from feedback.models import ExtraQuestion
from feedback.models.questions import LONGEST_TEXT
from feedback.services.details import detail_clean

PREFIX = "hoi_"


class DetailField(forms.Field):
    """One extra question. The service says what counts as an answer, so that every door keeps the same rule."""

    def __init__(self, question: ExtraQuestion) -> None:
        self.question = question
        self.max_length = LONGEST_TEXT if question.kind == QuestionKind.TEXT else None
        super().__init__(
            label=question.label,
            help_text=question.help_text,
            required=question.required,
            widget=_widget(question),
        )

    def clean(self, value: Any) -> Any:
        """Return what the draft keeps."""
        return detail_clean(self.question, value)


def _widget(question: ExtraQuestion) -> forms.Widget:
    if question.kind == QuestionKind.TEXT:
        return forms.Textarea(attrs={"rows": 4})
    if question.kind == QuestionKind.ONE_OF:
        return forms.Select(choices=[("", CHOOSE), *question.options])
    if question.kind == QuestionKind.SOME_OF:
        return forms.CheckboxSelectMultiple(choices=question.options)
    kind = {"inputmode": "decimal"} if question.kind == QuestionKind.NUMBER else {}
    hint = {"placeholder": "dd/mm/yyyy"} if question.kind == QuestionKind.DATE else {}
    return forms.TextInput(attrs={"autocomplete": "off", **kind, **hint})


class DetailFields:
    """Mixin: a form that also asks ``questions``; their answers come out of :meth:`details`."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def ask(self, questions: Iterable[ExtraQuestion], kept: dict[str, Any] | None = None) -> None:
        """Add one field a question; ``kept`` is what was answered before."""
        for question in questions:
            field = DetailField(question)
            field.initial = (kept or {}).get(question.code)
            self.fields[f"{PREFIX}{question.code}"] = field

    def details(self) -> dict[str, Any]:
        """Return the answers by code, without those left open."""
        given = {name.removeprefix(PREFIX): value for name, value in self.cleaned_data.items() if name in self._asked}
        return {code: value for code, value in given.items() if value}

    @property
    def _asked(self) -> set[str]:
        return {name for name, field in self.fields.items() if isinstance(field, DetailField)}
