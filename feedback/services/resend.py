"""“Send me my codes again”: a mail for every case of one address, and the same work whether there is one or not."""

import secrets
from dataclasses import dataclass

from django.db import transaction

from cms.core.services.limits import limit_hit
from cms.core.services.outbox import mail_queue
from feedback.models import Case
from feedback.notifications import CODE_AGAIN
from feedback.services.submission import code_issue

MOST_CASES = 10


@dataclass(frozen=True)
class CodesAsked:
    """What the worker must know: the newest case of the address, empty when there is none, and a token.

    Neither is anybody's address, and the token says nothing without the server's key.
    """

    reference: str
    token: str


@transaction.atomic
def codes_ask(*, email: str, network: str) -> CodesAsked | None:
    """Count one wish for the codes of ``email`` from ``network``; return what the worker is handed, None if too many.

    Known and unknown addresses cost the same statements, and what differs (new codes, mails) is left to the worker,
    so that the time of the answer tells nothing. Three a day for one address from one network: a stranger elsewhere
    uses up none of the sender's. All networks together may fill no mailbox: ten a day for one address; whoever uses
    those up has sent them to the sender, whose last letter then holds a code that works.
    """
    address = email.lower()
    newest = Case.objects.of_address(email).values_list("reference", flat=True).first() or ""
    tries = (("code_resend_same", f"{address} {network}"), ("code_resend_mailbox", address))
    allowed = [limit_hit(limit=limit, visitor=visitor).allowed for limit, visitor in tries]
    return CodesAsked(newest, secrets.token_urlsafe(24)) if all(allowed) else None


@transaction.atomic
def codes_send(*, reference: str, token: str) -> int:
    """Queue a mail with a new code for each of the ten newest cases of the address that case ``reference`` has now.

    Return how many mails; none for a reference that is empty or whose sender was erased. The same token again issues
    the same codes and queues nothing twice.
    """
    case = Case.objects.filter(reference=reference).select_related("sender").first()
    email = getattr(getattr(case, "sender", None), "email", "")
    cases = list(Case.objects.of_address(email)[:MOST_CASES]) if email else []
    for each in cases:
        own = f"{token}:{each.reference}"
        code_issue(case=each, token=own)
        mail_queue(kind=CODE_AGAIN, reference={"case": each.reference, "token": own}, dedupe_key=f"{CODE_AGAIN}:{own}")
    return len(cases)
