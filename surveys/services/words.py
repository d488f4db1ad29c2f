"""What people wrote in responses: let through by a moderator, masked, taken back, erased in time."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.core.enums import ModerationDecision
from cms.core.permissions import can
from cms.core.personal_data import find, masked
from cms.core.ports import ModerationKind, QueueItem
from cms.core.services.ledger import event_record
from cms.core.text import clean_line
from surveys.enums import WordsRefusal, WordsState
from surveys.models import OpenWords, PaperEntry, Question, Response, Survey, WordsTheme
from surveys.models.paper import TAKEN_BACK_WITHIN
from surveys.services.closing import is_closed
from surveys.services.tallies import WISHES, Cell, cells_add

SUBJECT = "survey_words"
_LEADS_TO = {
    (WordsState.WAITING, ModerationDecision.APPROVE): WordsState.SHOWN,
    (WordsState.WAITING, ModerationDecision.REFUSE): WordsState.REFUSED,
    (WordsState.SHOWN, ModerationDecision.REFUSE): WordsState.REFUSED,
    (WordsState.SHOWN, ModerationDecision.RETURN): WordsState.WAITING,
    (WordsState.REFUSED, ModerationDecision.RETURN): WordsState.WAITING,
}


@transaction.atomic
def words_decide(
    *, words_id: int, decision: ModerationDecision, actor: Any, reason: str = "", note: str = ""
) -> OpenWords | None:
    """Let words through, refuse them, or take such a decision back; return them.

    Words that are let through are read as a copy in which everything that looks personal is masked. None when the
    decision no longer fits. Raises PermissionDenied without the right, ValidationError for a refusal without a reason.
    """
    if not can(actor, "survey_words"):
        raise PermissionDenied
    words = _held(words_id)
    after = _LEADS_TO.get((WordsState(words.state), decision)) if words else None
    if words is None or after is None:
        return None
    refused = after == WordsState.REFUSED
    if refused and reason not in WordsRefusal.values:
        raise ValidationError({"reason": _("Chọn lý do không cho đọc.")})
    before, words.state = words.state, after
    if WordsState.SHOWN in {before, after}:
        themes = set(words.themes.values_list("code", flat=True))
        cells_add(_theme_cells(words, *((set(), themes) if after == WordsState.SHOWN else (themes, set()))))
    words.shown = masked(words.text, find(words.text)) if after == WordsState.SHOWN else ""
    words.quoted_at = None
    words.reason, words.note = (reason, clean_line(note)[:300]) if refused else ("", "")
    waits = after == WordsState.WAITING
    words.decided_at, words.decided_by = (None, None) if waits else (timezone.now(), actor)
    words.save(update_fields=["state", "shown", "quoted_at", "reason", "note", "decided_at", "decided_by"])
    event_record(
        subject_type=SUBJECT,
        subject_key=str(words.pk),
        verb=f"survey_words.{after}",
        actor=actor,
        data={"from": str(before), "to": str(after), "reason": words.reason},
    )
    return words


@transaction.atomic
def words_theme(*, words_id: int, codes: Collection[str], actor: Any) -> OpenWords | None:
    """Sort words that were let through under themes, in place of those they had; return them.

    Who wrote them is counted by theme, unit and month from then on, once, whatever they wrote besides; the counts stay
    when the words are erased in time. None when the words are not let through (any more). Raises PermissionDenied
    without the right, ValidationError for a theme that there is not.
    """
    if not can(actor, "survey_words"):
        raise PermissionDenied
    words = _held(words_id)
    if words is None or words.state != WordsState.SHOWN:
        return None
    themes = list(WordsTheme.objects.active().filter(code__in=codes))
    if not themes or len(themes) != len(set(codes)):
        raise ValidationError({"marks": _("Chọn chủ đề trong danh sách.")})
    before, after = set(words.themes.values_list("code", flat=True)), {theme.code for theme in themes}
    if before != after:
        cells_add(_theme_cells(words, before, after))
        words.themes.set(themes)
        event_record(
            subject_type=SUBJECT,
            subject_key=str(words.pk),
            verb="survey_words.themed",
            actor=actor,
            data={"themes": sorted(after)},
        )
    return words


@transaction.atomic
def words_quote(*, words_id: int, quoted: bool, actor: Any) -> OpenWords | None:
    """Let everybody read words that were let through, or no more; return them. None when they are not let through.

    What everybody reads is the masked copy, under results, where enough people answered (``services.quotes``). Raises
    PermissionDenied without the right, ValidationError while the copy still looks personal.
    """
    if not can(actor, "survey_publish"):
        raise PermissionDenied
    words = OpenWords.objects.select_for_update().filter(pk=words_id).first()
    if words is None or words.state != WordsState.SHOWN:
        return None
    if quoted and (found := personal_kinds(words.shown)):
        raise ValidationError(_now("Lời này còn chỗ giống dữ liệu cá nhân: %(what)s.") % {"what": ", ".join(found)})
    if quoted != (words.quoted_at is not None):
        words.quoted_at = timezone.now() if quoted else None
        words.save(update_fields=["quoted_at"])
        verb = "survey_words.quoted" if quoted else "survey_words.unquoted"
        event_record(subject_type=SUBJECT, subject_key=str(words.pk), verb=verb, actor=actor)
    return words


def wishes_held(*, response: Response) -> Counter[Cell]:
    """Return the cells in which the wishes of ``response`` are counted by theme, its words held from now on.

    The caller holds the transaction that removes them, and the survey.
    """
    rows = list(OpenWords.objects.select_for_update().filter(response=response).order_by("pk"))
    return _cells(response, set(), _themes_of(response)) if rows else Counter()


def _held(words_id: int) -> OpenWords | None:
    """Return the words, held, and before them their survey: nothing is published and no paper taken out meanwhile.

    All words of a response wait here for one another, so that their themes are counted together.
    """
    own = Survey.objects.filter(versions__responses__words=words_id).values("pk")
    if Survey.objects.select_for_update(no_key=True).filter(pk__in=own).first() is None:
        return None
    return OpenWords.objects.select_for_update().filter(pk=words_id).first()


def _theme_cells(words: OpenWords, before: set[str], after: set[str]) -> Counter[Cell]:
    """Return how counts of wishes change when the themes of ``words`` do; the caller holds the survey."""
    others = _themes_of(words.response, without=words)
    return _cells(words.response, others | before, others | after)


def _themes_of(response: Response, *, without: OpenWords | None = None) -> set[str]:
    """Return the themes of everything in ``response`` that was let through. Its words are erased together or not."""
    rows = OpenWords.objects.shown().filter(response=response)
    return set((rows.exclude(pk=without.pk) if without else rows).themes())


def _cells(response: Response, before: set[str], after: set[str]) -> Counter[Cell]:
    """Return how counts change from themes to themes of one response: it counts once, and once a theme.

    Somebody with five questions in words is one person. A response without a theme is not counted; and what was
    published is closed: of its months nothing changes any more.
    """
    if is_closed(response.version.survey, response.day):
        return Counter()
    where = (response.day.replace(day=1), response.unit_id or 0, response.about, response.stratum)
    change: Counter[Cell] = Counter()
    for codes, count in ((before, -1), (after, 1)):
        for choice in ["", *codes] if codes else []:
            change[Cell(response.version.survey_id, WISHES, *where, choice)] += count
    return change


def words_forget(*, dry_run: bool = False, now: datetime | None = None) -> int:
    """Erase what people wrote once its survey keeps it no longer; return how much. What was counted stays counted.

    Words of a paper that may still be taken out wait until then: the counts that they made go with it. With
    ``dry_run`` nothing is erased and the ledger says nothing.
    """
    moment = now or timezone.now()
    today = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    fresh = PaperEntry.objects.stored_since(moment - TAKEN_BACK_WITHIN).values("response")
    erased = 0
    for survey in Survey.objects.all():
        outlived = OpenWords.objects.received_before(today - timedelta(days=survey.words_days))
        rows = outlived.filter(response__version__survey=survey).exclude(response__in=fresh)
        with transaction.atomic():
            count = rows.count() if dry_run else rows.delete()[1].get(OpenWords._meta.label, 0)
            if count and not dry_run:
                event_record(
                    subject_type="survey", subject_key=survey.slug, verb="survey.words_erased", data={"count": count}
                )
        erased += count
    return erased


def personal_kinds(text: str) -> list[str]:
    """Return what of ``text`` looks personal, as its moderator reads it: each place once, in its own words."""
    return list(dict.fromkeys(f"“{text[start:end]}”" for start, end, _kind in find(text)))


def _queue_items(pks: Collection[int]) -> Iterator[QueueItem]:
    rows = OpenWords.objects.select_related("response__version__survey", "decided_by").filter(pk__in=pks)
    rows = rows.prefetch_related("themes")
    labels = {
        (each.section.version_id, each.key): each.label
        for each in Question.objects.select_related("section").filter(
            section__version__in={row.response.version_id for row in rows}
        )
    }
    for words in rows:
        survey = words.response.version.survey
        asked = labels.get((words.response.version_id, words.key), words.key)
        personal = personal_kinds(words.text)
        themes = ", ".join(theme.name for theme in words.themes.all())
        remarks: tuple[str, ...] = (
            (_now("Sẽ che khi cho đọc: %(what)s") % {"what": ", ".join(personal)},) if personal else ()
        )
        remarks += (_now("Chủ đề: %(themes)s") % {"themes": themes},) if themes else ()
        yield QueueItem(
            pk=words.pk,
            text=words.text,
            at=words.received_at,
            by=_now("%(survey)s: %(question)s") % {"survey": survey.title, "question": asked},
            remarks=remarks,
            outcome=_outcome(words),
        )


def _outcome(words: OpenWords) -> str:
    if words.decided_at is None:
        return ""
    parts = [words.get_state_display(), *([words.get_reason_display()] if words.reason else []), words.note]
    who = words.decided_by.called if words.decided_by else ""
    when = timezone.localtime(words.decided_at).strftime("%H:%M %d/%m/%Y")
    return ". ".join(filter(None, [": ".join(filter(None, parts)), ", ".join(filter(None, (who, when)))]))


def _decide(*, pk: int, decision: str, actor: Any, reason: str, note: str) -> bool:
    decided = words_decide(words_id=pk, decision=ModerationDecision(decision), actor=actor, reason=reason, note=note)
    return decided is not None


def _mark(*, pk: int, marks: Collection[str], actor: Any) -> bool:
    return words_theme(words_id=pk, codes=marks, actor=actor) is not None


def _themes() -> list[tuple[str, str]]:
    return list(WordsTheme.objects.active().values_list("code", "name"))


OPEN_WORDS = ModerationKind(
    name="loi-khao-sat",
    label=_("lời góp ý trong phiếu khảo sát"),
    capability="survey_words",
    rows=lambda _user, shelf: OpenWords.objects.on_shelf(shelf),
    items=_queue_items,
    decide=_decide,
    reasons=tuple(WordsRefusal.choices),
    page="",
    marks=_themes,
    mark=_mark,
)
