"""The forms of those who keep surveys: what a survey says of itself, what a copy is called."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField, name_empty_choices
from surveys.models import Survey
from surveys.services.questionnaires import kind_refused, survey_copy, survey_create, survey_save


class SurveyForm(forms.ModelForm):
    """What a survey says of itself."""

    class Meta:
        model = Survey
        fields = [
            "title", "slug", "kind", "intro", "thanks", "opens_on", "closes_on", "captcha", "kiosk_seconds",
            "paper_twice", "invitation_days", "words_days", "results_public", "index_method", "rank_least", "source",
            "confirmed",
        ]  # fmt: skip
        widgets = {"intro": forms.Textarea(attrs={"rows": 3}), "thanks": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_empty_choices(self.fields.values())
        if self.instance.pk:
            self.fields["slug"].disabled = True

    def clean_kind(self) -> str:
        """Refuse a kind that the survey cannot take any more; the service says so too."""
        kind: str = self.cleaned_data["kind"]
        if self.instance.pk and (words := kind_refused(self.instance, kind)):
            raise ValidationError(words)
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
