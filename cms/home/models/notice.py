"""The notice above every page: a flood, a closed office, a wrong date in yesterday's letter."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from cms.core.blocks.links import local_or_web_address
from cms.core.text import clean_line
from cms.home.enums import NoticeLevel, NoticeScope
from cms.home.querysets import SiteNoticeQuerySet


class SiteNotice(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """One notice. It shows when it is published and its own hours run: to the minute, whatever the worker does."""

    heading = models.CharField(_("tiêu đề"), max_length=90, help_text=_("Một câu nói đủ ý."))
    text = models.TextField(_("nội dung"), max_length=400, blank=True, help_text=_("Hai, ba câu; viết điều cần làm."))
    level = models.CharField(_("mức độ"), max_length=10, choices=NoticeLevel, default=NoticeLevel.WARNING)
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("trang nói rõ hơn"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_url = models.CharField(
        _("hoặc địa chỉ"),
        max_length=500,
        blank=True,
        validators=[local_or_web_address],
        help_text=_("Bắt đầu bằng https://, hoặc / nếu ở trên cổng này."),
    )
    scope = models.CharField(_("hiện ở"), max_length=10, choices=NoticeScope, default=NoticeScope.SITE)
    section = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("mục"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    unit = models.ForeignKey(
        "core.Unit", verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    starts_at = models.DateTimeField(_("hiện từ"))
    ends_at = models.DateTimeField(_("đến"), db_index=True)

    objects = SiteNoticeQuerySet.as_manager()

    panels = [
        HelpPanel(
            content=_(
                "Thông báo hiện và tắt đúng phút đã đặt, sau khi được duyệt đăng. Cần tắt sớm: người duyệt đăng chọn "
                "“Gỡ” trong các nút ở cuối màn hình này hoặc ở danh sách thông báo; hay sửa giờ kết thúc rồi đăng."
            )
        ),
        FieldPanel("heading"),
        FieldPanel("text"),
        FieldPanel("level"),
        MultiFieldPanel([PageChooserPanel("link_page"), FieldPanel("link_url")], _("Đọc thêm")),
        MultiFieldPanel(
            [FieldPanel("scope"), PageChooserPanel("section"), FieldPanel("unit")], _("Hiện ở những trang nào")
        ),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")], _("Thời gian")),
    ]

    class Meta:
        verbose_name = _("thông báo đầu trang")
        verbose_name_plural = _("thông báo đầu trang")
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return self.heading

    @property
    def timing(self) -> str:
        """Where it stands among the hours, in a word; ``live`` says whether anybody may see it at all."""
        now = timezone.now()
        if now < self.starts_at:
            return _("Chưa đến giờ")
        return _("Đã hết giờ") if self.ends_at <= now else _("Trong giờ hiện")

    @property
    def version(self) -> str:
        """What a reader's browser remembers as closed; a notice published anew is shown anew."""
        return f"{self.pk}-{int(self.last_published_at.timestamp()) if self.last_published_at else 0}"

    @property
    def link(self) -> str:
        """Where it says more; empty when that page is gone."""
        page = self.link_page
        return ((page.url or "") if page.live else "") if page else self.link_url

    def clean(self) -> None:
        """Hours in order, and exactly what the scope asks for."""
        super().clean()
        self.heading, self.text = clean_line(self.heading or ""), (self.text or "").strip()
        errors: dict[str, Any] = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("Giờ kết thúc phải sau giờ bắt đầu.")
        if self.scope == NoticeScope.SECTION and self.section_id is None:
            errors["section"] = _("Chọn mục có thông báo này.")
        if self.scope == NoticeScope.UNIT and self.unit_id is None:
            errors["unit"] = _("Chọn đơn vị có thông báo này.")
        if self.link_page_id and self.link_url:
            errors["link_url"] = _("Chọn một trang, hoặc ghi một địa chỉ, không cả hai.")
        if errors:
            raise ValidationError(errors)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "pages/home/frame_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"preview_notice": self, "noindex": True, "breadcrumbs": []}
