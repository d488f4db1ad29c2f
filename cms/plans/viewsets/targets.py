"""What was reached of a plan's targets: told by the unit that watches over them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from cms.plans.forms import TargetValueForm
from cms.plans.models import PlanTarget, TargetLine, TargetValue, target_lines
from cms.plans.permissions import user_can_tell_value
from cms.plans.services import target_value_remove

_SHOWN_VALUES = 100


def _reached(line: TargetLine) -> str:
    latest = line.latest
    if latest is None:
        return _now("chưa có số")
    words = _now("đạt") if latest.met else _now("chưa đạt")
    return f"{latest.shown} ({latest.row.period_label}), {words}"


class TargetIndexView(generic.IndexView):
    any_permission_required = ["view"]
    page_title = _("Chỉ tiêu của kế hoạch")
    results_template_name = "plans/admin/target_index_results.html"
    FORMATS = ()

    def get_queryset(self) -> list[TargetLine]:
        """Return lines: a target beside what was reached last."""
        rows = list(PlanTarget.objects.visible_to(self.request.user).with_screen_data())
        return target_lines(rows, TargetValue.objects.of_pages({row.page_id for row in rows}).standing())

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Chỉ tiêu"), accessor="target.name", get_url=self.get_edit_url),
            Column("plan", label=_("Kế hoạch"), accessor="target.page.number"),
            Column("wanted", label=_("Phải đạt"), accessor="target.wanted"),
            Column("reached", label=_("Đạt được"), accessor=_reached),
        ]

    def get_edit_url(self, instance: TargetLine) -> str:
        return reverse(self.edit_url_name, args=[instance.target.pk])

    def get_add_url(self) -> None:
        return None


class TargetScreenView(WagtailAdminTemplateMixin, View):
    """One target: every value that was told, and the form for the next."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "plans/admin/target_screen.html"
    header_icon = "list-ol"
    index_url_name = ""
    edit_url_name = ""
    remove_url_name = ""

    @cached_property
    def target(self) -> PlanTarget:
        return get_object_or_404(
            PlanTarget.objects.visible_to(self.request.user).with_screen_data(), pk=self.kwargs["pk"]
        )

    def get_page_title(self) -> str:
        return str(_("Chỉ tiêu"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Chỉ tiêu của kế hoạch")},
            {"url": "", "label": self.target.name},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def form(self, *data: Any) -> TargetValueForm:
        """Return the form for the next value."""
        return TargetValueForm(*data, target=self.target, actor=self.request.user)

    def show(self, form: TargetValueForm, *, status: int = 200) -> HttpResponse:
        """Answer with the screen."""
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = TargetValue.objects.of_target(self.target).select_related("entered_by")[:_SHOWN_VALUES]
        return super().get_context_data(
            target=self.target,
            plan=self.target.page,
            values=[(row, reverse(self.remove_url_name, args=[self.target.pk, row.pk])) for row in rows],
            may_tell=user_can_tell_value(self.request.user, self.target.page, self.target),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not user_can_tell_value(request.user, self.target.page, self.target):
            raise PermissionDenied
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            form.run()
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.show(form, status=422)
        messages.success(request, _now("Đã ghi."))
        return redirect(self.edit_url_name, self.target.pk)


class TargetValueRemoveView(TargetScreenView):
    """Take one value back."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        value = get_object_or_404(TargetValue.objects.of_target(self.target), pk=kwargs["value_pk"])
        target_value_remove(target=self.target, value=value, actor=request.user)
        messages.success(request, _now("Đã rút số này. Số ghi trước đó của kỳ ấy, nếu có, lại được dùng."))
        return redirect(self.edit_url_name, self.target.pk)


class TargetViewSet(ModelViewSet):
    model = PlanTarget
    name = "plan_target"
    url_prefix = "chi-tieu"
    icon = "list-ol"
    menu_label = _("Chỉ tiêu của kế hoạch")
    menu_order = 7
    index_view_class = TargetIndexView
    index_results_template_name = "plans/admin/target_index_results.html"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_common_view_kwargs(**kwargs)
        names = {"edit_url_name": self.get_url_name("open"), "remove_url_name": self.get_url_name("remove")}
        return {**kwargs, **names}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.construct_view(TargetScreenView), name="open"),
            path("<int:pk>/<int:value_pk>/rut/", self.construct_view(TargetValueRemoveView), name="remove"),
        ]
