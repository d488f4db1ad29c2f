"""When a case has been kept long enough: the person is erased by one delete, the figures stay."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.media.private import private_storage
from feedback.models import Case, Sender
from feedback.services.moves import Step, case_move
from feedback.transitions import SYSTEM


@transaction.atomic
def case_anonymise(*, case: Case) -> Case:
    """Erase the person and the words of an ended case (T18); state, dates and outcome stay for the statistics.

    Refused while its category keeps data longer, or keeps them without a term.
    """
    names = list(case.attachments.values_list("stored_name", flat=True))
    changes = {"title": _("(đã xóa)"), "body": "", "search_text": case.reference.lower(), "decline_note": ""}
    case_move(case, Step("anonymise", by=SYSTEM, changes=changes, at=timezone.now()))
    Sender.objects.filter(case=case).delete()
    case.attachments.all().delete()
    case.messages.all().delete()
    case.notes.all().delete()
    case.answers.all().delete()
    for name in names:
        transaction.on_commit(partial(private_storage.delete, name))
    case.refresh_from_db()
    return case
