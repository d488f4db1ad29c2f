"""A form that somebody has begun: kept on the server for a day, so that no step and no file is lost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.querysets.drafts import CaseDraftQuerySet, DraftFileQuerySet


class CaseDraft(models.Model):
    """What was typed so far. The browser keeps a random token, we keep its digest.

    Once sent, the words are gone from here; the row lives on for an hour as the sender's receipt.
    """

    token_digest = models.CharField(_("dấu của phiên"), max_length=64, unique=True, editable=False)
    form_token = models.CharField(_("mã của biểu mẫu"), max_length=64, unique=True, editable=False)
    data = models.JSONField(_("đã điền"), default=dict, editable=False)
    step = models.CharField(_("bước đã tới"), max_length=20, blank=True, editable=False)
    captcha_key = models.CharField(_("câu đố đang chờ"), max_length=40, blank=True, editable=False)
    human_until = models.DateTimeField(_("đã qua câu đố, có giá trị đến"), null=True, blank=True, editable=False)
    started_at = models.DateTimeField(_("bắt đầu"), editable=False)
    updated_at = models.DateTimeField(_("sửa lần cuối"), editable=False)
    expires_at = models.DateTimeField(_("hết hạn"), db_index=True, editable=False)
    sent_at = models.DateTimeField(_("đã gửi lúc"), null=True, blank=True, editable=False)
    reference = models.CharField(_("số phản ánh"), max_length=20, blank=True, editable=False)

    objects = CaseDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản nháp phản ánh")
        verbose_name_plural = _("bản nháp phản ánh")
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class DraftFile(models.Model):
    """A file that was sent with a form not yet finished; its bytes are already in the private storage."""

    draft = models.ForeignKey(
        CaseDraft, verbose_name=_("bản nháp"), on_delete=models.CASCADE, related_name="files", editable=False
    )
    name = models.CharField(_("tên tệp"), max_length=120)
    stored_name = models.CharField(_("tên trong kho"), max_length=120, unique=True, editable=False)
    content_type = models.CharField(_("loại"), max_length=100, editable=False)
    size = models.PositiveIntegerField(_("dung lượng"), editable=False)
    sha256 = models.CharField(_("dấu nội dung"), max_length=64, editable=False)

    objects = DraftFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp của bản nháp")
        verbose_name_plural = _("tệp của bản nháp")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
