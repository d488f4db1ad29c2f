"""One file on its way in: sent, read, looked at by a person, written."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.enums import ImportState
from cms.core.querysets.importing import ImportedItemQuerySet, ImportRunQuerySet


class ImportRun(models.Model):
    """The work of the task queue on one file, and what the screen shows of it. Written by ``importing.runs``.

    ``stored_name`` is the file in the private storage until the work is done. ``report`` is what the reading
    found; ``done`` counts the written (or handed in) among ``total``. ``writer`` names the one task that has the
    turn: a slow one that was taken for dead finds another name here and stops.
    """

    key = models.UUIDField(_("mã"), primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("loại"), max_length=60)
    filename = models.CharField(_("tên tệp"), max_length=120)
    stored_name = models.CharField(_("nơi cất"), max_length=200, blank=True)
    target = models.CharField(_("nơi đưa vào"), max_length=40, blank=True, default="")
    state = models.CharField(_("tình trạng"), max_length=12, choices=ImportState, default=ImportState.READING)
    publish = models.BooleanField(_("đăng ngay"), default=False)
    skip_bad = models.BooleanField(_("bỏ qua dòng hỏng"), default=False)
    total = models.PositiveIntegerField(_("số dòng sẽ ghi"), default=0)
    done = models.PositiveIntegerField(_("số dòng đã ghi"), default=0)
    report = models.JSONField(_("kết quả đọc"), default=dict)
    submitted = models.PositiveIntegerField(_("số mục đã gửi duyệt"), default=0)
    writer = models.CharField(max_length=32, blank=True, default="", editable=False)
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
    def state_words(self) -> str:
        """Where the run stands, for people; nobody is asked to confirm what writes nothing."""
        idle = self.state == ImportState.READY and not self.total
        return str(_("Không có gì mới để ghi") if idle else self.get_state_display())

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def left_alone(self) -> int:
        """How many of the written needed no handing in."""
        return self.total - self.submitted

    @property
    def is_working(self) -> bool:
        return self.state in {ImportState.READING, ImportState.WRITING, ImportState.SUBMITTING}


class ImportedItem(models.Model):
    """One thing that a run wrote, so that it can be handed in together with the others."""

    run = models.ForeignKey(ImportRun, verbose_name=_("lượt nhập"), on_delete=models.CASCADE, related_name="items")
    key = models.CharField(_("mã"), max_length=60)

    objects = ImportedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("mục đã nhập")
        verbose_name_plural = _("mục đã nhập")
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="imported_once_a_run")]

    def __str__(self) -> str:
        return self.key
