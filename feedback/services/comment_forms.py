"""From the form of a comment to the comment: a pass that has proved a human, sent again and again, is still one."""

from datetime import timedelta

from django.core import signing
from django.db import transaction

from cms.core.models import BasePage
from cms.core.services.passes import Pass, pass_prove
from feedback.models import ReaderComment
from feedback.services.comments import CommentEntry, comment_of_form, comment_send

_RECEIPT = "feedback.comment.receipt"
RECEIPT_LIFE = timedelta(hours=1)


def comment_take(
    *, page: BasePage, given: Pass, answer: str, entry: CommentEntry | None, suspect: bool
) -> tuple[Pass, ReaderComment | None]:
    """Try the captcha and, when it is right and the words are, store the comment: both or neither.

    Returns the pass as it stands now, and the comment, which of many presses at once is the same one. ``entry`` is
    None while the words are wrong: a right captcha is then remembered and not asked again.
    """
    if found := comment_of_form(given.token):
        return given, found
    with transaction.atomic():
        proved = pass_prove(given, answer)
        if proved.is_human and entry is not None:
            comment = comment_send(page=page, entry=entry, form_token=given.token, suspect=suspect or given.is_hasty)
            return proved, comment
    return proved, comment_of_form(given.token)


def receipt_mark(comment: ReaderComment) -> str:
    """Return what the address of the confirmation carries; good for an hour."""
    return signing.dumps(comment.pk, salt=_RECEIPT)


def receipt_of(mark: str) -> ReaderComment | None:
    """Return the comment that a confirmation is about; None when the hour is over."""
    try:
        pk = signing.loads(mark, salt=_RECEIPT, max_age=RECEIPT_LIFE)
    except (signing.BadSignature, ValueError):
        return None
    return ReaderComment.objects.select_related("page").filter(pk=pk).first()
