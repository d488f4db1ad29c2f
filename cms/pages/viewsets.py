"""What is still to be written, for those whose business it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin.ui.components import Component

from cms.core.models import AgencySettings
from cms.core.permissions import can
from cms.pages.models import StandardPage

# Pages that set-up writes and that the agency completes.
FIRST_PAGES = (
    *("chuc-nang-nhiem-vu", "lich-su", "tro-nang", "quyen-rieng-tu", "dieu-khoan-su-dung"),
    "chung-thuc-ban-sao-dien-tu",
)
# What the foot of every page and the page of contacts say.
CONTACTS = ("address", "phone", "email", "responsible_person")


class BlanksPanel(Component):
    """Pages with blanks, and contacts that the agency has not given; nothing when all is written."""

    name = "blanks"
    template_name = "pages/admin/blanks.html"
    order = 70

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        pages, contacts = [], []
        if can(user, "page_edit"):
            rows = StandardPage.objects.live().filter(slug__in=FIRST_PAGES).order_by("path")
            pages = [(page, page.blanks) for page in rows if page.blanks]
        if can(user, "agency_edit"):
            agency = AgencySettings.load()
            field = agency._meta.get_field
            contacts = [field(name).verbose_name for name in CONTACTS if not getattr(agency, name)]
        settings = reverse("wagtailsettings:edit", args=["core", "agencysettings"]) if contacts else ""
        return {"pages": pages, "contacts": contacts, "settings": settings}


def warn_of_blanks(request: HttpRequest, page: Any) -> None:
    """Say above the editor what the agency is still to write on ``page``."""
    if request.method != "GET" or not isinstance(page, StandardPage):
        return
    blanks = page.blanks
    if blanks:
        words = _("Trang này còn %(count)d chỗ cơ quan phải ghi; bạn đọc chưa thấy các đoạn ấy: %(what)s.")
        messages.warning(request, words % {"count": len(blanks), "what": "; ".join(blanks)})
