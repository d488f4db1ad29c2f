"""What the person who handed a dossier in is told by mail. Greets nobody by name: others may read the mail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from cms.core.letters import letter_mail
from cms.core.models import AgencySettings
from cms.core.ports import MailKind, RenderedMail, register_mail_kind
from procedures.codes import rating_token
from procedures.enums import LOOKUP_PATH, PAUSED_STATES, RUNNING_STATES, DossierState
from procedures.models import Dossier
from procedures.notifications.apologies import register_apology_mails
from procedures.notifications.due import register_due_mail
from procedures.notifications.places import register_words
from surveys.services.invitations import invitation_of
from surveys.services.plan import plan_of


def _in(*states: DossierState) -> Callable[[Dossier], bool]:
    return lambda dossier: dossier.state in states


@dataclass(frozen=True)
class Notice:
    """One kind of mail.

    Args:
        name: its kind in the outbox and the name of its template.
        label: what the outbox's list calls it.
        subject: the default one; never a name or a word of the dossier beside its code.
        holds: asked when the mail leaves; what is no longer so, or was taken back, is not told.

    """

    name: str
    label: Any
    subject: Any
    holds: Callable[[Dossier], bool]


NOTICES: dict[str, Notice] = {
    notice.name: notice
    for notice in (
        Notice("dossier_received", _("Đã tiếp nhận hồ sơ"), _("Đã tiếp nhận hồ sơ {mã hồ sơ}"), _in(*RUNNING_STATES)),
        Notice(
            "dossier_supplement", _("Yêu cầu bổ sung hồ sơ"), _("Hồ sơ {mã hồ sơ} cần bổ sung"), _in(*PAUSED_STATES)
        ),
        Notice(
            "dossier_payment",
            _("Yêu cầu nộp phí, lệ phí"),
            _("Hồ sơ {mã hồ sơ}: phí, lệ phí cần nộp"),
            _in(*PAUSED_STATES),
        ),
        Notice(
            "dossier_ready", _("Hồ sơ có kết quả"), _("Hồ sơ {mã hồ sơ} đã có kết quả"), _in(DossierState.COMPLETED)
        ),
        Notice(
            "dossier_posted",
            _("Kết quả đã giao bưu chính"),
            _("Kết quả hồ sơ {mã hồ sơ} đã giao bưu chính"),
            _in(DossierState.WITH_POST),
        ),
        Notice(
            "dossier_returned",
            _("Đã trả kết quả, mời đánh giá"),
            _("Hồ sơ {mã hồ sơ} đã trả kết quả"),
            _in(DossierState.RETURNED),
        ),
        Notice("dossier_refused", _("Từ chối hồ sơ"), _("Về hồ sơ {mã hồ sơ}"), _in(DossierState.REFUSED)),
        Notice("dossier_withdrawn", _("Đã rút hồ sơ"), _("Hồ sơ {mã hồ sơ} đã được rút"), _in(DossierState.WITHDRAWN)),
        Notice("dossier_stopped", _("Dừng xử lý hồ sơ"), _("Hồ sơ {mã hồ sơ} dừng xử lý"), _in(DossierState.STOPPED)),
    )
}


def register_mails() -> None:
    """Hand every kind of mail of the app to the outbox; called once, at start."""
    for notice in NOTICES.values():
        register_mail_kind(MailKind(notice.name, str(notice.label), _renderer(notice)))
        register_words(notice.name, notice.label, notice.subject)
    register_due_mail()
    register_apology_mails()


def mail_address(dossier: Dossier) -> str:
    """Return where the person who handed ``dossier`` in reads mail; empty without one, or once erased."""
    applicant = getattr(dossier, "applicant", None)
    return applicant.email if applicant else ""


def _renderer(notice: Notice) -> Any:
    def render(reference: Mapping[str, str]) -> RenderedMail | None:
        rows = Dossier.objects.select_related("unit", "applicant").prefetch_related("pauses")
        dossier = rows.get(code=reference["dossier"])
        to = mail_address(dossier) if notice.holds(dossier) else ""
        asks = notice.name == "dossier_returned" and bool(to)
        values = {**dossier_values(dossier), "rating": rating_links(dossier) if asks else []}
        return letter_mail(notice.name, to=to, values=values) if to else None

    return render


def rating_links(dossier: Dossier) -> list[tuple[str, str]]:
    """Return a link a level of satisfaction; none when it was rated, or nobody asks.

    A link opens the page with the level chosen; only the button there stores anything.
    """
    token = rating_token(dossier.pk)
    invitation = invitation_of(token)
    lead = plan_of(invitation.survey.current).lead if invitation and invitation.survey.current else None
    if invitation is None or lead is None:
        return []
    url = f"{settings.SITE_URL}{reverse('surveys:answer', args=[invitation.survey.slug, token])}"
    return [(f"{level} – {words}", f"{url}?diem={level}") for level, words in reversed(lead.options)]


def dossier_values(dossier: Dossier) -> dict[str, str]:
    """Return what the words of mails may say of ``dossier``."""
    asked = [pause.asked for pause in dossier.pauses.all() if pause.ended_at is None]
    appointed, done = dossier.appointed_on, dossier.completed_at
    early = bool(appointed and done and timezone.localdate(done) < appointed)
    return {
        "code": dossier.code,
        "procedure": dossier.procedure_name,
        "unit": dossier.unit.name,
        "received": f"{timezone.localdate(dossier.received_at or dossier.filed_at):%d/%m/%Y}",
        "due": f"{appointed:%d/%m/%Y}" if appointed else "",
        "asked": asked[-1] if asked else "",
        "reason": dossier.end_reason,
        "place": AgencySettings.load().one_stop_name,
        "early": translate("Kết quả có sớm hơn ngày hẹn.") if early else "",
        "postal_number": dossier.postal_number,
        "follow": f"{settings.SITE_URL}{LOOKUP_PATH}",
    }
