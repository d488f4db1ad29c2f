"""The copy that the public reads: made from a case and its answer, cleaned by hand, approved, published."""

from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from cms.core.search import plain_words
from cms.core.text import TextError, clean_line, clean_text
from feedback.enums import ANSWERED_STATES, ConsentPurpose
from feedback.models.case import Case
from feedback.models.catalogue import Category
from feedback.models.changes import changes_noted
from feedback.models.leaks import leak_errors
from feedback.models.pictures import PublicPicture, picture_errors, shown_pictures
from feedback.models.redaction import WORDS, open_errors
from feedback.panels import PicturesPanel
from feedback.querysets import PublicCaseQuerySet

# What belongs to the copy as a whole: an old draft must not bring back an old reason or name. The answer and
# its date belong together, therefore both are the revision's.
_NOT_OF_A_REVISION = (
    *("case_id", "reference", "unit_id", "category_id", "made_by_id"),
    *("shown_name", "asked_on", "withdrawn_reason", "changes"),
)


def _words(revision: Any) -> tuple[str, ...]:
    """Return what the public would get of ``revision``: its words, and which pictures, each covered in one way."""
    words = [str(revision.content.get(name, "")) for name in ("title", "question", "answer")]
    return (*words, str(revision.content.get("pictures") or []))


