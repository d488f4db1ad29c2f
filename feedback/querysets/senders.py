"""Questions to the table of senders."""

import re

from django.db import models

from cms.core.search import plain_words, wanted_words
from feedback.querysets.words import NAME_WORDS

# A number in any spelling that people use, and nothing beside it: a reference or a year is none.
_NUMBER = re.compile(r"\+?[\d\s.,()/\-–—]+")
_SHORTEST_NUMBER = 6
LONGEST_QUERY = 200


def sender_datum(typed: str) -> str:
    """Say by what ``typed`` would tell a sender: ``phone``, ``email``, ``name``; empty when by nothing.

    A name has two words at least, so that one word of a subject is no look at people.
    """
    text = typed.strip()
    if "@" in text:
        return "email"
    if _NUMBER.fullmatch(text):
        # Counted after the prefix is gone: the end of nothing is the end of every number.
        return "phone" if len(_national(text)) >= _SHORTEST_NUMBER else ""
    words = text.split()
    return "name" if len(words) > 1 and all(word.replace(".", "").isalpha() for word in words) else ""


def folded_name(name: str) -> str:
    """Return ``name`` without marks and case, a space around each word, as the column is searched."""
    return f" {found} " if (found := plain_words(name)) else ""


def phone_key(typed: str) -> str:
    """Return the digits of a number that are the same in every spelling; nothing of one too short to tell people by."""
    digits = _national(typed)
    return digits[-20:] if len(digits) >= _SHORTEST_NUMBER else ""


def email_key(typed: str) -> str:
    """Return an address as it is looked up, whatever its case."""
    return typed.strip().casefold()[:254]


def sender_keys(*, name: str, phone: str, email: str) -> dict[str, str]:
    """Return the columns by which a sender is found, by their names; they are made of the sender alone."""
    return {"folded_name": folded_name(name)[:250], "phone_key": phone_key(phone), "email_key": email_key(email)}


def _national(typed: str) -> str:
    return "".join(filter(str.isdigit, typed)).removeprefix("00").removeprefix("84").lstrip("0")


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
