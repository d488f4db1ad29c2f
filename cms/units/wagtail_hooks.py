"""What the pages of units register with Wagtail."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.core.importing.menu import ImportMenuItem
from cms.core.importing.urls import import_urls
from cms.units.views import refuse_copy
from cms.units.viewsets import UnitPageListingViewSet

hooks.register("before_copy_page", refuse_copy)


class UnitPagesGroup(ViewSetGroup):
    menu_label = _("Trang đơn vị")
    menu_icon = "group"
    menu_order = 230
    items = (UnitPageListingViewSet("unit_pages"),)

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), ImportMenuItem("units_import", order=20)]


@hooks.register("register_admin_viewset")
def register_unit_pages() -> UnitPagesGroup:
    """The group of the admin menu."""
    return UnitPagesGroup()


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern]:
    """The screens of the import."""
    return import_urls("units_import", "nhap-don-vi")