class PublicCase(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """A redacted copy with Wagtail's own draft, workflow, history, lock and preview.

    Every public surface reads this table through ``objects.public()`` and nothing else of feedback.
    """

    case = models.OneToOneField(
        Case, verbose_name=_("phản ánh"), on_delete=models.PROTECT, related_name="public_case", editable=False
    )
    reference = models.CharField(_("mã phản ánh"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("tiêu đề"), max_length=200)
    question = models.TextField(_("nội dung phản ánh"), max_length=10_000)
    answer = models.TextField(_("câu trả lời"), max_length=20_000)
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("đơn vị trả lời"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="public_cases",
        editable=False,
    )
    category = models.ForeignKey(
        Category, verbose_name=_("lĩnh vực"), on_delete=models.PROTECT, related_name="public_cases", editable=False
    )
    shown_name = models.CharField(_("tên hiện cùng câu hỏi"), max_length=120, editable=False)
    asked_on = models.DateField(_("ngày gửi"), editable=False)
    answer_number = models.PositiveSmallIntegerField(_("theo bản trả lời số"), default=1, editable=False)
    answered_on = models.DateField(_("ngày trả lời"), editable=False)
    late_days = models.PositiveSmallIntegerField(_("trễ bao nhiêu ngày"), default=0, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người soạn bản công khai"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    pictures = models.JSONField(_("các ảnh, theo thứ tự"), default=list, blank=True, editable=False)
    changes = models.JSONField(_("các lần sửa sau khi đăng"), default=list, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("lý do gỡ"), max_length=200, blank=True, editable=False)
    search_text = models.TextField(_("chữ để tìm"), editable=False, default="")

    objects = PublicCaseQuerySet.as_manager()

    panels = [
        HelpPanel(template="feedback/admin/public_case_help.html"),
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("question"), FieldPanel("answer")], _("Nội dung người dân sẽ đọc")
        ),
        PicturesPanel("pictures"),
    ]

    class Meta:
        verbose_name = _("bản công khai")
        verbose_name_plural = _("bản công khai")
        ordering = ["-answered_on", "-pk"]
        # Partial: the condition stands in every public question as it stands here, so both databases walk them.
        indexes = [
            models.Index(fields=fields, name=f"public_case_{name}", condition=models.Q(live=True))
            for name, fields in (
                ("by_day", ["-answered_on", "-id"]),
                ("by_category", ["category", "-answered_on", "-id"]),
                ("by_unit", ["unit", "-answered_on", "-id"]),
                ("by_asked", ["asked_on"]),
                ("by_case", ["case"]),
                ("by_published", ["last_published_at"]),
            )
        ] + [
            # The desk's list holds drafts and withdrawn copies too.
            models.Index(fields=["-answered_on", "-id", "unit", "case"], name="copy_newest"),
            models.Index(fields=["unit", "case", "live"], name="copy_by_unit"),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = plain_words(f"{self.reference} {self.title} {self.question} {self.answer}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("feedback:public_case", args=[self.reference])

    @property
    def shown_pictures(self) -> list[PublicPicture]:
        """The pictures that go with the words, in order; asked of the database once for each call."""
        return shown_pictures(self)

    @property
    def on_time(self) -> bool:
        """Whether the answer left on or before its date."""
        return self.late_days == 0

    def json_ld(self, address: str) -> dict[str, Any]:
        """A question with its official answer, in the words of schema.org; the redacted copy and nothing else."""
        answer = {"@type": "Answer", "text": self.answer, "dateCreated": self.answered_on, "url": f"{address}#dap"}
        if self.unit:
            answer["author"] = {"@type": "GovernmentOrganization", "name": self.unit.name}
        question = {
            "@type": "Question",
            "name": self.title,
            "text": self.question,
            "dateCreated": self.asked_on,
            "answerCount": 1,
            "acceptedAnswer": answer,
        }
        return {"@type": "QAPage", "@id": address, "url": address, "inLanguage": "vi", "mainEntity": question}

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "pages/feedback/public_case.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {"public_case": self, "self": self, "is_preview": True}

    def leaks(self) -> dict[str, str]:
        """Return, by field, a sentence for each text in which the sender can still be recognised."""
        return leak_errors(getattr(self.case, "sender", None), {name: getattr(self, name) for name in WORDS})

    def with_content_json(self, content: dict[str, Any]) -> "PublicCase":
        """Take the texts and the answer's date from a revision, nothing else."""
        older = super().with_content_json(content)
        for name in _NOT_OF_A_REVISION:
            setattr(older, name, getattr(self, name))
        return older

    @transaction.atomic
    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """Publish ``revision``, unless sender, case or an open finding forbids it; the last gate of every way out.

        Raises ValidationError with a sentence, PublishPermissionError when ``user`` made or last changed the copy:
        schedules, workflows and buttons all come through here.
        """
        self.hold()
        older = revision.as_object()
        errors = {**open_errors(older), **older.leaks(), **older.bars()}
        if errors and revision.approved_go_live_at:
            # The hour has come but the reason is gone: the schedule ends, the other pages' turn comes.
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            return None
        if errors:
            raise ValidationError(errors)
        if user is not None and user.pk == self.last_writer_id(revision):
            raise PublishPermissionError(_("Người soạn bản công khai không tự duyệt đăng bản mình soạn."))
        with changes_noted(PublicCase.objects.filter(pk=self.pk), older, revision):
            return super().publish(revision, user=user, **kwargs)

    def hold(self) -> None:
        """Keep the case of this copy to ourselves until the transaction ends: the first lock of all who change a copy.

        The one order of locks: the case, its copy, Wagtail's rows of the workflow, the ledger last. Whoever bars,
        takes back, approves or publishes comes this way, so neither passes the other unseen and none waits in a ring.
        """
        Case.objects.select_for_update().get(pk=self.case_id)

    def last_writer_id(self, revision: Any = None) -> int | None:
        """Return who wrote the words of ``revision`` (the newest by default), the one who may not let them out.

        Pressing a button without changing a word is not writing.
        """
        revision = revision or self.get_latest_revision()
        if revision is None:
            return int(self.made_by_id)
        words, writer = _words(revision), revision.user_id
        for older in self.revisions.filter(pk__lt=revision.pk).order_by("-pk"):
            if _words(older) != words:
                break
            writer = older.user_id
        return writer

    def bars(self) -> dict[str, str]:
        """Return why the case may not be public at all, as an error of the whole form; empty when it may."""
        reasons = [] if self.case.state in ANSWERED_STATES else [_("Phản ánh chưa có câu trả lời được duyệt.")]
        reasons += [*self.prohibitions(), *picture_errors(self)]
        return {NON_FIELD_ERRORS: " ".join(map(str, reasons))} if reasons else {}

    def prohibitions(self) -> list[Any]:
        """Return why nobody may read this copy, wherever the work on the case stands; empty when they may.

        A case that is looked at again, or was archived without its sender, keeps what is public already.
        """
        reasons = []
        if self.case.confidential or self.case.publication_barred_reason:
            reasons.append(_("Phản ánh này không được đăng."))
        sender = getattr(self.case, "sender", None)
        if sender is not None and not sender.agreed_to(ConsentPurpose.PUBLISH):
            reasons.append(_("Người gửi không đồng ý đăng công khai."))
        return reasons

    def clean(self) -> None:
        """Refuse, beside the field, a text that still carries the sender's own data."""
        super().clean()
        errors = {}
        for name, cleaner in (("title", clean_line), ("question", clean_text), ("answer", clean_text)):
            try:
                setattr(self, name, cleaner(getattr(self, name)))
            except TextError as error:
                errors[name] = str(error)
        if errors := errors or self.leaks():
            raise ValidationError(errors)
