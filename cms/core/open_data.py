"""How the portal hands out data: CSV that a spreadsheet opens rightly, JSON for programs, a copy when it changed."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from cms.core.text import cell_text

BOM = "\ufeff"


def csv_cell(value: Any) -> str:
    """Return ``value`` as a cell: a truth as true or false, nothing as nothing, words never as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal | date):
        return value.isoformat() if isinstance(value, date) else str(value)
    return cell_text(str(value))


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[str]:
    """Yield a CSV file in pieces: UTF-8 with the mark that Excel needs, the heading, a line a row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write(BOM)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
        if out.tell() > 32_768:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def csv_answer(lines: Iterable[str], *, filename: str) -> HttpResponseBase:
    """Answer with a CSV file, sent while it is made."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def json_answer(data: Any, *, status: int = 200) -> HttpResponse:
    """Answer with JSON: Vietnamese as it is written, dates in ISO 8601."""
    words = json.dumps(data, ensure_ascii=False, indent=1, default=_plain)
    return HttpResponse(words, status=status, content_type="application/json; charset=utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return str(value)  # words still to be translated


def opened(response: HttpResponseBase) -> HttpResponseBase:
    """Let pages of any other site read this answer: it is data for everybody, and carries nothing of anybody."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def if_changed(
    request: HttpRequest, *, state: Sequence[Any], answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Return ``answer()``, or 304 when the reader has it already.

    Args:
        request: whose ``If-None-Match`` is asked.
        state: everything on which the answer depends, besides the address; together they are its mark.
        answer: makes the answer; not called when nothing has changed.

    """
    parts = json.dumps([request.get_full_path(), *map(str, state)])
    etag = quote_etag(hashlib.sha256(parts.encode()).hexdigest()[:32])
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or answer()
    if response.status_code < 400:
        response.headers["ETag"] = etag
        # A copy may be kept, but is asked after each time: what was taken back must not be read any more.
        response.headers["Cache-Control"] = "public, no-cache"
    return opened(response)
