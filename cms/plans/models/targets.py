"""What a plan wants to reach in numbers, and what was reached (S7)."""

import operator
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from modelcluster.fields import ParentalKey

from cms.core.periods import period_label, read_period
from cms.plans.enums import Comparison
from cms.plans.querysets import PlanTargetQuerySet, TargetValueQuerySet

_MEETS = {
    Comparison.AT_LEAST: operator.ge,
    Comparison.MORE_THAN: operator.gt,
    Comparison.EXACTLY: operator.eq,
    Comparison.LESS_THAN: operator.lt,
    Comparison.AT_MOST: operator.le,
}


def figure(value: Decimal, measure: str) -> str:
    """Return a number as people read it, with its unit of measure: ``95,5 %``; the two are never parted."""
    words = number_format(value.normalize() if value else Decimal(0), use_l10n=True)
    return f"{words}\u00a0{measure}".strip()


class PlanTarget(Orderable):
    """One target. ``key`` never changes, so that what was reached stays with it through every revision."""

    page = ParentalKey("plans.PlanPage", on_delete=models.CASCADE, related_name="targets")
    key = models.UUIDField(_("khóa"), default=uuid.uuid4, editable=False, db_index=True)
    name = models.CharField(
        _("chỉ tiêu"), max_length=200, help_text=_("Ví dụ: mức độ hài lòng của phụ huynh cấp tiểu học.")
    )
    comparison = models.CharField(_("so sánh"), max_length=2, choices=Comparison, default=Comparison.AT_LEAST)
    value = models.DecimalField(_("mức phải đạt"), max_digits=14, decimal_places=2)
    measure = models.CharField(_("đơn vị tính"), max_length=40, blank=True, help_text=_("Ví dụ: %, hồ sơ, ngày."))
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("đơn vị theo dõi"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Đơn vị ghi số đạt được; để trống thì là đơn vị phụ trách kế hoạch."),
    )

    objects = PlanTargetQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("comparison"), FieldPanel("value"), FieldPanel("measure")]),
        FieldPanel("unit"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")

    def __str__(self) -> str:
        return f"{self.name}: {self.wanted}"

    @property
    def wanted(self) -> str:
        """The target in words: “trên 95 %”."""
        return f"{self.get_comparison_display()} {figure(self.value, self.measure)}"

    def is_met_by(self, value: Decimal) -> bool:
        """Say whether ``value`` reaches the target."""
        return bool(_MEETS[Comparison(self.comparison)](value, self.value))


class TargetValue(models.Model):
    """What was reached in one period. Rows are only added: the last one that was not taken back holds."""

    page = models.ForeignKey(
        "plans.PlanPage", verbose_name=_("kế hoạch"), on_delete=models.CASCADE, related_name="target_values"
    )
    target_key = models.UUIDField(_("khóa chỉ tiêu"))
    period = models.CharField(_("kỳ"), max_length=10)
    value = models.DecimalField(_("số đạt được"), max_digits=14, decimal_places=2)
    source = models.CharField(_("nguồn số liệu"), max_length=300)
    source_url = models.URLField(_("địa chỉ nguồn"), max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người ghi"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("ghi lúc"))
    removed_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)

    objects = TargetValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("số đạt được")
        verbose_name_plural = _("số đạt được")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["page", "target_key", "period"], name="target_values")]

    def __str__(self) -> str:
        return f"{self.period}: {self.value}"

    @property
    def period_label(self) -> str:
        return period_label(self.period)


@dataclass
class Reached:
    """A value as a reader sees it."""

    row: TargetValue
    shown: str
    met: bool


@dataclass
class TargetLine:
    """A target beside what was reached, the latest period first."""

    target: PlanTarget
    reached: list[Reached] = field(default_factory=list)
    plan: Any = None

    @property
    def latest(self) -> Reached | None:
        return self.reached[0] if self.reached else None


def target_lines(targets: Iterable[PlanTarget], values: Iterable[TargetValue], plan: Any = None) -> list[TargetLine]:
    """Return one line a target; of several values of one period only the newest is shown.

    Args:
        targets: in the order of the plan.
        values: the newest first, those taken back left out.
        plan: the plan they come from, when it is another one than the reader looks at.

    """
    lines = {(target.page_id, target.key): TargetLine(target, plan=plan) for target in targets}
    taken = set()
    for row in values:
        line, place = lines.get((row.page_id, row.target_key)), (row.page_id, row.target_key, row.period)
        if line is None or place in taken:
            continue
        taken.add(place)
        target = line.target
        line.reached.append(Reached(row, figure(row.value, target.measure), target.is_met_by(row.value)))
    for line in lines.values():
        line.reached.sort(key=lambda reached: _end(reached.row.period), reverse=True)
    return list(lines.values())


def _end(key: str) -> tuple[Any, ...]:
    """Order periods by their ends; of two that end together the longer one is later."""
    period = read_period(key)
    return (period.ends_on.isoformat(), -period.first_month) if period else ("", 0)
