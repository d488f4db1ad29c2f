"""Serving sized pictures and public files where no web server or object store stands before the site."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from wagtail.documents.views.serve import serve

# Originals may hold the place where a picture was taken; only what Wagtail sized is public.
_FOLDER = "images"
_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with one rendition; anything else under the media folder does not exist for the public."""
    path = PurePosixPath(name)
    media_type = _TYPES.get(path.suffix.lower())
    if len(path.parts) != 1 or media_type is None or name.startswith("."):
        raise Http404
    stored = f"{_FOLDER}/{path}"
    if not default_storage.exists(stored):
        raise Http404
    response = FileResponse(default_storage.open(stored, "rb"), content_type=media_type)
    # A rendition's name carries its filter, so its bytes do not change under the same name.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Answer with a public file as Wagtail does, its checks and ours included.

    A cache may keep the bytes, but must ask each time whether they may still be shown: the page that shows them may
    have been taken down. An answer to somebody who is logged in is kept nowhere.
    """
    response = serve(request, document_id, document_filename)
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
