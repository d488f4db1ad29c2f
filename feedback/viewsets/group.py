"""One menu for everything about feedback."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.viewsets.base import ViewSetGroup

from feedback.viewsets.cases import CaseViewSet
from feedback.viewsets.catalogue import CategoryViewSet, DeadlineProfileViewSet, DeclineReasonViewSet
from feedback.viewsets.public_cases import PublicCaseViewSet


class FeedbackViewSetGroup(ViewSetGroup):
    menu_label = _("Phản ánh, kiến nghị")
    menu_icon = "mail"
    menu_order = 150
    items = (
        CaseViewSet(),
        PublicCaseViewSet(),
        CategoryViewSet("case_category", url_prefix="linh-vuc-phan-anh"),
        DeadlineProfileViewSet("case_profile", url_prefix="thoi-han-phan-anh"),
        DeclineReasonViewSet("decline_reason", url_prefix="ly-do-khong-tiep-nhan"),
    )
