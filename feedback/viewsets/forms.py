"""One small form a step. Each knows which service takes its values; none decides what is allowed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CHOOSE, CleanCharField, CleanTextField
from cms.core.models import Unit
from feedback.enums import CONDUCT_MATTERS, CORRECTABLE_TO, CaseOutcome, CaseState, ConductMeasure
from feedback.forms import matter_choices
from feedback.models import AnswerTemplate, Case, Category, DeclineReason
from feedback.models.answer_templates import gap_sentence
from feedback.permissions import officers_able
from feedback.services import answers, handling, publication, routing, triage
from feedback.services.deadlines import transfer_until
from feedback.services.guards import former_officers
from feedback.services.moves import TransitionRefusedError


class StepForm(forms.Form):
    """A step with nothing to fill in; ``expected_version`` tells whether somebody was faster."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    help = ""

    def __init__(self, *args: Any, case: Case, actor: Any, **kwargs: Any):
        self.case, self.actor = case, actor
        initial = {**self.first_values(case), "expected_version": case.version, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)

    def first_values(self, case: Case) -> dict[str, Any]:
        """Return what the form shows before anybody typed."""
        return {}

    def common(self) -> dict[str, Any]:
        """Return the arguments that every service takes."""
        return {"case": self.case, "actor": self.actor, "expected_version": self.cleaned_data["expected_version"]}

    def run(self) -> None:
        """Hand the clean values to the service."""
        raise NotImplementedError

    def typed(self) -> list[tuple[str, str]]:
        """Return the texts a person typed, so that none is lost when the step has gone."""
        fields = [self[name] for name, field in self.fields.items() if isinstance(field, CleanCharField)]
        return [(str(field.label), str(field.value() or "")) for field in fields if field.value()]


def plain(service: Any) -> type[StepForm]:
    """Return the form of a step without fields."""

    class PlainForm(StepForm):
        def run(self) -> None:
            service(**self.common())

    return PlainForm


def _text(label: Any, *, rows: int = 4, **kwargs: Any) -> CleanTextField:
    kwargs.setdefault("max_length", 5_000)
    return CleanTextField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class AcceptForm(StepForm):
    category = forms.ModelChoiceField(label=_("Lĩnh vực"), queryset=Category.objects.active(), empty_label=CHOOSE)
    unit = forms.ModelChoiceField(label=_("Đơn vị xử lý"), queryset=Unit.objects.active(), empty_label=CHOOSE)
    matter = forms.ChoiceField(
        label=_("Loại việc"),
        required=False,
        choices=lambda: [("", CHOOSE), *matter_choices()],
        help_text=_("Để trống thì giữ loại việc người gửi đã chọn."),
    )
    complicated = forms.BooleanField(label=_("Vụ việc phức tạp (hạn dài hơn)"), required=False)
    confidential = forms.BooleanField(label=_("Giữ kín: chỉ lãnh đạo và người được giao xem được"), required=False)
    route = forms.BooleanField(
        label=_("Giao luôn cho người xử lý mặc định, nếu có"),
        required=False,
        initial=True,
        help_text=_("Theo bảng “Người xử lý mặc định” của lĩnh vực và đơn vị; phản ánh kín thì lãnh đạo giao."),
    )

    def first_values(self, case: Case) -> dict[str, Any]:
        unit = case.unit_id or case.category.unit_id
        return {
            "category": case.category_id,
            "unit": unit,
            "matter": case.matter,
            "confidential": case.confidential,
        }

    def run(self) -> None:
        names = ("category", "unit", "matter", "complicated", "confidential")
        accept = routing.case_accept_and_route if self.cleaned_data["route"] else triage.case_accept
        accept(**self.common(), **{name: self.cleaned_data[name] for name in names})


class DeclineForm(StepForm):
    reason = forms.ModelChoiceField(label=_("Lý do"), queryset=DeclineReason.objects.active(), empty_label=CHOOSE)
    note = _text(_("Hướng dẫn thêm cho người gửi"), required=False)

    def run(self) -> None:
        triage.case_decline(**self.common(), reason=self.cleaned_data["reason"], note=self.cleaned_data["note"])


