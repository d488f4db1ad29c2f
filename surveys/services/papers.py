"""Papers keyed in, once or twice and compared, and taken out again while they are fresh; each is a response."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.permissions import can
from cms.core.permissions.people import officers_able
from cms.core.services.ledger import event_record
from cms.core.templatetags.core_tags import vn_date
from surveys.enums import KEYED_KINDS, ChannelKind, SurveyState
from surveys.models import Channel, PaperEntry, Question, Response, Survey, SurveyVersion
from surveys.models.paper import TAKEN_BACK_WITHIN
from surveys.services.closing import is_closed
from surveys.services.plan import Answer, Plan, plan_of
from surveys.services.questionnaires import SUBJECT, SurveyRefusedError
from surveys.services.responses import (
    Coming,
    NotTakenError,
    answers_checked,
    channel_plain,
    response_remove,
    response_write,
    version_asked,
)
from surveys.services.sheets import edition_words, keyed_words


@dataclass(frozen=True)
class Keyed:
    """What one hand read from one paper."""

    version: SurveyVersion
    channel: Channel | None  # None: on paper, at no place in particular
    sheet: str
    day: date
    answers: Mapping[str, Answer]
    edition: int | None = None  # of the questions on the screen; None where nobody looked at one


@dataclass(frozen=True)
class Difference:
    """One question that two hands read differently, as they typed it."""

    question: Question
    first: str
    second: str


@transaction.atomic
def paper_key(*, survey: Survey, actor: Any, keyed: Keyed) -> PaperEntry:
    """Take what was keyed in from one paper.

    Where a survey wants papers twice, the same number once more is the second time: when both say the same, the
    response is stored; else the paper waits for somebody who looks at it. Who keys in for a unit does so at the places
    of that unit alone. From the first time on nobody changes the questions any more: the numbers on the paper would
    mean something else. Raises PermissionDenied, ValidationError by key for what cannot be an answer,
    SurveyRefusedError for a number that is stored already, a survey that is not open to papers, questions that were
    changed since the screen was opened, or a second time that another person of the place could do.
    """
    kept = _survey(survey, actor)
    channel = keyed.channel or channel_plain(survey_id=kept.pk, kind=ChannelKind.PAPER)
    _allow(actor, channel)
    if channel.survey_id != kept.pk or channel.kind not in KEYED_KINDS:
        raise SurveyRefusedError(_("Chọn điểm trả lời là phiếu giấy hoặc gọi điện của khảo sát này."))
    version = _asked(kept, keyed.version)
    if keyed.edition not in {None, version.edition}:
        raise SurveyRefusedError(
            _("Câu hỏi vừa được sửa trong lúc nhập. Xem tờ phiếu có ghi “%(edition)s” không, rồi xem lại từng số.")
            % {"edition": edition_words(version)}
        )
    answers = answers_checked(plan_of(version), keyed.answers, may_miss=True)
    entry = PaperEntry.objects.select_for_update(of=("self",)).filter(survey=kept, sheet=keyed.sheet).first()
    if entry is None:
        if Response.objects.filter(version__survey=kept, sheet=keyed.sheet).exists():
            raise SurveyRefusedError(_("Phiếu số %(sheet)s đã có, nhập từ tệp.") % {"sheet": keyed.sheet})
        entry = PaperEntry.objects.create(
            survey=kept, version=version, channel=channel, sheet=keyed.sheet, day=keyed.day,
            first=answers, first_by=actor, first_at=timezone.now(),
        )  # fmt: skip
        if kept.paper_twice:
            return entry
        return _stored(entry, answers, actor)
    if not can(actor, "survey_key", entry.channel):
        words = _("Số phiếu %(sheet)s đã dùng ở đơn vị khác. Ghi thêm mã trường vào trước, ví dụ TH-CX-%(sheet)s.")
        raise SurveyRefusedError(words % {"sheet": entry.sheet})
    return _second(entry, replace(keyed, channel=channel), answers, actor)


def _second(entry: PaperEntry, keyed: Keyed, answers: Mapping[str, Answer], actor: Any) -> PaperEntry:
    named = {"sheet": entry.sheet, "day": vn_date(entry.first_at)}
    if entry.response_id is not None:
        raise SurveyRefusedError(_("Phiếu số %(sheet)s đã nhập ngày %(day)s.") % named)
    if entry.second is not None:
        raise SurveyRefusedError(_("Phiếu số %(sheet)s đã nhập hai lần, đang chờ đối chiếu.") % named)
    if not entry.survey.paper_twice:
        raise SurveyRefusedError(_("Phiếu số %(sheet)s đã nhập ngày %(day)s.") % named)
    if (entry.version_id, entry.channel_id, entry.day) != (
        keyed.version.pk,
        keyed.channel and keyed.channel.pk,
        keyed.day,
    ):
        raise SurveyRefusedError(
            _("Lần nhập thứ nhất của phiếu số %(sheet)s ghi ngày, điểm hay bản câu hỏi khác. Xem lại tờ phiếu.") % named
        )
    if entry.first_by_id == actor.pk and _other_hand(entry, actor):
        raise SurveyRefusedError(
            _("Lần một của phiếu số %(sheet)s cũng do tài khoản này nhập. Lần hai phải để người khác ở nơi ấy nhập.")
            % named
        )
    entry.second, entry.second_by, entry.second_at = dict(answers), actor, timezone.now()
    entry.save(update_fields=["second", "second_by", "second_at"])
    return entry if paper_differences(entry) else _stored(entry, answers, actor)


def _other_hand(entry: PaperEntry, actor: Any) -> bool:
    """Say whether somebody else keys in papers where ``entry`` came from: in its unit; of no unit, in the office."""
    unit = entry.channel.unit
    others = officers_able("survey_key", unit).exclude(pk=actor.pk)
    return (others if unit is None else others.filter(memberships__unit=unit)).exists()


def paper_differences(entry: PaperEntry, plan: Plan | None = None) -> list[Difference]:
    """Return where the two times differ, in the order of the paper."""
    plan, first, second = plan or plan_of(entry.version), entry.first, entry.second or {}
    return [
        Difference(question, keyed_words(question, first.get(key, "")), keyed_words(question, second.get(key, "")))
        for key, question in plan.by_key.items()
        if first.get(key, "") != second.get(key, "")
    ]


@transaction.atomic
def paper_settle(*, entry: PaperEntry, actor: Any, chosen: Mapping[str, Answer]) -> PaperEntry:
    """Store a paper whose two times differ, with what somebody read from it again. Raises as :func:`paper_key`.

    Args:
        entry: keyed in twice.
        actor: who looked at the paper.
        chosen: by key, for every question that differs.

    """
    _survey(entry.survey, actor)
    _allow(actor, entry.channel)
    kept = PaperEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if kept.response_id is not None or kept.second is None:
        raise SurveyRefusedError(_("Phiếu này không còn chờ đối chiếu: người khác vừa làm xong."))
    agreed = {key: value for key, value in kept.first.items() if kept.second.get(key) == value}
    return _stored(kept, {**agreed, **chosen}, actor)


@transaction.atomic
def paper_take_back(*, entry: PaperEntry, actor: Any) -> None:
    """Take a paper out, with its response and every count that came of it, so that it can be keyed in anew.

    Wishes that were sorted under themes are counted no more either. Raises PermissionDenied, SurveyRefusedError after
    thirty days, or once its period was published.
    """
    _survey(entry.survey, actor)
    _allow(actor, entry.channel)
    kept = PaperEntry.objects.select_for_update(of=("self",)).select_related("response__version").get(pk=entry.pk)
    if kept.response is not None:
        if timezone.now() - (kept.second_at or kept.first_at) > TAKEN_BACK_WITHIN:
            raise SurveyRefusedError(_("Đã quá 30 ngày từ khi nhập: số liệu có thể đã vào báo cáo nên phiếu được giữ."))
        if is_closed(kept.survey, kept.response.day):
            raise SurveyRefusedError(_("Phiếu này nằm trong kỳ đã công bố kết quả nên được giữ."))
        response_remove(kept.response)
    survey, sheet = kept.survey, kept.sheet
    kept.delete()
    _event(survey, "survey.paper_taken_back", actor, sheet)


def _stored(entry: PaperEntry, answers: Mapping[str, Answer], actor: Any) -> PaperEntry:
    """Make the response; from now on the entry says who did it, and no longer what was read."""
    today, version = timezone.localdate(), _asked(entry.survey, entry.version)
    # What was published is closed: a paper that comes late counts today.
    day = today if is_closed(entry.survey, entry.day) else entry.day
    come = Coming.by(entry.channel, day, sheet=entry.sheet)
    entry.response = response_write(version=version, come=come, answers=answers, may_miss=True)
    entry.first, entry.second = {}, None if entry.second is None else {}
    entry.save(update_fields=["response", "first", "second"])
    _event(entry.survey, "survey.paper_stored", actor, entry.sheet)
    return entry


def _asked(survey: Survey, version: SurveyVersion) -> SurveyVersion:
    """Return the version as it stands, frozen from now on; SurveyRefusedError for one that nobody was ever asked."""
    try:
        found = version_asked(survey_id=survey.pk, version_id=version.pk, today=timezone.localdate())
    except NotTakenError:
        raise SurveyRefusedError(_("Bản câu hỏi này chưa từng được dùng để hỏi.")) from None
    # Somebody may have changed it just before it was frozen.
    found.refresh_from_db(fields=["edition"])
    return found


def _survey(survey: Survey, actor: Any) -> Survey:
    """Return the survey, its row held: papers of one survey are taken one after the other."""
    if not can(actor, "survey_key"):
        raise PermissionDenied
    kept = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if kept.state == SurveyState.DRAFT or kept.current_id is None:
        raise SurveyRefusedError(_("Khảo sát chưa mở thì chưa nhập phiếu được."))
    return kept


def _allow(actor: Any, channel: Channel) -> None:
    if not can(actor, "survey_key", channel):
        raise PermissionDenied


def _event(survey: Survey, verb: str, actor: Any, sheet: str) -> None:
    event_record(subject_type=SUBJECT, subject_key=survey.slug, verb=verb, actor=actor, data={"sheet": sheet})
