"""Keys of other software: a list, one screen that shows a new key once, and one that takes a key back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.forms import CleanCharField
from cms.core.permissions import can
from cms.core.viewsets.columns import MomentColumn, YesNoColumn
from feedback.models import ApiKey
from feedback.services.api_keys import api_key_make, api_key_revoke


class ApiKeyForm(forms.ModelForm):
    name = CleanCharField(
        label=_("Tên khóa"), max_length=80, help_text=_("Phần mềm nào dùng khóa này. Ví dụ: “Ứng dụng Công dân số”.")
    )
    holder = CleanCharField(
        label=_("Cơ quan giữ khóa"),
        max_length=150,
        help_text=_("Cơ quan, đơn vị chịu trách nhiệm về những gì gửi bằng khóa."),
    )
    contact = CleanCharField(
        label=_("Người liên hệ"),
        max_length=150,
        required=False,
        help_text=_("Điện thoại hoặc thư điện tử khi cần gọi gấp."),
    )

    class Meta:
        model = ApiKey
        fields = ["name", "holder", "contact", "may_attach"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if ApiKey.objects.working().filter(name=name).exists():
            message = _("Đã có một khóa đang dùng mang tên này. Đặt tên khác, hoặc thu hồi khóa cũ.")
            raise forms.ValidationError(message)
        return name


class ApiKeyIndexView(generic.IndexView):
    revoke_url_name = ""

    def get_base_queryset(self) -> Any:
        return ApiKey.objects.select_related("made_by")

    def get_edit_url(self, instance: ApiKey) -> str | None:
        """Lead from a working key to the screen that takes it back; nothing else of a key can change."""
        return reverse(self.revoke_url_name, args=[instance.pk]) if instance.works else None

    def get_list_buttons(self, instance: ApiKey) -> list[Any]:
        return []


class ApiKeyCreateView(generic.CreateView):
    """What this answers with carries the key, the only time anybody sees it: never kept, never a redirection."""

    def form_valid(self, form: ApiKeyForm) -> HttpResponse:
        try:
            row, key = api_key_make(actor=self.request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        context = {
            "page_title": _now("Khóa mới"),
            "page_subtitle": row.name,
            "header_icon": "key",
            "breadcrumbs_items": [],
            "row": row,
            "key": key,
            "index_url": reverse(self.index_url_name),
        }
        response = render(self.request, "feedback/admin/api_key_made.html", context)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class ApiKeyRevokeView(WagtailAdminTemplateMixin, TemplateView):
    """Ask once, then end a key."""

    template_name = "feedback/admin/api_key_revoke.html"
    page_title = _("Thu hồi khóa")
    header_icon = "key"
    index_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, "api_key_edit"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> ApiKey:
        return get_object_or_404(ApiKey, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.row.name

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = api_key_revoke(key=self.row, actor=request.user)
        messages.success(request, _now("Đã thu hồi khóa “%(name)s”.") % {"name": row.name})
        return redirect(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = self.row.arrivals.count()
        return super().get_context_data(row=self.row, sent=sent, **kwargs)


class ApiKeyViewSet(ModelViewSet):
    model = ApiKey
    icon = "key"
    menu_label = _("Khóa gửi phản ánh")
    menu_order = 60
    index_view_class = ApiKeyIndexView
    index_results_template_name = "feedback/admin/api_key_results.html"
    add_view_class = ApiKeyCreateView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    add_to_reference_index = False
    ordering = ["-made_at", "-pk"]
    list_display = [
        "name",
        "holder",
        "hint",
        YesNoColumn("may_attach", label=_("Gửi kèm tệp")),
        MomentColumn("made_at", label=_("Cấp lúc")),
        Column("made_by", label=_("Người cấp")),
        MomentColumn("last_used_on", label=_("Dùng gần nhất")),
        MomentColumn("revoked_at", label=_("Thu hồi lúc")),
    ]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return ApiKeyForm

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(revoke_url_name=self.get_url_name("revoke"), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        revoke = self.construct_view(ApiKeyRevokeView, index_url_name=self.get_url_name("index"))
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("thu-hoi/<int:pk>/", revoke, name="revoke"),
        ]
