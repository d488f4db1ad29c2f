"""The list of letters of apology: first the dossiers that want one, then the letters by where they stand."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.models import CalendarDay
from cms.core.permissions import can
from procedures.enums import ApologyState
from procedures.models import Apology, DossierSettings
from procedures.models.apologies import apologies_wanted, last_moment

PAGE_SIZE = 50
WANTED = "can-viet"
TABS: tuple[tuple[str, Any, ApologyState | None], ...] = (
    (WANTED, _("Cần thư xin lỗi"), None),
    ("dang-soan", _("Đang soạn"), ApologyState.DRAFT),
    ("cho-duyet", _("Chờ duyệt"), ApologyState.PENDING),
    ("cho-gui", _("Chờ gửi"), ApologyState.APPROVED),
    ("da-gui", _("Đã gửi"), ApologyState.DELIVERED),
    ("da-rut", _("Đã rút"), ApologyState.WITHDRAWN),
    ("da-bo", _("Đã bỏ"), ApologyState.DISCARDED),
)


class ListView(WagtailAdminTemplateMixin, View):
    """The queues of this officer's units, and nobody else's."""

    http_method_names = ["get", "head", "options"]
    template_name = "procedures/admin/apology_index.html"
    header_icon = "mail"
    page_title: Any = _("Thư xin lỗi")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not can(request.user, "dossier_list"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        states = {name: state for name, _label, state in TABS}
        asked = request.GET.get("hang", "")
        asked = asked if asked in states else WANTED
        rows = self._wanted() if asked == WANTED else self._letters(str(states[asked]))
        leaf = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("p", "1")[:6])
        index, rules = reverse("apology:index"), DossierSettings.load()
        if asked == WANTED:
            self._tell_moments(leaf.object_list, rules.apology_days)
        context = self.get_context_data(
            tabs=[(label, f"{index}?hang={name}", name == asked) for name, label, _state in TABS],
            wanted=asked == WANTED,
            page_obj=leaf,
            linkurl=f"{index}?hang={asked}",
            may_write=can(request.user, "dossier_apologise"),
            rules=rules,
        )
        return self.render_to_response(context)

    def _wanted(self) -> Any:
        return apologies_wanted().visible_to(self.request.user).select_related("unit")

    def _letters(self, state: str) -> Any:
        return Apology.objects.visible_to(self.request.user).in_state(state).with_desk_data()

    def _tell_moments(self, rows: Any, days: int) -> None:
        """Say of each row until when a letter is in time."""
        calendar, today = CalendarDay.objects.work_calendar(), timezone.localdate()
        for row in rows:
            row.is_again = row.reappointed_on is not None
            row.last_moment = None if row.is_again else last_moment(row.due_on, days, calendar)
            row.is_too_late = row.is_again or row.last_moment < today
