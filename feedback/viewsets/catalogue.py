"""Catalogues: fields of work, numbers of days, reasons to decline, templates of answers."""

from typing import Any

from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.forms import name_empty_choices
from cms.core.viewsets.columns import YesNoColumn
from feedback.models import AnswerTemplate, Category, DeadlineProfile, DeclineReason, ExtraQuestion
from feedback.services.catalogue import catalogue_save


class ChoosingMixin:
    """Forms that Wagtail makes from a model, with our word for “nothing chosen yet”."""

    def get_form(self, *args: Any, **kwargs: Any) -> BaseForm:
        form: BaseForm = super().get_form(*args, **kwargs)  # type: ignore[misc]
        name_empty_choices(form.fields.values())
        return form


class CatalogueCreateView(ChoosingMixin, generic.CreateView):
    def save_instance(self) -> Model:
        return catalogue_save(row=self.form.save(commit=False), actor=self.request.user)


class CatalogueEditView(ChoosingMixin, generic.EditView):
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
    list_display = ["name", "code", "unit", "profile", YesNoColumn("active", label=_("Đang dùng"))]
    list_filter = ["active", "profile"]
    ordering = ["order", "pk"]
    list_per_page = 50


class ExtraQuestionViewSet(ModelViewSet):
    model = ExtraQuestion
    icon = "help"
    menu_label = _("Câu hỏi thêm")
    menu_order = 35
    add_view_class = CatalogueCreateView
    edit_view_class = CatalogueEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    search_fields = ["label", "code"]
    list_display = [
        "label",
        "code",
        "kind",
        "category",
        "matter",
        YesNoColumn("required", label=_("Bắt buộc")),
        YesNoColumn("active", label=_("Đang dùng")),
    ]
    list_filter = ["active", "category", "matter"]
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
        YesNoColumn("working", label=_("Ngày làm việc")),
        YesNoColumn("confirmed", label=_("Đã xác nhận")),
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
    list_display = ["text", "code", YesNoColumn("active", label=_("Đang dùng"))]
    ordering = ["order", "pk"]


class AnswerTemplateIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[AnswerTemplate]:
        return super().get_base_queryset().select_related("category")


class AnswerTemplateViewSet(ModelViewSet):
    model = AnswerTemplate
    icon = "clipboard-list"
    menu_label = _("Mẫu câu trả lời")
    menu_order = 45
    index_view_class = AnswerTemplateIndexView
    add_view_class = CatalogueCreateView
    edit_view_class = CatalogueEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    search_fields = ["name", "body"]
    list_display = [
        "name",
        Column("category_words", label=_("Lĩnh vực")),
        Column("outcome_words", label=_("Kết quả")),
        YesNoColumn("active", label=_("Đang dùng")),
    ]
    list_filter = ["active", "category", "outcome"]
    ordering = ["order", "pk"]
    list_per_page = 50
