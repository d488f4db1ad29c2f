"""What is to be reached, and what the sample stands for: targets and sizes of groups, kept by the office."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.text import clean_line
from surveys.enums import TargetMeasure
from surveys.models import Stratum, Survey, SurveyTarget
from surveys.services.questionnaires import SUBJECT

_LEAST_MEAN, _MOST_MEAN = Decimal(1), Decimal(5)


@transaction.atomic
def target_save(
    *, survey: Survey, actor: Any, unit_kind: str, year: int | None, measure: str, value: Decimal, source: str = ""
) -> SurveyTarget:
    """Set what is to be reached; one target a kind, year and measure, so the same again replaces it.

    Args:
        survey: what is measured.
        actor: who says so.
        unit_kind: of which units; empty for the whole agency.
        year: of which year; None for every year that has none of its own.
        measure: a share in per cent, or a mean from 1 to 5.
        value: in the unit of ``measure``.
        source: the paper that says so.

    Raises PermissionDenied, ValidationError by field.

    """
    _allow(actor)
    if measure == TargetMeasure.MEAN and not _LEAST_MEAN <= value <= _MOST_MEAN:
        raise ValidationError({"value": _("Điểm trung bình nằm từ 1 đến 5.")})
    target = SurveyTarget.objects.filter(survey=survey, unit_kind=unit_kind, year=year, measure=measure).first()
    target = target or SurveyTarget(survey=survey, unit_kind=unit_kind, year=year, measure=measure)
    target.value, target.source = value, clean_line(source)[:200]
    target.full_clean(validate_unique=False, validate_constraints=False)
    target.save()
    _event(survey, "survey.target_set", actor, kind=unit_kind, year=year, measure=str(measure), value=str(value))
    return target


@transaction.atomic
def target_remove(*, target: SurveyTarget, actor: Any) -> None:
    """Take a target away. Raises PermissionDenied."""
    _allow(actor)
    facts = {"kind": target.unit_kind, "year": target.year, "measure": target.measure}
    target.delete()
    _event(target.survey, "survey.target_removed", actor, **facts)


@transaction.atomic
def stratum_save(
    *, survey: Survey, actor: Any, code: str, quarter: date, population: int, label: str = "", source: str = ""
) -> Stratum:
    """Say how many people, or transactions, one group of a quarter has; the same again replaces it.

    ``quarter`` is the first day of the quarter. Raises PermissionDenied, ValidationError by field.
    """
    _allow(actor)
    values = {"label": clean_line(label)[:100] or code, "population": population, "source": clean_line(source)[:200]}
    stratum = Stratum.objects.filter(survey=survey, code=code, quarter=quarter).first()
    stratum = stratum or Stratum(survey=survey, code=code, quarter=quarter)
    for name, value in values.items():
        setattr(stratum, name, value)
    stratum.full_clean(validate_unique=False, validate_constraints=False)
    stratum.save()
    _event(survey, "survey.group_set", actor, group=code, quarter=quarter.isoformat(), population=population)
    return stratum


@transaction.atomic
def stratum_remove(*, stratum: Stratum, actor: Any) -> None:
    """Take the size of a group away; its quarter then has weights without it. Raises PermissionDenied."""
    _allow(actor)
    facts = {"group": stratum.code, "quarter": stratum.quarter.isoformat()}
    stratum.delete()
    _event(stratum.survey, "survey.group_removed", actor, **facts)


def _allow(actor: Any) -> None:
    if not can(actor, "survey_edit"):
        raise PermissionDenied


def _event(survey: Survey, verb: str, actor: Any, **data: Any) -> None:
    event_record(subject_type=SUBJECT, subject_key=survey.slug, verb=verb, actor=actor, data=data)
