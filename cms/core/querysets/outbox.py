"""Questions to the outbox."""

from datetime import datetime

from django.db import models

from cms.core.enums import MailState


class OutboxQuerySet(models.QuerySet):
    def waiting(self) -> "OutboxQuerySet":
        return self.filter(state=MailState.WAITING)

    def dead(self) -> "OutboxQuerySet":
        return self.filter(state=MailState.DEAD)

    def due(self, now: datetime) -> "OutboxQuerySet":
        """Waiting mails whose time has come and that no worker holds, oldest first."""
        return self.waiting().filter(next_try_at__lte=now).exclude(leased_until__gt=now).order_by("next_try_at", "pk")
