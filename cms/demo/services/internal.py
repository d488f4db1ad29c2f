"""Publishing the sample notices for the sector, with a file and a receipt."""

import io
from datetime import timedelta
from html import escape

from django.utils import timezone

from openpyxl import Workbook

from cms.accounts.models import User
from cms.core.models import Unit
from cms.demo.internal import INTERNAL_NOTICES, SampleInternalNotice
from cms.internal.models import InternalNoticeIndexPage, InternalNoticePage, NoticeAddressee
from cms.internal.services.files import notice_file_add
from cms.internal.services.receipts import receipt_give
from cms.media.uploads import TYPES, CheckedFile


def internal_seed() -> None:
    """Publish the sample notices; those that are there stay as they are."""
    index = InternalNoticeIndexPage.objects.first()
    if index is None:
        return
    for sample in INTERNAL_NOTICES:
        if not InternalNoticePage.objects.filter(title=sample.title).exists():
            _notice(index, sample)


def _notice(index: InternalNoticeIndexPage, sample: SampleInternalNotice) -> None:
    today = timezone.localdate()
    page = InternalNoticePage(
        title=sample.title,
        number=sample.number,
        issued_on=today - timedelta(days=sample.days_ago),
        urgency=sample.urgency,
        audience=sample.audience,
        owner_unit=Unit.objects.get(code=sample.owner),
        needs_receipt=sample.read_in is not None,
        read_by=None if sample.read_in is None else today + timedelta(days=sample.read_in),
        body=[("prose", f"<p>{escape(text)}</p>") for text in sample.text],
        live=False,
    )
    page.addressees = [
        NoticeAddressee(unit=Unit.objects.get(code=code.rstrip("+")), with_units_below=code.endswith("+"), sort_order=n)
        for n, code in enumerate(sample.units)
    ]
    index.add_child(instance=page)
    revision = page.save_revision(log_action=True)
    if sample.file:
        editor = User.objects.get(username="bientap")
        notice_file_add(page=page, title=sample.file, file=_sheet(), actor=editor)
    if sample.live:
        revision.publish()
    if sample.read_by_officer:
        reader = User.objects.get(username=sample.read_by_officer)
        published = InternalNoticePage.objects.get(pk=page.pk)
        receipt_give(page=published, unit=reader.units.get(), actor=reader)


def _sheet() -> CheckedFile:
    """An empty table to fill in."""
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Họ và tên", "Lớp chủ nhiệm", "Dự trực tiếp hay qua mạng"])
    book.save(out)
    return CheckedFile("mau-danh-sach.xlsx", "xlsx", TYPES["xlsx"], out.getvalue())
