"""Questionnaires and responses, made by the same services that people use; for tests and sample content."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cms.core.models import Unit
from cms.core.periods import read_period
from surveys.api.records import results_record
from surveys.enums import ChannelKind, QuestionKind, SurveyKind, SurveyState
from surveys.models import (
    Channel,
    DisplayRule,
    InvitationBatch,
    PaperEntry,
    Question,
    Response,
    ResultSnapshot,
    Section,
    Survey,
    SurveyVersion,
    WordsTheme,
)
from surveys.services.invitations import invitation_make
from surveys.services.plan import Answers
from surveys.services.responses import response_store_by_token
from surveys.services.results import survey_results
from surveys.services.snapshots import record_digest

SCORE = {"key": "muc", "label": "Bạn hài lòng ở mức nào?", "kind": QuestionKind.SCORE, "required": True}
WORDS = {"key": "loi", "label": "Bạn muốn nói thêm điều gì?", "kind": QuestionKind.TEXT}


def survey(
    *sections: Sequence[Mapping[str, Any]],
    rules: Sequence[tuple[str, str, str, str]] = (),
    state: str = SurveyState.OPEN,
    open_link: bool = False,
    **values: Any,
) -> Survey:
    """Return a survey that asks ``sections``, each a row of questions; rules are (key, on key, operator, value)."""
    made = Survey.objects.create(
        **{"slug": f"khao-sat-{secrets.token_hex(4)}", "title": "Khảo sát mẫu", "kind": SurveyKind.POLL, **values}
    )
    made.current = version(made, *(sections or ([SCORE, WORDS],)), rules=rules)
    made.state = state
    made.save()
    if open_link:
        Channel.objects.create(survey=made, kind=ChannelKind.WEB)
    return made


def version(
    made: Survey, *sections: Sequence[Mapping[str, Any]], rules: Sequence[tuple[str, str, str, str]] = ()
) -> SurveyVersion:
    """Return another version of ``made``."""
    found = SurveyVersion.objects.create(survey=made, number=made.versions.count() + 1)
    for place, questions in enumerate(sections, start=1):
        section = Section.objects.create(version=found, title=f"Phần {place}", sort_order=place)
        for order, question in enumerate(questions):
            Question.objects.create(section=section, sort_order=order, **question)
    for order, (key, on_key, operator, value) in enumerate(rules):
        DisplayRule.objects.create(
            version=found, key=key, on_key=on_key, operator=operator, value=value, sort_order=order
        )
    return found


def place(made: Survey, code: str, kind: str = ChannelKind.WEB, **values: Any) -> Channel:
    """Return a place at which ``made`` is answered."""
    return Channel.objects.create(survey=made, code=code, kind=kind, **values)


def paper(
    made: Survey, first: Mapping[str, Any], second: Mapping[str, Any] | None = None, *, unit: Unit | None = None
) -> PaperEntry:
    """Return a paper that was keyed in, once or twice, and is not stored."""
    now = timezone.now()
    channel = place(made, f"giay-{secrets.token_hex(3)}", ChannelKind.PAPER, unit=unit)
    return PaperEntry.objects.create(
        survey=made, version_id=made.current_id, channel=channel,
        sheet=secrets.token_hex(4), day=now.date(), first=first, first_at=now, second=second,
        second_at=now if second is not None else None,
    )  # fmt: skip


def invited(made: Survey, *, unit: Unit | None = None, about: str = "", today: date | None = None) -> str:
    """Return the token of a new invitation."""
    token = secrets.token_urlsafe(24)
    invitation_make(survey=made, token=token, unit=unit, about=about, today=today)
    return token


def batch(made: Survey, label: str, *, unit: Unit | None = None) -> InvitationBatch:
    """Return a batch that was handed out, none of it used."""
    now = timezone.now()
    return InvitationBatch.objects.create(
        survey=made, unit=unit, label=label, count=5, expires_on=now.date() + timedelta(days=30), made_at=now
    )


def answered(
    made: Survey, answers: Answers, *, unit: Unit | None = None, about: str = "", today: date | None = None
) -> Response:
    """Return a response that came by an invitation."""
    token = invited(made, unit=unit, about=about, today=today)
    return response_store_by_token(token=token, version_id=made.current_id or 0, answers=answers, today=today)


def theme(code: str, name: str) -> WordsTheme:
    """Return a theme of wishes."""
    return WordsTheme.objects.create(code=code, name=name)


def snapshot(made: Survey, key: str) -> ResultSnapshot:
    """Return the results of a period as somebody published them, whatever they say."""
    period = read_period(key)
    if period is None:
        raise ValueError(key)
    record = results_record(survey_results(made, period, publishing=True))
    return ResultSnapshot.objects.create(
        survey=made,
        period=key,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        n=record["responses"] or 0,
        record=record,
        digest=record_digest(record),
        published_at=timezone.now(),
    )
