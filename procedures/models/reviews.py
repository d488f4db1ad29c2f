"""Reviewing procedures (S21–S23): what was found, what is proposed, what came of it; and what a year plans (S20)."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.text import clean_line, clean_text
from procedures.enums import MOST_FEE, ReviewProposal, ReviewState
from procedures.models.procedures import ProcedurePage
from procedures.querysets import ReviewQuerySet, ReviewYearQuerySet

_YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class ReviewYear(models.Model):
    """What the plan of one year asks for: how many procedures to review, for how many to fill in a sample dossier."""

    year = models.PositiveSmallIntegerField(_("năm"), unique=True, validators=_YEARS)
    reviews_planned = models.PositiveSmallIntegerField(_("số thủ tục phải rà soát"), default=0)
    samples_planned = models.PositiveSmallIntegerField(
        _("số thủ tục phải có hồ sơ mẫu"), default=0, help_text=_("Tính cả hồ sơ mẫu của những năm trước.")
    )
    basis = models.CharField(
        _("theo văn bản"), max_length=300, help_text=_("Kế hoạch giao chỉ tiêu: số ký hiệu, ngày.")
    )
    note = models.TextField(_("ghi chú"), blank=True)

    objects = ReviewYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch rà soát của năm")
        verbose_name_plural = _("kế hoạch rà soát, hồ sơ mẫu hằng năm")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class ProcedureReview(models.Model):
    """One thing found wrong with a procedure, and what the office proposes. Code and name stay when the page goes."""

    procedure = models.ForeignKey(
        ProcedurePage,
        verbose_name=_("thủ tục"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reviews",
    )
    code = models.CharField(_("mã thủ tục"), max_length=20, editable=False)
    name = models.TextField(_("tên thủ tục"), editable=False)
    year = models.PositiveSmallIntegerField(_("năm"), validators=_YEARS)
    problem = models.TextField(_("điều vướng mắc, chưa hợp lý"))
    proposal = models.CharField(_("kiến nghị"), max_length=20, choices=ReviewProposal)
    target = models.CharField(
        _("giấy tờ, mẫu, bước nào"), max_length=300, blank=True, help_text=_("Cần khi kiến nghị bỏ giấy tờ, mẫu, bước.")
    )
    amount_now = models.PositiveIntegerField(
        _("hiện nay"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_FEE)],
        help_text=_("Số ngày, hoặc số tiền (đồng)."),
    )
    amount_proposed = models.PositiveIntegerField(
        _("đề nghị còn"), null=True, blank=True, validators=[MaxValueValidator(MOST_FEE)]
    )
    reason = models.TextField(_("lý do, căn cứ của kiến nghị"), blank=True)
    state = models.CharField(_("tình trạng"), max_length=20, choices=ReviewState, default=ReviewState.FOUND)
    sent_with = models.CharField(_("kiến nghị tại văn bản"), max_length=200, blank=True)
    result = models.TextField(_("kết quả"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả rà soát thủ tục")
        verbose_name_plural = _("kết quả rà soát thủ tục")
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["year", "state"], name="procedure_review_year")]

    def __str__(self) -> str:
        return f"{self.code} – {self.get_proposal_display()}"

    def clean(self) -> None:
        """A proposal says of what: which paper or step, from how many days or đồng to how many."""
        super().clean()
        errors: dict[str, Any] = {}
        proposal = ReviewProposal(self.proposal) if self.proposal in ReviewProposal.values else None
        if proposal and proposal.names_something and not clean_line(self.target):
            errors["target"] = _("Hãy ghi tên giấy tờ, mẫu đơn hay bước.")
        if proposal and proposal.is_counted:
            errors |= self._wrong_amounts()
        if self.state in ReviewState.decided() and not clean_text(self.result):
            errors["result"] = _("Hãy ghi kết quả: ai quyết định, văn bản nào, từ ngày nào.")
        if self.state in ReviewState.sent() and not clean_line(self.sent_with):
            errors["sent_with"] = _("Hãy ghi văn bản đã gửi kiến nghị.")
        if errors:
            raise ValidationError(errors)

    def _wrong_amounts(self) -> dict[str, Any]:
        if self.amount_now is None:
            return {"amount_now": _("Hãy ghi số hiện nay.")}
        if self.amount_proposed is None:
            return {"amount_proposed": _("Hãy ghi số đề nghị.")}
        if self.amount_proposed >= self.amount_now:
            return {"amount_proposed": _("Số đề nghị phải nhỏ hơn số hiện nay.")}
        return {}

    @property
    def words(self) -> str:
        """What is proposed, in a line: “Rút ngắn thời hạn: 25 → 15 ngày”."""
        proposal = ReviewProposal(self.proposal)
        if proposal.is_counted:
            now, then = self._amount(self.amount_now), self._amount(self.amount_proposed)
            return f"{proposal.label}: {now} → {then} {proposal.unit}"
        return f"{proposal.label}: {self.target}" if self.target else str(proposal.label)

    @staticmethod
    def _amount(amount: int | None) -> str:
        return f"{amount or 0:,}".replace(",", ".")
