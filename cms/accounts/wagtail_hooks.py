"""What accounts register with Wagtail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail import hooks

from cms.accounts.models import User


@hooks.register("before_bulk_action")
def keep_accounts_out_of_bulk_actions(
    request: HttpRequest, action_type: str, objects: list, action: object
) -> HttpResponse | None:
    """Roles and units are given one account at a time, through the service that checks and notes them."""
    if not any(isinstance(item, User) for item in objects):
        return None
    messages.error(request, _("Tài khoản được sửa từng người một."))
    return redirect("wagtailusers_users:index")
