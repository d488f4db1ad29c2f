"""Keys by which other software sends cases for citizens, and which case came by which key."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback.models.case import Case
from feedback.querysets import ApiKeyQuerySet


class ApiKey(models.Model):
    """One key of one body. The key itself is shown once and never stored: only its keyed digest is."""

    name = models.CharField(
        _("tên khóa"), max_length=80, help_text=_("Phần mềm nào dùng khóa này. Ví dụ: “Ứng dụng Công dân số”.")
    )
    holder = models.CharField(
        _("cơ quan giữ khóa"),
        max_length=150,
        help_text=_("Cơ quan, đơn vị chịu trách nhiệm về những gì gửi bằng khóa."),
    )
    contact = models.CharField(
        _("người liên hệ"), max_length=150, blank=True, help_text=_("Điện thoại hoặc thư điện tử khi cần gọi gấp.")
    )
    may_attach = models.BooleanField(
        _("được gửi kèm tệp"), default=False, help_text=_("Không chọn thì khóa chỉ gửi được chữ.")
    )
    hint = models.CharField(_("đầu khóa"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("cấp lúc"), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người cấp"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    last_used_on = models.DateField(_("ngày dùng gần nhất"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("khóa gửi phản ánh")
        verbose_name_plural = _("khóa gửi phản ánh")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(revoked_at__isnull=True), name="one_working_api_key_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        return self.revoked_at is None


class ApiArrival(models.Model):
    """Which case came by which key; the token that the sender's software got, as a keyed digest."""

    key = models.ForeignKey(ApiKey, verbose_name=_("khóa"), on_delete=models.PROTECT, related_name="arrivals")
    case = models.OneToOneField(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="api_arrival")
    token_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("phản ánh gửi bằng khóa")
        verbose_name_plural = _("phản ánh gửi bằng khóa")

    def __str__(self) -> str:
        return f"{self.key_id}/{self.case_id}"
