"""Many cases at once: tick them in the list, see them once more, and take one step for all.

Wagtail's machinery of bulk actions; each case goes through the service of a single one, by itself.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views.bulk_action import BulkAction

from cms.core.permissions import can
from feedback.models import Case
from feedback.services.batches import Batch, cases_each
from feedback.services.moves import steps_open_to
from feedback.transitions import transition
from feedback.viewsets.bulk_forms import (
    BulkAcceptForm,
    BulkAssignForm,
    BulkDeclineForm,
    BulkForm,
    BulkJoinForm,
    BulkQuarantineForm,
    BulkReleaseForm,
)

# Cases in one press: two lists full, some seconds of work.
MOST_CASES = 100
_NAMED = 20
_LONGEST_KEY = 18  # digits; no database compares longer numbers


class CaseBulkAction(BulkAction):
    """One step of the table for the ticked cases; ``action_type`` is its verb.

    A case of somebody else's reach is not there at all. What may not go is named before the press, what changed
    between the sight and the press is told and left alone after it.
    """

    models = [Case]
    template_name = "feedback/admin/case_bulk.html"
    display_name: Any = ""
    action_type = ""
    aria_label: Any = ""
    done_text: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse strangers, too many cases, and none, before a form is shown."""
        if not any(can(request.user, name) for name in transition(self.action_type).who):
            raise PermissionDenied
        if self.next_url == request.path:
            self.next_url = reverse("case:index")
        if len(self._keys()) > MOST_CASES:
            told = _now("Mỗi lượt chỉ làm được nhiều nhất %(most)d phản ánh. Hãy đánh dấu ít hơn rồi làm tiếp.")
            messages.error(request, told % {"most": MOST_CASES})
            return redirect(self.next_url)
        if not self.chosen:
            messages.error(request, _now("Chưa có phản ánh nào được đánh dấu."))
            return redirect(self.next_url)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def chosen(self) -> list[Case]:
        """The ticked cases that this person sees, the oldest first."""
        rows = Case.objects.visible_to(self.request.user).filter(pk__in=self._keys())
        # Who may handle a case is asked of the units above its own, too.
        above = ("unit__parent__parent__parent", "category__unit__parent__parent__parent")
        return list(rows.with_desk_data().select_related(*above).newest().reverse())

    def _keys(self) -> set[int]:
        """The keys in the address; “all” of a list that goes on elsewhere is nobody's wish here."""
        typed = (key for key in self.request.GET.getlist("id") if key.isascii() and key.isdecimal())
        return {int(key) for key in typed if len(key) <= _LONGEST_KEY}

    def get_actionable_objects(self) -> tuple[list[Case], dict[str, Any]]:
        """Part the cases by whether the table opens the step to this person now."""
        able = [case for case in self.chosen if self._may(case)]
        return able, {"items_with_no_access": [case for case in self.chosen if case not in able]}

    def _may(self, case: Case) -> bool:
        return any(row.verb == self.action_type for row in steps_open_to(case, self.request.user))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cases": self.chosen, "actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "title": self.display_name, "verb": self.action_type}

    def form_valid(self, form: BulkForm) -> HttpResponse:
        """Take the step case by case, as each was seen; tell what was done and what was not."""
        cases = [case for case in self.chosen if form.concerns(case)]
        versions = self._versions(cases)
        self._tell(cases_each(cases=cases, versions=versions, take=form.take))
        gone = sum(name.startswith("version-") for name in self.request.POST) - len(self._versions(self.chosen))
        if gone > 0:
            told = _now("%(count)d phản ánh không còn thuộc phần việc của bạn nên không được đụng tới.")
            messages.warning(self.request, told % {"count": gone})
        return redirect(self.next_url)

    def form_invalid(self, form: BulkForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def _versions(self, cases: Sequence[Case]) -> dict[int, int]:
        typed = {case.pk: self.request.POST.get(f"version-{case.pk}", "") for case in cases}
        return {pk: int(text) for pk, text in typed.items() if text.isascii() and text.isdecimal() and len(text) < 10}

    def _tell(self, batch: Batch) -> None:
        if batch.done:
            told = str(self.done_text) % {"count": len(batch.done), "names": _names(batch.done)}
            messages.success(self.request, told)
        for why, references in batch.refused.items():
            told = _now("%(count)d phản ánh chưa làm được: %(names)s. %(why)s")
            values = {"count": len(references), "names": _names(references), "why": why}
            messages.warning(self.request, told % values)
        if not batch.done and not batch.refused:
            messages.warning(self.request, _now("Không có phản ánh nào để làm."))


def _names(references: Sequence[str]) -> str:
    named, more = ", ".join(references[:_NAMED]), len(references) - _NAMED
    return named if more <= 0 else _now("%(named)s và %(more)d phản ánh nữa") % {"named": named, "more": more}


class AcceptCases(CaseBulkAction):
    display_name = _("Tiếp nhận")
    action_type = "accept"
    aria_label = _("Tiếp nhận các phản ánh đã đánh dấu")
    done_text = _("Đã tiếp nhận %(count)d phản ánh: %(names)s.")
    action_priority = 10
    form_class = BulkAcceptForm


class AssignCases(CaseBulkAction):
    display_name = _("Giao người xử lý")
    action_type = "assign"
    aria_label = _("Giao người xử lý các phản ánh đã đánh dấu")
    done_text = _("Đã giao %(count)d phản ánh: %(names)s.")
    action_priority = 20
    form_class = BulkAssignForm


class JoinCases(CaseBulkAction):
    display_name = _("Gộp phản ánh trùng")
    action_type = "join"
    aria_label = _("Gộp các phản ánh đã đánh dấu vào một phản ánh")
    done_text = _("Đã gộp %(count)d phản ánh: %(names)s.")
    action_priority = 30
    form_class = BulkJoinForm


class DeclineCases(CaseBulkAction):
    display_name = _("Không tiếp nhận")
    action_type = "decline"
    aria_label = _("Không tiếp nhận các phản ánh đã đánh dấu")
    done_text = _("Đã ghi không tiếp nhận %(count)d phản ánh: %(names)s.")
    action_priority = 40
    classes = {"serious"}
    form_class = BulkDeclineForm


class QuarantineCases(CaseBulkAction):
    display_name = _("Nghi là thư rác")
    action_type = "quarantine"
    aria_label = _("Đưa các phản ánh đã đánh dấu vào mục nghi là thư rác")
    done_text = _("Đã đưa %(count)d phản ánh vào mục nghi là thư rác: %(names)s.")
    action_priority = 50
    form_class = BulkQuarantineForm


class ReleaseCases(CaseBulkAction):
    display_name = _("Không phải thư rác")
    action_type = "release"
    aria_label = _("Đưa các phản ánh đã đánh dấu lại hàng chờ")
    done_text = _("Đã đưa %(count)d phản ánh lại hàng chờ: %(names)s.")
    action_priority = 60
    form_class = BulkReleaseForm


CASE_ACTIONS = (AcceptCases, AssignCases, JoinCases, DeclineCases, QuarantineCases, ReleaseCases)
