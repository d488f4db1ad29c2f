"""Words that were masked once in a public copy: known again wherever they stand, and never kept themselves.

A row holds keyed digests and a number of words. Whoever reads it learns nothing; whoever holds the text can ask
whether the words stand in it. Words are compared folded; one word alone must look like a name, like the word that was
masked, or be written without marks, since “lần” is not “Lan”.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cms.core.personal_data import MASKS
from cms.core.text import fold, syllable_key
from feedback.enums import FindingKind

_MASK = re.compile(r"\[đã che [^\]\n]{1,30}\]|\[(?:…|\.{3})\]")
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_PIECE = re.compile(f"{_MASK.pattern}|{_WORD.pattern}")
_KINDS = {mask: kind for kind, mask in MASKS.items()}
# Words of one phrase stand no further apart than this, as in “Số 12, ngõ 34” or “(024) 3 825”.
_WIDEST_GAP = 3
_SHORTEST_NUMBER, _MOST_GROUPS = 6, 10
# A mask by hand that replaces more is a sentence written anew, not a name.
_LONGEST_BY_HAND = 8


class MaskedWords(models.Model):
    """The mark of words that somebody masked in one copy; ``count`` 0 is a number, known by its digits."""

    public_case = models.ForeignKey(
        "feedback.PublicCase", verbose_name=_("bản công khai"), on_delete=models.CASCADE, related_name="masked_words"
    )
    kind = models.CharField(_("loại"), max_length=13, choices=FindingKind)
    count = models.PositiveSmallIntegerField(_("số chữ"))
    digest = models.CharField(_("dấu của chữ, không kể dấu thanh"), max_length=64)
    spelling = models.CharField(_("dấu của cách viết"), max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người che"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("lúc"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("chữ đã che")
        verbose_name_plural = _("các chữ đã che")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["public_case", "digest", "spelling"], name="one_mark_for_masked_words")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


@dataclass(frozen=True)
class Mark:
    """What is kept of masked words."""

    kind: str
    count: int
    digest: str
    spelling: str


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str


class WordMarks:
    """Makes and finds the marks of one copy: the same words have other marks in another."""

    def __init__(self, copy_id: int) -> None:
        self._copy = copy_id
        self._known: dict[str, str] = {}

    def of(self, kind: str, words: str) -> list[Mark]:
        """Return the marks of ``words``: the whole, and of a person's full name the given name too."""
        found = [word.text for word in _words(words)]
        if not found:
            return []
        if digits := _number(found):
            return [Mark(kind, 0, self._digest(digits), self._digest(digits))]
        marks = [self._mark(kind, found)]
        if kind == FindingKind.NAME and len(found) > 1 and len(found[-1]) > 1:
            marks.append(self._mark(kind, found[-1:]))
        return marks

    def places(self, masked: Iterable[MaskedWords], text: str) -> list[tuple[int, int, str]]:
        """Return start, end and kind of every place of ``text`` where masked words stand again; none overlap."""
        wanted: dict[int, dict[str, list[MaskedWords]]] = {}
        for row in masked:
            wanted.setdefault(row.count, {}).setdefault(row.digest, []).append(row)
        found = [place for part in _unmasked(text) for place in self._in_part(wanted, part, text)] if wanted else []
        kept: list[tuple[int, int, str]] = []
        for start, end, kind in sorted(found, key=lambda place: (place[0], -place[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end, kind))
        return kept

    def _in_part(
        self, wanted: Mapping[int, Mapping[str, list[MaskedWords]]], words: list[_Word], text: str
    ) -> Iterator[tuple[int, int, str]]:
        for count, rows in wanted.items():
            windows = _runs(words, count) if count else _numbers(words)
            for window in windows:
                spoken = [word.text for word in window]
                digest = self._digest(_folded(spoken) if count else _number(spoken))
                row = next((row for row in rows.get(digest, ()) if self._same(row, spoken)), None)
                if row is not None:
                    start = window[0].start
                    yield start - (not count and text[:start].endswith("+")), window[-1].end, row.kind

    def _same(self, row: MaskedWords, spoken: list[str]) -> bool:
        if row.count != 1:
            return True
        word = spoken[0]
        unmarked = fold(word) == word.lower()
        return unmarked or word[0].isupper() or row.spelling == self._digest(_spelled(spoken))

    def _mark(self, kind: str, words: list[str]) -> Mark:
        return Mark(kind, len(words), self._digest(_folded(words)), self._digest(_spelled(words)))

    def _digest(self, words: str) -> str:
        if words not in self._known:
            # Under the key of the tracking codes, which outlives SECRET_KEY: marks that no longer fit find nothing.
            text = f"{self._copy}:{words}"
            found = salted_hmac("feedback.masked", text, secret=settings.TRACKING_KEY, algorithm="sha256")
            self._known[words] = found.hexdigest()
        return self._known[words]


def words_masked_between(before: str, after: str) -> list[tuple[str, str]]:
    """Return (kind, words) of what stood in ``before`` where ``after`` has a mask: masks set by hand, or by a rule."""
    if before == after or len(_MASK.findall(after)) <= len(_MASK.findall(before)):
        return []
    old, new = (list(_PIECE.finditer(text)) for text in (before, after))
    matcher = SequenceMatcher(None, [piece[0] for piece in old], [piece[0] for piece in new], autojunk=False)
    found = []
    for verb, first, last, begin, end in matcher.get_opcodes():
        kinds = [_KINDS.get(piece[0], str(FindingKind.NAME)) for piece in new[begin:end] if _MASK.fullmatch(piece[0])]
        gone = [piece for piece in old[first:last] if not _MASK.fullmatch(piece[0])]
        if verb == "replace" and kinds and 0 < len(gone) <= _LONGEST_BY_HAND:
            found.append((kinds[0], before[gone[0].start() : gone[-1].end()]))
    return found


def _unmasked(text: str) -> Iterator[list[_Word]]:
    """Yield the words between masks; what a mask says is nobody's name, and no name reaches across one."""
    past = 0
    for mask in _MASK.finditer(text):
        yield _words(text, past, mask.start())
        past = mask.end()
    yield _words(text, past, len(text))


def _words(text: str, start: int = 0, end: int | None = None) -> list[_Word]:
    stop = len(text) if end is None else end
    return [_Word(found.start(), found.end(), found[0]) for found in _WORD.finditer(text, start, stop)]


def _runs(words: list[_Word], count: int) -> Iterator[list[_Word]]:
    for place in range(len(words) - count + 1):
        run = words[place : place + count]
        if _close(run):
            yield run


def _numbers(words: list[_Word]) -> Iterator[list[_Word]]:
    """Yield every run of groups of digits that together are long enough to be somebody's number."""
    for place, word in enumerate(words):
        if not word.text.isdecimal():
            continue
        for last in range(place + 1, min(place + _MOST_GROUPS, len(words)) + 1):
            run = words[place:last]
            if not (run[-1].text.isdecimal() and _close(run[-2:])):
                break
            if _number([each.text for each in run]):
                yield run


def _close(run: list[_Word]) -> bool:
    return all(after.start - before.end <= _WIDEST_GAP for before, after in pairwise(run))


def _number(words: list[str]) -> str:
    """Return the digits of a number, without country code and trunk zero, or nothing where it is none."""
    if not all(word.isdecimal() for word in words):
        return ""
    digits = "".join(str(int(digit)) for word in words for digit in word)
    if len(digits) < _SHORTEST_NUMBER:
        return ""
    return "#" + digits.removeprefix("00").removeprefix("84").lstrip("0")


def _folded(words: list[str]) -> str:
    return fold(" ".join(words))


def _spelled(words: list[str]) -> str:
    return "=" + syllable_key(" ".join(words))
