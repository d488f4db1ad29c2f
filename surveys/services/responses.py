"""Storing a response: checked against what was asked, counted, and cut from whatever let it in. One transaction."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import Unit
from cms.core.text import TextError, clean_line, clean_text
from surveys.enums import LISTS, OPEN_KINDS, SEVERAL, ChannelKind, QuestionKind
from surveys.models import Channel, OpenWords, Question, Response, ResponseItem, SurveyVersion
from surveys.models.survey import LONGEST_LINE, LONGEST_TEXT
from surveys.services.drafts import draft_take, form_spend
from surveys.services.invitations import invitation_burn
from surveys.services.plan import Answer, Answers, Plan, is_words, plan_of
from surveys.services.tallies import Cell, cells_add, cells_of, tally_response
from surveys.services.words import wishes_held


class NotTakenError(Exception):
    """There is no leave to answer: wrong, used up, over, or the survey is closed. Which of them is not told."""


class QuestionsChangedError(NotTakenError):
    """What is asked has changed since the page was read; nothing is stored or burnt."""


class SentAlreadyError(NotTakenError):
    """The same answers were sent a moment ago: a button pressed twice, a page loaded again."""


@dataclass(frozen=True)
class Coming:
    """By which way a response came, when, and what it is about; ``sheet`` is the number of a paper."""

    channel: Channel
    day: date
    unit: Unit | None = None
    about: str = ""
    stratum: str = ""
    sheet: str = ""

    @classmethod
    def by(cls, channel: Channel, day: date, *, sheet: str = "") -> "Coming":
        """Return how a response comes by ``channel``, which says what it is about."""
        return cls(channel, day, channel.unit, channel.about, channel.counted_as, sheet)


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


@transaction.atomic
def response_store_by_token(
    *, token: str, version_id: int, answers: Answers, edition: int | None = None, form: str = "",
    today: date | None = None,
) -> Response:  # fmt: skip
    """Store the one response of an invitation and burn it; all or nothing, whoever presses how often.

    Args:
        token: of the invitation.
        version_id: the version that was asked; one of the invitation's survey.
        answers: by key; those to questions that are not asked are dropped.
        edition: of the version, as it was read; None where nobody read a page.
        form: what the form carries that was sent; it is spent.
        today: for tests.

    Raises NotTakenError without leave, ValidationError by key for answers that cannot be stored (nothing is burnt),
    SentAlreadyError for a form that was sent before, QuestionsChangedError when something else is asked by now.

    """
    today = today or timezone.localdate()
    if not form_spend(form=form):
        raise SentAlreadyError
    invitation = invitation_burn(token=token, today=today)
    if invitation is None:
        raise NotTakenError
    version = version_asked(survey_id=invitation.survey_id, version_id=version_id, today=today, edition=edition)
    channel = channel_plain(survey_id=invitation.survey_id, kind=ChannelKind.INVITATION)
    come = Coming(channel, today, invitation.unit, invitation.about, channel.counted_as)
    return response_write(version=version, come=come, answers=answers)


@transaction.atomic
def response_store_open(
    *, channel_id: int, version_id: int, answers: Answers, edition: int | None = None, draft: str = "",
    form: str = "", today: date | None = None,
) -> Response:  # fmt: skip
    """Store a response that came by a channel everybody may use: the open link, the code on a poster, a kiosk.

    Raises as :func:`response_store_by_token`; SentAlreadyError also when somebody else has taken ``draft``, the key of
    what was kept on the way.
    """
    today = today or timezone.localdate()
    if not form_spend(form=form) or (draft and not draft_take(key=draft)):
        raise SentAlreadyError
    channel = Channel.objects.open(today).select_related("unit").filter(pk=channel_id).first()
    if channel is None:
        raise NotTakenError
    version = version_asked(survey_id=channel.survey_id, version_id=version_id, today=today, edition=edition)
    return response_write(version=version, come=Coming.by(channel, today), answers=answers)


def channel_plain(*, survey_id: int, kind: ChannelKind) -> Channel:
    """Return the one way of ``kind`` that is about nothing in particular, made when it is needed."""
    # Files bring responses that came by an open link; that opens none to everybody.
    defaults = {"active": kind not in OPEN_KINDS}
    return Channel.objects.get_or_create(survey_id=survey_id, kind=kind, code="", defaults=defaults)[0]


def version_asked(*, survey_id: int, version_id: int, today: date, edition: int | None = None) -> SurveyVersion:
    """Return the version that was asked, frozen from now on: before its questions are read, nobody may change them.

    That is the one in use, or an earlier one: somebody may have begun before it was replaced. Raises NotTakenError for
    any other, QuestionsChangedError for one that nobody had answered and that was replaced or is another ``edition``.
    """
    version = SurveyVersion.objects.select_related("survey").filter(pk=version_id, survey_id=survey_id).first()
    if version is None:
        raise NotTakenError
    if version.frozen_on is None:
        if version.survey.current_id != version.pk:
            raise QuestionsChangedError
        version_freeze(version=version, today=today)
        # From here on nobody changes it; somebody may have, a moment ago.
        version.refresh_from_db(fields=["edition"])
    if edition not in {None, version.edition}:
        raise QuestionsChangedError
    return version


def version_freeze(*, version: SurveyVersion, today: date) -> None:
    """Let nobody change a version any more; once is enough. The caller holds the transaction."""
    SurveyVersion.objects.unfrozen().filter(pk=version.pk).update(frozen_on=today)


def response_write(
    *, version: SurveyVersion, come: Coming, answers: Answers, plan: Plan | None = None, may_miss: bool = False
) -> Response:
    """Check, store and count one response; the caller holds the transaction and has frozen ``version``.

    Args:
        version: what was asked.
        come: by which way, when, about what.
        answers: by key.
        plan: of ``version``, where the caller stores many and has read it.
        may_miss: of a paper nobody can be asked again, so required questions may stay without an answer.

    Raises ValidationError by key for answers that cannot be stored.

    """
    plan = plan or plan_of(version)
    kept = answers_checked(plan, answers, may_miss=may_miss)
    response = Response.objects.create(
        version=version, channel=come.channel, unit=come.unit, about=come.about, day=come.day,
        stratum=come.stratum, sheet=come.sheet,
    )  # fmt: skip
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


def responses_write_many(
    *, version: SurveyVersion, plan: Plan, channels: Mapping[ChannelKind, Channel], rows: Sequence[ResponseRow]
) -> None:
    """Store and count rows whose answers were checked; the caller holds the transaction and has frozen ``version``."""
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
            for row in rows
        ],
        batch_size=500,
    )
    items, words, found = [], [], Counter[Cell]()
    for response, row in zip(responses, rows, strict=True):
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


def answers_checked(plan: Plan, answers: Answers, *, may_miss: bool = False) -> dict[str, Answer]:
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
        if may_miss or not question.required or not asks(question):
            continue
        if question.key not in kept and question.key not in wrong:
            wrong[question.key] = ValidationError(missing_words(question), code="required")
    if wrong:
        raise ValidationError({key: error.messages for key, error in wrong.items()})
    return kept


def answers_of(response: Response) -> dict[str, Answer]:
    """Return what stands in a stored response, by key, as it was given; words that were erased are gone."""
    found: dict[str, Answer] = {}
    kinds = {question.key: question.kind for question in plan_of(response.version).questions}
    for key, choice in response.items.order_by("pk").values_list("key", "choice"):
        if kinds.get(key) in SEVERAL:
            found[key] = [*found.get(key, []), choice]
        else:
            found[key] = choice
    return found | dict(response.words.values_list("key", "text"))


def response_remove(response: Response) -> None:
    """Take a response and its counts away; the caller holds the transaction and says why it may."""
    plan = plan_of(response.version)
    counted = wishes_held(response=response)
    counted.update(
        cells_of(response=response, survey_id=response.version.survey_id, plan=plan, answers=answers_of(response))
    )
    # At once: cells before the rows made of them, as every writer does.
    cells_add({cell: -count for cell, count in counted.items()})
    response.delete()


def asks(question: Question) -> bool:
    """Say whether anything is to be answered."""
    return question.kind != QuestionKind.INFORMATION


def missing_words(question: Question) -> str:
    """Return what is said of a required question without an answer."""
    if question.kind == QuestionKind.CONSENT:
        return _("Đánh dấu ô này để gửi được phiếu.")
    if question.kind in LISTS:
        return _("Chọn một câu trả lời.")
    return _("Chọn một mức trả lời.") if question.options else _("Hãy trả lời câu này.")


def answer_cleaned(question: Question, given: Answer) -> Answer:
    """Return one answer in the way it is stored; empty for none. Raises ValidationError for what cannot be one."""
    if question.kind in SEVERAL:
        values = [value for value in dict.fromkeys(given if isinstance(given, list) else [given]) if value]
        chosen = _ranked if question.kind == QuestionKind.RANKING else _some
        return chosen(question, values)
    value = (given[0] if given else "") if isinstance(given, list) else given
    value = str(value)
    if not value.strip():
        return ""
    try:
        return _CLEANERS.get(question.kind, _chosen)(question, value)
    except TextError as error:
        raise ValidationError(str(error), code="invalid_text") from error


def _some(question: Question, values: list[str]) -> list[str]:
    return [_chosen(question, value) for value in values]


def _ranked(question: Question, values: list[str]) -> list[str]:
    """Return “place.code” in the order of places; one may name the first few alone, but none twice and no gap."""
    places = dict(_placed(question, value) for value in values)
    if len(places) < len(values) or len(set(places.values())) < len(values):
        raise ValidationError(_("Mỗi thứ hạng chỉ chọn cho một mục, mỗi mục một thứ hạng."), code="invalid_choice")
    if sorted(places) != list(range(1, len(values) + 1)):
        raise ValidationError(_("Xếp lần lượt từ thứ 1, không bỏ cách thứ hạng nào."), code="invalid_choice")
    return [f"{place}.{places[place]}" for place in sorted(places)]


def _placed(question: Question, value: str) -> tuple[int, str]:
    place, _dot, code = value.partition(".")
    if not place.isascii() or not place.isdigit() or len(place) > 2:
        raise ValidationError(_("Chọn một trong các câu trả lời có sẵn."), code="invalid_choice")
    return int(place), _chosen(question, code)


def _chosen(question: Question, value: str) -> str:
    if value not in dict(question.options):
        raise ValidationError(_("Chọn một trong các câu trả lời có sẵn."), code="invalid_choice")
    return value


def _number(question: Question, value: str) -> str:
    try:
        found = Decimal(value.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= 10**12 or found.as_tuple().exponent < -6:  # type: ignore[operator]
        raise ValidationError(_("Ghi một số, ví dụ 12 hoặc 12,5."), code="invalid")
    if (question.least is not None and found < question.least) or (question.most is not None and found > question.most):
        raise ValidationError(bounds_words(question), code="out_of_bounds")
    return f"{found.normalize():f}"


def bounds_words(question: Question) -> str:
    """Return between which numbers an answer lies; empty when any will do."""
    named = {"least": question.least, "most": question.most}
    if question.least is not None and question.most is not None:
        return _("Ghi một số từ %(least)d đến %(most)d.") % named
    if question.least is not None:
        return _("Ghi một số từ %(least)d trở lên.") % named
    return _("Ghi một số không quá %(most)d.") % named if question.most is not None else ""


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
