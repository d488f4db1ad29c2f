"""Words of somebody whose press was refused: kept for the next screen, shown there once, then forgotten."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from feedback.models import PublicCase
from feedback.models.redaction import WORDS

_KEY = "kept_words"
_MOST = 20_000  # letters of one text; the longest field of a copy has no more


def review_extra(request: HttpRequest) -> dict[str, Any] | None:
    """Return what Wagtail's editor sends beside a decision; None when it is nothing that a browser of ours sends."""
    try:
        extra = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except ValueError:
        return None
    return extra if isinstance(extra, dict) and set(extra) <= {"comment"} else None


def keep_words(request: HttpRequest, copy: PublicCase) -> None:
    """Keep what was typed about ``copy``: the reviewer's comment, and words of the copy that are nowhere else."""
    draft = copy.get_latest_revision_as_object()
    comment = request.POST.get("comment") or (review_extra(request) or {}).get("comment")
    typed = [[_("Nhận xét"), str(comment or "")[:_MOST]]]
    for name in WORDS:
        words = request.POST.get(name, "").replace("\r\n", "\n")[:_MOST]
        if words.strip() != str(getattr(draft, name)).strip():
            typed.append([str(PublicCase._meta.get_field(name).verbose_name).capitalize(), words])
    words_of = [[label, text] for label, text in typed if text.strip()]
    if words_of:
        request.session[_KEY] = {"copy": copy.pk, "words": words_of}


def take_kept(request: HttpRequest, copy: PublicCase) -> list[list[str]]:
    """Return what was kept for ``copy`` in this session, and forget it."""
    kept: Mapping[str, Any] = request.session.get(_KEY) or {}
    if kept.get("copy") != copy.pk:
        return []
    del request.session[_KEY]
    return list(kept["words"])
