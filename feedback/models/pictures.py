"""A picture or a page that a sender sent, as the public may see it: a file of its own, black where need be.

Which pictures a copy shows is written in the copy itself (``PublicCase.pictures``), so that draft, history and approval
are those of its words. A row is never changed: other boxes are another row with another file.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.core.personal_data import find
from feedback.models.leaks import leak_errors
from feedback.models.masked import WordMarks
from feedback.models.papers import Attachment
from feedback.querysets.pictures import PublicPictureQuerySet

LONGEST_DESCRIPTION = 200


class PublicPicture(models.Model):
    """One version of one picture, or of one page of a PDF (``page``, from 1).

    ``boxes`` are hundredths of width and height, burnt into the file.
    """

    public_case = models.ForeignKey(
        "feedback.PublicCase",
        verbose_name=_("bản công khai"),
        on_delete=models.CASCADE,
        related_name="picture_versions",
    )
    attachment = models.ForeignKey(
        Attachment, verbose_name=_("tệp gửi kèm"), on_delete=models.CASCADE, related_name="public_pictures"
    )
    page = models.PositiveSmallIntegerField(_("trang của tệp PDF"), null=True, blank=True)
    stored_name = models.CharField(_("tên trong kho"), max_length=200, unique=True, editable=False)
    width = models.PositiveIntegerField(_("rộng, điểm ảnh"))
    height = models.PositiveIntegerField(_("cao, điểm ảnh"))
    boxes = models.JSONField(_("khung che"), default=list)
    description = models.CharField(_("mô tả ảnh"), max_length=LONGEST_DESCRIPTION)
    seen_clear = models.BooleanField(_("đã xem, không có gì phải che"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người che"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("lúc"), auto_now_add=True)

    objects = PublicPictureQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ảnh công khai")
        verbose_name_plural = _("ảnh công khai")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(page__isnull=True) | models.Q(page__gte=1), name="page_from_one")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("feedback:public_case_picture", args=[self.public_case.reference, self.pk])


def shown_pictures(copy: Any) -> list[PublicPicture]:
    """Return the pictures that ``copy`` shows, in its order; one statement, none for a copy without pictures."""
    rows = {row.pk: row for row in PublicPicture.objects.of_copy(copy, copy.pictures)} if copy.pictures else {}
    for row in rows.values():
        row.public_case = copy
    return [rows[key] for key in copy.pictures if key in rows]


def description_error(copy: Any, text: str) -> str:
    """Return why ``text`` may not describe a picture of ``copy``; empty when it may. Nothing is waived here."""
    if leaks := leak_errors(getattr(copy.case, "sender", None), {"text": text}):
        return leaks["text"]
    if find(text) or any(True for _place in WordMarks(copy.pk).places(copy.masked_words.all(), text)):
        return str(_("Mô tả ảnh còn chỗ giống dữ liệu cá nhân. Hãy tả việc trong ảnh, không nêu ai, ở số nhà nào."))
    return ""


def picture_errors(copy: Any) -> list[str]:
    """Return, each once, why the pictures of ``copy`` may not go out: one is gone, or its description leaks.

    What a picture shows no machine decides here: somebody covered it or said that nothing needs covering, and another
    approves.
    """
    pictures = shown_pictures(copy)
    errors = [description_error(copy, picture.description) for picture in pictures]
    if len(pictures) != len(copy.pictures):
        errors.append(str(_("Một ảnh của bản này không còn nữa. Hãy mở phần “Ảnh gửi kèm” và bỏ ảnh ấy.")))
    return [each for each in dict.fromkeys(errors) if each]
