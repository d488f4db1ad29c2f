"""Keying figures from a report, and writing what the office says of its services; the services check both."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import name_empty_choices
from procedures.figures import COLUMNS
from procedures.models import DossierReport, ServiceEvaluation
from procedures.services.dossier_reports import dossier_report_save, service_evaluation_save


class DossierReportForm(forms.ModelForm):
    """One line of the official form. Columns that the report does not state stay empty."""

    class Meta:
        model = DossierReport
        fields = [
            *("period", "unit", "field", "source"),
            *(name for name in COLUMNS if name != "received_direct"),
            *("rated", "satisfied", "public"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_empty_choices(self.fields.values())

    def clean(self) -> dict[str, Any]:
        """Tell beside each column what does not add up, and whether the line is there already."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        line = {name: cleaned.get(name) for name in ("period", "unit", "field")}
        if line["period"] and DossierReport.objects.of_line(**line).exclude(pk=self.instance.pk).exists():
            self.add_error("period", _("Đã có số liệu của kỳ, đơn vị, lĩnh vực này. Hãy sửa dòng ấy."))
        return cleaned

    def store(self, *, actor: Any) -> DossierReport:
        """Hand the clean values to the service."""
        return dossier_report_save(report=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class ServiceEvaluationForm(forms.ModelForm):
    """Words about two services; ``locked`` while they are public and whoever reads them may not publish."""

    locked = False

    class Meta:
        model = ServiceEvaluation
        fields = ["period", "online_words", "post_words", "public"]
        widgets = {name: forms.Textarea(attrs={"rows": 12}) for name in ("online_words", "post_words")}

    def clean(self) -> dict[str, Any]:
        """Refuse, with a sentence, what the service would refuse."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.locked:
            self.add_error(None, _("Trang này đang đăng. Chỉ người duyệt đăng sửa hoặc gỡ được."))
        return cleaned

    def store(self, *, actor: Any) -> ServiceEvaluation:
        """Hand the clean values to the service; only who may publish makes it public."""
        return service_evaluation_save(
            evaluation=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data
        )
