"""What the list of procedures and the one-stop desk register with Wagtail."""

from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from cms.core.importing.menu import ImportMenuItem
from cms.core.importing.urls import import_urls
from cms.core.permissions.policy import MatrixPolicy
from procedures.models import (
    Dossier,
    DossierReport,
    DutyOfficer,
    DutySwap,
    DutyTurn,
    ProcedureField,
    ProcedureReview,
    ReceivingPlace,
    ReviewYear,
    ServiceEvaluation,
)
from procedures.views.procedures import refuse_copy
from procedures.viewsets import (
    ApologyViewSet,
    DossierFiguresViewSet,
    DossierReportViewSet,
    DossierViewSet,
    DutyOfficerViewSet,
    DutySwapViewSet,
    DutyTurnViewSet,
    EntryMenuItem,
    FieldViewSet,
    MyDossiersPanel,
    PlaceViewSet,
    ProcedureListingViewSet,
    ServiceEvaluationViewSet,
)
from procedures.viewsets.reviews import ReviewViewSet, YearViewSet

hooks.register("before_copy_page", refuse_copy)

for _model in (ProcedureField, ReceivingPlace):
    register_permission_policy(_model, MatrixPolicy(_model, dict.fromkeys(("add", "change", "view"), "page_edit")))

register_permission_policy(
    DutyOfficer, MatrixPolicy(DutyOfficer, dict.fromkeys(("add", "change", "view"), "duty_edit"))
)
for _model in (DutyTurn, DutySwap):
    _row = dict.fromkeys(("add", "change", "delete", "view"), "duty_edit")
    register_permission_policy(_model, MatrixPolicy(_model, _row))
register_permission_policy(Dossier, MatrixPolicy(Dossier, {"view": "dossier_list"}))
register_permission_policy(
    DossierReport,
    MatrixPolicy(DossierReport, dict.fromkeys(("add", "change", "delete", "view"), "dossier_report_edit")),
)
register_permission_policy(
    ServiceEvaluation,
    MatrixPolicy(ServiceEvaluation, dict.fromkeys(("add", "change", "view"), "service_evaluation_edit")),
)


class DossierGroup(ViewSetGroup):
    menu_label = _("Hồ sơ một cửa")
    menu_icon = "folder-open-inverse"
    menu_order = 160
    items = (
        DossierViewSet(),
        ApologyViewSet(),
        DossierFiguresViewSet(),
        DossierReportViewSet("dossier_report", url_prefix="so-lieu-theo-bao-cao"),
        ServiceEvaluationViewSet("service_evaluation_desk", url_prefix="danh-gia-truc-tuyen-buu-chinh"),
    )

    def get_submenu_items(self) -> list:
        return [EntryMenuItem(), *super().get_submenu_items(), ImportMenuItem("dossiers_import", order=20)]


_REVIEWING = {**dict.fromkeys(("add", "change"), "procedure_review"), "view": "procedure_review_view"}
register_permission_policy(ProcedureReview, MatrixPolicy(ProcedureReview, {**_REVIEWING, "delete": "procedure_review"}))
register_permission_policy(ReviewYear, MatrixPolicy(ReviewYear, _REVIEWING))


class ProceduresGroup(ViewSetGroup):
    menu_label = _("Thủ tục hành chính")
    menu_icon = "list-ul"
    menu_order = 215
    items = (
        ProcedureListingViewSet("procedures_list"),
        FieldViewSet("procedure_fields", url_prefix="linh-vuc-thu-tuc"),
        PlaceViewSet("receiving_places", url_prefix="noi-tiep-nhan-ho-so"),
        ReviewViewSet("procedure_reviews", url_prefix="ra-soat-thu-tuc"),
        YearViewSet("review_years", url_prefix="chi-tieu-ra-soat"),
        DutyOfficerViewSet("duty_officers", url_prefix="can-bo-truc"),
        DutyTurnViewSet("duty_turns", url_prefix="lich-truc"),
        DutySwapViewSet("duty_swaps", url_prefix="doi-buoi-truc"),
    )

    def get_submenu_items(self) -> list:
        return [*super().get_submenu_items(), ImportMenuItem("procedures_import", order=20)]


@hooks.register("register_admin_viewset")
def register_procedures() -> ProceduresGroup:
    """The group of the admin menu."""
    return ProceduresGroup()


@hooks.register("register_admin_viewset")
def register_dossiers() -> DossierGroup:
    """The one-stop desk."""
    return DossierGroup()


@hooks.register("construct_homepage_panels")
def add_my_dossiers(request: Any, panels: list[Any]) -> None:
    """Greet with what waits at the desk."""
    panels.append(MyDossiersPanel())


@hooks.register("insert_global_admin_css")
def dress_the_desk() -> str:
    """Give the one-stop desk its style sheet."""
    return format_html('<link rel="stylesheet" href="{}">', static("procedures/desk.css"))


@hooks.register("register_admin_urls")
def register_dossiers_import() -> list[URLPattern]:
    """The screens that read the file of the electronic one-stop system."""
    return import_urls("dossiers_import", "nhap-ho-so")


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern]:
    """The screens of the import."""
    return import_urls("procedures_import", "nhap-thu-tuc")
