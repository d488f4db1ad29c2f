"""Pages of a sender's PDF, on their way to being pictures of a public copy: which, how they look, what they say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.core.personal_data import find
from cms.media.covering import Box
from cms.media.pdf_pages import CONTENT_TYPE, DrawnPage, pdf_page_count, pdf_page_drawn
from feedback.enums import FindingKind
from feedback.models import Attachment, PublicCase
from feedback.models.leaks import leak_errors
from feedback.models.masked import WordMarks
from feedback.services.files import file_bytes
from feedback.services.moves import TransitionRefusedError

MOST_OFFERED = 20  # pages of one file, the first ones


@dataclass(frozen=True)
class PageHints:
    """What the machine has to say of a page: kinds with counts, boxes that it proposes, how much it could read."""

    kinds: str
    boxes: Sequence[Box]
    readable: bool
    whole: bool


def papers(copy: PublicCase) -> list[Attachment]:
    """Return the files of the case of which pages can be chosen."""
    return [each for each in copy.case.attachments.all() if each.content_type == CONTENT_TYPE]


def page_may_be(attachment: Attachment, page: int) -> bool:
    """Say whether ``page`` is one that is offered of such a file, whether or not the file has it."""
    return attachment.content_type == CONTENT_TYPE and 1 <= page <= MOST_OFFERED


def page_count(attachment: Attachment) -> int:
    """Return how many pages the file has; raises ValidationError with a sentence when it cannot be read."""
    return pdf_page_count(file_bytes(attachment))


def page_drawn(attachment: Attachment, page: int) -> DrawnPage:
    """Return the page as points, and its words; raises ValidationError with a sentence when it cannot be drawn."""
    return pdf_page_drawn(file_bytes(attachment), page)


def page_hints(copy: PublicCase, drawn: DrawnPage, boxes: Sequence[Box]) -> PageHints:
    """Return what looks personal on a page beside ``boxes``: proposals for people, of which nothing is stored."""
    words = drawn.words_outside(boxes)
    seen = [(start, end, kind) for start, end, kind in find(words)]
    again = WordMarks(copy.pk).places(copy.masked_words.all(), words)
    spans = seen + [each for each in again if not any(each[0] < end and start < each[1] for start, end, _kind in seen)]
    counted = Counter(str(FindingKind(kind).label) for _start, _end, kind in spans)
    return PageHints(
        kinds=", ".join(f"{label} ({count})" for label, count in counted.items()),
        boxes=drawn.boxes_over((start, end) for start, end, _kind in spans),
        readable=any(letter.isalnum() for letter in drawn.words),
        whole=drawn.whole,
    )


def check_uncovered(copy: PublicCase, drawn: DrawnPage, boxes: Sequence[Box]) -> None:
    """Raise TransitionRefusedError while the sender can be known by words beside ``boxes``; nothing is waived here."""
    if leak_errors(getattr(copy.case, "sender", None), {"page": drawn.words_outside(boxes)}):
        raise TransitionRefusedError(
            _(
                "Ngoài các khung che, chữ của trang vẫn cho biết người gửi là ai: tên, số điện thoại, thư điện tử hoặc "
                "địa chỉ. Hãy che nốt."
            )
        )
