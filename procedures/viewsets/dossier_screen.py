"""One screen for one dossier: what was handed in, the date and its days, the inner steps, the story, the buttons."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.models import CalendarDay
from procedures.enums import RUNNING_STATES
from procedures.models import Dossier, DossierApplicant, DossierSettings
from procedures.models.apologies import apologies_wanted, last_moment
from procedures.permissions import dossier_can
from procedures.services.deadlines import clock_now, due_strip, standing
from procedures.services.moves import DossierChangedError, NotAllowedError, TransitionRefusedError, steps_open_to
from procedures.services.people import applicant_reveal
from procedures.services.steps import step_advance, step_reopen
from procedures.services.timeline import office_timeline
from procedures.viewsets.dossier_columns import badge
from procedures.viewsets.dossier_forms import OTHER_FORMS, STEP_FORMS, DossierStepForm
from procedures.viewsets.dossier_sheets import sheet_links

FORMS = {**STEP_FORMS, **OTHER_FORMS}
INNER = {"step-advance": step_advance, "step-reopen": step_reopen}
REVEAL = "contact"
# The step that the desk most likely takes next stands open; the others are one key away.
_LIKELY = {"receive", "start", "supply", "pay", "complete", "return"}


@dataclass(frozen=True)
class Offer:
    """A step on the screen: its button, its form, where it goes."""

    verb: str
    label: Any
    form: DossierStepForm
    url: str
    open: bool


class DossierScreenView(WagtailAdminTemplateMixin, View):
    """Read one dossier. Whoever may not see it learns nothing, not even that it exists."""

    http_method_names = ["get", "head", "options"]
    template_name = "procedures/admin/dossier_screen.html"
    header_icon = "folder-open-inverse"
    index_url_name = ""
    step_url_name = ""
    edit_url_name = ""

    @cached_property
    def dossier(self) -> Dossier:
        rows = Dossier.objects.visible_to(self.request.user, "dossier_view").with_screen_data()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()

    def show(
        self,
        *,
        failed: DossierStepForm | None = None,
        verb: str = "",
        contact: DossierApplicant | None = None,
        problem: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the screen; ``failed`` is a form to be shown again with what was typed in it."""
        context = self.get_context_data(failed=failed, failed_verb=verb, contact=contact, problem=problem)
        return self.render_to_response(context, status=status)

    def get_page_title(self) -> str:
        return str(_("Hồ sơ"))

    def get_page_subtitle(self) -> str:
        return self.dossier.code

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse(self.index_url_name), "label": _("Hồ sơ một cửa")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.dossier.code}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        failed, verb = kwargs.pop("failed"), kwargs.pop("failed_verb")
        dossier, clock, user = self.dossier, clock_now(), self.request.user
        offers = self._offers(failed, verb, revealed=kwargs["contact"] is not None)
        may_handle = dossier_can(user, "dossier_handle", dossier) and dossier.state in RUNNING_STATES
        shown, sheets = {offer.verb for offer in offers}, sheet_links(dossier, user)
        return super().get_context_data(
            dossier=dossier,
            badge=badge(standing(dossier, clock=clock)),
            strip=due_strip(dossier, clock),
            timeline=office_timeline(dossier),
            offers=offers,
            kept=failed.typed() if failed and verb not in shown else [],
            applicant=self._applicant(),
            may_handle_steps=may_handle,
            letters=dossier.apologies.with_desk_data(),
            apologise_url=self._apologise_url(),
            letter_wanted=self._letter_wanted(),
            sheets=sheets,
            sheet_rules=DossierSettings.load() if sheets else None,
            receipt_url=reverse("dossier:receipt", args=[dossier.pk]) if dossier.received_at else "",
            **{f"{name.replace('-', '_')}_url": reverse(self.step_url_name, args=[dossier.pk, name]) for name in INNER},
            reveal_url=reverse(self.step_url_name, args=[dossier.pk, REVEAL]),
            **kwargs,
        )

    def _apologise_url(self) -> str:
        """Where a letter of apology is written; nothing for who may not, or before the office has the dossier."""
        may_write = dossier_can(self.request.user, "dossier_apologise", self.dossier)
        return reverse("apology:write", args=[self.dossier.pk]) if may_write and self.dossier.received_at else ""

    def _letter_wanted(self) -> dict[str, Any]:
        """Until when a letter of apology about this dossier is in time; nothing while none is wanted."""
        dossier = self.dossier
        if not self._apologise_url() or not apologies_wanted().filter(pk=dossier.pk).exists():
            return {}
        rules, today = DossierSettings.load(), timezone.localdate()
        if dossier.reappointed_on or dossier.due_on is None:
            return {"again": True, "too_late": True, "rules": rules}
        day = last_moment(dossier.due_on, rules.apology_days, CalendarDay.objects.work_calendar())
        return {"day": day, "too_late": day < today, "rules": rules}

    def _applicant(self) -> DossierApplicant | None:
        may_see = dossier_can(self.request.user, "dossier_identity", self.dossier)
        return getattr(self.dossier, "applicant", None) if may_see else None

    def _offers(self, failed: DossierStepForm | None, failed_verb: str, *, revealed: bool) -> list[Offer]:
        """The steps of the table, likely ones first; beside revealed contacts the form that corrects them."""
        rows = [(row.verb, row.label) for row in steps_open_to(self.dossier, self.request.user)]
        rows.sort(key=lambda row: row[0] not in _LIKELY)
        # Right after a dossier was keyed in nothing is open twice: the first likely step only.
        first = next((verb for verb, _label in rows if verb in _LIKELY), "")
        may_correct = self._applicant() and dossier_can(self.request.user, "dossier_enter", self.dossier)
        if may_correct and (revealed or failed_verb == "correct"):
            rows.append(("correct", _("Sửa người nộp, giấy tờ ghi nhầm")))
        return [self._offer(verb, label, failed, failed_verb, first) for verb, label in rows]

    def _offer(self, verb: str, label: Any, failed: DossierStepForm | None, failed_verb: str, first: str) -> Offer:
        form = failed if failed is not None and verb == failed_verb else self._form(FORMS[verb], verb)
        url = reverse(self.step_url_name, args=[self.dossier.pk, verb])
        return Offer(verb, label, form, url, verb in {first, failed_verb})

    def _form(self, kind: type[DossierStepForm], verb: str, data: Any = None) -> DossierStepForm:
        return kind(data, dossier=self.dossier, actor=self.request.user, auto_id=f"{verb}_%s")


