"""The mail about an appointment that moved with the calendar: old day, new day.

An outbox row keeps the day from which the first move went away. The mail is made some minutes later, of what holds
then: several moves in a row are one mail, and a day that is back where it was is none.
"""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cms.core.letters import letter_mail
from cms.core.ports import MailKind, RenderedMail, register_mail_kind
from procedures.enums import LOOKUP_PATH, RUNNING_STATES
from procedures.models import Dossier
from procedures.notifications.places import register_words

DUE_MOVED = "dossier_due_moved"
LABEL = _("Ngày hẹn trả đổi theo lịch")


def register_due_mail() -> None:
    """Hand the kind to the outbox; called once, at start."""
    register_mail_kind(MailKind(DUE_MOVED, str(LABEL), _render))
    register_words(DUE_MOVED, LABEL, _("Hồ sơ {mã hồ sơ}: ngày hẹn trả thay đổi"))


def _render(reference: Mapping[str, str]) -> RenderedMail | None:
    """Make the mail, unless the day is back, the dossier no longer runs or the person is gone."""
    dossier = Dossier.objects.select_related("applicant").filter(code=reference["dossier"]).first()
    old = date.fromisoformat(reference["from"])
    if dossier is None or dossier.state not in RUNNING_STATES or dossier.due_on in (None, old):
        return None
    applicant = getattr(dossier, "applicant", None)
    if applicant is None or not applicant.email:
        return None
    values = {
        "code": dossier.code,
        "old_due": f"{old:%d/%m/%Y}",
        "due": f"{dossier.due_on:%d/%m/%Y}",
        "follow": f"{settings.SITE_URL}{LOOKUP_PATH}",
    }
    return letter_mail(DUE_MOVED, to=applicant.email, values=values)
