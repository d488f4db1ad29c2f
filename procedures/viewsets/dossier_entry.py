"""Taking dossiers in, one after the other, and the receipt of each."""

import secrets
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.enums import Scope
from cms.core.models import Unit
from cms.core.permissions import can, scope_of
from cms.core.text import format_vietnamese_date
from procedures.forms.entry import MOST_OFFERED, EntryForm
from procedures.models import Dossier, DossierSettings, ProcedurePage
from procedures.services.deadlines import due_strip
from procedures.services.intake import Taken, dossier_enter
from procedures.services.moves import NotAllowedError, TransitionRefusedError
from procedures.services.people import applicant_reveal
from procedures.services.receipts import due_words, receipt_paper

LAST_SHOWN = 5
LONGEST_TOKEN = 64
# What the next dossier most likely shares with this one.
_CARRIED = ("channel", "return_channel", "unit")


class DeskScreen(WagtailAdminTemplateMixin, View):
    """A screen for those who take dossiers in."""

    header_icon = "folder-open-inverse"
    page_title: Any = _("Nhận hồ sơ")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not can(request.user, "dossier_enter"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("dossier:index"), "label": _("Hồ sơ một cửa")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]


class EntryView(DeskScreen):
    """The form of one dossier. “Next” keeps channel and unit, and is ready for whoever waits behind."""

    template_name = "procedures/admin/dossier_entry.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(self._form(None), secrets.token_urlsafe(32))

    @cached_property
    def units(self) -> Any:
        rows, user = Unit.objects.active().in_order(), self.request.user
        return rows.filter(pk__in=user.unit_ids) if scope_of(user, "dossier_enter") is Scope.UNIT else rows

    def _form(self, data: Any) -> EntryForm:
        given = self.request.GET
        initial = {name: given.get(name, "")[:20] for name in _CARRIED if given.get(name)}
        units = list(self.units[:2])
        if len(units) == 1:
            initial.setdefault("unit", units[0].pk)
        return EntryForm(data, units=self.units, initial={"received": True, **initial})

    def _show(self, form: EntryForm, token: str, problem: str = "", status: int = 200) -> HttpResponse:
        visible = Dossier.objects.visible_to(self.request.user, "dossier_enter")
        context = self.get_context_data(
            form=form,
            token=token,
            problem=problem,
            last=visible.entered_by(self.request.user)[:LAST_SHOWN],
            pick_url=reverse("dossier:pick"),
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest) -> HttpResponse:
        token = request.POST.get("form", "")[:LONGEST_TOKEN] or secrets.token_urlsafe(32)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, token, status=422)
        try:
            taken = dossier_enter(entry=form.entry(), form_token=token, actor=request.user)
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except TransitionRefusedError as refused:
            return self._show(form, token, str(refused), status=422)
        except ValidationError as error:
            return self._show(form, token, " ".join(error.messages), status=422)
        self._tell(taken)
        if "next" not in request.POST:
            name = "dossier:receipt" if taken.dossier.received_at else "dossier:open"
            return redirect(name, taken.dossier.pk)
        carried = {name: request.POST.get(name, "") for name in _CARRIED}
        return redirect(f"{reverse('dossier:entry')}?{urlencode(carried)}")

    def _tell(self, taken: Taken) -> None:
        dossier = taken.dossier
        if not taken.created:
            messages.info(self.request, _now("Hồ sơ %(code)s đã ghi từ trước, không ghi lần nữa.") % {"code": dossier})
            return
        due = _now("hẹn trả %(date)s") % {"date": format_vietnamese_date(dossier.due_on)} if dossier.due_on else ""
        words = [_now("Đã ghi hồ sơ %(code)s") % {"code": dossier.code}, due]
        messages.success(self.request, ", ".join(filter(None, words)) + ".")


class PickView(DeskScreen):
    """The procedures that begun words may mean, for the field that offers them while the clerk types."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = " ".join(request.GET.get("q", "")[:200].split())
        found = ProcedurePage.objects.pickable(typed)[:MOST_OFFERED] if len(typed) > 1 else ()
        offered = [{"text": f"{page.code} – {page.name}", "time": page.short_time} for page in found]
        return JsonResponse({"procedures": offered}, headers={"Cache-Control": "private, no-store"})


class ReceiptView(DeskScreen):
    """What the applicant takes away, before it is printed."""

    http_method_names = ["get", "head", "options"]
    template_name = "procedures/admin/dossier_receipt.html"
    page_title = _("Giấy tiếp nhận và hẹn trả")

    @cached_property
    def dossier(self) -> Dossier:
        rows = Dossier.objects.visible_to(self.request.user, "dossier_enter").received().with_screen_data()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.dossier.code

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        dossier = self.dossier
        context = self.get_context_data(
            dossier=dossier, due=due_words(dossier), strip=due_strip(dossier), rules=DossierSettings.load()
        )
        response = self.render_to_response(context)
        response["Cache-Control"] = "private, no-store"
        return response


class ReceiptFileView(ReceiptView):
    """The receipt on paper. It has the contacts of the applicant, so each one is an event of the ledger."""

    http_method_names = ["get", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if getattr(self.dossier, "applicant", None) is not None:
            try:
                applicant_reveal(dossier=self.dossier, actor=request.user)
            except NotAllowedError as refused:
                raise PermissionDenied(str(refused)) from refused
        headers = {
            "Content-Disposition": f'inline; filename="giay-tiep-nhan-{self.dossier.pk}.pdf"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(receipt_paper(self.dossier), content_type="application/pdf", headers=headers)


class EntryMenuItem(MenuItem):
    """Shown to those who take dossiers in."""

    def __init__(self) -> None:
        super().__init__(
            _("Nhận hồ sơ"), reverse_lazy("dossier:entry"), icon_name="plus-inverse", name="dossier_entry", order=1
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "dossier_enter")
