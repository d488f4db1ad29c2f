"""A letter of apology: to whoever handed a dossier in that is late or went wrong, and what the public reads of it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.core.enums import DayReason
from cms.core.models import CalendarDay
from cms.core.working_days import ONE_DAY, WorkCalendar, working_days_between
from procedures.enums import (
    PUBLIC_APOLOGIES,
    UNSENT_APOLOGIES,
    ApologyKind,
    ApologyReason,
    ApologyState,
    Delivery,
)
from procedures.models.desk_settings import DossierSettings
from procedures.models.dossiers import Dossier
from procedures.querysets.apologies import ApologyQuerySet, wanting_apology
from procedures.querysets.dossiers import DossierQuerySet

REASON_LENGTH = 600


class Apology(models.Model):
    """One letter. ``state`` is written by ``services.apologies`` alone.

    ``public_reason`` and ``withdrawn_reason`` are read by everybody and name nobody; ``blame_note``, ``kept_because``
    and ``return_note`` stay in the house. ``delivered_on`` is the day of ``delivered_at`` here, for lists by period.
    """

    dossier = models.ForeignKey(Dossier, verbose_name=_("hồ sơ"), on_delete=models.PROTECT, related_name="apologies")
    kind = models.CharField(_("xin lỗi vì"), max_length=12, choices=ApologyKind, default=ApologyKind.LATE)
    state = models.CharField(_("tình trạng"), max_length=12, choices=ApologyState, default=ApologyState.DRAFT)
    unit = models.ForeignKey(
        "core.Unit", verbose_name=_("đơn vị giải quyết"), on_delete=models.PROTECT, related_name="apologies"
    )
    reason = models.CharField(_("loại lý do"), max_length=14, choices=ApologyReason)
    public_reason = models.TextField(
        _("lý do, viết cho mọi người đọc"),
        max_length=REASON_LENGTH,
        help_text=_(
            "Không ghi tên, điện thoại, địa chỉ, trường lớp của ai. Câu này đứng trong thư và trên trang công khai."
        ),
    )
    kept_because = models.CharField(
        _("vì sao giữ chữ giống thông tin riêng"),
        max_length=200,
        blank=True,
        help_text=_("Chỉ điền khi màn hình báo có chữ giống thông tin riêng mà thật ra không phải. Không công khai."),
    )
    blamed_unit = models.ForeignKey(
        "core.Unit", verbose_name=_("đơn vị để xảy ra"), on_delete=models.PROTECT, related_name="+"
    )
    blame_note = models.TextField(
        _("ghi chú trách nhiệm"), max_length=1000, blank=True, help_text=_("Không công khai.")
    )
    old_due_on = models.DateField(_("ngày đã hẹn"), null=True, blank=True)
    new_due_on = models.DateField(_("ngày hẹn lại"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người soạn"), on_delete=models.PROTECT, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người duyệt"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    return_note = models.CharField(_("vì sao trả lại"), max_length=400, blank=True)
    number = models.CharField(_("số"), max_length=12, blank=True, help_text=_("Văn thư cấp; để trống thì ghi tay."))
    signer_title = models.CharField(_("chức vụ người ký"), max_length=120, blank=True)
    signer_name = models.CharField(_("họ tên người ký"), max_length=120, blank=True)
    delivery = models.CharField(_("cách gửi"), max_length=6, choices=Delivery, blank=True)
    delivery_note = models.CharField(_("ghi chú khi gửi"), max_length=200, blank=True)
    delivered_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    delivered_on = models.DateField(_("ngày gửi"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("vì sao rút"), max_length=400, blank=True)
    changed_at = models.DateTimeField(_("sửa lúc"), auto_now=True)
    version = models.PositiveIntegerField(_("lần sửa"), default=1, editable=False)

    objects = ApologyQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư xin lỗi")
        verbose_name_plural = _("thư xin lỗi")
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-delivered_at", "-id"], name="apology_newest"),
            models.Index(fields=["unit", "state", "-delivered_at", "-id"], name="apology_unit_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                condition=Q(state__in=sorted(UNSENT_APOLOGIES)),
                name="one_open_apology_a_kind",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(kind=ApologyKind.LATE, state=ApologyState.DELIVERED),
                name="one_new_appointment_a_dossier",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(PUBLIC_APOLOGIES))
                | Q(delivered_at__isnull=False, delivered_on__isnull=False, approver__isnull=False),
                name="apology_public_was_approved",
            ),
            models.CheckConstraint(condition=~Q(author=F("approver")), name="apology_four_eyes"),
            models.CheckConstraint(
                condition=~Q(kind=ApologyKind.LATE) | Q(new_due_on__gt=F("old_due_on")), name="apology_date_is_later"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ApologyKind.LATE_AGAIN) | Q(new_due_on__isnull=True),
                name="apology_one_new_appointment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier.code}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return f"{reverse('apologies')}#thu-{self.pk}"

    @property
    def is_withdrawn(self) -> bool:
        return self.state == ApologyState.WITHDRAWN

    @property
    def reason_words(self) -> str:
        """Why, as readers see it: the class of reason, then the words of the office."""
        return f"{self.get_reason_display()}. {self.public_reason}"

    def sent_in_time(self, calendar: WorkCalendar, days: int) -> bool:
        """Say whether it went out at least ``days`` working days before the date that it excuses."""
        day = self.delivered_on or timezone.localdate()
        return self.old_due_on is not None and working_days_between(day, self.old_due_on, calendar) >= days


def appointment_words(old: date, new: date, calendar: WorkCalendar) -> str:
    """Say how many working days lie between the two dates, and which days did not count and why."""
    count = working_days_between(old, new, calendar)
    span = [old + ONE_DAY * step for step in range(1, (new - old).days + 1)]
    weekends = [day for day in span if calendar.reason(day) == DayReason.WEEKEND]
    special = [
        f"{day:%d/%m/%Y} ({calendar.special_days[day].label})"
        for day in span
        if day in calendar.special_days and not calendar.is_working_day(day)
    ]
    left_out = [_now("%(count)d ngày thứ Bảy, Chủ nhật") % {"count": len(weekends)}] if weekends else []
    words = _now("%(count)d ngày làm việc sau ngày hẹn trước") % {"count": count}
    skipped = ", ".join([*left_out, *special])
    return _now("%(words)s; không tính %(skipped)s") % {"words": words, "skipped": skipped} if skipped else words


def last_day_near(today: date, calendar: WorkCalendar, settings: DossierSettings) -> date:
    """Return the last due day that counts as nearly late: soon by the desk's own measure, and by the law's."""
    day = today
    for _step in range(max(settings.soon_days, settings.apology_days)):
        day = calendar.next_working_day(day)
    return day


def apologies_wanted(today: date | None = None) -> DossierQuerySet:
    """Return the dossiers that want a letter of apology now, by their first date."""
    today = today or timezone.localdate()
    until = last_day_near(today, CalendarDay.objects.work_calendar(), DossierSettings.load())
    return wanting_apology(Dossier.objects.all(), Apology.objects.all(), today=today, until=until).by_date()


def last_moment(due_on: date, days: int, calendar: WorkCalendar) -> date:
    """Return the last day on which a letter goes out ``days`` working days before ``due_on``."""
    day = due_on
    while days > 0:
        day -= ONE_DAY
        days -= calendar.is_working_day(day)
    return day
