"""The ledger's verbs in the words of those who read it. Data, like the permission matrix: see ``verbs.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import gettext

WORDS_FILE = Path(__file__).with_name("verbs.toml")


@cache
def verb_words() -> Mapping[str, str]:
    """Return every known verb with its words."""
    return tomllib.loads(WORDS_FILE.read_text())


def verb_label(verb: str) -> str:
    """Return what ``verb`` is called on the screen; a verb of a newer version is shown as it is written."""
    words = verb_words().get(verb)
    return gettext(words) if words else verb
