"""What is asked once for many cases; each form hands the answer to the service of a single case."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CHOOSE, CleanCharField, CleanTextField
from cms.core.models import Unit
from feedback.models import Case, Category, DeclineReason
from feedback.permissions import officers_able
from feedback.services import routing, triage
from feedback.viewsets.forms import case_called


class BulkForm(forms.Form):
    """A step for the ``cases`` that were ticked."""

    def __init__(self, *args: Any, cases: Sequence[Case], actor: Any, **kwargs: Any):
        self.cases, self.actor = cases, actor
        super().__init__(*args, **kwargs)

    def concerns(self, case: Case) -> bool:
        """Say whether the step is meant for ``case`` too."""
        return True

    def take(self, case: Case, version: int) -> None:
        """Hand the clean values to the service; it raises TransitionRefusedError."""
        raise NotImplementedError


def _officers(cases: Sequence[Case]) -> QuerySet[Any]:
    """Return who may handle a case of the units that ``cases`` are with."""
    units = {unit.pk: unit for case in cases if (unit := case.unit or case.category.unit)}
    return reduce(or_, (officers_able("case_handle", unit) for unit in units.values() or [None]))


class BulkAcceptForm(BulkForm):
    category = forms.ModelChoiceField(
        label=_("Lĩnh vực"),
        queryset=Category.objects.active(),
        required=False,
        empty_label=_("Giữ lĩnh vực của từng phản ánh"),
    )
    unit = forms.ModelChoiceField(
        label=_("Đơn vị xử lý"),
        queryset=Unit.objects.active(),
        required=False,
        empty_label=_("Giữ đơn vị của từng phản ánh"),
    )
    officer = forms.ModelChoiceField(
        label=_("Giao cho"),
        queryset=None,
        required=False,
        empty_label=_("Chưa giao ai"),
        help_text=_("Chỉ có người của đơn vị đang ghi ở các phản ánh này. Chuyển sang đơn vị khác thì đơn vị ấy giao."),
    )
    route = forms.BooleanField(
        label=_("Không chọn ai thì giao cho người xử lý mặc định, nếu có"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = _officers(self.cases)

    def take(self, case: Case, version: int) -> None:
        values = self.cleaned_data
        common = {
            "case": case,
            "actor": self.actor,
            "expected_version": version,
            "category": values["category"],
            "unit": values["unit"],
            # What is settled already stays as it was seen; the version tells when somebody settled it anew.
            "complicated": case.complex,
            "confidential": case.confidential,
        }
        if values["officer"] or values["route"]:
            routing.case_accept_and_route(**common, officer=values["officer"])
        else:
            triage.case_accept(**common)


class BulkAssignForm(BulkForm):
    officer = forms.ModelChoiceField(label=_("Người xử lý"), queryset=None, empty_label=CHOOSE)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = _officers(self.cases)

    def take(self, case: Case, version: int) -> None:
        triage.case_assign(case=case, actor=self.actor, officer=self.cleaned_data["officer"], expected_version=version)


class BulkJoinForm(BulkForm):
    target = CleanCharField(
        label=_("Gộp vào phản ánh mang mã"),
        max_length=20,
        help_text=_("Ghi sẵn phản ánh gửi đến sớm nhất; phản ánh ấy được giữ, các phản ánh khác gộp vào đó."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("target", self.cases[0].reference if self.cases else "")

    def clean_target(self) -> Case:
        return case_called(self.cleaned_data["target"], self.actor)

    def concerns(self, case: Case) -> bool:
        """Leave out the case that the others are joined to."""
        return case.pk != self.cleaned_data["target"].pk

    def take(self, case: Case, version: int) -> None:
        triage.case_join(case=case, actor=self.actor, target=self.cleaned_data["target"], expected_version=version)


class BulkDeclineForm(BulkForm):
    reason = forms.ModelChoiceField(label=_("Lý do"), queryset=DeclineReason.objects.active(), empty_label=CHOOSE)
    note = CleanTextField(
        label=_("Hướng dẫn thêm cho người gửi"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi người gửi nhận cùng lời này: đừng ghi chuyện riêng của một phản ánh."),
    )

    def take(self, case: Case, version: int) -> None:
        values = self.cleaned_data
        triage.case_decline(
            case=case, actor=self.actor, reason=values["reason"], note=values["note"], expected_version=version
        )


class BulkQuarantineForm(BulkForm):
    """Nothing to fill in: the list of cases above the button is the question."""

    def take(self, case: Case, version: int) -> None:
        triage.case_quarantine(case=case, actor=self.actor, expected_version=version)


class BulkReleaseForm(BulkForm):
    def take(self, case: Case, version: int) -> None:
        triage.case_release(case=case, actor=self.actor, expected_version=version)
