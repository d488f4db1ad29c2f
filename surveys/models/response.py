"""Who may answer, and what was answered. Nothing here leads from an invitation to a response, or to a person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Unit
from surveys.enums import ChannelKind, WordsRefusal, WordsState
from surveys.models.survey import LONGEST_CHOICE, LONGEST_TEXT, Survey, SurveyVersion
from surveys.querysets import (
    ChannelQuerySet,
    InvitationBatchQuerySet,
    InvitationQuerySet,
    OpenWordsQuerySet,
    ResponseDraftQuerySet,
)


class Channel(models.Model):
    """One way by which responses of a survey come in, and what they are about: a unit, a counter, a subject.

    Without a ``code`` it is the one way of its kind that is about nothing in particular. ``about`` is a slug that
    other apps understand (the address of a procedure), ``about_label`` what people read.
    """

    survey = models.ForeignKey(Survey, verbose_name=_("khảo sát"), on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("cách trả lời"), max_length=12, choices=ChannelKind)
    code = models.SlugField(_("mã điểm"), max_length=40, blank=True, help_text=_("Đứng trong địa chỉ, không đổi nữa."))
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    counter = models.CharField(
        _("quầy, điểm"), max_length=80, blank=True, help_text=_("Ví dụ: Quầy số 3, bộ phận một cửa.")
    )
    about = models.SlugField(_("về việc gì (slug)"), max_length=80, blank=True)
    about_label = models.CharField(_("về việc gì"), max_length=200, blank=True, help_text=_("Ví dụ tên một thủ tục."))
    stratum = models.SlugField(
        _("nhóm chọn mẫu"), max_length=40, blank=True, help_text=_("Để trống thì nhóm là cách trả lời.")
    )
    active = models.BooleanField(_("đang dùng"), default=True)

    objects = ChannelQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("điểm trả lời")
        verbose_name_plural = _("các điểm trả lời")
        constraints = [
            models.UniqueConstraint(fields=["survey", "kind"], condition=Q(code=""), name="one_channel_a_kind"),
            models.UniqueConstraint(fields=["survey", "code"], condition=~Q(code=""), name="one_channel_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.called}"

    @property
    def called(self) -> str:
        """What a response by this channel is about, in words; the kind when it is about nothing in particular."""
        parts = [self.about_label, self.counter, self.unit.name if self.unit else ""]
        return ", ".join(part for part in parts if part) or str(self.get_kind_display())

    @property
    def counted_as(self) -> str:
        return self.stratum or self.kind


class InvitationBatch(models.Model):
    """Invitations handed out together, on slips or in a list: how many, about which unit, until when. No tokens.

    It says how many were used, never which: once its invitations are over they go, ``used_before`` keeps the number.
    """

    survey = models.ForeignKey(Survey, verbose_name=_("khảo sát"), on_delete=models.CASCADE, related_name="batches")
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(_("phát cho ai"), max_length=120)
    count = models.PositiveSmallIntegerField(_("số lời mời"))
    expires_on = models.DateField(_("dùng được đến hết ngày"))
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người lập"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    used_before = models.PositiveSmallIntegerField(_("đã dùng, tính đến khi hết hạn"), default=0)

    objects = InvitationBatchQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("đợt lời mời")
        verbose_name_plural = _("các đợt lời mời")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.label} ({self.count})"


class Invitation(models.Model):
    """Leave to answer once. Its token is kept as a keyed digest only; it does not know when it was used, nor for what.

    ``unit`` and ``about`` are handed on to the response, so they name a group of subjects, never one of them.
    """

    survey = models.ForeignKey(Survey, verbose_name=_("khảo sát"), on_delete=models.CASCADE, related_name="invitations")
    batch = models.ForeignKey(
        InvitationBatch,
        verbose_name=_("đợt"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    token_digest = models.CharField(_("dấu của liên kết"), max_length=64, unique=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    about = models.SlugField(_("về việc gì"), max_length=80, blank=True)
    expires_on = models.DateField(_("dùng được đến hết ngày"))
    used = models.BooleanField(_("đã dùng"), default=False)

    objects = InvitationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lời mời")
        verbose_name_plural = _("lời mời")
        indexes = [models.Index(fields=["expires_on"], name="invitation_over")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Response(models.Model):
    """One filled-in questionnaire: the day, the way it came, what it is about. No moment, no address, no person."""

    version = models.ForeignKey(
        SurveyVersion, verbose_name=_("bản câu hỏi"), on_delete=models.PROTECT, related_name="responses"
    )
    channel = models.ForeignKey(Channel, verbose_name=_("kênh"), on_delete=models.PROTECT, related_name="responses")
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    about = models.SlugField(_("về việc gì"), max_length=80, blank=True)
    day = models.DateField(_("ngày"))
    stratum = models.SlugField(_("nhóm chọn mẫu"), max_length=40, blank=True)
    # Of a paper or a line of an imported file: the number that stands on it. Others have none.
    sheet = models.CharField(_("số phiếu giấy"), max_length=40, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("phiếu trả lời")
        verbose_name_plural = _("phiếu trả lời")
        indexes = [models.Index(fields=["version", "day"], name="response_of_version")]
        constraints = [
            models.UniqueConstraint(fields=["version", "sheet"], condition=~Q(sheet=""), name="one_response_a_sheet")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ResponseItem(models.Model):
    """One answer of a response: a level, a chosen code, a number, a day. Several for “choose several”."""

    response = models.ForeignKey(
        Response, verbose_name=_("phiếu trả lời"), on_delete=models.CASCADE, related_name="items"
    )
    key = models.SlugField(_("mã câu hỏi"), max_length=40)
    choice = models.CharField(_("trả lời"), max_length=LONGEST_CHOICE)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ý trả lời")
        verbose_name_plural = _("ý trả lời")
        constraints = [models.UniqueConstraint(fields=["response", "key", "choice"], name="one_item_a_choice")]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.key}"


class OpenWords(models.Model):
    """What somebody wrote in a response. Read by its moderator alone until it is let through, then as ``shown``.

    ``shown`` is a copy in which everything that looks personal is masked.
    """

    response = models.ForeignKey(
        Response, verbose_name=_("phiếu trả lời"), on_delete=models.CASCADE, related_name="words"
    )
    key = models.SlugField(_("mã câu hỏi"), max_length=40)
    text = models.TextField(_("lời góp ý"), max_length=LONGEST_TEXT)
    shown = models.TextField(_("lời cho đọc"), blank=True, editable=False)
    state = models.CharField(_("tình trạng"), max_length=10, choices=WordsState, default=WordsState.WAITING)
    # The beginning of the day, like everything about a response.
    received_at = models.DateTimeField(_("ngày nhận"), editable=False)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người quyết định"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    reason = models.CharField(_("lý do"), max_length=12, choices=WordsRefusal, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    themes = models.ManyToManyField(
        "surveys.WordsTheme", verbose_name=_("chủ đề"), blank=True, related_name="+", editable=False
    )
    quoted_at = models.DateTimeField(_("cho trích lúc"), null=True, blank=True, editable=False)

    objects = OpenWordsQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lời góp ý trong phiếu")
        verbose_name_plural = _("lời góp ý trong phiếu")
        ordering = ["received_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["response", "key"], name="one_words_a_question")]
        indexes = [
            models.Index(fields=["state", "received_at"], name="words_queue"),
            models.Index(fields=["key"], condition=Q(quoted_at__isnull=False), name="words_quoted"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ResponseDraft(models.Model):
    """Answers on their way, page by page, each with what was read; gone when they are sent, or after a day."""

    key_digest = models.CharField(_("dấu của phiếu"), max_length=64, unique=True)
    version = models.ForeignKey(
        SurveyVersion, verbose_name=_("bản câu hỏi"), on_delete=models.CASCADE, related_name="drafts"
    )
    answers = models.JSONField(_("đã trả lời"), default=dict)
    saved_at = models.DateTimeField(_("ghi lúc"))

    objects = ResponseDraftQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("phiếu đang điền")
        verbose_name_plural = _("phiếu đang điền")
        indexes = [models.Index(fields=["saved_at"], name="response_draft_age")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
