"""One file on its way in: sent, read, looked at by a person, written."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.enums import ImportState
from cms.core.querysets.importing import ImportRunQuerySet


class ImportRun(models.Model):
    """The work of the task queue on one file, and what the screen shows of it. Written by ``importing.runs``.

    ``stored_name`` is the file in the private storage until the work is done. ``report`` is what the reading
    found; ``done`` counts the written among ``total``.
    """

    key = models.UUIDField(_("mã"), primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("loại"), max_length=60)
    filename = models.CharField(_("tên tệp"), max_length=120)
    stored_name = models.CharField(_("nơi cất"), max_length=200, blank=True)
    state = models.CharField(_("tình trạng"), max_length=12, choices=ImportState, default=ImportState.READING)
    publish = models.BooleanField(_("đăng ngay"), default=False)
    skip_bad = models.BooleanField(_("bỏ qua dòng hỏng"), default=False)
    total = models.PositiveIntegerField(_("số dòng sẽ ghi"), default=0)
    done = models.PositiveIntegerField(_("số dòng đã ghi"), default=0)
    report = models.JSONField(_("kết quả đọc"), default=dict)
    problem = models.CharField(_("lý do hỏng"), max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người gửi"), on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(_("gửi lúc"), auto_now_add=True)
    updated_at = models.DateTimeField(_("cập nhật lúc"), auto_now=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt nhập tệp")
        verbose_name_plural = _("lượt nhập tệp")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["kind", "created_by", "-created_at"], name="import_run_list")]

    def __str__(self) -> str:
        return f"{self.kind} {self.filename}"

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_working(self) -> bool:
        return self.state in {ImportState.READING, ImportState.WRITING}
