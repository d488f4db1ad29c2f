"""Beginnings of an answer that the office keeps: words of its own, with a few places that the case fills in."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.core.text import TextError, clean_line, clean_text
from feedback.enums import CaseOutcome
from feedback.models.answer_variables import VARIABLES
from feedback.models.case import Case
from feedback.models.catalogue import Category
from feedback.querysets import AnswerTemplateQuerySet

KNOWN = ", ".join(f"{{{name}}}" for name in VARIABLES)
_PLACE = re.compile(r"\{([^{}\n]*)\}")
# What only the writer of the answer can say; an answer that still holds one is not laid before anybody.
_GAP = re.compile(r"\[ghi:[^\]\n]*\]", re.IGNORECASE)
_HELP = format_lazy(
    _(
        "Những chỗ tự điền theo từng phản ánh: {known}. Chỗ người soạn phải tự viết thì ghi [Ghi: viết gì ở đây]; "
        "còn chỗ như vậy thì câu trả lời chưa trình duyệt được."
    ),
    known=KNOWN,
)


def gaps_in(text: str) -> list[str]:
    """Return the places ``[Ghi: …]`` that nobody has written yet, each once, in order."""
    return list(dict.fromkeys(_GAP.findall(text)))


def gap_sentence(text: str) -> str:
    """Return a sentence about the first place of ``text`` that nobody has written yet; empty when there is none."""
    gaps = gaps_in(text)
    return str(_("Còn chỗ chưa viết: %(gap)s. Hãy viết thay vào, hoặc xóa đi.")) % {"gap": gaps[0]} if gaps else ""


def _variable(typed: str) -> str:
    """Return the name as it is listed: case, composition and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFC", typed).casefold().split())


class AnswerTemplate(models.Model):
    """Words to begin an answer with, for one field of work or all, one outcome or all."""

    name = models.CharField(_("tên mẫu"), max_length=120, unique=True)
    body = models.TextField(_("lời của mẫu"), max_length=5_000)
    category = models.ForeignKey(
        Category,
        verbose_name=_("lĩnh vực"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Để trống: mọi lĩnh vực."),
    )
    outcome = models.CharField(
        _("kết quả"),
        max_length=20,
        choices=CaseOutcome,
        blank=True,
        help_text=_("Để trống: mọi kết quả. Chọn ở đây thì khi dùng mẫu, kết quả này được chọn sẵn."),
    )
    active = models.BooleanField(_("đang dùng"), default=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = AnswerTemplateQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("body", help_text=_HELP),
        MultiFieldPanel([FieldPanel("category"), FieldPanel("outcome")], _("Dùng khi nào")),
        MultiFieldPanel([FieldPanel("order"), FieldPanel("active")], _("Dùng")),
    ]

    class Meta:
        verbose_name = _("mẫu câu trả lời")
        verbose_name_plural = _("mẫu câu trả lời")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """What the ledger calls it."""
        return str(self.pk)

    @property
    def label(self) -> str:
        """What the editor of the answer calls it: with the outcome that it speaks of."""
        return f"{self.name} ({self.get_outcome_display()})" if self.outcome else self.name

    @property
    def category_words(self) -> str:
        """The field of work, in the list."""
        return self.category.name if self.category else str(_("Mọi lĩnh vực"))

    @property
    def outcome_words(self) -> str:
        """The outcome, in the list."""
        return self.get_outcome_display() if self.outcome else str(_("Mọi kết quả"))

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        for name, cleaned in (("name", clean_line), ("body", clean_text)):
            typed = getattr(self, name)
            try:
                setattr(self, name, cleaned(typed))
            except TextError as error:
                errors[name] = str(error)
            if typed and not getattr(self, name):
                errors[name] = _("Hãy điền mục này.")
        if problem := self._problem():
            errors.setdefault("body", problem)
        if errors:
            raise ValidationError(errors)

    def _problem(self) -> str:
        """Say what is wrong with the places of the body; empty when nothing is."""
        unknown = [typed.strip() for typed in _PLACE.findall(self.body) if _variable(typed) not in VARIABLES]
        if unknown:
            message = _("Không có chỗ tự điền nào tên là “%(name)s”. Chỉ dùng được: %(known)s.")
            return str(message) % {"name": unknown[0], "known": KNOWN}
        if set("{}") & set(_PLACE.sub("", self.body)):
            message = _("Có dấu { hoặc } lẻ. Tên chỗ tự điền viết trọn giữa hai dấu ấy: %(known)s.")
            return str(message) % {"known": KNOWN}
        return ""

    def filled_for(self, case: Case) -> str:
        """Return the words for ``case``; what the case does not know stays as a gap for the writer."""

        def value(place: re.Match[str]) -> str:
            name = _variable(place[1])
            known = VARIABLES.get(name)
            return (known(case) if known else "") or f"[Ghi: {name}]"

        return _PLACE.sub(value, self.body)
