"""What is said of a public copy that was changed after it went out: when and which part, never the words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.models.redaction import WORDS

# What readers are told of a later change, by part.
CHANGED = {
    "title": _("sửa tiêu đề"),
    "question": _("sửa hoặc che thêm nội dung phản ánh"),
    "answer": _("sửa câu trả lời"),
    "pictures": _("đổi ảnh"),
    "again": _("đăng lại sau khi gỡ"),
}
MOST_CHANGES = 50


def changes_with(before: Any, after: Any) -> list[dict[str, Any]]:
    """Return what readers are told of changes of a public copy once ``after`` has gone out in the place of ``before``.

    The parts and the day, never the words: what was masked meanwhile must not come back by telling what stood there.
    """
    told = list(before.changes)
    if before.first_published_at is None:
        return told
    parts = [name for name in (*WORDS, "pictures") if getattr(before, name) != getattr(after, name)]
    parts += [] if before.live else ["again"]
    return [*told, {"on": timezone.localdate().isoformat(), "parts": parts}][-MOST_CHANGES:] if parts else told


@contextmanager
def changes_noted(rows: Any, after: Any, revision: Any) -> Iterator[None]:
    """Note what readers are told once ``revision``, whose words are ``after``, has gone out meanwhile.

    ``rows`` is the one row of the copy. What only waits for its hour has changed nothing yet.
    """
    changes = changes_with(rows.get(), after)
    yield
    rows.filter(live_revision=revision).update(changes=changes)


def told_changes(changes: list[dict[str, Any]]) -> list[tuple[date, str]]:
    """Return the days on which what is public was changed, the newest first, each with what was, in words."""
    told = [(date.fromisoformat(each["on"]), [str(CHANGED[part]) for part in each["parts"]]) for each in changes]
    return [(day, ", ".join(parts)) for day, parts in reversed(told)]
