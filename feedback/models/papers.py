"""What lies in the folder of a case: files, talk with the sender, notes of the office, answers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from feedback.enums import UNFINISHED_ANSWERS, AnswerState, CaseOutcome, ConductMeasure
from feedback.models.case import Case
from feedback.querysets import AnswerQuerySet


class Attachment(models.Model):
    """A file that came with the case; its bytes lie in the private storage."""

    case = models.ForeignKey(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(_("tên tệp"), max_length=120)
    stored_name = models.CharField(_("tên trong kho"), max_length=200, unique=True, editable=False)
    content_type = models.CharField(_("loại tệp"), max_length=100)
    size = models.PositiveIntegerField(_("dung lượng"))
    sha256 = models.CharField(_("dấu nội dung"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("tệp gửi kèm")
        verbose_name_plural = _("tệp gửi kèm")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """A word to the sender (``from_office``) or from the sender; both sides read it."""

    case = models.ForeignKey(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="messages")
    from_office = models.BooleanField(_("của cơ quan"))
    body = models.TextField(_("nội dung"), max_length=5_000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người viết"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("trao đổi với người gửi")
        verbose_name_plural = _("trao đổi với người gửi")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.created_at:%d/%m/%Y}"


class Note(models.Model):
    """A word among officers; never shown outside the office."""

    case = models.ForeignKey(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người viết"), on_delete=models.PROTECT, related_name="+"
    )
    body = models.TextField(_("nội dung"), max_length=5_000)
    created_at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("ghi chú nội bộ")
        verbose_name_plural = _("ghi chú nội bộ")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.created_at:%d/%m/%Y}"


class Answer(models.Model):
    """One version of the answer. An approved one is frozen; four eyes are kept by the database too."""

    case = models.ForeignKey(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField(_("bản số"))
    body = models.TextField(_("câu trả lời"), max_length=20_000)
    outcome = models.CharField(_("kết quả"), max_length=20, choices=CaseOutcome, blank=True)
    measure = models.CharField(
        _("đã làm gì với việc nhũng nhiễu, thái độ"), max_length=20, choices=ConductMeasure, blank=True
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người soạn"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("tình trạng"), max_length=10, choices=AnswerState, default=AnswerState.DRAFT)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người duyệt"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decision_comment = models.TextField(_("ý kiến của người duyệt"), blank=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    digest = models.CharField(_("dấu của bản đã duyệt"), max_length=64, blank=True)
    saved_at = models.DateTimeField(_("lưu lúc"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu trả lời")
        verbose_name_plural = _("các bản trả lời")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_answer_a_number"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=UNFINISHED_ANSWERS), name="one_unfinished_answer_a_case"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")), name="answer_four_eyes"
            ),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.APPROVED) | (Q(approver__isnull=False) & ~Q(digest="") & ~Q(outcome="")),
                name="answer_approved_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"
