"""Storing a response: checked against what was asked, counted, and cut from whatever let it in. One transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import Unit
from cms.core.text import TextError, clean_line, clean_text
from surveys.enums import LISTS, ChannelKind, QuestionKind
from surveys.models import Channel, OpenWords, Question, Response, ResponseItem, SurveyVersion
from surveys.models.survey import LONGEST_LINE, LONGEST_TEXT
from surveys.services.invitations import invitation_burn
from surveys.services.plan import Answer, Answers, Plan, is_words, plan_of
from surveys.services.tallies import tally_response


class NotTakenError(Exception):
    """There is no leave to answer: wrong, used up, over, or the survey is closed. Which of them is not told."""


@dataclass(frozen=True)
class _Come:
    """By which way a response came, when, and what it is about."""

    kind: ChannelKind
    day: date
    unit: Unit | None = None
    about: str = ""


@transaction.atomic
def response_store_by_token(*, token: str, version_id: int, answers: Answers, today: date | None = None) -> Response:
    """Store the one response of an invitation and burn it; all or nothing, whoever presses how often.

    Args:
        token: of the invitation.
        version_id: the version that was asked; one of the invitation's survey.
        answers: by key; those to questions that are not asked are dropped.
        today: for tests.

    Raises NotTakenError without leave, ValidationError by key for answers that cannot be stored (nothing is burnt).

    """
    today = today or timezone.localdate()
    invitation = invitation_burn(token=token, today=today)
    if invitation is None:
        raise NotTakenError
    version = _asked(invitation.survey_id, version_id, today)
    come = _Come(ChannelKind.INVITATION, today, invitation.unit, invitation.about)
    return _store(version, come, answers)


@transaction.atomic
def response_store_open(*, survey_id: int, version_id: int, answers: Answers, today: date | None = None) -> Response:
    """Store a response that came by the open link of a survey. Raises as :func:`response_store_by_token`."""
    today = today or timezone.localdate()
    open_link = Channel.objects.filter(survey_id=survey_id, kind=ChannelKind.WEB).select_related("survey").first()
    if open_link is None or not open_link.survey.is_open:
        raise NotTakenError
    return _store(_asked(survey_id, version_id, today), _Come(ChannelKind.WEB, today), answers)


def _asked(survey_id: int, version_id: int, today: date) -> SurveyVersion:
    """Return the version that was asked, frozen from now on: before its questions are read, nobody may change them.

    That is the one in use, or an earlier one: somebody may have begun before it was replaced.
    """
    version = SurveyVersion.objects.select_related("survey").filter(pk=version_id, survey_id=survey_id).first()
    if version is None or (version.frozen_on is None and version.survey.current_id != version.pk):
        raise NotTakenError
    if version.frozen_on is None:
        SurveyVersion.objects.unfrozen().filter(pk=version.pk).update(frozen_on=today)
    return version


def _store(version: SurveyVersion, come: _Come, answers: Answers) -> Response:
    plan = plan_of(version)
    kept = answers_checked(plan, answers)
    channel = Channel.objects.get_or_create(survey_id=version.survey_id, kind=come.kind)[0]
    response = Response.objects.create(version=version, channel=channel, unit=come.unit, about=come.about, day=come.day)
    ResponseItem.objects.bulk_create(
        ResponseItem(response=response, key=key, choice=choice)
        for key, given in kept.items()
        if not is_words(plan.by_key[key])
        for choice in (given if isinstance(given, list) else [given])
    )
    received_at = timezone.make_aware(datetime.combine(come.day, time.min))
    OpenWords.objects.bulk_create(
        OpenWords(response=response, key=key, text=str(given), received_at=received_at)
        for key, given in kept.items()
        if is_words(plan.by_key[key])
    )
    tally_response(response=response, survey_id=version.survey_id, plan=plan, answers=kept)
    return response


def answers_checked(plan: Plan, answers: Answers) -> dict[str, Answer]:
    """Return the answers that count, each in the one way it is stored.

    Raises ValidationError by key: a required question that is asked and not answered, or an answer that is none.
    """
    given, errors = {}, {}
    for question in plan.questions:
        try:
            given[question.key] = answer_cleaned(question, answers.get(question.key, ""))
        except ValidationError as error:
            errors[question.key] = error
    kept = plan.kept(given)
    asked = plan.reachable({**given, **dict.fromkeys(errors, "?")}) if errors else plan.reachable(given)
    wrong = {each.key: errors[each.key] for each in asked if each.key in errors}
    for question in asked:
        if question.required and question.key not in kept and question.key not in wrong and asks(question):
            wrong[question.key] = ValidationError(missing_words(question), code="required")
    if wrong:
        raise ValidationError({key: error.messages for key, error in wrong.items()})
    return kept


def asks(question: Question) -> bool:
    """Say whether anything is to be answered."""
    return question.kind != QuestionKind.INFORMATION


def missing_words(question: Question) -> str:
    """Return what is said of a required question without an answer."""
    if question.kind == QuestionKind.CONSENT:
        return _("Đánh dấu ô này để gửi được phiếu.")
    chosen = question.kind in LISTS or question.options
    return _("Chọn một mức trả lời.") if chosen else _("Hãy trả lời câu này.")


def answer_cleaned(question: Question, given: Answer) -> Answer:
    """Return one answer in the way it is stored; empty for none. Raises ValidationError for what cannot be one."""
    if question.kind == QuestionKind.SOME_OF:
        values = given if isinstance(given, list) else [given]
        return [_chosen(question, value) for value in dict.fromkeys(values) if value]
    value = (given[0] if given else "") if isinstance(given, list) else given
    value = str(value)
    if not value.strip():
        return ""
    try:
        return _CLEANERS.get(question.kind, _chosen)(question, value)
    except TextError as error:
        raise ValidationError(str(error), code="invalid_text") from error


def _chosen(question: Question, value: str) -> str:
    if value not in dict(question.options):
        raise ValidationError(_("Chọn một trong các câu trả lời có sẵn."), code="invalid_choice")
    return value


def _number(_question: Question, value: str) -> str:
    try:
        found = Decimal(value.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= 10**12 or found.as_tuple().exponent < -6:  # type: ignore[operator]
        raise ValidationError(_("Ghi một số, ví dụ 12 hoặc 12,5."), code="invalid")
    return f"{found.normalize():f}"


def _day(_question: Question, value: str) -> str:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(value.strip(), form).date().isoformat()
        except ValueError:
            continue
    raise ValidationError(_("Ghi ngày theo ngày/tháng/năm, ví dụ 05/09/2026."), code="invalid")


def _line(_question: Question, value: str) -> str:
    return _short_enough(clean_line(value), LONGEST_LINE)


def _text(_question: Question, value: str) -> str:
    return _short_enough(clean_text(value), LONGEST_TEXT)


def _short_enough(words: str, most: int) -> str:
    if len(words) > most:
        told = {"length": len(words), "most": most}
        raise ValidationError(_("Mục này dài %(length)d ký tự, nhiều nhất là %(most)d.") % told, code="max_length")
    return words


def _agreed(_question: Question, _value: str) -> str:
    return "1"


_CLEANERS: dict[str, Callable[[Question, str], str]] = {
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _day,
    QuestionKind.LINE: _line,
    QuestionKind.TEXT: _text,
    QuestionKind.CONSENT: _agreed,
    QuestionKind.INFORMATION: lambda _question, _value: "",
}
