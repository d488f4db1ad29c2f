"""What the world has of procedures and of figures on dossiers."""

from typing import Any

from django.utils import timezone

from cms.core.enums import Role
from procedures import factories as procedures
from procedures.models import (
    DossierReport,
    ProcedureField,
    ProcedureIndexPage,
    ReceivingPlace,
    ReviewYear,
    ServiceEvaluation,
)
from procedures.services import review_save


def seed_procedures(world: Any) -> None:
    """A procedure that everybody reads, with the lists beside it; what officers think of it is theirs."""
    page = procedures.procedure(ProcedureIndexPage.objects.get(), "9.000001")
    world.things.review_year = ReviewYear.objects.create(year=2026, basis="Kế hoạch mẫu", samples_planned=30)
    world.things.procedure_review = review_save(
        review=None, procedure=page, actor=world.officers[Role.EDITOR], year=2026, problem="CHIM-SAU", proposal="keep"
    )
    readers = {Role.EDITOR, Role.PUBLISHER, Role.ONE_STOP, Role.LEADER, Role.REPORTER}
    world.canaries["CHIM-SAU"] = frozenset(readers)
    world.things.procedure_field = ProcedureField.objects.get()
    world.things.receiving_place = ReceivingPlace.objects.create(name="Bộ phận Một cửa", address="Số 1")


def seed_reports(world: Any) -> None:
    """Figures of a report that are not public, an evaluation that is a draft, and one that everybody reads."""
    numbers = {"received": 92, "resolved": 88, "in_progress": 4}
    world.things.dossier_report = DossierReport.objects.create(period="2019-Q1", source="Báo cáo CHIM-BAO", **numbers)
    words = {"online_words": "Lời nháp CHIM-LOI.", "post_words": "x"}
    world.things.service_evaluation = ServiceEvaluation.objects.create(period="2026-Q1", **words)
    published = {"online_words": "x", "post_words": "x", "public": True, "published_on": timezone.localdate()}
    ServiceEvaluation.objects.create(period="2025", **published)
    world.canaries["CHIM-BAO"] = frozenset({Role.ONE_STOP, Role.REPORTER})
    world.canaries["CHIM-LOI"] = frozenset({Role.EDITOR, Role.PUBLISHER, Role.REPORTER})
