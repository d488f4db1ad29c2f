"""One screen for one case: question, files, story, date, notes, steps, answer, publication."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.media.private import private_response
from feedback.enums import OPEN_STATES, WORKING_STATES, CaseState
from feedback.models import AnswerLetter, Attachment, Case, PublicCase, Sender
from feedback.permissions import approvers_of, case_can, public_case_can
from feedback.services.deadlines import due_strip, standing
from feedback.services.extensions import not_extendable_because
from feedback.services.identity import sender_reveal
from feedback.services.letters import answer_in_writing, letter_of
from feedback.services.moves import CaseChangedError, NotAllowedError, TransitionRefusedError, steps_open_to
from feedback.services.publication import has_newer_answer, not_publishable_because
from feedback.services.similar import cases_like, public_cases_like
from feedback.services.timeline import office_timeline
from feedback.viewsets.columns import badge
from feedback.viewsets.compare import COMPARE, compared
from feedback.viewsets.forms import OTHER_FORMS, STEP_FORMS, AnswerForm, StepForm
from feedback.viewsets.onward import Way
from feedback.viewsets.routing_forms import ROUTING_FORMS

# The step that the office most likely takes next stands open; the others are one key away.
FORMS = {**STEP_FORMS, **OTHER_FORMS, **ROUTING_FORMS}
_LIKELY = {"accept", "assign", "start", "approve"}
_WRITING = WORKING_STATES - {CaseState.PENDING_APPROVAL, CaseState.ACCEPTED, CaseState.REOPENED}


@dataclass(frozen=True)
class Offer:
    """A step on the screen: its button, its form, where it goes."""

    verb: str
    label: Any
    form: StepForm
    url: str
    open: bool


class CaseScreenView(WagtailAdminTemplateMixin, View):
    """Read one case. Whoever may not see it learns nothing, not even that it exists."""

    http_method_names = ["get", "head", "options"]
    template_name = "feedback/admin/case_screen.html"
    header_icon = "mail"
    index_url_name = ""
    step_url_name = ""
    edit_url_name = ""

    @cached_property
    def case(self) -> Case:
        rows = Case.objects.visible_to(self.request.user, "case_view").with_screen_data()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def way(self) -> Way:
        return Way(self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()

    def show(
        self,
        *,
        failed: StepForm | None = None,
        verb: str = "",
        sender: Sender | None = None,
        problem: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the screen; ``failed`` is a form to be shown again with what was typed in it."""
        context = self.get_context_data(failed=failed, failed_verb=verb, sender=sender, problem=problem)
        return self.render_to_response(context, status=status)

    def get_page_title(self) -> str:
        return str(_("Phản ánh"))

    def get_page_subtitle(self) -> str:
        return self.case.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Phản ánh, kiến nghị")},
            {"url": "", "label": self.case.reference},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        failed, verb = kwargs.pop("failed"), kwargs.pop("failed_verb")
        offers = self._offers(failed, verb)
        near = {"alike": cases_like(self.case, self.request.user), "published_alike": self._published_alike()}
        others = {**self._papers(failed, verb), **self._publication(failed, verb), **self._routing(failed, verb)}
        shown = {*offers, *(offer.verb for offer in others.values() if isinstance(offer, Offer))}
        return super().get_context_data(
            case=self.case,
            badge=badge(standing(self.case)),
            strip=due_strip(self.case),
            timeline=office_timeline(self.case),
            offers=offers.values(),
            kept=failed.typed() if failed and verb not in shown else [],
            way=self.way,
            next_case=self.way.after(self.case),
            **near,
            **others,
            **self._sender(kwargs.pop("sender")),
            **kwargs,
        )

    def _published_alike(self) -> list[PublicCase]:
        """Answers that are public already, for whoever still has to answer this one."""
        near = public_cases_like(self.case.title) if self.case.state in OPEN_STATES else []
        return [copy for copy in near if copy.case_id != self.case.pk]

    def _form(self, kind: type[StepForm], verb: str, failed: StepForm | None, failed_verb: str) -> StepForm:
        if failed is not None and verb == failed_verb:
            return failed
        return kind(case=self.case, actor=self.request.user, auto_id=f"{verb}_%s")

    def _offer(self, verb: str, label: Any, failed: StepForm | None, failed_verb: str) -> Offer:
        kind = FORMS[verb]
        form = self._form(kind, verb, failed, failed_verb)
        url = reverse(self.step_url_name, args=[self.case.pk, verb]) + self.way.query
        return Offer(verb, label, form, url, verb in _LIKELY or verb == failed_verb)

    def _offers(self, failed: StepForm | None, failed_verb: str) -> dict[str, Offer]:
        """The steps of the table, likely ones first, but for the one that the editor of the answer offers itself."""
        rows = [row for row in steps_open_to(self.case, self.request.user) if row.verb != "propose"]
        rows.sort(key=lambda row: row.verb not in _LIKELY)
        return {row.verb: self._offer(row.verb, row.label, failed, failed_verb) for row in rows}

    def _papers(self, failed: StepForm | None, verb: str) -> dict[str, Any]:
        user, case = self.request.user, self.case
        may_write = case.state in _WRITING and case_can(user, "case_handle", case)
        mine = case.officer_id == user.pk or case_can(user, "case_approve", case)
        may_note = case_can(user, "case_notes", case)
        return {
            "answers": compared(case.answers.all(), self.request.GET.get(COMPARE, "")),
            "answer": self._offer("answer", _("Soạn câu trả lời"), failed, verb) if may_write and mine else None,
            "note": self._offer("note", _("Thêm ghi chú"), failed, verb) if may_note else None,
            "notes": case.notes.all() if may_note else [],
        }

    def _routing(self, failed: StepForm | None, verb: str) -> dict[str, Any]:
        user, case = self.request.user, self.case
        may_ask = not case.confidential and case.state in WORKING_STATES and case_can(user, "case_consult", case)
        may_lane = case_can(user, "case_lane", case)
        return {
            **self._beside(failed, verb),
            "lane": self._offer("lane", _("Đổi diện kín, ghi tên người xem"), failed, verb) if may_lane else None,
            "accesses": case.accesses.all() if case.confidential else [],
            "now": timezone.now(),
            "consult": self._offer("consult", _("Xin ý kiến đơn vị khác"), failed, verb) if may_ask else None,
            "consults": case.consults.all(),
            "unconsult_url": reverse(self.step_url_name, args=[case.pk, "unconsult"])
            if case_can(user, "case_consult", case)
            else "",
        }

    def _beside(self, failed: StepForm | None, verb: str) -> dict[str, Any]:
        user, case = self.request.user, self.case
        may_extend = not not_extendable_because(case) and case_can(user, "case_extend", case)
        may_write = answer_in_writing(case) is not None and case_can(user, "case_letter", case)
        letter = letter_of(case)
        words = _("Sửa văn bản trả lời") if letter else _("Ghi văn bản trả lời đã ký")
        return {
            "extend": self._offer("extend", _("Gia hạn trả lời"), failed, verb) if may_extend else None,
            "extensions": case.extensions.all(),
            "letter": letter,
            "write_letter": self._offer("letter", words, failed, verb) if may_write else None,
        }

    def _publication(self, failed: StepForm | None, verb: str) -> dict[str, Any]:
        user, case = self.request.user, self.case
        copy = PublicCase.objects.filter(case=case).first()
        may_edit, why_not = case_can(user, "public_case_edit", case), not_publishable_because(case)
        words = _("Cập nhật bản công khai theo câu trả lời mới") if copy else _("Soạn bản công khai")
        may_bar = case_can(user, "public_case_publish", case) and not case.publication_barred_reason
        may_withdraw = copy is not None and copy.live and public_case_can(user, "public_case_withdraw", copy)
        return {
            "public_case": copy,
            "may_open_public": copy is not None and may_edit,
            "wrote_it": copy is not None and copy.last_writer_id() == user.pk,
            "approvers": approvers_of(copy) if copy is not None and may_edit and not copy.live else [],
            "why_not_public": "" if copy else why_not,
            "make_public": self._offer("public", words, failed, verb)
            if may_edit and not why_not and (copy is None or has_newer_answer(copy))
            else None,
            "bar": self._offer("bar", _("Quyết định không đăng"), failed, verb) if may_bar else None,
            "unpublish": self._offer("unpublish", _("Gỡ bản công khai"), failed, verb) if may_withdraw else None,
        }

    def _sender(self, revealed: Sender | None) -> dict[str, Any]:
        stored = getattr(self.case, "sender", None)
        if stored is None:
            return {}
        if not case_can(self.request.user, "case_identity", self.case):
            # Whether there is somebody to write to decides how a case is received; who it is does not.
            return {"sender_kind": stored.get_kind_display(), "left_behind": stored.left_behind}
        return {
            "sender": revealed or stored,
            "revealed": revealed is not None,
            "reveal_url": reverse(self.step_url_name, args=[self.case.pk, "sender"]),
        }