class DossierStepView(DossierScreenView):
    """Take one step, or show the screen again with every word that was typed."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        if verb not in {*FORMS, *INNER, REVEAL}:
            raise Http404
        form = self._form(FORMS[verb], verb, request.POST) if verb in FORMS else None
        try:
            return self._take(form, verb)
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except DossierChangedError as changed:
            return self._again(verb, str(changed), status=409)
        except TransitionRefusedError as refused:
            return self._again(verb, str(refused), status=422)
        except ValidationError as error:
            return self._again(verb, " ".join(error.messages), status=422)

    def _take(self, form: DossierStepForm | None, verb: str) -> HttpResponse:
        if verb == REVEAL:
            return self.show(contact=applicant_reveal(dossier=self.dossier, actor=self.request.user))
        if form is None:
            INNER[verb](
                dossier=self.dossier,
                number=_whole(self.request.POST.get("number")),
                actor=self.request.user,
                expected_version=_whole(self.request.POST.get("expected_version")),
            )
        elif not form.is_valid():
            return self.show(failed=form, verb=verb, status=422)
        else:
            form.run()
        messages.success(self.request, _now("Đã ghi."))
        return redirect(self.edit_url_name, self.dossier.pk)

    def _again(self, verb: str, problem: str, status: int) -> HttpResponse:
        """Show the dossier as it is now, with the words as they were typed; the next try is made on what is seen."""
        self.__dict__.pop("dossier", None)
        form = None
        if verb in FORMS:
            data = self.request.POST.copy()
            data["expected_version"] = str(self.dossier.version)
            form = self._form(FORMS[verb], verb, data)
        return self.show(failed=form, verb=verb, problem=problem, status=status)


def _whole(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
