"""Versions of an answer side by side: what one took away from the one before it, and what it put in."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from feedback.models import Answer

COMPARE = "so-sanh"
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Words up to which every one is compared; in longer texts the most frequent ones are not looked for, or it takes long.
_SHORT = 1_500


def compared(answers: Iterable[Answer], asked: str) -> list[Answer]:
    """Return the versions, newest first; each knows ``before``, and the one with the number ``asked`` its ``changes``.

    Only that one is compared: long texts take their time.
    """
    rows = sorted(answers, key=lambda answer: answer.number)
    for before, answer in zip([None, *rows], rows, strict=False):
        answer.before = before  # type: ignore[attr-defined]
        answer.changes = changes(before.body, answer.body) if before and asked == str(answer.number) else ""  # type: ignore[attr-defined]
    return rows[::-1]


def changes(before: str, after: str) -> SafeString:
    """Return ``after`` with what it lacks of ``before`` and what is new in it, as Wagtail's comparison dresses them.

    Wagtail's own takes words of four letters for noise; nearly all Vietnamese ones are as short.
    """
    return mark_safe("".join(_pieces(_WORD.findall(before), _WORD.findall(after))))  # noqa: S308  escaped below


def _pieces(before: list[str], after: list[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, before, after, autojunk=len(after) > _SHORT)
    for kind, first, last, start, stop in matcher.get_opcodes():
        if kind == "equal":
            yield format_html("{}", "".join(after[start:stop]))
            continue
        for name, words in (("deletion", before[first:last]), ("addition", after[start:stop])):
            if words:
                yield format_html('<span class="{}">{}</span>', name, "".join(words))