class CaseStepView(CaseScreenView):
    """Take one step, or show the screen again with every word that was typed."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        if verb == "sender":
            return self._reveal()
        kind = FORMS.get(verb)
        if kind is None:
            raise Http404
        form = kind(request.POST, request.FILES, case=self.case, actor=request.user, auto_id=f"{verb}_%s")
        try:
            return self._take(form, verb)
        except NotAllowedError as refused:
            # Whoever may still read the case keeps what they typed; the others had a 404 before they came here.
            return self._again(kind, verb, str(refused), status=403)
        except CaseChangedError as changed:
            return self._again(kind, verb, str(changed), status=409)
        except TransitionRefusedError as refused:
            return self._again(kind, verb, str(refused), status=422)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                form.add_error(name, sentences)
            return self.show(failed=form, verb=verb, status=422)

    def _take(self, form: StepForm, verb: str) -> HttpResponse:
        """Fill in a template, or run the service of the step; refusals are for ``post`` to tell."""
        if isinstance(form, AnswerForm) and "fill" in self.request.POST:
            return self._filled(form, verb)
        if not form.is_valid():
            return self.show(failed=form, verb=verb, status=422)
        # Asked before the step: afterwards the case stands elsewhere on the way, or not on it at all.
        following = self.way.after(self.case) if "onward" in self.request.POST else None
        form.run()
        messages.success(self.request, _now("Đã ghi %(reference)s.") % {"reference": self.case.reference})
        return redirect(self.way.address(following)) if following else self._onward(verb)

    def _filled(self, form: AnswerForm, verb: str) -> HttpResponse:
        """Show the editor with a template's words in it. Nothing is stored, so nothing is lost by going back."""
        again = form.filled()
        if again.is_valid():
            messages.info(self.request, _now("Đã chép mẫu vào câu trả lời. Chưa lưu."))
        return self.show(failed=again, verb=verb, status=200 if again.is_valid() else 422)

    def _onward(self, verb: str) -> HttpResponse:
        """Go on to the editor of a new public copy, else back to the case or, when it left our hands, to the list."""
        if verb == "public":
            return redirect("wagtailsnippets_feedback_publiccase:edit", self.case.public_case.pk)
        if Case.objects.visible_to(self.request.user, "case_view").filter(pk=self.case.pk).exists():
            return redirect(self.way.address(self.case))
        return redirect(self.index_url_name)

    def _again(self, kind: type[StepForm], verb: str, problem: str, status: int) -> HttpResponse:
        """Show the case as it is now, with the words as they were typed; the next try is made on what is seen."""
        self.__dict__.pop("case", None)
        data = self.request.POST.copy()
        data["expected_version"] = str(self.case.version)
        form = kind(data, self.request.FILES, case=self.case, actor=self.request.user, auto_id=f"{verb}_%s")
        return self.show(failed=form, verb=verb, problem=problem, status=status)

    def _reveal(self) -> HttpResponse:
        try:
            return self.show(sender=sender_reveal(case=self.case, actor=self.request.user))
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except TransitionRefusedError as refused:
            return self.show(problem=str(refused), status=422)


class CaseLetterView(View):
    """Hand out the signed document of an answer to whoever may read its case."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        cases = Case.objects.visible_to(request.user, "case_view")
        letter = get_object_or_404(AnswerLetter.objects.filter(answer__case__in=cases), pk=pk)
        try:
            return private_response(
                request, name=letter.stored_name, filename=letter.name, content_type=letter.content_type
            )
        except FileNotFoundError as missing:
            raise Http404 from missing


class CaseFileView(View):
    """Hand out a file that came with a case; for everybody else it does not exist."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        cases = Case.objects.visible_to(request.user, "case_view")
        file = get_object_or_404(Attachment.objects.filter(case__in=cases), pk=pk)
        try:
            return private_response(request, name=file.stored_name, filename=file.name, content_type=file.content_type)
        except FileNotFoundError as missing:
            raise Http404 from missing
