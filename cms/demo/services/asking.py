"""The sample surveys, whole: opened with their places, answered, wished in, keyed in from paper, published.

Everything is done by the services that officers use, on the days it pretends.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cms.accounts.models import User
from cms.core.enums import ModerationDecision
from cms.core.models import Unit
from cms.core.periods import Period, read_period
from cms.demo.clock import as_of, office_hour
from cms.demo.services.responses import Crowd, poll_responses, quarters_told, school_responses, sipas_responses, wish_of
from cms.demo.surveys import (
    EDUCATION,
    EDUCATION_LASTS,
    OUTSPOKEN,
    PAPERS,
    PLACES,
    POLL,
    POLL_DRAFT,
    PUBLISHED_NOTE,
    SCHOOL,
    SCHOOL_WISHES,
    SETTINGS,
    WAITING,
    WISHES,
    WITHDRAWN_REASON,
    SamplePlace,
)
from procedures.models import ProcedurePage
from surveys.api.records import results_record
from surveys.enums import ChannelKind, SurveyState, WordsRefusal
from surveys.models import OpenWords, Response, ResultSnapshot, Survey
from surveys.services.papers import Keyed, paper_key
from surveys.services.places import place_save, place_switch, places_make
from surveys.services.plan import plan_of
from surveys.services.questionnaires import survey_close, survey_open, survey_save
from surveys.services.results import survey_results
from surveys.services.seeding import drafts_make
from surveys.services.sipas import SIPAS
from surveys.services.snapshots import snapshot_publish, snapshot_withdraw
from surveys.services.words import words_decide, words_theme

_BEGAN = {SIPAS: 2 * 365, EDUCATION: 175, POLL: 130}  # days ago
_POLL_ENDED, _WORDS_READ = 78, 3


def asking_seed() -> None:
    """Open the sample surveys and let people answer; one that an office has opened or had answered is left alone."""
    surveyor, today = User.objects.get(username="khaosat"), timezone.localdate()
    if survey := _open(SIPAS, surveyor, open_link=True):
        with as_of(office_hour(_BEGAN[SIPAS], 10)):
            sipas_responses(survey, today=today, actor=surveyor)
        _read_wishes(survey, dict(map(wish_of, range(8 * len(WISHES)))), surveyor, told=OUTSPOKEN)
        _publish(survey, surveyor)
    if survey := _open(EDUCATION, surveyor, open_link=False):
        with as_of(office_hour(_BEGAN[EDUCATION], 10)):
            school_responses(survey, today=today, actor=surveyor)
        _key_papers(survey, surveyor)
        _read_wishes(survey, dict(SCHOOL_WISHES), surveyor)
    if not Survey.objects.filter(slug=POLL).exists():
        drafts_make([POLL_DRAFT])
        if survey := _open(POLL, surveyor, open_link=True):
            with as_of(office_hour(_BEGAN[POLL], 10)):
                poll_responses(survey, until=today - timedelta(days=_POLL_ENDED), actor=surveyor)
            with as_of(office_hour(_POLL_ENDED, 16)):
                survey_close(survey=survey, actor=surveyor)


def _open(slug: str, surveyor: Any, *, open_link: bool) -> Survey | None:
    survey = Survey.objects.filter(slug=slug).first()
    if survey is None or survey.state != SurveyState.DRAFT:
        return None
    if Response.objects.filter(version__survey=survey).exists():
        return None
    values: dict[str, Any] = dict(SETTINGS.get(slug, {}))
    if slug == EDUCATION:
        values["closes_on"] = timezone.localdate() + EDUCATION_LASTS
    with as_of(office_hour(_BEGAN[slug], 9)):
        survey = survey_save(survey=survey, actor=surveyor, **values)
        _make_places(survey, surveyor)
        return survey_open(survey=survey, actor=surveyor, open_link=open_link)


def _make_places(survey: Survey, surveyor: Any) -> None:
    units = Unit.objects.active().in_order()
    schools = {SIPAS: units.filter(code__in=["TH-CX", "TH-NT", "THCS-BD", "THPT-DS", "MN-HL"])}
    schools[EDUCATION] = units.filter(code=SCHOOL)
    if survey.slug in schools:
        places_make(survey=survey, actor=surveyor, units=schools[survey.slug], kind=ChannelKind.WEB)
    for sample in PLACES[survey.slug]:
        place = place_save(survey=survey, actor=surveyor, code=sample.code, **_about(sample))
        if not sample.active:
            place_switch(place=place, actor=surveyor, active=False)


def _about(sample: SamplePlace) -> Mapping[str, Any]:
    page = ProcedurePage.objects.with_code([sample.procedure]).first() if sample.procedure else None
    return {
        "kind": sample.kind,
        "unit": Unit.objects.filter(code=sample.unit).first(),
        "counter": sample.counter,
        "about": page.slug[:80] if page else "",
        "about_label": page.title[:200] if page else "",
    }


def _read_wishes(
    survey: Survey, themes: Mapping[str, tuple[str, ...]], surveyor: Any, told: Collection[str] = ()
) -> None:
    """Let a moderator read wishes, all but the newest and all about units that are ``told``; put them in themes."""
    waiting = OpenWords.objects.waiting().filter(response__version__survey=survey).order_by("-received_at", "-pk")
    rest = waiting.exclude(response__unit__code__in=told).values_list("pk", flat=True)
    unread = set(rest[: min(WAITING, waiting.count() // 3)])
    with as_of(office_hour(_WORDS_READ, 15)):
        for words in [each for each in reversed(waiting) if each.pk not in unread]:
            codes = themes.get(words.text, ())
            decision = ModerationDecision.APPROVE if codes else ModerationDecision.REFUSE
            reason = "" if codes else WordsRefusal.OFF_TOPIC
            words_decide(words_id=words.pk, decision=decision, actor=surveyor, reason=reason)
            if codes:
                words_theme(words_id=words.pk, codes=codes, actor=surveyor)


def _key_papers(survey: Survey, surveyor: Any) -> None:
    """Key in the papers of the school: most of them twice, some of those read differently, some only once so far."""
    version, place = survey.current, survey.channels.get(code=PLACES[EDUCATION][1].code)
    if version is None:
        return
    crowd = Crowd(plan_of(version), seed=7)
    for sheet, days_ago, otherwise in PAPERS:
        answers = crowd.answers(0.9)
        hands = [answers] if otherwise is None else [answers, {**answers, **otherwise}]
        day = timezone.localdate() - timedelta(days=days_ago)
        for hour, read in enumerate(hands, start=9):
            with as_of(office_hour(days_ago - 1, hour)):
                keyed = Keyed(version=version, channel=place, sheet=sheet, day=day, answers=read)
                paper_key(survey=survey, actor=surveyor, keyed=keyed)


def _publish(survey: Survey, surveyor: Any) -> None:
    """Publish the last two quarters that are over, each some days after its end, and take the older one back."""
    over = [read_period(key) for key, _months in quarters_told(timezone.localdate())[-3:-1]]
    published = [_published(survey, period, surveyor) for period in over if period is not None]
    older = published[0]
    with as_of(min(older.published_at + timedelta(days=6), timezone.now())):
        snapshot_withdraw(snapshot=older, actor=surveyor, reason=WITHDRAWN_REASON)


def _published(survey: Survey, period: Period, surveyor: Any) -> ResultSnapshot:
    day = min(period.ends_on + timedelta(days=10), timezone.localdate())
    moment = min(timezone.make_aware(datetime.combine(day, time(9, 15))), timezone.now())
    with as_of(moment):
        return snapshot_publish(
            survey=survey,
            period=period,
            reckon=lambda: results_record(survey_results(survey, period, publishing=True)),
            actor=surveyor,
            note=PUBLISHED_NOTE,
        )
