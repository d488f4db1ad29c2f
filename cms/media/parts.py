"""Parts of public files (RFC 9110, §14): players ask for a video piece by piece, and cut downloads go on."""

import re
from contextlib import closing
from typing import Any

from django.http import HttpRequest, HttpResponse

# One answer brings no more than this: a player that reads slowly must not hold a thread of the server, and it asks
# for the next piece by itself.
MOST = 1024 * 1024
_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})")


def part_asked(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte of the one part that ``header`` asks of a file of ``size`` bytes.

    None when it asks for nothing that can be answered by one part; the whole file is then the right answer.

    Raises:
        ValueError: the part lies outside the file.

    """
    match = _RANGE.fullmatch(header.strip())
    if not match or not (match["first"] or match["last"]):
        return None
    if not match["first"]:
        first, last = max(size - int(match["last"]), 0), size - 1
        if not int(match["last"]):
            raise ValueError(header)
    else:
        first, last = int(match["first"]), min(int(match["last"] or size - 1), size - 1)
        if match["last"] and int(match["last"]) < first:
            return None
    if first >= size:
        raise ValueError(header)
    return first, min(last, first + MOST - 1)


def serve_part(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Answer a request for a part of ``document``; None leaves the answer to Wagtail.

    Called after Wagtail has asked whether the reader may have the file at all.
    """
    header = request.headers.get("Range", "")
    if request.method != "GET" or not header or not _still_the_same(request, document):
        return None
    try:
        size = document.file.size
    except OSError:
        return None  # the file is gone; Wagtail says so
    try:
        asked = part_asked(header, size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if asked is None:
        return None
    first, last = asked
    content = _bytes(document.file, first, last)
    response = HttpResponse(content, status=206, content_type=document.content_type)
    response.headers["Content-Range"] = f"bytes {first}-{first + len(content) - 1}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = f'"{document.file_hash}"'
    response.headers["Content-Disposition"] = document.content_disposition
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _still_the_same(request: HttpRequest, document: Any) -> bool:
    """Say whether the reader's earlier parts are of the file as it is now; else the whole file goes out anew."""
    known = request.headers.get("If-Range", "").strip()
    return not known or known.strip('"') == document.file_hash


def _bytes(file: Any, first: int, last: int) -> bytes:
    """Read these bytes and no others; an object store is asked for them alone."""
    bucket = getattr(file.storage, "bucket", None)
    if bucket is not None:
        key = file.storage._normalize_name(file.name)
        with closing(bucket.Object(key).get(Range=f"bytes={first}-{last}")["Body"]) as body:
            return bytes(body.read())
    with file.storage.open(file.name, "rb") as source:
        source.seek(first)
        return bytes(source.read(last - first + 1))
