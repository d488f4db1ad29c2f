from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    verbose_name = _("Tài khoản")
    default = True

    def ready(self) -> None:
        from cms.accounts.notifications import register_account_mails

        register_account_mails()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens with our forms; stands in INSTALLED_APPS in the place of wagtail.users."""

    user_viewset = "cms.accounts.viewsets.UserViewSet"
