"""Catalogues: fields of work, numbers of days, reasons to decline."""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from feedback.models import Category, DeadlineProfile, DeclineReason
from feedback.services.catalogue import catalogue_save


class CatalogueCreateView(generic.CreateView):
    def save_instance(self) -> Model:
        return catalogue_save(row=self.form.save(commit=False), actor=self.request.user)


class CatalogueEditView(generic.EditView):
    def save_instance(self) -> Model:
        return catalogue_save(row=self.form.save(commit=False), actor=self.request.user)


class CategoryViewSet(ModelViewSet):
    model = Category
    icon = "folder-open-inverse"
    menu_label = _("Lĩnh vực phản ánh")
    menu_order = 30
    add_view_class = CatalogueCreateView
    edit_view_class = CatalogueEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    search_fields = ["name", "code"]
    list_display = ["name", "code", "unit", "profile", BooleanColumn("active", label=_("Đang dùng"))]
    list_filter = ["active", "profile"]
    ordering = ["order", "pk"]
    list_per_page = 50


class DeadlineProfileViewSet(ModelViewSet):
    model = DeadlineProfile
    icon = "time"
    menu_label = _("Thời hạn xử lý")
    menu_order = 40
    add_view_class = CatalogueCreateView
    edit_view_class = CatalogueEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_display = [
        "name",
        "triage_days",
        "answer_days",
        "complex_answer_days",
        BooleanColumn("working", label=_("Ngày làm việc")),
        BooleanColumn("confirmed", label=_("Đã xác nhận")),
    ]
    ordering = ["order", "pk"]


class DeclineReasonViewSet(ModelViewSet):
    model = DeclineReason
    icon = "cross"
    menu_label = _("Lý do không tiếp nhận")
    menu_order = 50
    add_view_class = CatalogueCreateView
    edit_view_class = CatalogueEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_display = ["text", "code", BooleanColumn("active", label=_("Đang dùng"))]
    ordering = ["order", "pk"]
