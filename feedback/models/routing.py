"""Where a case goes: whose it is by default, who else may see it, which other unit is asked for its opinion."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from cms.core.enums import Scope
from cms.core.permissions import scope_of
from feedback.enums import AccessKind
from feedback.models.case import Case
from feedback.models.catalogue import Category
from feedback.querysets import AccessQuerySet, ConsultQuerySet, RoutingQuerySet


class RoutingRule(models.Model):
    """Who gets the cases of a field of work, of a unit, or of both; the narrower rule wins."""

    category = models.ForeignKey(
        Category,
        verbose_name=_("lĩnh vực"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Để trống: mọi lĩnh vực."),
    )
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("đơn vị"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Để trống: mọi đơn vị."),
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người xử lý"), on_delete=models.PROTECT, related_name="+"
    )
    active = models.BooleanField(_("đang dùng"), default=True)

    objects = RoutingQuerySet.as_manager()

    panels = [FieldPanel("category"), FieldPanel("unit"), FieldPanel("officer"), FieldPanel("active")]

    class Meta:
        verbose_name = _("người xử lý mặc định")
        verbose_name_plural = _("người xử lý mặc định")
        ordering = ["category", "unit", "pk"]

    def __str__(self) -> str:
        where = [str(part) for part in (self.category, self.unit) if part]
        return f"{', '.join(where)}: {self.officer}"

    @property
    def code(self) -> str:
        """What the ledger calls it."""
        return str(self.pk)

    def clean(self) -> None:
        if self.category_id is None and self.unit_id is None:
            raise ValidationError({"category": _("Chọn lĩnh vực, đơn vị, hoặc cả hai.")})
        if self.officer_id and (scope := scope_of(self.officer, "case_handle")) is not Scope.ALL:
            near = scope is Scope.UNIT and (self.unit_id is None or self.unit_id in self.officer.unit_ids)
            if not near:
                raise ValidationError({"officer": _("Người này không có vai trò xử lý, hoặc không thuộc đơn vị ấy.")})
        same = RoutingRule.objects.filter(category=self.category_id, unit=self.unit_id).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"unit": _("Lĩnh vực và đơn vị này đã có người xử lý mặc định. Hãy sửa dòng đó.")})


class CaseAccess(models.Model):
    """One person who may see a confidential case: named for it, or by a glass broken with a reason, for a time."""

    case = models.ForeignKey(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="accesses")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người xem"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("vì sao"), max_length=10, choices=AccessKind, default=AccessKind.NAMED)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người ghi tên"), on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(_("từ lúc"))
    until = models.DateTimeField(_("đến lúc"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("thôi từ lúc"), null=True, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("quyền xem phản ánh kín")
        verbose_name_plural = _("các quyền xem phản ánh kín")
        ordering = ["granted_at", "pk"]
        indexes = [models.Index(fields=["user", "case"], name="access_by_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=Q(kind=AccessKind.NAMED, revoked_at__isnull=True),
                name="named_once_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AccessKind.GLASS) | (~Q(reason="") & Q(until__isnull=False)),
                name="a_broken_glass_says_why_and_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.user_id}"


class CaseConsult(models.Model):
    """A question to another unit about a case; its answer is for the officer, never for the sender."""

    case = models.ForeignKey(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="consults")
    unit = models.ForeignKey("core.Unit", verbose_name=_("đơn vị được hỏi"), on_delete=models.PROTECT, related_name="+")
    question = models.TextField(_("cần ý kiến về"), max_length=2_000)
    due_on = models.DateField(_("trả lời trước hết ngày"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người hỏi"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("hỏi lúc"))
    opinion = models.TextField(_("ý kiến"), max_length=5_000, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người cho ý kiến"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_at = models.DateTimeField(_("cho ý kiến lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("thôi hỏi lúc"), null=True, blank=True)

    objects = ConsultQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần xin ý kiến")
        verbose_name_plural = _("các lần xin ý kiến")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"],
                condition=Q(given_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_question_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.unit_id}"
