"""What the portal remembers of the law and nobody has checked yet: one list of all apps, and a line that greets."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from cms.core.permissions import can
from cms.core.ports import remembered_kinds

LIST = "remembered_list"


class RememberedView(WagtailAdminTemplateMixin, TemplateView):
    """Every such figure under the name of its app, with the way to where it is confirmed."""

    template_name = "core/admin/remembered.html"
    page_title = _("Cần xác nhận")
    header_icon = "help"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, LIST):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        kinds = [(kind.label, [(row, can(user, row.capability)) for row in kind.find()]) for kind in remembered_kinds]
        return super().get_context_data(**kwargs, kinds=[(label, rows) for label, rows in kinds if rows])


class RememberedMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, LIST)


class RememberedViewSet(ViewSet):
    name = "remembered"
    url_prefix = "can-xac-nhan"

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        url = reverse_lazy("remembered:index")
        return RememberedMenuItem(_("Cần xác nhận"), url, icon_name="help", name="remembered", order=30)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(RememberedView), name="index")]


class RememberedPanel(Component):
    """How many figures wait for this person's word; nothing for those who confirm none."""

    name = "remembered"
    template_name = "core/admin/remembered_home.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        if not can(user, LIST):
            return {"count": 0}
        return {"count": sum(can(user, row.capability) for kind in remembered_kinds for row in kind.find())}
