"""What plans register with Wagtail."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.core.importing.menu import ImportMenuItem
from cms.core.importing.urls import import_urls
from cms.plans.viewsets import PlanListingViewSet


class PlansGroup(ViewSetGroup):
    menu_label = _("Kế hoạch")
    menu_icon = "tasks"
    menu_order = 220
    items = (PlanListingViewSet("plans"),)

    def get_submenu_items(self) -> list:
        return [*super().get_submenu_items(), ImportMenuItem("plans_import", order=20)]


@hooks.register("register_admin_viewset")
def register_plans() -> PlansGroup:
    """The group of the admin menu."""
    return PlansGroup()


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern]:
    """The screens of the import."""
    return import_urls("plans_import", "nhap-ke-hoach")
