"""Lists of figures from reports, and of evaluations, in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from cms.core.permissions import can
from cms.core.viewsets import CatalogueViewSet
from cms.core.viewsets.columns import YesNoColumn
from cms.core.viewsets.storing import StoringCreateView, StoringEditView
from procedures.forms.reports import DossierReportForm, ServiceEvaluationForm
from procedures.models import DossierReport, ServiceEvaluation
from procedures.services.dossier_reports import PUBLISH, dossier_report_delete


class ReportIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return DossierReport.objects.newest()


class ReportDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        dossier_report_delete(report=self.object, actor=self.request.user)


class DossierReportViewSet(CatalogueViewSet):
    model = DossierReport
    form = DossierReportForm
    icon = "doc-full"
    menu_label = _("Số liệu theo báo cáo")
    menu_order = 40
    index_view_class = ReportIndexView
    delete_view_class = ReportDeleteView
    list_display = [
        Column("period_label", label=_("Kỳ"), sort_key="period"),
        Column("of_what", label=_("Của")),
        "received",
        "resolved",
        "in_progress",
        Column("origin", label=_("Cách có số"), accessor="get_origin_display"),
        YesNoColumn("public", label=_("Hiện trên cổng")),
    ]
    ordering = ["-period", "pk"]


class OfPublisher:
    """Shows the mark of publishing to those who may publish, and to nobody else."""

    request: Any

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if not can(self.request.user, PUBLISH):
            form.fields["public"].disabled = True
            form.locked = form.instance.public
        return form


class EvaluationCreateView(OfPublisher, StoringCreateView):
    pass


class EvaluationEditView(OfPublisher, StoringEditView):
    pass


class ServiceEvaluationViewSet(CatalogueViewSet):
    model = ServiceEvaluation
    form = ServiceEvaluationForm
    icon = "clipboard-list"
    menu_label = _("Đánh giá trực tuyến, bưu chính")
    menu_order = 50
    add_view_class = EvaluationCreateView
    edit_view_class = EvaluationEditView
    list_display = [
        Column("period_label", label=_("Kỳ"), sort_key="period"),
        YesNoColumn("public", label=_("Đang đăng")),
        Column("published_on", label=_("Ngày đăng")),
    ]
    ordering = ["-period"]
