"""Many responses at once, from files that an office brings and for sample content: checked singly, stored in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.templatetags.core_tags import vn_date
from surveys.enums import ChannelKind
from surveys.models import Response, Stratum, Survey, SurveyVersion
from surveys.services.closing import closed_until
from surveys.services.plan import plan_of
from surveys.services.questionnaires import SurveyRefusedError
from surveys.services.responses import ResponseRow, channel_plain, responses_write_many, version_freeze

BATCH = 2_000
MOST_TOLD = 5


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
    it is a command at the server; raises PermissionDenied for anybody else without the right, and SurveyRefusedError,
    with nothing stored, when rows lie in what was published: a file was read before that, and the survey is held here.
    """
    if actor is not None and not can(actor, "survey_import"):
        raise PermissionDenied
    version = version_for_import(survey)
    there = set(Response.objects.filter(version__survey=survey).exclude(sheet="").values_list("sheet", flat=True))
    new = [row for row in rows if row.sheet not in there]
    _refuse_closed(survey, new)
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


def _refuse_closed(survey: Survey, rows: Iterable[ResponseRow]) -> None:
    """Refuse rows of days that were published, by the numbers of their papers; the caller holds the survey."""
    closed = closed_until(survey)
    late = [row.sheet for row in rows if closed and row.day <= closed]
    if closed is None or not late:
        return
    words = _(
        "Kết quả đến hết ngày %(day)s đã công bố trong lúc nhập, không thêm phiếu vào được nữa: %(sheets)s. Các phiếu "
        "cùng lượt ghi này chưa ghi; hãy gửi lại tệp để xem từng dòng."
    )
    told = ", ".join(late[:MOST_TOLD]) + ("…" if len(late) > MOST_TOLD else "")
    raise SurveyRefusedError(words % {"day": vn_date(closed), "sheets": told})


def version_for_import(survey: Survey) -> SurveyVersion:
    """Return the version that a file answers: the one in use, else the newest, which is in use from now on."""
    kept = Survey.objects.select_for_update(no_key=True).select_related(None).get(pk=survey.pk)
    version = kept.current or SurveyVersion.objects.filter(survey=kept).newest().first()
    if version is None:
        raise SurveyVersion.DoesNotExist
    if kept.current_id is None:
        Survey.objects.filter(pk=kept.pk).update(current=version)
    return version


def responses_store_many(*, version: SurveyVersion, rows: Iterable[ResponseRow], today: date) -> int:
    """Store rows in bulk and count them; return how many. The caller holds the transaction and has checked answers."""
    plan, stored = plan_of(version), 0
    channels = {kind: channel_plain(survey_id=version.survey_id, kind=kind) for kind in ChannelKind}
    version_freeze(version=version, today=today)
    coming = iter(rows)
    while batch := list(islice(coming, BATCH)):
        responses_write_many(version=version, plan=plan, channels=channels, rows=batch)
        stored += len(batch)
    return stored
