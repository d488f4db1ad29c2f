"""The closed sets of words of internal notices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    EVERYBODY = "all", _("Mọi đơn vị")
    CHOSEN = "chosen", _("Các đơn vị chọn bên dưới")


class Urgency(models.TextChoices):
    """As a paper says it (Nghị định 30/2020/NĐ-CP, Điều 8)."""

    NORMAL = "normal", _("Thường")
    URGENT = "urgent", _("Khẩn")
    VERY_URGENT = "very_urgent", _("Thượng khẩn")
    EXPRESS = "express", _("Hỏa tốc")


class ReadStanding(models.TextChoices):
    """Where one unit stands with one notice; computed, never stored."""

    IN_TIME = "in_time", _("Đã đọc")
    AFTER = "after", _("Đã đọc, quá hạn")
    WAITING = "waiting", _("Chưa đọc")
    LATE = "late", _("Chưa đọc, quá hạn")

    @property
    def tone(self) -> str:
        """The tone of its tag; the word and the shape say the same."""
        return {self.IN_TIME: "good", self.AFTER: "warn", self.WAITING: "", self.LATE: "bad"}[self]
