"""Questions to the edited words of mails."""

from collections.abc import Iterable

from django.db import models


class MailTextQuerySet(models.QuerySet):
    def of(self, keys: Iterable[str]) -> "MailTextQuerySet":
        """The texts of the mails with these names."""
        return self.filter(key__in=list(keys))

    def in_force(self) -> "MailTextQuerySet":
        """Published ones that say something of their own; a draft is nobody's mail yet."""
        return self.filter(live=True).exclude(subject="", body="")
