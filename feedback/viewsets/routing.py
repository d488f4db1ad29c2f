"""Opinions asked of the own unit, the glass, and the catalogue of default officers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.permissions import can
from cms.core.viewsets.columns import YesNoColumn
from feedback.enums import OPEN_STATES
from feedback.models import CaseConsult, RoutingRule
from feedback.models.leaks import without_traces
from feedback.services.lanes import glass_break
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.opinions import opinion_give
from feedback.viewsets.catalogue import CatalogueCreateView, CatalogueEditView
from feedback.viewsets.routing_forms import GlassForm, OpinionForm

PAGE_SIZE = 50


class OpinionScreen(WagtailAdminTemplateMixin, View):
    """For those who may answer for their unit; what was asked of others does not exist."""

    header_icon = "comment"
    page_title: Any = _("Ý kiến được hỏi")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not can(request.user, "case_opinion"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": reverse("opinion:index"), "label": OpinionScreen.page_title}] if self.kwargs else []
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_subtitle() or self.page_title}]


class OpinionsView(OpinionScreen):
    """Every question to the own unit, what waits first."""

    template_name = "feedback/admin/opinions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = CaseConsult.objects.asked_of(request.user).with_case().by_urgency()
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("p", "1")[:6])
        return self.render_to_response(self.get_context_data(page_obj=page, today=timezone.localdate()))


class OpinionView(OpinionScreen):
    """One question: what the case says without its sender, and the place for the answer."""

    template_name = "feedback/admin/opinion.html"
    page_title = _("Cho ý kiến")

    @cached_property
    def consult(self) -> CaseConsult:
        return get_object_or_404(CaseConsult.objects.asked_of(self.request.user).with_case(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.consult.case.reference

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(OpinionForm(initial={"opinion": self.consult.opinion}))

    def _show(self, form: OpinionForm, problem: str = "", status: int = 200) -> HttpResponse:
        case = self.consult.case
        sender = getattr(case, "sender", None)
        hidden = sender.unnamed() if sender else None
        context = self.get_context_data(
            consult=self.consult,
            case=case,
            title=without_traces(hidden, case.title),
            body=without_traces(hidden, case.body),
            form=form,
            problem=problem,
            may_answer=case.state in OPEN_STATES,
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = OpinionForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            opinion_give(consult=self.consult, actor=request.user, text=form.cleaned_data["opinion"])
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except TransitionRefusedError as refused:
            return self._show(form, str(refused), status=422)
        messages.success(request, _now("Đã gửi ý kiến tới người xử lý."))
        return redirect("opinion:index")


class GlassView(WagtailAdminTemplateMixin, FormView):
    """Open a case that is closed to this person, for reading, with a reason that the leaders get."""

    template_name = "feedback/admin/glass.html"
    header_icon = "lock-open"
    page_title = _("Tự mở phản ánh kín")
    form_class = GlassForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not can(request.user, "case_break_glass"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def form_valid(self, form: GlassForm) -> HttpResponse:
        try:
            case = glass_break(actor=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                form.add_error(name, sentences)
            return self.form_invalid(form)
        messages.warning(self.request, _now("Đã mở để đọc trong 24 giờ; lãnh đạo đã được báo."))
        return redirect("case:open", case.pk)

    def form_invalid(self, form: GlassForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CapableMenuItem(MenuItem):
    """Shown to those who hold its capability."""

    def __init__(self, label: Any, url_name: str, capability: str, **kwargs: Any) -> None:
        self.capability = capability
        super().__init__(label, reverse_lazy(url_name), **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, self.capability)


class OpinionViewSet(ViewSet):
    """Opinions asked of the own unit."""

    name = "opinion"
    url_prefix = "xin-y-kien"

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return CapableMenuItem(
            _("Ý kiến được hỏi"), "opinion:index", "case_opinion", icon_name="comment", name="opinion", order=17
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(OpinionsView), name="index"),
            path("<int:pk>/", self.construct_view(OpinionView), name="open"),
        ]


def glass_urls() -> list[URLPattern]:
    """Return the address of the glass, for the admin."""
    return [path("mo-phan-anh-kin/", GlassView.as_view(), name="break_glass")]


class GlassMenuItem(CapableMenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Tự mở phản ánh kín"), "break_glass", "case_break_glass", icon_name="lock-open", name="glass", order=90
        )


class RoutingRuleViewSet(ModelViewSet):
    model = RoutingRule
    icon = "user"
    menu_label = _("Người xử lý mặc định")
    menu_order = 36
    add_view_class = CatalogueCreateView
    edit_view_class = CatalogueEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_display = ["__str__", "category", "unit", "officer", YesNoColumn("active", label=_("Đang dùng"))]
    list_filter = ["active", "category"]
    ordering = ["category", "unit", "pk"]
    list_per_page = 50
