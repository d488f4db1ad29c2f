"""What looks personal in a public copy, and what an officer decided about it: masked, or waived with a reason.

Neither table keeps the words themselves: a waiver knows them by a keyed digest, so it tells nothing to who reads it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cms.core.personal_data import find
from cms.core.text import fold, syllable_key
from feedback.enums import FindingKind, NameShown
from feedback.models.leaks import leak_errors
from feedback.models.masked import WordMarks
from feedback.querysets.redactions import RedactionQuerySet, WaiverQuerySet

WORDS = ("title", "question", "answer")
LONGEST_REASON = 200


class Redaction(models.Model):
    """Somebody had a finding replaced by its mask: which kind, where, how often; never what stood there."""

    public_case = models.ForeignKey(
        "feedback.PublicCase", verbose_name=_("bản công khai"), on_delete=models.CASCADE, related_name="redactions"
    )
    kind = models.CharField(_("loại"), max_length=13, choices=FindingKind)
    places = models.PositiveSmallIntegerField(_("số chỗ"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người che"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("lúc"), auto_now_add=True)

    objects = RedactionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lần che")
        verbose_name_plural = _("các lần che")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Waiver(models.Model):
    """Somebody decided that these words may stay public, and why."""

    public_case = models.ForeignKey(
        "feedback.PublicCase", verbose_name=_("bản công khai"), on_delete=models.CASCADE, related_name="waivers"
    )
    kind = models.CharField(_("loại"), max_length=13, choices=FindingKind)
    digest = models.CharField(_("dấu của chữ"), max_length=64)
    reason = models.CharField(_("lý do"), max_length=LONGEST_REASON)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người quyết định"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("lúc"), auto_now_add=True)

    objects = WaiverQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("chỗ được giữ lại")
        verbose_name_plural = _("các chỗ được giữ lại")
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["public_case", "digest"], name="one_waiver_for_words")]

    def __str__(self) -> str:
        return self.get_kind_display()


@dataclass(frozen=True)
class CopyFinding:
    """One place of a copy that looks personal; the same words have the same digest wherever they stand in it."""

    field: str
    start: int
    end: int
    kind: str
    words: str
    digest: str
    waiver: Waiver | None = None
    again: bool = False  # the finder sees nothing here, but the words were masked elsewhere

    @property
    def label(self) -> str:
        label = str(FindingKind(self.kind).label)
        return str(_("%(kind)s, đã che ở chỗ khác")) % {"kind": label} if self.again else label


def copy_findings(copy: Any) -> list[CopyFinding]:
    """Return everything in the words of ``copy`` that looks personal or was masked elsewhere, waived or not."""
    waivers = {waiver.digest: waiver for waiver in copy.waivers.all()}
    marks, masked = WordMarks(copy.pk), list(copy.masked_words.all())
    sender = getattr(copy.case, "sender", None)
    agreed = fold(sender.name) if sender is not None and sender.name_shown == NameShown.FULL else ""
    found: list[CopyFinding] = []
    for name in WORDS:
        seen = [each for each in _in_field(copy, name, waivers) if not agreed or fold(each.words) != agreed]
        again = _masked_again(copy, name, marks.places(masked, getattr(copy, name)), waivers)
        # Where the finder sees something there is a decision to take already.
        found += seen + [each for each in again if not any(_overlap(each, other) for other in seen)]
    return sorted(found, key=lambda each: (WORDS.index(each.field), each.start))


def open_findings(copy: Any) -> list[CopyFinding]:
    """Return what is neither masked nor waived; while there is any, the copy does not go out."""
    return [found for found in copy_findings(copy) if found.waiver is None]


def open_errors(copy: Any) -> dict[str, str]:
    """Return, by field, a sentence for what is neither masked nor waived: kinds and counts, never the words."""
    found = open_findings(copy)
    said = {
        name: [
            _told(copy, name, again, [each for each in found if (each.field, each.again) == (name, again)])
            for again in (False, True)
        ]
        for name in WORDS
    }
    return {name: " ".join(filter(None, sentences)) for name, sentences in said.items() if any(sentences)}


def reason_error(copy: Any, reason: str) -> str:
    """Return why ``reason``, which readers will see, may not be given for withdrawing ``copy``; empty when it may.

    Nothing is waived here: a reason is one line, and can be said without anybody's data.
    """
    if leaks := leak_errors(getattr(copy.case, "sender", None), {"reason": reason}):
        return leaks["reason"]
    kinds = [kind for _start, _end, kind in find(reason)]
    kinds += [kind for _start, _end, kind in WordMarks(copy.pk).places(copy.masked_words.all(), reason)]
    if not kinds:
        return ""
    message = _("Lý do này ai cũng đọc được, mà còn chỗ giống dữ liệu cá nhân: %(what)s. Hãy viết lại không có chỗ ấy.")
    return str(message) % {"what": _counted([str(FindingKind(kind).label) for kind in kinds])}


def _told(copy: Any, name: str, again: bool, found: list[CopyFinding]) -> str:
    if not found:
        return ""
    message = (
        _("%(field)s còn chữ đã che ở chỗ khác: %(what)s. Hãy che nốt, hoặc giữ lại kèm lý do.")
        if again
        else _("%(field)s còn chỗ giống dữ liệu cá nhân: %(what)s. Hãy che, hoặc giữ lại kèm lý do.")
    )
    what = _counted([str(FindingKind(each.kind).label) for each in found])
    return str(message) % {"field": str(copy._meta.get_field(name).verbose_name).capitalize(), "what": what}


def _counted(labels: list[str]) -> str:
    return ", ".join(f"{label} ({count})" for label, count in Counter(labels).items())


def personal_words(*texts: str) -> list[str]:
    """Return what looks personal in ``texts`` as people read it: the words and what they are, each once."""
    said = [f"“{text[start:end]}” ({FindingKind(kind).label})" for text in texts for start, end, kind in find(text)]
    return list(dict.fromkeys(said))


def _in_field(copy: Any, name: str, waivers: dict[str, Waiver]) -> Iterator[CopyFinding]:
    text = getattr(copy, name)
    for start, end, kind in find(text):
        digest = words_digest(copy.pk, kind, text[start:end])
        yield CopyFinding(name, start, end, kind, text[start:end], digest, waivers.get(digest))


def _masked_again(
    copy: Any, name: str, places: Iterable[tuple[int, int, str]], waivers: dict[str, Waiver]
) -> Iterator[CopyFinding]:
    text = getattr(copy, name)
    for start, end, kind in places:
        words = text[start:end]
        # By its spelling: “anh” may stay where “Ánh” may not.
        digest = words_digest(copy.pk, f"again:{kind}:{syllable_key(words)}", words)
        yield CopyFinding(name, start, end, kind, words, digest, waivers.get(digest), again=True)


def _overlap(one: CopyFinding, other: CopyFinding) -> bool:
    return one.start < other.end and other.start < one.end


def words_digest(copy_id: int, kind: str, words: str) -> str:
    """Return the mark by which words are known again in one copy, in any spelling, and in no other copy."""
    return salted_hmac("feedback.waiver", f"{copy_id}:{kind}:{fold(words)}", algorithm="sha256").hexdigest()
