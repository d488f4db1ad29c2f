"""Invitations: leave to answer once. Who made one keeps its token; here only a keyed digest of it is stored."""

import hashlib
import hmac
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.core.models import Unit
from surveys.models import Invitation, Survey


def token_digest(token: str) -> str:
    """Return what is stored of ``token``."""
    message = f"survey invitation\0{token}".encode(errors="replace")
    return hmac.new(settings.TRACKING_KEY.encode(), message, hashlib.sha256).hexdigest()


@transaction.atomic
def invitation_make(
    *, survey: Survey, token: str, unit: Unit | None = None, about: str = "", today: date | None = None
) -> Invitation:
    """Make an invitation; the same token again returns the one that is there, used or not.

    Args:
        survey: what may be answered.
        token: at least 128 bits that nobody can guess; its maker can make it again, and nobody else.
        unit: the unit that the response is about.
        about: what else the response is about, as a slug that many subjects share; never the name of one.
        today: for tests.

    """
    today = today or timezone.localdate()
    return Invitation.objects.get_or_create(
        token_digest=token_digest(token),
        defaults={
            "survey": survey,
            "unit": unit,
            "about": about,
            "expires_on": today + timedelta(days=survey.invitation_days),
        },
    )[0]


def invitation_of(token: str, *, today: date | None = None) -> Invitation | None:
    """Return the invitation that ``token`` still opens.

    None for a token that is wrong, used, over, or whose survey is closed: one statement for each, and one answer.
    """
    usable = Invitation.objects.usable(today or timezone.localdate())
    return usable.select_related("survey__current", "unit").filter(token_digest=token_digest(token)).first()


def invitation_burn(*, token: str, today: date) -> Invitation | None:
    """Use the invitation of ``token`` up and return it; None when it opens nothing (any more).

    Of many callers at once exactly one gets it. The caller holds the transaction in which the response is stored.
    """
    found = invitation_of(token, today=today)
    # One table and no subquery: PostgreSQL asks these words again of whoever had to wait for the row, and of a
    # subquery it would not.
    if found is None or not Invitation.objects.filter(pk=found.pk, used=False).update(used=True):
        return None
    return found


@transaction.atomic
def invitations_mix() -> int:
    """Write every used invitation anew, all in one go; return how many.

    PostgreSQL keeps with a row the transaction that wrote it last: an invitation and its response had the same, and
    whoever reads the tables could have put them together again.
    """
    return Invitation.objects.filter(used=True).update(used=True)
