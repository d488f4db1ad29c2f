"""The findings of a public copy on its editing screen: marked in the text, decided by one press each."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.generic import View

from feedback.models import PublicCase, Waiver
from feedback.models.redaction import WORDS, CopyFinding, copy_findings
from feedback.permissions import public_case_can
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.redaction import finding_mask, finding_waive, masked_again_mask, waiver_undo

EDIT = "wagtailsnippets_feedback_publiccase:edit"
_LONGEST_DIGEST = 64


def findings_context(copy: PublicCase, user: Any) -> dict[str, Any]:
    """Return what the screen shows of the newest stored draft of ``copy``."""
    draft = copy.get_latest_revision_as_object()
    findings = copy_findings(draft)
    waiting = {found.digest: found for found in reversed(findings) if found.waiver is None}
    lock = copy.get_lock()
    return {
        "finding_texts": [_marked(draft, name, findings) for name in WORDS],
        "waiting_findings": list(reversed(waiting.values())),
        "masked_again": sum(found.again and found.waiver is None for found in findings),
        "waivers": list(copy.waivers.with_makers()),
        "may_decide_findings": public_case_can(user, "public_case_edit", copy) and not (lock and lock.for_user(user)),
    }


def _marked(draft: PublicCase, name: str, findings: list[CopyFinding]) -> dict[str, Any]:
    here = [found for found in findings if found.field == name]
    return {"label": draft._meta.get_field(name).verbose_name, "pieces": list(_pieces(getattr(draft, name), here))}


def _pieces(text: str, findings: list[CopyFinding]) -> Iterator[dict[str, Any]]:
    past = 0
    for found in findings:
        yield {"words": text[past : found.start]}
        yield {"words": found.words, "found": found}
        past = found.end
    yield {"words": text[past:]}


class DecisionView(View):
    """One press: check the right and the unit, let the service decide, go back to the screen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        copy = get_object_or_404(PublicCase.objects.visible_to(request.user), pk=pk)
        if not public_case_can(request.user, "public_case_edit", copy):
            raise PermissionDenied
        try:
            messages.success(request, self.decide(copy, **kwargs))
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except TransitionRefusedError as refused:
            messages.error(request, str(refused))
        except ValidationError as refused:
            # The draft may not be stored for another reason, such as the sender's name in it.
            messages.error(request, " ".join(refused.messages))
        return redirect(EDIT, copy.pk)

    def decide(self, copy: PublicCase, **kwargs: Any) -> str:
        """Call the service and return the sentence to show."""
        raise NotImplementedError

    @property
    def digest(self) -> str:
        return self.request.POST.get("digest", "")[:_LONGEST_DIGEST]


class MaskView(DecisionView):
    def decide(self, copy: PublicCase, **kwargs: Any) -> str:
        places = finding_mask(public_case=copy, digest=self.digest, actor=self.request.user)
        return _("Đã che %(count)d chỗ trong bản nháp.") % {"count": places}


class MaskAgainView(DecisionView):
    def decide(self, copy: PublicCase, **kwargs: Any) -> str:
        places = masked_again_mask(public_case=copy, actor=self.request.user)
        return _("Đã che nốt %(count)d chỗ trong bản nháp.") % {"count": places}


class WaiveView(DecisionView):
    def decide(self, copy: PublicCase, **kwargs: Any) -> str:
        reason = self.request.POST.get("reason", "")
        finding_waive(public_case=copy, digest=self.digest, reason=reason, actor=self.request.user)
        return _("Đã giữ lại, kèm lý do.")


class UndoWaiverView(DecisionView):
    def decide(self, copy: PublicCase, *, waiver: int, **kwargs: Any) -> str:
        waiver_undo(waiver=get_object_or_404(Waiver, pk=waiver, public_case=copy), actor=self.request.user)
        return _("Đã bỏ quyết định giữ lại.")


def decision_urls() -> list[URLPattern]:
    """Return the addresses below those of a copy."""
    return [
        path("mask/<int:pk>/", MaskView.as_view(), name="mask"),
        path("mask-again/<int:pk>/", MaskAgainView.as_view(), name="mask_again"),
        path("waive/<int:pk>/", WaiveView.as_view(), name="waive"),
        path("waiver/<int:pk>/<int:waiver>/undo/", UndoWaiverView.as_view(), name="waiver_undo"),
    ]
