"""Sample responses of SIPAS: a few quarters for the sample portal, and very many to see how results bear them.

The same ones each time; checked like any other by ``check_integrity``, and stored by the service of imported files.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.core.enums import SCHOOL_KINDS
from cms.core.models import Unit
from cms.core.periods import read_period
from surveys.api.records import results_record
from surveys.enums import ChannelKind, QuestionKind, SurveyState
from surveys.models import OpenWords, Response, ResultSnapshot, Stratum, Survey
from surveys.services.imports import responses_store_many, version_for_import
from surveys.services.plan import Answer, Plan, plan_of
from surveys.services.responses import ResponseRow
from surveys.services.results import quarters_between, survey_results
from surveys.services.sipas import SIPAS
from surveys.services.snapshots import snapshot_publish
from surveys.services.tallies import tallies_rebuild
from surveys.services.words import words_decide, words_theme

MARK, BULK = "mau-", "mau-hang-loat-"
SEED, OLDEST, FEW, BATCH = 22, 2 * 365, 260, 5_000
# Of a hundred responses: by which way. How content people are differs by way and by school.
_WAYS = (
    *[ChannelKind.WEB] * 45,
    *[ChannelKind.PAPER] * 30,
    *[ChannelKind.QR] * 15,
    *[ChannelKind.KIOSK] * 8,
    *[ChannelKind.PHONE] * 2,
)
_POPULATIONS = {ChannelKind.WEB: 5_200, ChannelKind.PAPER: 3_900, ChannelKind.QR: 640, ChannelKind.KIOSK: 410}
_LEVELS = ("1", "2", "3", "4", "5")
_CONTENT = ((1, 2, 8, 45, 44), (2, 4, 14, 48, 32), (1, 3, 10, 50, 36))
_WISHES = (
    ("Mong có thêm ghế ngồi và quạt ở chỗ chờ.", ("co-so-vat-chat",)),
    ("Nên cho nộp hồ sơ chuyển trường trên mạng để đỡ đi lại.", ("truc-tuyen", "thu-tuc")),
    ("Cô hướng dẫn rất tận tình, cảm ơn bộ phận một cửa.", ("hai-long", "thai-do")),
    ("Kết quả nên trả đúng ngày đã hẹn.", ("thoi-gian",)),
    ("Đề nghị niêm yết rõ các khoản thu đầu năm.", ("hoc-phi", "thong-tin")),
)


def responses_seed() -> None:
    """Open SIPAS, let some answer it over the last quarters, sort their wishes, publish the quarter before this one."""
    survey = Survey.objects.filter(slug=SIPAS).first()
    if survey is None or Response.objects.filter(version__survey=survey).exists():
        return
    with transaction.atomic():
        version = version_for_import(survey)
        rows = _rows(plan_of(version), FEW, MARK, Random(SEED), wishes=True)  # noqa: S311  sample content
        responses_store_many(version=version, rows=rows, today=timezone.localdate())
    survey.refresh_from_db()
    if survey.state == SurveyState.DRAFT:
        survey.state = SurveyState.OPEN
        survey.save(update_fields=["state"])
    _strata(survey)
    surveyor = User.objects.get(username="khaosat")
    for words in OpenWords.objects.waiting().filter(response__version__survey=survey).order_by("pk"):
        codes = next((codes for text, codes in _WISHES if text == words.text), ())
        words_decide(words_id=words.pk, decision="dang", actor=surveyor)  # type: ignore[arg-type]
        words_theme(words_id=words.pk, codes=codes, actor=surveyor)
    today = timezone.localdate()
    period = read_period(quarters_between(today - timedelta(days=120), today)[-2][0])
    if period is not None:
        record = results_record(survey_results(survey, period))
        snapshot_publish(survey=survey, period=period, record=record, actor=surveyor, note="Số liệu mẫu.")


def bulk_responses_seed(*, total: int) -> int:
    """Add sample responses until SIPAS has ``total``; return how many. A batch is a transaction of its own."""
    survey = Survey.objects.get(slug=SIPAS)
    there = Response.objects.filter(version__survey=survey).count()
    missing = max(0, total - there)
    chance = Random(SEED + there)  # noqa: S311  sample content, not a secret
    with transaction.atomic():
        version = version_for_import(survey)
    plan, place = plan_of(version), Response.objects.filter(sheet__startswith=BULK).count()
    for start in range(0, missing, BATCH):
        count = min(BATCH, missing - start)
        with transaction.atomic():
            rows = _rows(plan, count, BULK, chance, first=place + start)
            responses_store_many(version=version, rows=rows, today=timezone.localdate())
    if missing:
        Survey.objects.filter(pk=survey.pk).update(state=SurveyState.OPEN)
        _strata(survey)
    return missing


def responses_clear() -> None:
    """Take them out again, with what was published of them."""
    survey = Survey.objects.filter(slug=SIPAS).first()
    if survey is None or not Response.objects.filter(sheet__startswith=MARK).exists():
        return
    ResultSnapshot.objects.filter(survey=survey).delete()
    Stratum.objects.filter(survey=survey, source=MARK).delete()
    Response.objects.filter(version__survey=survey, sheet__startswith=MARK).delete()
    if not Response.objects.filter(version__survey=survey).exists():
        survey.tallies.all().delete()
    tallies_rebuild()


def _rows(
    plan: Plan, count: int, mark: str, chance: Random, *, first: int = 0, wishes: bool = False
) -> Iterator[ResponseRow]:
    units = list(Unit.objects.active().filter(kind__in=SCHOOL_KINDS).order_by("pk").values_list("pk", flat=True))
    today = timezone.localdate()
    for place in range(first + 1, first + count + 1):
        unit = chance.choice(units) if units and place % 9 else None
        way = chance.choice(_WAYS)
        weights = _CONTENT[(unit or 0) % len(_CONTENT)] if way != ChannelKind.PAPER else _CONTENT[1]
        day = today - timedelta(days=chance.randint(1, OLDEST))
        wish = _WISHES[place % len(_WISHES)][0] if wishes and place % 4 == 0 else ""
        yield ResponseRow(
            sheet=f"{mark}{place:07d}",
            day=day,
            kind=way,
            stratum=str(way),
            answers=_answers(plan, chance, weights, wish),
            unit_id=unit,
        )


def _answers(plan: Plan, chance: Random, weights: tuple[int, ...], wish: str) -> dict[str, Answer]:
    scores = [each for each in plan.questions if each.kind == QuestionKind.SCORE]
    levels = chance.choices(_LEVELS, weights, k=len(scores))
    found: dict[str, Answer] = {
        question.key: level
        for question, level in zip(scores, levels, strict=True)
        if question.required or chance.random() < 0.93
    }
    if not found:
        found[scores[0].key] = levels[0]
    text = next((each for each in plan.questions if each.kind == QuestionKind.TEXT), None)
    return {**found, text.key: wish} if wish and text is not None else found


def _strata(survey: Survey) -> None:
    today = timezone.localdate()
    quarters: list[date] = [months[0] for _key, months in quarters_between(today - timedelta(days=OLDEST), today)]
    Stratum.objects.bulk_create(
        [
            Stratum(survey=survey, code=str(way), label=str(way.label), quarter=quarter, population=size, source=MARK)
            for quarter in quarters
            for way, size in _POPULATIONS.items()
        ],
        ignore_conflicts=True,
    )
