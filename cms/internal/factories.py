"""Internal notices for tests."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cms.core.models import Unit
from cms.internal.enums import Audience
from cms.internal.models import InternalNoticeIndexPage, InternalNoticePage, NoticeAddressee, NoticeFile
from cms.media.private import private_write


def notice(title: str = "Một thông báo", *, units: Iterable[Unit] = (), text: str = "", **facts: Any) -> Any:
    """Return a published notice to ``units``, to everybody without them; ``facts`` are fields, ``below`` a flag."""
    below, live = facts.pop("below", False), facts.pop("live", True)
    chosen = list(units)
    today: date = timezone.localdate()
    values = {"needs_receipt": True, "read_by": today + timedelta(days=5), "issued_on": today - timedelta(days=40)}
    page = InternalNoticePage(
        title=title,
        audience=Audience.CHOSEN if chosen else Audience.EVERYBODY,
        body=[("prose", f"<p>{text or 'Một câu.'}</p>")],
        live=False,
        **(values | facts),
    )
    page.addressees = [NoticeAddressee(unit=unit, with_units_below=below) for unit in chosen]
    InternalNoticeIndexPage.objects.get().add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return InternalNoticePage.objects.get(pk=page.pk)


def file_of(page: InternalNoticePage, title: str, words: str) -> NoticeFile:
    """Return a file of ``page`` in the private storage."""
    content = f"%PDF-1.4 {words}".encode()
    return NoticeFile.objects.create(
        page=page,
        title=title,
        stored_name=private_write(folder="internal-notices", extension="pdf", content=content),
        filename="tep.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256="0" * 64,
        added_at=timezone.now(),
    )
