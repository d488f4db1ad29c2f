"""Menus, notices and promoted results in Wagtail's own editor: draft, preview, workflow, history, compare, lock."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.core.templatetags.core_tags import vn_datetime
from cms.core.viewsets.columns import YesNoColumn
from cms.home.models import Menu, SearchPromotion, SiteNotice


class FrameIndexView(snippets.IndexView):
    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """What is shown to readers can be taken down from the list, without opening it."""
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if instance.live and self.permission_policy.user_has_permission(self.request.user, "publish"):
            url = reverse(self.model.snippet_viewset.get_url_name("unpublish"), args=[instance.pk])
            buttons.append(Button(_("Gỡ"), url=url, icon_name="download", priority=60))
        return buttons


class FrameEditView(snippets.EditView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Wagtail's editor of snippets does not hand its heading to the header, and the screen would have none.
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "title": context["header_title"]}


def _asking(view: type, action: str) -> type:
    """Return ``view`` with the question that Wagtail leaves out: whether this person may do ``action`` at all."""

    def dispatch(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policy_registry.get_by_type(self.model).user_has_permission(request.user, action):
            raise PermissionDenied
        return super(asking, self).dispatch(request, *args, **kwargs)

    asking = type(f"Asking{view.__name__}", (view,), {"__module__": __name__, "dispatch": dispatch})
    return asking


class FrameViewSet(SnippetViewSet):
    """Common to both: no copies, no chooser (nothing points at them), lists without the search backend."""

    workflow_action_view_class = _asking(snippets.WorkflowActionView, "publish")
    collect_workflow_action_data_view_class = _asking(snippets.CollectWorkflowActionDataView, "publish")
    confirm_workflow_cancellation_view_class = _asking(snippets.ConfirmWorkflowCancellationView, "change")

    menu_item_is_registered = True  # in the group's menu; Wagtail's list of all snippets would repeat it
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    index_view_class = FrameIndexView
    edit_view_class = FrameEditView

    def register_chooser_viewset(self) -> None:
        """Leave the chooser out: it would list drafts to everybody in the admin."""


class MenuViewSet(FrameViewSet):
    model = Menu
    url_prefix = "danh-muc-lien-ket"
    icon = "list-ul"
    menu_label = _("Danh mục liên kết")
    menu_order = 10
    list_filter = ["site", "place", "unit", "live"]
    list_display = ["__str__", Column("site", label=_("Trang web")), LiveStatusTagColumn()]


class SiteNoticeViewSet(FrameViewSet):
    model = SiteNotice
    url_prefix = "thong-bao-dau-trang"
    icon = "warning"
    menu_label = _("Thông báo đầu trang")
    menu_order = 20
    search_fields = ["heading", "text"]
    list_filter = ["level", "scope", "live"]
    list_display = [
        "heading",
        Column("get_level_display", label=_("Mức độ")),
        Column("starts_at", label=_("Hiện từ"), accessor=lambda row: vn_datetime(row.starts_at), sort_key="starts_at"),
        Column("ends_at", label=_("Đến"), accessor=lambda row: vn_datetime(row.ends_at), sort_key="ends_at"),
        Column("timing", label=_("Lúc này")),
        LiveStatusTagColumn(),
    ]


class PromotionCreateView(snippets.CreateView):
    def get_initial_form_instance(self) -> SearchPromotion:
        """Begin with the question that the report of searches hands over."""
        return SearchPromotion(words=self.request.GET.get("cau-tim", "")[:80])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With a heading: Wagtail's form of snippets does not hand its own on."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "title": context["header_title"]}


class SearchPromotionViewSet(FrameViewSet):
    model = SearchPromotion
    url_prefix = "goi-y-khi-tim"
    icon = "search"
    index_view_class = snippets.IndexView  # a promotion is no draft: nothing is taken down from its list
    menu_label = _("Gợi ý khi tìm")
    menu_order = 30
    add_view_class = PromotionCreateView
    list_filter = ["active"]
    list_display = [
        "__str__",
        Column("titles", label=_("Các trang trả lời")),
        YesNoColumn("active", label=_("Đang dùng")),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchPromotion]:
        """With the pages, so that the list asks no more for more rows."""
        return SearchPromotion.objects.prefetch_related("pages__page")


class FrameViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Khung trang")
    menu_icon = "desktop"
    menu_order = 240
    items = (MenuViewSet(), SiteNoticeViewSet(), SearchPromotionViewSet())
