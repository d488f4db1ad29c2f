"""One menu for everything about feedback."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.core.importing.menu import ImportMenuItem
from feedback.viewsets.api_keys import ApiKeyViewSet
from feedback.viewsets.books import PaperBookViewSet, PaperViewSet
from feedback.viewsets.cases import CaseViewSet
from feedback.viewsets.catalogue import (
    AnswerTemplateViewSet,
    CategoryViewSet,
    DeadlineProfileViewSet,
    DeclineReasonViewSet,
    ExtraQuestionViewSet,
)
from feedback.viewsets.public_cases import PublicCaseViewSet
from feedback.viewsets.routing import GlassMenuItem, OpinionViewSet, RoutingRuleViewSet
from feedback.viewsets.saved_filters import SavedFilterViewSet


class FeedbackViewSetGroup(ViewSetGroup):
    menu_label = _("Phản ánh, kiến nghị")
    menu_icon = "mail"
    menu_order = 150
    items = (
        CaseViewSet(),
        SavedFilterViewSet("saved_filter", url_prefix="bo-loc-da-luu"),
        PaperViewSet(),
        PaperBookViewSet("paper_book", url_prefix="so-giay"),
        PublicCaseViewSet(),
        CategoryViewSet("case_category", url_prefix="linh-vuc-phan-anh"),
        OpinionViewSet(),
        RoutingRuleViewSet("case_routing", url_prefix="nguoi-xu-ly-mac-dinh"),
        ExtraQuestionViewSet("extra_question", url_prefix="cau-hoi-them"),
        DeadlineProfileViewSet("case_profile", url_prefix="thoi-han-phan-anh"),
        AnswerTemplateViewSet("answer_template", url_prefix="mau-cau-tra-loi"),
        DeclineReasonViewSet("decline_reason", url_prefix="ly-do-khong-tiep-nhan"),
        ApiKeyViewSet("api_key", url_prefix="khoa-gui-phan-anh"),
    )

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), ImportMenuItem("cases_import", order=16), GlassMenuItem()]
