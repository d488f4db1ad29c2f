"""The words of a mail as the office changed them; the files of ``templates/emails`` speak where it did not."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from cms.core.mail_words import (
    SIGNATURE,
    Words,
    cleaned,
    default_words,
    filled,
    filled_line,
    places_of,
    plain,
    sample_values,
)
from cms.core.ports import Letter, letters
from cms.core.querysets.mail_texts import MailTextQuerySet

SPARSE = "sparse"
_GONE = _("Cổng không còn gửi thư này.")


class PlacesPanel(Panel):
    """What may fill itself in, and what each place means: another table for each mail."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/mail_places.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            letter = self.instance.letter
            return {**context, "letter": letter, "places": places_of(letter).values() if letter else ()}


class SubjectPanel(FieldPanel):
    """The subject, where there is one."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.has_subject and super().is_shown())


class MailText(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """One mail's subject and body. Each is empty where the default holds; only what is published is ever sent."""

    key = models.CharField(_("thư"), max_length=60, unique=True, editable=False)
    subject = models.CharField(
        _("tiêu đề thư"), max_length=150, blank=True, help_text=_("Xóa trắng thì dùng lại tiêu đề mặc định.")
    )
    body = models.TextField(
        _("nội dung thư"),
        max_length=5_000,
        blank=True,
        help_text=_(
            "Chỉ viết chữ; để trống một dòng là sang đoạn mới. Chỗ tự điền viết giữa hai dấu { }, như ở bảng bên trên. "
            "Liên kết viết [chữ]({tên chỗ}). Dòng có chỗ tự điền mà lần này không có gì để điền thì không hiện. "
            "Xóa trắng thì dùng lại nội dung mặc định."
        ),
    )

    objects = MailTextQuerySet.as_manager()

    panels = [PlacesPanel(), SubjectPanel("subject"), FieldPanel("body")]

    class Meta:
        verbose_name = _("lời của thư")
        verbose_name_plural = _("thư và văn bản mẫu")
        ordering = ["key"]

    def __str__(self) -> str:
        return str(self.letter.label) if self.letter else self.key

    @property
    def letter(self) -> Letter | None:
        """The mail that these words are of; None when a new version of the portal no longer sends it."""
        return letters.items.get(self.key)

    @property
    def has_subject(self) -> bool:
        """Whether anybody ever reads its subject: the signature stands under other mails."""
        return self.key != SIGNATURE

    @property
    def reader(self) -> str:
        """Who gets the mail, in the list."""
        return str(self.letter.reader) if self.letter else ""

    @property
    def words(self) -> Words:
        """What the mail says by this row; a part that is empty is the default's."""
        letter = letters.get(self.key)
        default = default_words(letter)
        return Words((self.has_subject and self.subject) or default.subject, self.body or default.body)

    @property
    def version(self) -> str:
        """Which edit this is, for the one report about a broken one."""
        return f"{self.key}:{self.live_revision_id or 0}"

    def problem(self) -> str:
        """Say why these words cannot be sent, as when the portal no longer has a place; empty when they can."""
        if self.letter is None:
            return str(_GONE)
        return next(iter(cleaned(letters.get(self.key), self.words)[1].values()), "")

    @property
    def standing(self) -> str:
        """Which words are sent now, in the list."""
        if not self.live or not (self.subject or self.body):
            return str(_("Lời mặc định"))
        return str(_("Hỏng, đang gửi lời mặc định")) if self.problem() else str(_("Lời đã sửa"))

    def clean(self) -> None:
        """Refuse what could not be sent; keep nothing of what is the default anyway, so that it follows the portal."""
        super().clean()
        if self.letter is None:
            raise ValidationError(_GONE)
        if not self.has_subject:
            self.subject = ""
        default = default_words(self.letter)
        typed = Words(self.subject or default.subject, self.body or default.body)
        words, errors = cleaned(self.letter, typed)
        if errors:
            raise ValidationError(errors)
        self.subject = "" if words.subject == default.subject else words.subject
        self.body = "" if words.body == default.body else words.body

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Let this one answer keep the style attributes of a mail, which the policy of pages would take away."""
        response: HttpResponse = super().serve_preview(request, mode_name)
        response._csp_update = {"style-src": ["'unsafe-inline'"]}
        return response

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Khi mọi chỗ đều có gì để điền")), (SPARSE, _("Khi chỗ có lúc trống đều trống"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "core/admin/mail_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Fill the places with samples; an old version that cannot be sent any more says why instead."""
        if problem := self.problem():
            return {"text": self, "problem": problem}
        letter, words = letters.get(self.key), self.words
        values = sample_values(letter, sparse=mode_name == SPARSE)
        paragraphs = filled(letter, words.body, values)
        return {
            "text": self,
            "mail_subject": filled_line(letter, words.subject, values) if self.has_subject else "",
            "plain": plain(paragraphs),
            "paragraphs": paragraphs,
        }