class TransferForm(StepForm):
    body_name = CleanCharField(label=_("Cơ quan nhận"), max_length=200)
    number = CleanCharField(label=_("Số văn bản chuyển"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        profile = self.case.category.profile
        values = {
            "day": f"{transfer_until(self.case):%d/%m/%Y}",
            "days": profile.transfer_days,
            "unit": profile.day_word,
        }
        self.help = _("Phải chuyển trước hết ngày %(day)s: %(days)d %(unit)s kể từ khi nhận phản ánh.") % values

    def run(self) -> None:
        values = self.cleaned_data
        triage.case_transfer(**self.common(), body_name=values["body_name"], number=values["number"])


class AssignForm(StepForm):
    officer = forms.ModelChoiceField(label=_("Người xử lý"), queryset=None, empty_label=CHOOSE)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Whoever had it before it was opened again would be refused, so is not offered.
        able = officers_able("case_handle", self.case.unit).exclude(pk__in=former_officers(self.case))
        self.fields["officer"].queryset = able

    def first_values(self, case: Case) -> dict[str, Any]:
        found = None if case.officer_id else routing.default_officer(case)
        return {"officer": case.officer_id or (found.pk if found else None)}

    def run(self) -> None:
        triage.case_assign(**self.common(), officer=self.cleaned_data["officer"])


def case_called(reference: str, actor: Any) -> Case:
    """Return the case with this reference; ValidationError when there is none that ``actor`` may read."""
    found = Case.objects.visible_to(actor, "case_view").filter(reference=reference.upper()).first()
    if found is None:
        raise ValidationError(_("Không có phản ánh nào mang mã này mà bạn xem được."))
    return found


class JoinForm(StepForm):
    target = CleanCharField(label=_("Mã phản ánh gộp vào"), max_length=20, help_text=_("Ví dụ: PA-2026-000123"))

    def clean_target(self) -> Case:
        return case_called(self.cleaned_data["target"], self.actor)

    def run(self) -> None:
        triage.case_join(**self.common(), target=self.cleaned_data["target"])


class CorrectForm(StepForm):
    target = forms.ChoiceField(
        label=_("Tình trạng đúng"),
        choices=[("", CHOOSE), *(choice for choice in CaseState.choices if choice[0] in CORRECTABLE_TO)],
    )
    reason = _text(_("Lý do sửa"))

    def run(self) -> None:
        triage.case_correct(**self.common(), target=self.cleaned_data["target"], reason=self.cleaned_data["reason"])


class AskForm(StepForm):
    question = _text(_("Câu hỏi cho người gửi"))

    def run(self) -> None:
        handling.case_ask(**self.common(), question=self.cleaned_data["question"])


class ReviewForm(StepForm):
    reason = _text(_("Lý do xem xét lại"))

    def run(self) -> None:
        handling.case_review(**self.common(), reason=self.cleaned_data["reason"])


class ReturnForm(StepForm):
    comment = _text(_("Cần sửa gì"))

    def run(self) -> None:
        answers.answer_return(**self.common(), comment=self.cleaned_data["comment"])


class ApproveForm(StepForm):
    comment = _text(_("Ý kiến (không gửi cho người dân)"), required=False, rows=2)

    def run(self) -> None:
        answers.answer_approve(**self.common(), comment=self.cleaned_data["comment"])


class NoteForm(StepForm):
    text = _text(_("Ghi chú nội bộ"))

    def run(self) -> None:
        handling.note_add(case=self.case, actor=self.actor, text=self.cleaned_data["text"])


class OfferedField(forms.ChoiceField):
    """A choice that counts only for the button beside it: one that is gone meanwhile does not keep a draft back."""

    def valid_value(self, value: Any) -> bool:
        return True


class AnswerForm(StepForm):
    """The editor of the answer; ``submit`` in the data lays it before the leader at once, ``fill`` stores nothing."""

    template = OfferedField(
        label=_("Mẫu câu trả lời"),
        required=False,
        help_text=_("Lời của mẫu được chép xuống dưới lời bạn đã gõ. Hãy sửa cho đúng việc này rồi mới trình duyệt."),
    )
    body = _text(_("Câu trả lời"), rows=12, max_length=20_000)
    outcome = forms.ChoiceField(label=_("Kết quả xử lý"), choices=[("", CHOOSE), *CaseOutcome.choices], required=False)

    measure = forms.ChoiceField(
        label=_("Đã xử lý người vi phạm thế nào"),
        choices=[("", CHOOSE), *ConductMeasure.choices],
        required=False,
        help_text=_("Chỉ dùng cho thống kê; không gửi cho người dân. Điều cần nói với họ thì ghi trong câu trả lời."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.case.matter not in CONDUCT_MATTERS:
            del self.fields["measure"]
        self.offered = {str(row.pk): row for row in AnswerTemplate.objects.fitting(self.case.category_id)}
        self.fields["template"].choices = [("", CHOOSE), *((key, row.label) for key, row in self.offered.items())]
        if not self.offered:
            del self.fields["template"]

    def first_values(self, case: Case) -> dict[str, Any]:
        last = case.answers.newest().first()
        return {"body": last.body, "outcome": last.outcome, "measure": last.measure} if last else {}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "submit" in self.data and (sentence := gap_sentence(values.get("body", ""))):
            self.add_error("body", sentence)
        if "submit" in self.data and not values.get("outcome"):
            self.add_error("outcome", _("Hãy chọn kết quả xử lý trước khi trình duyệt."))
        if "submit" in self.data and "measure" in self.fields and not values.get("measure"):
            self.add_error("measure", _("Hãy chọn đã xử lý thế nào trước khi trình duyệt."))
        return values

    def filled(self) -> "AnswerForm":
        """Return the form as it was typed, with the words of the chosen template put in; or with what is wrong.

        Raises NotAllowedError and TransitionRefusedError as the service does; the latter too when none is offered.
        """
        chosen = self.data.get("template", "")
        template, data = self.offered.get(chosen), self.data.copy()
        if template:
            text = answers.answer_fill(
                case=self.case, actor=self.actor, template=template, body=self.data.get("body", "")
            )
            data["body"], data["template"], data["outcome"] = text, "", data.get("outcome") or template.outcome
        again = type(self)(data, case=self.case, actor=self.actor, auto_id=self.auto_id)
        if template is None:
            gone = _("Mẫu này không còn dùng cho phản ánh này. Hãy chọn mẫu khác.")
            if not self.offered:
                raise TransitionRefusedError(gone)
            again.errors.clear()
            again.add_error("template", gone if chosen else _("Hãy chọn một mẫu trước."))
        return again

    def run(self) -> None:
        values = {name: self.cleaned_data.get(name, "") for name in ("body", "outcome", "measure")}
        service = answers.answer_save_and_submit if "submit" in self.data else answers.answer_save
        service(**self.common(), **values)


class BarForm(StepForm):
    reason = CleanCharField(label=_("Lý do không đăng"), max_length=200)

    def run(self) -> None:
        publication.publication_bar(case=self.case, actor=self.actor, reason=self.cleaned_data["reason"])


class ProposePublicForm(StepForm):
    def run(self) -> None:
        publication.public_case_propose(case=self.case, actor=self.actor)


class WithdrawPublicForm(StepForm):
    reason = CleanCharField(label=_("Lý do gỡ"), max_length=200, help_text=_("Người đọc thấy lý do này ở địa chỉ cũ."))

    def run(self) -> None:
        publication.public_case_withdraw(
            public_case=self.case.public_case, actor=self.actor, reason=self.cleaned_data["reason"]
        )


# Every step that the table offers as a button has its form here; a test compares the two.
STEP_FORMS: dict[str, type[StepForm]] = {
    "quarantine": plain(triage.case_quarantine),
    "release": plain(triage.case_release),
    "accept": AcceptForm,
    "decline": DeclineForm,
    "transfer": TransferForm,
    "assign": AssignForm,
    "start": plain(handling.case_start),
    "ask": AskForm,
    "resume": plain(handling.case_resume),
    "propose": plain(answers.answer_submit),
    "return": ReturnForm,
    "approve": ApproveForm,
    "review": ReviewForm,
    "join": JoinForm,
    "correct": CorrectForm,
}
# What else the screen offers beside the steps.
OTHER_FORMS: dict[str, type[StepForm]] = {
    "note": NoteForm,
    "answer": AnswerForm,
    "public": ProposePublicForm,
    "bar": BarForm,
    "unpublish": WithdrawPublicForm,
}
