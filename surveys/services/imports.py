"""Many responses at once, from files that an office brings and for sample content: checked singly, stored in bulk."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from surveys.enums import ChannelKind
from surveys.models import OpenWords, Response, ResponseItem, Stratum, Survey, SurveyVersion
from surveys.services.plan import Answers, Plan, is_words, plan_of
from surveys.services.responses import channel_plain
from surveys.services.tallies import Cell, cells_add, cells_of

BATCH = 2_000


@dataclass(frozen=True)
class ResponseRow:
    """One response, its answers checked already (``answers_checked``)."""

    sheet: str
    day: date
    kind: ChannelKind
    stratum: str
    answers: Answers
    unit_id: int | None = None
    about: str = ""


@dataclass(frozen=True)
class PopulationRow:
    """How many one group of a quarter has."""

    code: str
    label: str
    quarter: date
    population: int
    source: str = ""


@transaction.atomic
def responses_import(
    *, survey: Survey, rows: Sequence[ResponseRow], populations: Sequence[PopulationRow] = (), actor: Any = None
) -> int:
    """Store responses and the sizes of groups; return how many of both. Sizes replace those that were there.

    A sheet number that is stored already is passed over: the same file twice is the same responses. Without an actor
    it is a command at the server; raises PermissionDenied for anybody else without the right.
    """
    if actor is not None and not can(actor, "survey_import"):
        raise PermissionDenied
    version = version_for_import(survey)
    there = set(Response.objects.filter(version__survey=survey).exclude(sheet="").values_list("sheet", flat=True))
    new = [row for row in rows if row.sheet not in there]
    stored = responses_store_many(version=version, rows=new, today=timezone.localdate())
    for row in populations:
        Stratum.objects.update_or_create(
            survey=survey,
            code=row.code,
            quarter=row.quarter,
            defaults={"label": row.label, "population": row.population, "source": row.source},
        )
    data = {"responses": stored, "groups": len(populations), "version": version.number}
    event_record(
        subject_type="survey", subject_key=survey.slug, verb="survey.responses_imported", actor=actor, data=data
    )
    return stored + len(populations)


def version_for_import(survey: Survey) -> SurveyVersion:
    """Return the version that a file answers: the one in use, else the newest, which is in use from now on."""
    kept = Survey.objects.select_for_update(no_key=True).select_related(None).get(pk=survey.pk)
    version = kept.current or kept.versions.newest().first()
    if version is None:
        raise SurveyVersion.DoesNotExist
    if kept.current_id is None:
        Survey.objects.filter(pk=kept.pk).update(current=version)
    return version


def responses_store_many(*, version: SurveyVersion, rows: Iterable[ResponseRow], today: date) -> int:
    """Store rows in bulk and count them; return how many. The caller holds the transaction and has checked answers."""
    plan, stored = plan_of(version), 0
    channels = {kind: channel_plain(survey_id=version.survey_id, kind=kind) for kind in ChannelKind}
    SurveyVersion.objects.unfrozen().filter(pk=version.pk).update(frozen_on=today)
    coming = iter(rows)
    while batch := list(islice(coming, BATCH)):
        _store(version, plan, channels, batch)
        stored += len(batch)
    return stored


def _store(version: SurveyVersion, plan: Plan, channels: dict[ChannelKind, Any], batch: list[ResponseRow]) -> None:
    responses = Response.objects.bulk_create(
        [
            Response(
                version=version,
                channel=channels[row.kind],
                unit_id=row.unit_id,
                about=row.about,
                day=row.day,
                stratum=row.stratum,
                sheet=row.sheet,
            )
            for row in batch
        ],
        batch_size=500,
    )
    items, words, found = [], [], Counter[Cell]()
    for response, row in zip(responses, batch, strict=True):
        received_at = timezone.make_aware(datetime.combine(row.day, time.min))
        for key, given in row.answers.items():
            if is_words(plan.by_key[key]):
                words.append(OpenWords(response=response, key=key, text=str(given), received_at=received_at))
                continue
            choices = given if isinstance(given, list) else [given]
            items += [ResponseItem(response=response, key=key, choice=choice) for choice in choices]
        found.update(cells_of(response=response, survey_id=version.survey_id, plan=plan, answers=row.answers))
    ResponseItem.objects.bulk_create(items, batch_size=5_000)
    OpenWords.objects.bulk_create(words, batch_size=500)
    cells_add(found)
