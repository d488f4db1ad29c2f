"""Accounts in Wagtail's own user screens."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wagtail.users.views.users import CreateView, EditView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from cms.accounts.forms import AccountCreationForm, AccountEditForm
from cms.accounts.models import RoleRequest, User
from cms.accounts.services import refuse_unless_may_manage


def _say_what_waits(request: HttpRequest, user: User) -> None:
    names = RoleRequest.objects.filter(user=user).values_list("group__name", flat=True)
    if names:
        text = _("Vai trò %(names)s chỉ có hiệu lực khi một lãnh đạo hoặc quản trị khác xác nhận.")
        messages.warning(request, text % {"names": ", ".join(names)})


class AccountCreateView(CreateView):
    def save_instance(self) -> User:
        user = self.form.store(actor=self.request.user)
        _say_what_waits(self.request, user)
        return user


class AccountEditView(EditView):
    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        refuse_unless_may_manage(actor=request.user, user=self.object)

    def save_instance(self) -> User:
        user = self.form.store(actor=self.request.user)
        if user == self.request.user and "password1" in self.form.changed_data:
            update_session_auth_hash(self.request, user)
        _say_what_waits(self.request, user)
        return user


class UserViewSet(WagtailUserViewSet):
    """Wagtail's screens; nobody is ever deleted, because the ledger must keep saying who did what."""

    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        return AccountEditForm if for_update else AccountCreationForm
