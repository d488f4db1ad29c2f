"""The form of one page of a questionnaire, made from what its version asks; and the forms of those who write one."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField, name_empty_choices
from surveys.enums import LEVELS, QuestionKind
from surveys.models import Question, Survey
from surveys.models.survey import LONGEST_LINE, LONGEST_TEXT
from surveys.services.plan import Answer, Plan
from surveys.services.questionnaires import survey_copy, survey_create, survey_save
from surveys.services.responses import answer_cleaned, asks, missing_words

PREFIX = "c"
SHOWN = "da_hien"


class AnswerField(forms.Field):
    """One question as a form field; what may be stored is said in one place, the service."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.max_length = LONGEST_TEXT if question.kind == QuestionKind.TEXT else None
        super().__init__(
            label=question.label, help_text=question.help_text, required=question.required, widget=widget_of(question)
        )
        if question.kind == QuestionKind.CONSENT:
            self.help_text, self.label = "", question.label

    def clean(self, value: Any) -> Answer:
        if isinstance(value, bool):
            value = "1" if value else ""
        found = answer_cleaned(self.question, value if isinstance(value, list) else value or "")
        if self.required and not found:
            raise ValidationError(missing_words(self.question), code="required")
        return found


class LevelSelect(forms.RadioSelect):
    """Levels of satisfaction: five large targets in a row, each with its number and its words."""


def widget_of(question: Question) -> forms.Widget:
    """Return the control that ``question`` is answered with."""
    if question.kind in LEVELS:
        numbered = question.kind == QuestionKind.SCORE
        return LevelSelect(
            choices=[(code, f"{code} – {words}" if numbered else words) for code, words in question.options]
        )
    if question.kind == QuestionKind.ONE_OF:
        return forms.RadioSelect(choices=question.options)
    if question.kind == QuestionKind.SOME_OF:
        return forms.CheckboxSelectMultiple(choices=question.options)
    if question.kind == QuestionKind.CONSENT:
        return forms.CheckboxInput()
    if question.kind == QuestionKind.TEXT:
        return forms.Textarea(attrs={"rows": 4})
    attrs = {
        QuestionKind.NUMBER: {"inputmode": "decimal", "autocomplete": "off"},
        QuestionKind.DATE: {"inputmode": "numeric", "placeholder": _now("ngày/tháng/năm"), "autocomplete": "off"},
        QuestionKind.LINE: {"maxlength": LONGEST_LINE},
    }
    return forms.TextInput(attrs=attrs.get(QuestionKind(question.kind), {}))


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
            self.answers |= {each.key: self._typed(each, data) for each in self.all_questions if asks(each)}
        asked = {each.key for each in plan.reachable(self.answers)}
        self.questions = [each for each in self.all_questions if each.key in asked]
        for question in self.questions:
            if asks(question):
                self.fields[question.key] = AnswerField(question)
        self.shown_before = set((data.get(SHOWN, "") if data is not None else "").split())

    def _typed(self, question: Question, data: QueryDict) -> Answer:
        name = self.add_prefix(question.key)
        if question.kind == QuestionKind.SOME_OF:
            return data.getlist(name)
        value = data.get(name, "")
        return ("1" if value else "") if question.kind == QuestionKind.CONSENT else value

    def lines(self) -> Iterator[tuple[Question, forms.BoundField | None]]:
        """Yield what stands on the page, in order; words that ask nothing have no field."""
        for question in self.questions:
            yield question, self[question.key] if question.key in self.fields else None

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


class SurveyForm(forms.ModelForm):
    """What a survey says of itself."""

    class Meta:
        model = Survey
        fields = [
            "title", "slug", "kind", "intro", "thanks", "invitation_days", "words_days",
            "results_public", "index_method", "rank_least", "source", "confirmed",
        ]  # fmt: skip
        widgets = {"intro": forms.Textarea(attrs={"rows": 3}), "thanks": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_empty_choices(self.fields.values())
        if self.instance.pk:
            self.fields["slug"].disabled = True

    def clean_kind(self) -> str:
        """Refuse another kind for a survey that has been opened; the service says so too."""
        kind: str = self.cleaned_data["kind"]
        if self.instance.pk and self.instance.state != "draft" and kind != self.initial.get("kind"):
            raise ValidationError(_("Khảo sát đã mở thì không đổi loại được. Hãy sao chép thành khảo sát mới."))
        return kind

    def store(self, *, actor: Any) -> Survey:
        """Hand the clean values to the service."""
        if self.instance.pk:
            values = {name: value for name, value in self.cleaned_data.items() if name != "slug"}
            return survey_save(survey=self.instance, actor=actor, **values)
        return survey_create(actor=actor, **self.cleaned_data)


class CopyForm(forms.Form):
    """What a copy of a survey is called."""

    title = CleanCharField(label=_("Tên khảo sát mới"), max_length=150)
    slug = forms.SlugField(
        label=_("Địa chỉ (slug)"),
        max_length=60,
        help_text=_("Chữ thường không dấu, gạch nối. Không đổi sau đó."),
        error_messages={
            "required": _("Ghi địa chỉ cho khảo sát mới."),
            "invalid": _("Chỉ dùng chữ thường không dấu, số và gạch nối."),
        },
    )

    def clean_slug(self) -> str:
        """Refuse an address that is taken."""
        slug: str = self.cleaned_data["slug"].lower()
        if Survey.objects.filter(slug=slug).exists():
            raise ValidationError(_("Địa chỉ này đã có khảo sát khác dùng."))
        return slug

    def store(self, *, survey: Survey, actor: Any) -> Survey:
        """Hand the clean values to the service."""
        return survey_copy(survey=survey, actor=actor, **self.cleaned_data)
