"""What accounts register with Wagtail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.accounts.models import RoleRequest, User
from cms.accounts.views import RoleRequestsView
from cms.core.permissions import can


@hooks.register("before_bulk_action")
def keep_accounts_out_of_bulk_actions(
    request: HttpRequest, action_type: str, objects: list, action: object
) -> HttpResponse | None:
    """Roles and units are given one account at a time, through the service that checks and notes them."""
    if not any(isinstance(item, User) for item in objects):
        return None
    messages.error(request, _("Tài khoản được sửa từng người một."))
    return redirect("wagtailusers_users:index")


class RoleRequestsMenuItem(MenuItem):
    """There only while something waits for those who may decide it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "role_confirm") and RoleRequest.objects.exists()


@hooks.register("register_admin_urls")
def register_role_requests() -> list[URLPattern]:
    """The screen of roles that wait for a second person."""
    return [path("vai-tro-cho-xac-nhan/", RoleRequestsView.as_view(), name="role_requests")]


@hooks.register("register_admin_menu_item")
def offer_role_requests() -> MenuItem:
    """The way to it."""
    return RoleRequestsMenuItem(
        gettext_lazy("Vai trò chờ xác nhận"), reverse_lazy("role_requests"), icon_name="group", order=890
    )
