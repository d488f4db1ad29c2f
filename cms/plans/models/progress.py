"""What units report of their tasks. Outside the page's revisions: publishing an old draft leaves it alone."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.periods import period_label
from cms.plans.enums import DifficultyState, ProgressState
from cms.plans.querysets import (
    TaskDifficultyQuerySet,
    TaskProductQuerySet,
    TaskProgressEntryQuerySet,
    TaskProgressQuerySet,
)


def _person(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class OfTask(models.Model):
    """A row about one task of a plan, or one of its occurrences."""

    task_key = models.UUIDField(_("khóa nhiệm vụ"))
    period = models.CharField(_("kỳ"), max_length=10, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def period_label(self) -> str:
        return period_label(self.period) if self.period else ""


class TaskProgress(OfTask):
    """How far one task has come; a recurring one has a row a period."""

    page = models.ForeignKey(
        "plans.PlanPage", verbose_name=_("kế hoạch"), on_delete=models.CASCADE, related_name="progress_rows"
    )
    state = models.CharField(_("tình trạng"), max_length=20, choices=ProgressState, default=ProgressState.NOT_STARTED)
    percent = models.PositiveSmallIntegerField(_("phần trăm"), default=0, validators=[MaxValueValidator(100)])
    note = models.TextField(_("ghi chú"), blank=True, max_length=2000)
    updated_by = _person(_("người cập nhật"))
    updated_at = models.DateTimeField(_("cập nhật lúc"))

    objects = TaskProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiến độ nhiệm vụ")
        verbose_name_plural = _("tiến độ nhiệm vụ")
        constraints = [models.UniqueConstraint(fields=["page", "task_key", "period"], name="one_progress_a_period")]

    def __str__(self) -> str:
        return f"{self.task_key}: {self.get_state_display()} {self.percent}%"


class TaskProgressEntry(models.Model):
    """One step of that way; rows are only added. A step taken back stays, with the step that took it back."""

    progress = models.ForeignKey(TaskProgress, on_delete=models.CASCADE, related_name="entries")
    state = models.CharField(_("tình trạng"), max_length=20, choices=ProgressState)
    percent = models.PositiveSmallIntegerField(_("phần trăm"))
    note = models.TextField(_("ghi chú"), blank=True)
    undoes = models.OneToOneField(
        "self",
        verbose_name=_("rút lại lần cập nhật"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="undone_by",
    )
    by = _person(_("người cập nhật"))
    at = models.DateTimeField(_("lúc"))

    objects = TaskProgressEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần cập nhật tiến độ")
        verbose_name_plural = _("các lần cập nhật tiến độ")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y} {self.get_state_display()} {self.percent}%"


class TaskProduct(OfTask):
    """What a task has brought forth: a file in the private storage or an address. Public once a leader says so."""

    page = models.ForeignKey(
        "plans.PlanPage", verbose_name=_("kế hoạch"), on_delete=models.CASCADE, related_name="products"
    )
    title = models.CharField(_("tên sản phẩm"), max_length=200)
    url = models.URLField(_("địa chỉ"), max_length=500, blank=True)
    stored_name = models.CharField(_("nơi cất"), max_length=200, blank=True)
    filename = models.CharField(_("tên tệp"), max_length=120, blank=True)
    content_type = models.CharField(_("kiểu tệp"), max_length=100, blank=True)
    size = models.PositiveIntegerField(_("cỡ"), default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    public = models.BooleanField(_("công khai"), default=False)
    public_by = _person(_("người cho công khai"))
    added_by = _person(_("người gắn"))
    added_at = models.DateTimeField(_("gắn lúc"))
    removed_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)

    objects = TaskProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("sản phẩm của nhiệm vụ")
        verbose_name_plural = _("sản phẩm của nhiệm vụ")
        ordering = ["-added_at", "-pk"]
        indexes = [models.Index(fields=["page", "task_key"], name="task_products")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(stored_name="")) | (~Q(url="") & Q(stored_name="")),
                name="product_is_file_or_address",
            ),
            models.CheckConstraint(
                condition=Q(public=False) | Q(removed_at=None), name="removed_product_is_not_public"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_type(self) -> str:
        """The type as people say it: PDF, DOCX."""
        return self.filename.rpartition(".")[2].upper()


class TaskDifficulty(OfTask):
    """What hinders a unit in its task (S51). Its words are the office's own until a leader makes other words public."""

    page = models.ForeignKey(
        "plans.PlanPage", verbose_name=_("kế hoạch"), on_delete=models.CASCADE, related_name="difficulties"
    )
    unit = models.ForeignKey(
        "core.Unit", verbose_name=_("đơn vị báo"), on_delete=models.PROTECT, related_name="plan_difficulties"
    )
    body = models.TextField(_("khó khăn, vướng mắc"))
    state = models.CharField(_("tình trạng"), max_length=10, choices=DifficultyState, default=DifficultyState.WAITING)
    reported_by = _person(_("người báo"))
    reported_at = models.DateTimeField(_("báo lúc"))
    answer = models.TextField(_("ý kiến của lãnh đạo"), blank=True)
    answered_by = _person(_("người trả lời"))
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    public = models.BooleanField(_("công khai"), default=False)
    public_body = models.TextField(_("khó khăn (bản công khai)"), blank=True)
    public_answer = models.TextField(_("cách giải quyết (bản công khai)"), blank=True)
    public_by = _person(_("người cho công khai"))

    objects = TaskDifficultyQuerySet.as_manager()

    class Meta:
        verbose_name = _("khó khăn, vướng mắc")
        verbose_name_plural = _("khó khăn, vướng mắc")
        ordering = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["page", "task_key"], name="task_difficulties")]
        constraints = [
            models.CheckConstraint(
                condition=Q(public=False) | Q(state=DifficultyState.ANSWERED), name="public_difficulty_is_answered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.reported_at:%d/%m/%Y}"
