"""The captcha as a picture and as sound. Neither is ever stored on the way, both are limited."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from captcha.views import captcha_image

from cms.core.captcha import challenge_waits, spoken
from cms.core.views import too_many

_RANGE = re.compile(r"bytes=(\d{1,9})-(\d{0,9})")


@require_safe
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the picture of one challenge; 410 once it was tried or is too old."""
    return _fresh(request, lambda: captcha_image(request, key) if challenge_waits(key) else HttpResponse(status=410))


@require_safe
def sound(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the challenge read aloud; players may ask for a part of it (some refuse to play otherwise)."""
    return _fresh(request, lambda: _sound(request, key))


def _fresh(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    response = too_many(request, "captcha") or answer()
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _sound(request: HttpRequest, key: str) -> HttpResponse:
    content = spoken(key)
    if content is None:
        return HttpResponse(status=410)
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked:
        return HttpResponse(content, content_type="audio/wav", headers={"Accept-Ranges": "bytes"})
    first = int(asked[1])
    last = min(int(asked[2] or len(content)), len(content) - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    return HttpResponse(
        content[first : last + 1],
        status=206,
        content_type="audio/wav",
        headers={"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{len(content)}"},
    )
