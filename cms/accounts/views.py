"""Roles that wait for a second person."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import RoleRequest
from cms.accounts.services import role_confirm, role_refuse
from cms.core.permissions import can


class RoleRequestsView(WagtailAdminTemplateMixin, TemplateView):
    """Every request, with buttons for those who may decide it."""

    template_name = "accounts/admin/role_requests.html"
    page_title = _("Vai trò chờ xác nhận")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, "role_confirm"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = str(request.POST.get("request", ""))
        found = RoleRequest.objects.in_order().filter(pk=int(key[:18]) if key.isdecimal() else 0).first()
        decide = {"confirm": role_confirm, "refuse": role_refuse}.get(str(request.POST.get("decision", "")))
        if found is None or decide is None:
            return self._gone()
        try:
            decide(request=found, actor=request.user)
        except RoleRequest.DoesNotExist:
            return self._gone()
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("role_requests")
        words = _now("Đã giao vai trò.") if decide is role_confirm else _now("Đã bỏ đề nghị, vai trò không được giao.")
        messages.success(request, words)
        return redirect("role_requests")

    def _gone(self) -> HttpResponse:
        messages.warning(self.request, _now("Đề nghị này không còn nữa, có thể người khác vừa quyết định."))
        return redirect("role_requests")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(RoleRequest.objects.in_order())
        may_confirm = set(RoleRequest.objects.for_decision_by(self.request.user).values_list("pk", flat=True))
        shown = [
            {"row": row, "may_confirm": row.pk in may_confirm, "is_own": row.asked_by_id == self.request.user.pk}
            for row in rows
        ]
        return super().get_context_data(requests=shown, **kwargs)
