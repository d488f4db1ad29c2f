"""The receipt on a sheet of paper, for whoever may see the code."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.models import LedgerEvent
from cms.core.paper import Paper
from cms.core.templatetags.core_tags import vn_date, vn_datetime
from feedback.models import Case


def receipt_paper(
    *,
    case: Case,
    code: str,
    received_at: datetime,
    steps: Iterable[Mapping[str, str]],
    event: LedgerEvent | None,
    day_only: bool = False,
) -> bytes:
    """Return the receipt as PDF. It carries the secret code, so it goes to those who may see the code only.

    Args:
        case: what was received.
        code: the tracking code as people read it.
        received_at: when the office got it.
        steps: what happens next, each a ``title`` and a ``text``.
        event: where the ledger noted the case; with its number and hash anybody can ask later whether it still does.
        day_only: a book knows the day and not the hour.

    """
    paper = Paper(_("Biên nhận %(reference)s") % {"reference": case.reference})
    paper.letterhead()
    paper.heading(_("Biên nhận phản ánh, kiến nghị"))
    paper.facts(
        [
            (_("Số phản ánh"), case.reference),
            (_("Đã nhận lúc"), vn_date(received_at) if day_only else vn_datetime(received_at)),
            (_("Tiêu đề"), case.title),
            (_("Đơn vị liên quan"), case.unit.name if case.unit else ""),
            *_place(case),
        ]
    )
    paper.section(_("Mã theo dõi"))
    paper.big(code)
    paper.words(_("Ai có mã này sẽ xem được phản ánh đến đâu. Hãy giữ kín."))
    paper.section(_("Việc tiếp theo"))
    for step in steps:
        paper.words(f"– {step['title']}. {step['text']}".rstrip(". ") + ".")
    paper.qr(f"{settings.SITE_URL}{reverse('feedback:follow')}", _("Quét để mở trang theo dõi, rồi gõ mã:"))
    if event is not None:
        paper.section(_("Đối chiếu với nhật ký"))
        paper.facts([(_("Số sự kiện"), event.seq), (_("Dấu của sự kiện"), _in_groups(event.hash))])
        paper.words(
            _("Việc nhận phản ánh đã được ghi vào nhật ký không sửa được. Sau nửa đêm, đối chiếu được ở %(address)s.")
            % {"address": f"{settings.SITE_URL}{reverse('ledger_proof')}"}
        )
    return paper.content()


def _in_groups(digest: str) -> str:
    """Return a hash as people copy it: eight letters at a time."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def _place(case: Case) -> list[tuple[str, str]]:
    line = getattr(case, "book_line", None)
    return [(_("Ghi ở"), _("%(book)s, dòng %(line)s") % {"book": line.book.name, "line": line.place})] if line else []
