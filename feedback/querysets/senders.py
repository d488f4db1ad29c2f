"""Questions to the table of senders."""

from django.db import models

from cms.core.search import wanted_words
from cms.core.search.people import LONGEST_QUERY, email_key, folded_name, phone_key
from cms.core.search.people import person_datum as sender_datum
from cms.core.search.people import person_keys as sender_keys
from feedback.querysets.words import NAME_WORDS

__all__ = ["SenderQuerySet", "email_key", "sender_datum", "sender_keys"]


class SenderQuerySet(models.QuerySet):
    def agreed(self, purpose: str) -> "SenderQuerySet":
        """Senders who ticked the box of ``purpose``."""
        return self.filter(consents__purpose=purpose)

    def known_by(self, typed: str) -> "SenderQuerySet":
        """Senders with this phone, e-mail, or these words in a row in the name."""
        typed = typed[:LONGEST_QUERY]
        by = sender_datum(typed)
        if by == "email":
            return self.filter(email_key=email_key(typed))
        if by == "phone":
            return self.filter(phone_key=phone_key(typed))
        wanted = wanted_words(typed, begun=False) if by == "name" else ()
        # The index finds who has the words; that they stand in a row is asked of those few.
        named = folded_name(typed)
        return self.filter(NAME_WORDS.having(wanted), folded_name__contains=named) if wanted else self.none()
