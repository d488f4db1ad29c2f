"""Whose a case is by default: by field of work and unit, the narrower rule first."""

from typing import Any

from django.db import transaction

from feedback.models import Case, RoutingRule
from feedback.permissions import case_can
from feedback.services.guards import former_officers
from feedback.services.triage import case_accept, case_assign


def default_officer(case: Case) -> Any:
    """Return who gets ``case`` by the rules; None when no rule fits, or who it names may not handle it now."""
    former = former_officers(case)
    for rule in RoutingRule.objects.fitting(category=case.category_id, unit=case.unit_id):
        if rule.officer_id not in former and case_can(rule.officer, "case_handle", case):
            return rule.officer
    return None


@transaction.atomic
def case_accept_and_route(*, case: Case, actor: Any, officer: Any = None, **values: Any) -> Case:
    """Receive a case (T3) and give it at once (T6) to ``officer``, else to its default officer, where there is one.

    By default a case kept confidential is left to its leaders. Raises TransitionRefusedError as the two steps do.
    """
    case_accept(case=case, actor=actor, **values)
    chosen = officer or (None if case.confidential else default_officer(case))
    return case_assign(case=case, actor=actor, officer=chosen) if chosen else case
