"""A dossier: what somebody handed in for a procedure, and where the work on it stands."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procedures.enums import (
    CLOSED_STATES,
    RESULT_STATES,
    RUNNING_STATES,
    DossierChannel,
    DossierOrigin,
    DossierState,
    DueSource,
    PauseKind,
    TimeUnit,
)
from procedures.models.catalogue import ProcedureField
from procedures.models.lines import time_words
from procedures.models.procedures import ProcedurePage
from procedures.models.serials import LONGEST_CODE
from procedures.querysets.dossiers import DossierQuerySet
from procedures.transitions import public_label


class Dossier(models.Model):
    """One dossier. ``state`` is written by ``services.moves`` and, for files, by ``services.syncing`` alone.

    ``filed_at`` is when it came, ``received_at`` when the office took it in: only then does it count and its clock
    run. ``due_on`` is the first date that was promised; a new appointment stands in ``reappointed_on`` and changes no
    figure. ``ended_at`` is when the work was over, whatever came of it; ``completed_at`` when there was a result.
    """

    code = models.CharField(_("mã hồ sơ"), max_length=LONGEST_CODE, unique=True)
    procedure = models.ForeignKey(
        ProcedurePage,
        verbose_name=_("trang thủ tục"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="dossiers",
    )
    # As filed: pages are renamed and taken down, a dossier is not rewritten.
    procedure_code = models.CharField(_("mã thủ tục"), max_length=20, blank=True)
    procedure_name = models.CharField(_("tên thủ tục"), max_length=500)
    field = models.ForeignKey(
        ProcedureField,
        verbose_name=_("lĩnh vực"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers",
    )
    unit = models.ForeignKey(
        "core.Unit", verbose_name=_("đơn vị giải quyết"), on_delete=models.PROTECT, related_name="dossiers"
    )
    channel = models.CharField(_("kênh nộp"), max_length=10, choices=DossierChannel, default=DossierChannel.DIRECT)
    return_channel = models.CharField(
        _("nơi nhận kết quả"), max_length=10, choices=DossierChannel, default=DossierChannel.DIRECT
    )
    state = models.CharField(_("tình trạng"), max_length=20, choices=DossierState, default=DossierState.REGISTERED)
    papers = models.TextField(_("giấy tờ đã nhận"), blank=True, help_text=_("Mỗi dòng một giấy tờ."))
    filed_at = models.DateTimeField(_("nộp lúc"))
    received_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True)
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người tiếp nhận"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    time_quantity = models.PositiveSmallIntegerField(_("thời hạn giải quyết"), null=True, blank=True)
    time_unit = models.CharField(_("đơn vị thời gian"), max_length=20, choices=TimeUnit, blank=True)
    clock_started_at = models.DateTimeField(_("bắt đầu tính hạn lúc"), null=True, blank=True)
    due_on = models.DateField(_("ngày hẹn trả"), null=True, blank=True)
    due_time = models.TimeField(_("giờ hẹn trả"), null=True, blank=True)
    due_source = models.CharField(_("ngày hẹn do đâu"), max_length=10, choices=DueSource, default=DueSource.COMPUTED)
    reappointed_on = models.DateField(_("ngày hẹn lại"), null=True, blank=True)
    completed_at = models.DateTimeField(_("có kết quả lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("giải quyết xong lúc"), null=True, blank=True)
    returned_at = models.DateTimeField(_("trả kết quả lúc"), null=True, blank=True)
    notified_at = models.DateTimeField(_("báo có kết quả lúc"), null=True, blank=True)
    end_reason = models.TextField(_("lý do từ chối, dừng"), blank=True)
    supplement_count = models.PositiveSmallIntegerField(_("số lần yêu cầu bổ sung"), default=0)
    postal_number = models.CharField(_("mã bưu gửi trả kết quả"), max_length=40, blank=True)
    origin = models.CharField(_("nguồn"), max_length=10, choices=DossierOrigin, default=DossierOrigin.KEYED)
    last_synced_at = models.DateTimeField(_("đồng bộ gần nhất lúc"), null=True, blank=True)
    form_token_digest = models.CharField(  # noqa: DJ001 - no token is not an empty token
        _("dấu của biểu mẫu"), max_length=64, unique=True, null=True, editable=False
    )
    search_text = models.TextField(_("chữ để tìm"), editable=False, default="")
    version = models.PositiveIntegerField(_("lần sửa"), default=1, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("hồ sơ")
        verbose_name_plural = _("hồ sơ")
        ordering = ["-filed_at", "-pk"]
        indexes = [
            models.Index(fields=["-filed_at", "-id"], name="dossier_newest"),
            models.Index(fields=["unit", "-filed_at", "-id"], name="dossier_unit_newest"),
            models.Index(fields=["state", "due_on", "id"], name="dossier_by_date"),
            models.Index(fields=["unit", "state", "due_on", "id"], name="dossier_unit_by_date"),
            models.Index(fields=["last_synced_at"], name="dossier_synced"),
            # What the desk filters by: how many there are is counted in the index alone.
            models.Index(fields=["unit", "channel", "state", "field", "origin"], name="dossier_counting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(received_at__isnull=False), name="dossier_no_date_before_receipt"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(RUNNING_STATES)) | Q(received_at__isnull=False),
                name="dossier_running_was_received",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(RESULT_STATES)) | Q(completed_at__isnull=False),
                name="dossier_result_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(CLOSED_STATES)) | Q(ended_at__isnull=False),
                name="dossier_closed_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=DossierState.RETURNED) | Q(returned_at__isnull=False),
                name="dossier_returned_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(due_source=DueSource.NONE) | Q(due_on__isnull=True), name="dossier_no_limit_no_date"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def public_label(self) -> str:
        """The state in the words that anybody reads; nobody is asked to come for what is sent."""
        done, sent = self.state == DossierState.COMPLETED, self.return_channel != DossierChannel.DIRECT
        return str(DossierState.COMPLETED.label) if done and sent else public_label(self.state)

    @property
    def appointed_on(self) -> date | None:
        """The day on which people are told to come: the new appointment where there is one."""
        return self.reappointed_on or self.due_on

    @property
    def time_words(self) -> str:
        return time_words(self.time_quantity, self.time_unit)

    @property
    def is_imported(self) -> bool:
        return self.origin == DossierOrigin.IMPORTED

    @property
    def paper_lines(self) -> list[str]:
        return [line.strip() for line in self.papers.splitlines() if line.strip()]


class DossierPause(models.Model):
    """A time in which the office waits for papers or a fee; the date moves with it. ``asked`` is read by its sender."""

    dossier = models.ForeignKey(Dossier, verbose_name=_("hồ sơ"), on_delete=models.CASCADE, related_name="pauses")
    kind = models.CharField(_("chờ gì"), max_length=12, choices=PauseKind)
    asked = models.TextField(_("đã yêu cầu gì"), blank=True)
    began_at = models.DateTimeField(_("từ"))
    ended_at = models.DateTimeField(_("đến"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần tạm dừng tính hạn")
        verbose_name_plural = _("các lần tạm dừng tính hạn")
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ended_at__isnull=True), name="one_open_pause_a_dossier"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.began_at:%d/%m/%Y}"


class DossierStep(models.Model):
    """One step of the inner process: who, what, how long, and when it was begun and done (S31, S85)."""

    dossier = models.ForeignKey(Dossier, verbose_name=_("hồ sơ"), on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("thứ tự"))
    unit_name = models.CharField(_("bộ phận, người làm"), max_length=200)
    work = models.CharField(_("việc"), max_length=500)
    quantity = models.DecimalField(_("thời gian"), max_digits=5, decimal_places=1, null=True, blank=True)
    time_unit = models.CharField(_("đơn vị thời gian"), max_length=20, choices=TimeUnit, blank=True)
    started_at = models.DateTimeField(_("bắt đầu lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("bước giải quyết hồ sơ")
        verbose_name_plural = _("các bước giải quyết hồ sơ")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="one_step_a_number"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False), name="step_done_was_begun"
            ),
        ]

    def __str__(self) -> str:
        return self.work

    @property
    def time(self) -> str:
        quantity = f"{self.quantity.normalize():f}".replace(".", ",") if self.quantity is not None else None
        return time_words(quantity, self.time_unit)  # type: ignore[arg-type]


class DossierMove(models.Model):
    """One step that was taken, with what it changed, so that it can be taken back exactly. No word about the person."""

    dossier = models.ForeignKey(Dossier, verbose_name=_("hồ sơ"), on_delete=models.CASCADE, related_name="moves")
    verb = models.CharField(_("việc"), max_length=20)
    at = models.DateTimeField(_("lúc"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người làm"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    before = models.JSONField(_("trước đó"), default=dict)
    reason = models.TextField(_("lý do"), blank=True)
    undone = models.BooleanField(_("đã lấy lại"), default=False)

    class Meta:
        verbose_name = _("việc đã làm với hồ sơ")
        verbose_name_plural = _("các việc đã làm với hồ sơ")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.verb}"
