"""Letters of apology in the admin: what wants one, the letters in hand, one screen a letter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from cms.core.models import AgencySettings, CalendarDay
from cms.core.permissions import can
from procedures.enums import ApologyKind, ApologyState
from procedures.forms.apologies import ApologyForm, ApproveForm, DeliverForm, ReturnForm, StepForm, WithdrawForm
from procedures.models import Apology, Dossier, DossierSettings
from procedures.models.apologies import appointment_words
from procedures.models.apology_letter import apology_letter
from procedures.permissions import dossier_can
from procedures.services import apologies as services
from procedures.services.moves import NotAllowedError, TransitionRefusedError
from procedures.services.people import applicant_reveal
from procedures.viewsets.apology_list import ListView
from procedures.viewsets.letter_files import KINDS, letter_answer

# Verb: what the button says, its form, the service.
STEPS: dict[str, tuple[Any, type[StepForm], Callable[..., Apology]]] = {
    "submit": (_("Trình lãnh đạo duyệt"), StepForm, services.apology_submit),
    "approve": (_("Duyệt thư"), ApproveForm, services.apology_approve),
    "return": (_("Trả lại để sửa"), ReturnForm, services.apology_return),
    "deliver": (_("Gửi thư, công khai"), DeliverForm, services.apology_deliver),
    "take-back": (_("Lấy lại để sửa"), StepForm, services.apology_take_back),
    "discard": (_("Bỏ bản soạn"), StepForm, services.apology_discard),
    "withdraw": (_("Rút thư đã gửi"), WithdrawForm, services.apology_withdraw),
}


@dataclass(frozen=True)
class Offer:
    """A step on the screen."""

    verb: str
    label: Any
    form: forms.Form
    url: str
    open: bool


class ApologyScreen(WagtailAdminTemplateMixin, View):
    """A screen about one letter. Whoever may not see it learns nothing, not even that it exists."""

    header_icon = "mail"
    page_title: Any = _("Thư xin lỗi")

    @cached_property
    def apology(self) -> Apology:
        rows = Apology.objects.visible_to(self.request.user, "dossier_view").with_desk_data()
        return get_object_or_404(rows.select_related("dossier__applicant"), pk=self.kwargs["pk"])

    @property
    def dossier(self) -> Dossier:
        return self.apology.dossier

    def get_page_title(self) -> str:
        return str(self.page_title)

    def get_page_subtitle(self) -> str:
        return str(self.dossier.code)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("apology:index"), "label": _("Thư xin lỗi")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.dossier.code}]


class OpenView(ApologyScreen):
    """One letter: what it says, where it stands, the steps that this person may take."""

    template_name = "procedures/admin/apology_screen.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show()

    def show(self, failed: forms.Form | None = None, verb: str = "", problem: str = "", status: int = 200) -> Any:
        """Answer with the screen; ``failed`` is a form to be shown again with what was typed in it."""
        apology, user, calendar = self.apology, self.request.user, CalendarDay.objects.work_calendar()
        rules = DossierSettings.load()
        dated = apology.old_due_on and apology.new_due_on
        may_edit = apology.state == ApologyState.DRAFT and can(user, services.MANAGE, apology)
        context = self.get_context_data(
            apology=apology,
            letter=apology_letter(apology, named=False),
            may_download=dossier_can(user, "dossier_identity", apology.dossier),
            explained=appointment_words(apology.old_due_on, apology.new_due_on, calendar) if dated else "",
            in_time=apology.sent_in_time(calendar, rules.apology_days),
            is_late_kind=apology.kind != ApologyKind.MISTAKE,
            rules=rules,
            offers=self._offers(failed, verb),
            problem=problem,
            edit_url=reverse("apology:edit", args=[apology.pk]) if may_edit else "",
            dossier_url=reverse("dossier:open", args=[apology.dossier_id]),
        )
        return self.render_to_response(context, status=status)

    def _offers(self, failed: forms.Form | None, failed_verb: str) -> list[Offer]:
        verbs = services.steps_of(self.apology, self.request.user)
        return [self._offer(verb, failed if verb == failed_verb else None, verb == verbs[0]) for verb in verbs]

    def _offer(self, verb: str, failed: forms.Form | None, first: bool) -> Offer:
        label, kind, _service = STEPS[verb]
        form = failed or kind(initial=self._initial(), auto_id=f"{verb}_%s")
        url = reverse("apology:step", args=[self.apology.pk, verb])
        return Offer(verb, label, form, url, first or failed is not None)

    def _initial(self) -> dict[str, Any]:
        user, applicant = self.request.user, getattr(self.dossier, "applicant", None)
        return {
            "expected_version": self.apology.version,
            "signer_title": AgencySettings.load().head_title,
            "signer_name": user.get_full_name(),
            "delivery": "mail" if applicant and applicant.email else "hand",
        }


class StepView(OpenView):
    """Take one step, or show the screen again with every word that was typed."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        if verb not in STEPS:
            raise Http404
        if not services.may_try(self.apology, verb, request.user):
            raise PermissionDenied
        _label, kind, service = STEPS[verb]
        form = kind(request.POST, auto_id=f"{verb}_%s")
        if not form.is_valid():
            return self.show(form, verb, status=422)
        try:
            service(apology=self.apology, actor=request.user, **form.cleaned_data)
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except services.ApologyChangedError as changed:
            return self._again(form, verb, str(changed), 409)
        except TransitionRefusedError as refused:
            return self._again(form, verb, str(refused), 422)
        except ValidationError as error:
            problem = spread(form, error)
            return self._again(form, verb, problem, 422)
        messages.success(request, _now("Đã ghi."))
        return redirect("apology:open", self.apology.pk)

    def _again(self, form: forms.Form, verb: str, problem: str, status: int) -> HttpResponse:
        self.__dict__.pop("apology", None)
        return self.show(form, verb, problem, status)


