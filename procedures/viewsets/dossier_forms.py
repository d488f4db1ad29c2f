"""One small form a step. Each knows which service takes its values; none decides what is allowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CHOOSE, CleanCharField, CleanTextField
from procedures.forms.entry import ContactForm, DueField
from procedures.models import Dossier, DossierSettings, SubmissionWay
from procedures.services import handling, intake, moves, people
from procedures.services.intake import ways_for


class DossierStepForm(forms.Form):
    """A step with nothing to fill in; ``expected_version`` tells whether somebody was faster."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    help = ""

    def __init__(self, *args: Any, dossier: Dossier, actor: Any, **kwargs: Any):
        self.dossier, self.actor = dossier, actor
        initial = {**self.first_values(), "expected_version": dossier.version}
        super().__init__(*args, initial=initial, **kwargs)

    def first_values(self) -> dict[str, Any]:
        """Return what the form shows before anybody typed."""
        return {}

    def common(self) -> dict[str, Any]:
        """Return the arguments that every service takes."""
        return {"dossier": self.dossier, "actor": self.actor, "expected_version": self.cleaned_data["expected_version"]}

    def run(self) -> None:
        """Hand the clean values to the service."""
        raise NotImplementedError

    def typed(self) -> list[tuple[str, str]]:
        """Return the texts a person typed, so that none is lost when the step has gone."""
        fields = [self[name] for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return [(str(field.label), str(field.value() or "")) for field in fields if field.value()]


def plain(service: Any) -> type[DossierStepForm]:
    """Return the form of a step without fields."""

    class PlainForm(DossierStepForm):
        def run(self) -> None:
            service(**self.common())

    return PlainForm


def worded(service: Any, name: str, label: Any, help_text: Any = "") -> type[DossierStepForm]:
    """Return the form of a step that needs words, which the service takes as ``name``."""

    class WordsForm(DossierStepForm):
        words = CleanTextField(
            label=label, max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}), help_text=help_text
        )

        def run(self) -> None:
            service(**self.common(), **{name: self.cleaned_data["words"]})

    return WordsForm


class ReceiveForm(DossierStepForm):
    """Which time limit holds, or which day was promised."""

    way = forms.ChoiceField(label=_("Thời hạn giải quyết"), required=False)
    due_on = DueField()
    service = staticmethod(intake.dossier_receive)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        page = self.dossier.procedure
        ways = ways_for(page, self.dossier.channel) if page and self.dossier.received_at is None else ()
        self.ways: dict[str, SubmissionWay] = {str(way.pk): way for way in ways}
        if self.dossier.received_at is not None:
            del self.fields["way"], self.fields["due_on"]
            return
        choices = [(key, way.words) for key, way in self.ways.items()]
        self.fields["way"].choices = choices if len(choices) == 1 else [("", CHOOSE), *choices]
        if not choices:
            del self.fields["way"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "way" in self.fields and not data.get("way") and not data.get("due_on") and "way" not in self.errors:
            self.add_error("way", _("Hãy chọn thời hạn, hoặc ghi ngày hẹn."))
        return data

    def run(self) -> None:
        if self.dossier.received_at is not None:
            self.service(**self.common())
            return
        way = self.ways.get(self.cleaned_data.get("way", ""))
        self.service(**self.common(), way=way, due_on=self.cleaned_data["due_on"])


class SupplyForm(ReceiveForm):
    service = staticmethod(handling.dossier_supply)


class PostForm(DossierStepForm):
    number = CleanCharField(label=_("Mã bưu gửi"), required=False, max_length=40)

    def run(self) -> None:
        handling.dossier_post(**self.common(), number=self.cleaned_data["number"])


class CorrectForm(ContactForm, DossierStepForm):
    """The applicant and the papers, as they should have been keyed."""

    papers = CleanTextField(
        label=_("Giấy tờ đã nhận"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def first_values(self) -> dict[str, Any]:
        applicant = getattr(self.dossier, "applicant", None)
        names = ("name", "phone", "email", "address")
        known = {name: getattr(applicant, name) for name in names} if applicant else {}
        return {**known, "papers": self.dossier.papers}

    def run(self) -> None:
        data = self.cleaned_data
        values = {name: data[name] for name in ("name", "phone", "email", "address")}
        people.applicant_correct(**self.common(), values=values, papers=data["papers"])


_WHOLE = _("Hãy ghi đủ mọi thứ còn thiếu. Người nộp đọc lời này trong thư; không hiện ở trang tra cứu.")


class AskForm(worded(handling.dossier_ask, "papers", _("Giấy tờ phải bổ sung, vì sao"), _WHOLE)):  # type: ignore[misc]
    """Asking once, with what the office's settings say of it."""

    @property
    def help(self) -> str:  # type: ignore[override]
        settings = DossierSettings.load()
        said = _("Chỉ được yêu cầu một lần, trong %(days)d ngày làm việc kể từ khi nhận. %(basis)s") % {
            "days": settings.supplement_days,
            "basis": settings.supplement_basis,
        }
        return said if settings.supplement_confirmed else f"{said} {_('Cần xác nhận.')}"


_READ = _("Người nộp đọc lời này trong thư; không hiện ở trang tra cứu.")

# Every step that the table offers as a button has its form here; a test compares the two.
STEP_FORMS: dict[str, type[DossierStepForm]] = {
    "receive": ReceiveForm,
    "start": plain(handling.dossier_start),
    "ask": AskForm,
    "supply": SupplyForm,
    "charge": worded(handling.dossier_charge, "what", _("Khoản phải nộp, nộp ở đâu"), _READ),
    "pay": plain(handling.dossier_pay),
    "complete": plain(handling.dossier_complete),
    "notify": plain(handling.dossier_notify),
    "post": PostForm,
    "return": plain(handling.dossier_return),
    "refuse": worded(handling.dossier_refuse, "reason", _("Lý do từ chối, căn cứ"), _READ),
    "withdraw": plain(handling.dossier_withdraw),
    "stop": worded(handling.dossier_stop, "reason", _("Lý do dừng, căn cứ"), _READ),
    "undo": worded(moves.dossier_undo, "reason", _("Vì sao phải lấy lại")),
    "adopt": worded(handling.dossier_adopt, "reason", _("Vì sao không lấy từ tệp nữa")),
}
OTHER_FORMS: dict[str, type[DossierStepForm]] = {"correct": CorrectForm}
