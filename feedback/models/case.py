"""A case: what somebody sent and where the work on it stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback.enums import MATTERS, CaseClass, CaseMatter, CaseOutcome, CaseSource, CaseState, Lane
from feedback.models.catalogue import Category, DeclineReason
from feedback.querysets import CaseQuerySet
from feedback.transitions import public_label


class ReferenceCounter(models.Model):
    """The last number given in a year. Its row is locked by the transaction that takes a number, so none is lost."""

    year = models.PositiveSmallIntegerField(_("năm"), primary_key=True)
    last = models.PositiveIntegerField(_("số cuối"), default=0)

    class Meta:
        verbose_name = _("bộ đếm mã hồ sơ phản ánh")
        verbose_name_plural = _("bộ đếm mã hồ sơ phản ánh")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Case(models.Model):
    """One phản ánh, kiến nghị. Private for ever; the public reads ``PublicCase``.

    ``state`` has one writer, ``services.moves``. ``version`` grows with every change, so that the second of
    two people is told instead of winning.
    """

    reference = models.CharField(_("mã phản ánh"), max_length=20, unique=True)
    category = models.ForeignKey(Category, verbose_name=_("lĩnh vực"), on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("đơn vị"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="feedback_cases",
    )
    title = models.CharField(_("tiêu đề"), max_length=200)
    body = models.TextField(_("nội dung"), max_length=10_000)
    matter = models.CharField(_("loại việc"), max_length=20, choices=CaseMatter, default=CaseMatter.OTHER)
    state = models.CharField(_("tình trạng"), max_length=20, choices=CaseState, default=CaseState.SUBMITTED)
    outcome = models.CharField(_("kết quả"), max_length=20, choices=CaseOutcome, blank=True)
    source = models.CharField(_("kênh gửi"), max_length=10, choices=CaseSource, default=CaseSource.WEB)
    complex = models.BooleanField(_("vụ việc phức tạp"), default=False)
    confidential = models.BooleanField(
        _("kín"), default=False, help_text=_("Chỉ lãnh đạo đơn vị và người được giao xem được; không bao giờ đăng.")
    )
    child_protection = models.BooleanField(
        _("bảo vệ trẻ em"), default=False, help_text=_("Kín hơn nữa: chỉ người được giao và người có tên xem được.")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người xử lý"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handled_cases",
    )
    received_at = models.DateTimeField(_("gửi đến lúc"))
    accepted_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True)
    clock_started_at = models.DateTimeField(_("bắt đầu tính hạn lúc"), null=True, blank=True)
    due_on = models.DateField(_("hạn trả lời"), null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    closed_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    reopen_count = models.PositiveSmallIntegerField(_("số lần xem xét lại"), default=0)
    decline_reason = models.ForeignKey(
        DeclineReason,
        verbose_name=_("lý do không tiếp nhận"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decline_note = models.TextField(_("hướng dẫn thêm cho người gửi"), blank=True)
    transferred_to = models.CharField(_("cơ quan nhận chuyển"), max_length=200, blank=True)
    transfer_number = models.CharField(_("số văn bản chuyển"), max_length=80, blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name=_("gộp vào"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duplicates",
    )
    publication_barred_reason = models.CharField(_("lý do không đăng"), max_length=200, blank=True)
    form_token_digest = models.CharField(  # noqa: DJ001 - no token is not an empty token
        _("dấu của biểu mẫu"), max_length=64, unique=True, null=True, editable=False
    )
    code_digest = models.CharField(_("dấu của mã theo dõi"), max_length=64, unique=True, editable=False)
    next_code_digest = models.CharField(  # noqa: DJ001 - no code on its way is not an empty code
        _("dấu của mã theo dõi vừa gửi lại"), max_length=64, unique=True, null=True, editable=False
    )
    search_text = models.TextField(_("chữ để tìm"), editable=False, default="")
    version = models.PositiveIntegerField(_("lần sửa"), default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phản ánh, kiến nghị")
        verbose_name_plural = _("phản ánh, kiến nghị")
        ordering = ["-received_at", "-pk"]
        indexes = [
            # A queue of the desk is counted and put in order from this index alone; only the rows shown are read.
            models.Index(
                fields=[
                    *("state", "due_on", "received_at", "id", "unit", "confidential", "child_protection", "officer"),
                    "publication_barred_reason",
                ],
                name="case_by_urgency",
            ),
            models.Index(fields=["unit", "state", "due_on"], name="case_by_unit"),
            models.Index(fields=["officer", "state"], name="case_by_officer"),
            models.Index(fields=["-received_at", "-id"], name="case_newest"),
            # What decides who sees a case, so that a queue is counted without reading the cases themselves.
            models.Index(
                fields=["unit", "confidential", "child_protection", "officer", "state"], name="case_counted_by_reach"
            ),
            models.Index(fields=["id"], name="case_confidential", condition=Q(confidential=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(accepted_at__isnull=False), name="case_no_date_before_acceptance"
            ),
            models.CheckConstraint(
                condition=Q(child_protection=False) | Q(confidential=True), name="case_of_a_child_is_confidential"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.DECLINED) | Q(decline_reason__isnull=False), name="case_declined_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.DUPLICATE) | Q(duplicate_of__isnull=False), name="case_joined_says_where"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.ANSWERED) | Q(answered_at__isnull=False), name="case_answered_says_when"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def lane(self) -> Lane:
        """How many may see it."""
        if self.child_protection:
            return Lane.CHILD
        return Lane.CONFIDENTIAL if self.confidential else Lane.OPEN

    @property
    def case_class(self) -> CaseClass:
        """What the case is about: a rule, the handling, or the manner."""
        return MATTERS[CaseMatter(self.matter)][0]

    @property
    def decree_clause(self) -> int:
        """The clause of Nghị định 20/2008/NĐ-CP, Điều 5, that names such a matter."""
        return MATTERS[CaseMatter(self.matter)][1]

    @property
    def public_label(self) -> str:
        """The state in the words of the sender."""
        return public_label(self.state)


class DeadlineExtension(models.Model):
    """More days for one case, by a leader with a reason that its sender reads; counted from the same clock."""

    case = models.ForeignKey(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="extensions")
    days = models.PositiveSmallIntegerField(_("thêm bao nhiêu ngày"))
    reason = models.CharField(_("lý do gia hạn"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người gia hạn"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("lần gia hạn")
        verbose_name_plural = _("các lần gia hạn")
        ordering = ["made_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(days__gt=0), name="extension_adds_days")]

    def __str__(self) -> str:
        return f"{self.case_id} +{self.days}"


class ClockPause(models.Model):
    """A time in which the office waits for the sender and the date moves with it."""

    case = models.ForeignKey(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="pauses")
    began_at = models.DateTimeField(_("từ"))
    ended_at = models.DateTimeField(_("đến"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần tạm dừng tính hạn")
        verbose_name_plural = _("các lần tạm dừng tính hạn")
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="one_open_pause_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.began_at:%d/%m/%Y}"
