"""The answer as a document of the office: number, date and the signed file, beside the words that were approved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.models.papers import Answer


class AnswerLetter(models.Model):
    """The signed document of one approved answer; its bytes lie in the private storage, for the sender and the desk.

    The words of the answer are frozen; this row may be set right, each time with an event that holds the file's mark.
    """

    answer = models.OneToOneField(
        Answer, verbose_name=_("câu trả lời"), on_delete=models.CASCADE, related_name="letter"
    )
    number = models.CharField(_("số văn bản"), max_length=80)
    signed_on = models.DateField(_("ngày văn bản"))
    name = models.CharField(_("tên tệp"), max_length=120)
    stored_name = models.CharField(_("tên trong kho"), max_length=200, unique=True, editable=False)
    content_type = models.CharField(_("loại tệp"), max_length=100)
    size = models.PositiveIntegerField(_("dung lượng"))
    sha256 = models.CharField(_("dấu nội dung"), max_length=64, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người ghi"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("văn bản trả lời")
        verbose_name_plural = _("văn bản trả lời")

    def __str__(self) -> str:
        return self.number
