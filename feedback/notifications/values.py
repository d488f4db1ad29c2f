"""What every mail about a case may say of it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from feedback.enums import ConsentPurpose
from feedback.models import Case


def plain_values(case: Case) -> dict[str, str]:
    """Return what is known of ``case`` without another question to the database, and its addresses."""
    return {
        "reference": case.reference,
        "unit": case.unit.name if case.unit else "",
        "category": case.category.name,
        "due": f"{case.due_on:%d/%m/%Y}" if case.due_on else "",
        "received": f"{timezone.localdate(case.received_at):%d/%m/%Y}",
        "follow": absolute("feedback:follow"),
        "desk": absolute("case:open", case.pk),
    }


def news_address(case: Case) -> str:
    """Return where the sender of ``case`` hears of it; empty without an address or without having asked for news."""
    sender = getattr(case, "sender", None)
    return sender.email if sender is not None and sender.agreed_to(ConsentPurpose.CONTACT) else ""


def absolute(name: str, *args: Any) -> str:
    """Return a whole address of this portal."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
