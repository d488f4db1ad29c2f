"""When a case has been kept long enough: the person is erased wherever they stand, the figures stay."""

import logging
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.search import plain_words
from cms.core.services.ledger import event_record
from cms.media.private import private_storage
from feedback.models import AnswerLetter, Case, Sender
from feedback.querysets.words import WORD_COLUMNS
from feedback.services.moves import Step, TransitionRefusedError, case_move
from feedback.services.publication import FORGOTTEN, public_case_forget
from feedback.transitions import SYSTEM, transition

logger = logging.getLogger(__name__)

AT_MOST = 200  # cases that one run erases; the next run goes on
_NAMED = 10


@dataclass
class Purged:
    """What one run did, in figures and references; never a word of a case."""

    erased: Counter[str] = field(default_factory=Counter)
    refused: dict[str, str] = field(default_factory=dict)
    left: int = 0

    def __str__(self) -> str:
        words = _("đã xóa %(count)d") % {"count": self.erased.total()}
        if self.erased:
            words += " (" + "; ".join(f"{name}: {count}" for name, count in sorted(self.erased.items())) + ")"
        if self.refused:
            named = list(self.refused)[:_NAMED]
            words += _(", không xóa được %(count)d: %(names)s") % {
                "count": len(self.refused),
                "names": ", ".join(named) + ("…" if len(named) < len(self.refused) else ""),
            }
        return words + (_(", còn %(left)d cho lượt sau") % {"left": self.left} if self.left else "")


def personal_data_purge(*, dry_run: bool = False, at_most: int = AT_MOST) -> Purged:
    """Erase every case whose category keeps it no longer, each in a transaction of its own; return what was done.

    A case that refuses stops no other. With ``dry_run`` each is tried and taken back, and the ledger says nothing.
    """
    rows = Case.objects.kept_too_long(timezone.now(), transition("anonymise").sources).order_by("pk")
    purged = Purged()
    for key in list(rows.values_list("pk", flat=True)):
        if purged.erased.total() == at_most:
            break
        _purge(Case.objects.select_related("category").get(pk=key), purged, dry_run=dry_run)
    purged.left = rows.count() - len(purged.refused) - (purged.erased.total() if dry_run else 0)
    if not dry_run:
        if purged.erased:
            words_tidy()
        data = {"erased": purged.erased.total(), "refused": list(purged.refused)[:AT_MOST], "left": purged.left}
        day = timezone.localdate().isoformat()
        event_record(subject_type="retention", subject_key=day, verb="retention.purged", actor_kind=SYSTEM, data=data)
    return purged


@transaction.atomic
def words_tidy() -> None:
    """Let no word of an erased case lie in the unused parts of the indexes that the office searches by."""
    for column in WORD_COLUMNS:
        column.tidy()


def _purge(case: Case, purged: Purged, *, dry_run: bool) -> None:
    category, reference = case.category.name, case.reference
    try:
        with transaction.atomic():
            case_anonymise(case=case)
            transaction.set_rollback(dry_run)
    except TransitionRefusedError as refusal:
        purged.refused[reference] = str(refusal)
    except Exception as error:  # noqa: BLE001 - one case stops no other; words of an error may be the case's
        logger.error("case %s was not erased: %s", reference, type(error).__name__)
        purged.refused[reference] = _("lỗi của máy chủ (%(kind)s)") % {"kind": type(error).__name__}
    else:
        purged.erased[category] += 1


@transaction.atomic
def case_anonymise(*, case: Case) -> Case:
    """Erase the person and the words of an ended case (T18); state, dates and outcome stay for the statistics.

    What is public stays public without its sender: a name shown by consent goes from the copy, the history and the
    search. Drafts, older versions and copies that nobody may read any more lose their words altogether. Refused while
    its category keeps data longer, or keeps them without a term.
    """
    letters = AnswerLetter.objects.filter(answer__case=case)
    names = [name for rows in (case.attachments, letters) for name in rows.values_list("stored_name", flat=True)]
    changes = {"title": str(FORGOTTEN), "body": "", "search_text": plain_words(case.reference), "decline_note": ""}
    sender = Sender.objects.filter(case=case).first()
    if case.publication_barred_reason:
        changes["publication_barred_reason"] = str(FORGOTTEN)  # still barred, no longer said why
    case_move(case, Step("anonymise", by=SYSTEM, changes=changes, at=timezone.now()))
    public_case_forget(case=case, sender=sender)
    if sender:
        sender.delete()
    case.attachments.all().delete()
    case.details.all().delete()
    case.messages.all().delete()
    case.notes.all().delete()
    case.answers.all().delete()
    case.extensions.all().update(reason=str(FORGOTTEN))  # the days belong to the date that stays
    case.consults.all().delete()
    case.accesses.all().delete()  # who saw it, and that a glass was broken, stays in the ledger; the words go
    for name in names:
        transaction.on_commit(partial(private_storage.delete, name))
    case.refresh_from_db()
    return case
