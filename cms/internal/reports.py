"""The table of receipts for other programs."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.text import cell_text
from cms.internal.models import InternalNoticePage, ReceiptLine


def receipts_csv(page: InternalNoticePage, lines: Iterable[ReceiptLine]) -> HttpResponse:
    """Answer with one row a unit; spreadsheets know by the mark at the beginning that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Mã đơn vị"), _("Đơn vị"), _("Tình trạng"), _("Người xác nhận"), _("Lúc")])
    for line in lines:
        given = line.receipt
        when = f"{timezone.localtime(given.given_at):%d/%m/%Y %H:%M}" if given else ""
        who = str(given.given_by or "") if given else ""
        row = [line.unit.code, line.unit.name, str(line.standing.label), who, when]
        writer.writerow([cell_text(cell) for cell in row])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="xac-nhan-da-doc-{page.pk}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
