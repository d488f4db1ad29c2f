"""By what a person is found in private rows: name, phone and mail in one spelling, made of that person alone."""

import re

from .columns import plain_words

# A number in any spelling that people use, and nothing beside it: a reference or a year is none.
_NUMBER = re.compile(r"\+?[\d\s.,()/\-–—]+")
_SHORTEST_NUMBER = 6
LONGEST_QUERY = 200


def person_datum(typed: str) -> str:
    """Say by what ``typed`` would tell a person: ``phone``, ``email``, ``name``; empty when by nothing.

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


def person_keys(*, name: str, phone: str, email: str) -> dict[str, str]:
    """Return the columns by which a person is found, by their names; they are made of the person alone."""
    return {"folded_name": folded_name(name)[:250], "phone_key": phone_key(phone), "email_key": email_key(email)}


def _national(typed: str) -> str:
    return "".join(filter(str.isdigit, typed)).removeprefix("00").removeprefix("84").lstrip("0")
