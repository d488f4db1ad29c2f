"""What is read from responses: wide counts for speed, themes of wishes, and figures as they were published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import Unit
from surveys.enums import MonthScope
from surveys.models.survey import Survey
from surveys.querysets import MonthTallyQuerySet, SnapshotQuerySet, ThemeQuerySet


class MonthTally(models.Model):
    """Everything that was counted of one unit, or of one group of the sample, in one month: one row to read.

    ``counts`` has by key of a question how many answered and how many chose what: ``{"TC01": [9, {"5": 4, "4": 5}]}``;
    whole responses stand under the empty key. It says what ``ResponseTally`` says, added up over what it is about.
    """

    survey = models.ForeignKey(Survey, verbose_name=_("khảo sát"), on_delete=models.CASCADE, related_name="months")
    scope = models.CharField(_("theo"), max_length=10, choices=MonthScope)
    part = models.CharField(_("đơn vị hoặc nhóm"), max_length=40, blank=True)
    month = models.DateField(_("tháng"))
    counts = models.JSONField(_("bao nhiêu"), default=dict)

    objects = MonthTallyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("số đếm khảo sát theo tháng")
        verbose_name_plural = _("số đếm khảo sát theo tháng")
        constraints = [
            models.UniqueConstraint(fields=["survey", "scope", "month", "part"], name="one_month_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.scope} {self.part} {self.month}"


class WordsTheme(models.Model):
    """What a wish is about. Chosen by the moderator of the words; counted by unit and month, without the words."""

    code = models.SlugField(_("mã"), max_length=40, unique=True, help_text=_("Không đổi nữa: số đếm theo mã này."))
    name = models.CharField(_("chủ đề"), max_length=80)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)
    active = models.BooleanField(_("đang dùng"), default=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("chủ đề mong muốn")
        verbose_name_plural = _("các chủ đề mong muốn")
        ordering = ["order", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class ResultSnapshot(models.Model):
    """Figures as they were published: they never change, whatever comes in later. Taken back, a mark of it stays.

    ``record`` is all that its page and its files show; ``digest`` is its SHA-256, so that a copy can be checked.
    """

    survey = models.ForeignKey(Survey, verbose_name=_("khảo sát"), on_delete=models.PROTECT, related_name="snapshots")
    period = models.CharField(_("kỳ"), max_length=10, blank=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    n = models.PositiveIntegerField(_("số phiếu"))
    top2 = models.FloatField(_("tỷ lệ hài lòng"), null=True, blank=True)
    mean = models.FloatField(_("điểm trung bình"), null=True, blank=True)
    note = models.CharField(_("lời dẫn"), max_length=500, blank=True)
    record = models.JSONField(_("số liệu"))
    digest = models.CharField(_("dấu"), max_length=64)
    published_at = models.DateTimeField(_("công bố lúc"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người công bố"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người rút"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=300, blank=True)

    objects = SnapshotQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("kết quả đã công bố")
        verbose_name_plural = _("các kết quả đã công bố")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["survey", "-published_at"], name="snapshot_newest")]

    def __str__(self) -> str:
        return f"{self.survey}, {self.starts_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
