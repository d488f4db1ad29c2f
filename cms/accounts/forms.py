"""The account forms of the admin, with position and units, and without doors upwards."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from cms.accounts.models import User
from cms.accounts.services import credentials_are_own, password_reset_ask, user_save
from cms.core.models import Unit
from cms.core.requests import client_address
from cms.core.services.limits import limit_hit, limit_peek


class LoginForm(WagtailLoginForm):
    """Wagtail's own, whose password field is labelled by its English name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mật khẩu")

    def clean(self) -> dict[str, Any]:
        """Count failures by address too: the lock of an account does not stop one who tries many names."""
        visitor = client_address(self.request)
        if not limit_peek(limit="login", visitor=visitor).allowed:
            raise forms.ValidationError(
                _("Nơi này đã đăng nhập sai quá nhiều lần. Xin đợi 10 phút rồi thử lại."), code="too_many"
            )
        try:
            return super().clean()
        except forms.ValidationError:
            limit_hit(limit="login", visitor=visitor)
            raise


class PasswordResetForm(WagtailPasswordResetForm):
    """Wagtail's own, whose mail leaves by the outbox: a mail server that is away neither delays nor tells anything."""

    def save(self, *, request: HttpRequest | None = None, **_options: Any) -> None:
        """Queue a mail for each account of the address; of an address that nobody has, nothing is said.

        Nor is it said when one visitor asks too often, or too many ask for one address: nothing leaves, that is all.
        """
        address = self.cleaned_data["email"]
        if request is not None and not limit_hit(limit="password_reset", visitor=client_address(request)).allowed:
            return
        if not limit_hit(limit="password_reset_same", visitor=address.casefold()).allowed:
            return
        for user in self.get_users(address):
            password_reset_ask(user=user)


class AccountFormMixin(forms.ModelForm):
    position = forms.CharField(label=_("Chức vụ"), max_length=120, required=False)
    units = forms.ModelMultipleChoiceField(
        label=_("Đơn vị"),
        queryset=Unit.objects.active().in_order(),
        required=False,
        help_text=_("Việc của những đơn vị này là việc của người này."),
    )
    with_units_below = forms.BooleanField(
        label=_("Gồm cả đơn vị cấp dưới"),
        required=False,
        help_text=_("Dành cho lãnh đạo phụ trách nhiều đơn vị."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own_account = kwargs.get("editing_self", False)
        self.credentials_kept = False
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = True
            self.fields["is_superuser"].help_text = _("Tài khoản toàn quyền chỉ lập được trên máy chủ.")
        self.fields["last_name"].label = _("Họ và tên đệm")
        self.fields["first_name"].label = _("Tên")
        if own_account:
            for name in ("groups", "units", "with_units_below"):
                self.fields.pop(name)
        elif self.instance.pk:
            memberships = list(self.instance.memberships.all())
            self.initial["units"] = [membership.unit_id for membership in memberships]
            self.initial["with_units_below"] = any(membership.with_units_below for membership in memberships)
            self.credentials_kept = credentials_are_own(user=self.instance)
            # Nobody else may fill in what is missing there; the rest can be changed all the same.
            self.fields["email"].required = bool(self.instance.email) or not self.credentials_kept

    def clean(self) -> dict[str, Any]:
        """Refuse another's password and address beside their fields, where they are that person's own to change."""
        data = super().clean()
        if self.credentials_kept and data.get("password1"):
            self.add_error(
                "password1",
                _(
                    "Người này đang giữ (hoặc vừa thôi giữ) vai trò quản trị, lãnh đạo hay xem phản ánh, nên không ai "
                    "đặt mật khẩu thay. Xin gửi thư đặt lại mật khẩu tới địa chỉ đã ghi, ở mục quên mật khẩu của trang "
                    "đăng nhập."
                ),
            )
        if self.credentials_kept and "email" in self.changed_data:
            self.add_error(
                "email",
                _(
                    "Người này đang giữ (hoặc vừa thôi giữ) vai trò quản trị, lãnh đạo hay xem phản ánh, nên không ai "
                    "đổi thư điện tử thay. Xin thu hồi vai trò, đợi thư báo gửi đi, đổi địa chỉ rồi giao lại vai trò."
                ),
            )
        return data

    def store(self, *, actor: Any) -> User:
        """Hand the clean values to the service."""
        data = self.cleaned_data
        return user_save(
            user=self.instance,
            actor=actor,
            password=data.get("password1") or "",
            groups=data.get("groups"),
            units=data.get("units"),
            with_units_below=data.get("with_units_below", False),
        )


class AccountCreationForm(AccountFormMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"position"}


class AccountEditForm(AccountFormMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"position"}
