"""Versions of an answer side by side: what one took away from the one before it, and what it put in."""

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from wagtail.admin.compare import diff_text

from feedback.models import Answer

COMPARE = "so-sanh"


def compared(answers: Iterable[Answer], asked: str) -> list[Answer]:
    """Return the versions, newest first; each knows ``before``, and the one with the number ``asked`` its ``changes``.

    Only that one is compared: long texts take their time.
    """
    rows = sorted(answers, key=lambda answer: answer.number)
    for before, answer in zip([None, *rows], rows, strict=False):
        answer.before = before  # type: ignore[attr-defined]
        answer.changes = _changes(before, answer) if before and asked == str(answer.number) else ""  # type: ignore[attr-defined]
    return rows[::-1]


def _changes(before: Answer, after: Answer) -> SafeString:
    # Wagtail's comparison escapes every word of both texts; what it adds are spans of its own.
    return mark_safe(diff_text(before.body, after.body).to_html())  # noqa: S308