class FileView(ApologyScreen):
    """The letter as a file. It names the applicant, so each look is an event of the ledger."""

    http_method_names = ["get", "options"]

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        if kind not in KINDS:
            raise Http404
        if not dossier_can(request.user, "dossier_identity", self.dossier):
            raise PermissionDenied
        if getattr(self.dossier, "applicant", None) is not None:
            applicant_reveal(dossier=self.dossier, actor=request.user)
        return letter_answer(apology_letter(self.apology), kind=kind, name=f"thu-xin-loi-{self.apology.pk}")


class WriteView(ApologyScreen):
    """Begin a letter about one dossier."""

    template_name = "procedures/admin/apology_form.html"
    page_title = _("Viết thư xin lỗi")

    @cached_property
    def dossier(self) -> Dossier:  # type: ignore[override]
        rows = Dossier.objects.visible_to(self.request.user, services.MANAGE).select_related("unit", "applicant")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(ApologyForm(initial=self._initial()))

    def _initial(self) -> dict[str, Any]:
        again = self.dossier.reappointed_on and self.dossier.reappointed_on < timezone.localdate()
        kind = ApologyKind.LATE_AGAIN if again else ApologyKind.LATE
        return {"kind": kind, "blamed_unit": self.dossier.unit_id}

    def _show(self, form: ApologyForm, problem: str = "", status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, problem=problem, dossier=self.dossier, rules=DossierSettings.load())
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ApologyForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            apology = self._store(form)
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except services.ApologyChangedError as changed:
            return self._show(form, str(changed), 409)
        except TransitionRefusedError as refused:
            return self._show(form, str(refused), 422)
        except ValidationError as error:
            return self._show(form, spread(form, error), 422)
        return redirect("apology:open", apology.pk)

    def _store(self, form: ApologyForm) -> Apology:
        return services.apology_write(dossier=self.dossier, facts=form.facts(), actor=self.request.user)


class EditView(WriteView):
    """Change a letter that is still being written."""

    page_title = _("Sửa thư xin lỗi")

    @property
    def dossier(self) -> Dossier:  # type: ignore[override]
        if not can(self.request.user, services.MANAGE, self.apology):
            raise Http404
        return self.apology.dossier

    def _initial(self) -> dict[str, Any]:
        if self.apology.state != ApologyState.DRAFT:
            raise Http404
        return ApologyForm.first_values(self.apology)

    def _store(self, form: ApologyForm) -> Apology:
        version = form.cleaned_data["expected_version"]
        return services.apology_revise(
            apology=self.apology, facts=form.facts(), actor=self.request.user, expected_version=version
        )


def spread(form: forms.Form, error: ValidationError) -> str:
    """Put each sentence of the service beside its field; return those that belong to no field of ``form``."""
    rest = []
    for name, sentences in error.message_dict.items():
        if name in form.fields:
            form.add_error(name, sentences)
        else:
            rest += sentences
    return " ".join(rest)


class ApologyMenuItem(MenuItem):
    """Shown to those who see dossiers."""

    def __init__(self) -> None:
        super().__init__(_("Thư xin lỗi"), reverse_lazy("apology:index"), icon_name="mail", name="apologies", order=12)

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "dossier_list")


class ApologyViewSet(ViewSet):
    """Everything about letters of apology."""

    name = "apology"
    url_prefix = "thu-xin-loi"

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return ApologyMenuItem()

    def get_urlpatterns(self) -> list[URLPattern]:
        views: tuple[tuple[str, Any, str], ...] = (
            ("", ListView, "index"),
            ("viet/<int:pk>/", WriteView, "write"),
            ("<int:pk>/", OpenView, "open"),
            ("<int:pk>/sua/", EditView, "edit"),
            ("<int:pk>/thu.<slug:kind>", FileView, "file"),
            ("<int:pk>/<slug:verb>/", StepView, "step"),
        )
        return [path(route, self.construct_view(view), name=name) for route, view, name in views]
