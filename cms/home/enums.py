"""Closed sets of words of the frame around every page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MenuPlace(models.TextChoices):
    """Where a menu stands."""

    MAIN = "main", _("Danh mục chính")
    UTILITY = "utility", _("Liên kết nhanh ở đầu trang")
    FOOTER = "footer", _("Cuối trang")


class NoticeLevel(models.TextChoices):
    """How loudly a notice speaks; the word stands beside it, so the colour says nothing alone."""

    INFO = "info", _("Thông tin")
    WARNING = "warning", _("Cần chú ý")
    URGENT = "urgent", _("Khẩn")


class NoticeScope(models.TextChoices):
    """On which pages a notice stands."""

    SITE = "site", _("Mọi trang")
    SECTION = "section", _("Một mục và các trang bên trong")
    UNIT = "unit", _("Các trang của một đơn vị")
