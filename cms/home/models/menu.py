"""Menus: written by editors as snippets with draft, preview and moderation, one set a site, optionally one a unit."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from cms.home.blocks import MenuItemsBlock
from cms.home.enums import MenuPlace
from cms.home.querysets import MenuQuerySet

LINK, SECTION, WIDE = "link", "section", "wide"
# What may stand where; a link alone is the only thing that fits on the line at the top.
ALLOWED: dict[str, tuple[str, ...]] = {
    MenuPlace.MAIN: (LINK, SECTION, WIDE),
    MenuPlace.UTILITY: (LINK,),
    MenuPlace.FOOTER: (LINK, SECTION),
}
MOST_ITEMS: dict[str, int] = {MenuPlace.MAIN: 9, MenuPlace.UTILITY: 5, MenuPlace.FOOTER: 12}


class Menu(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """One menu. Its page items are kept by key, so they follow every rename and vanish with the page."""

    place = models.CharField(_("chỗ đứng"), max_length=10, choices=MenuPlace, default=MenuPlace.MAIN)
    site = models.ForeignKey(
        "wagtailcore.Site", verbose_name=_("trang web"), on_delete=models.CASCADE, related_name="menus"
    )
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("chỉ trên các trang của đơn vị"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="menus",
        help_text=_("Để trống thì danh mục dùng cho cả trang web."),
    )
    items = StreamField(MenuItemsBlock(), verbose_name=_("các mục"), blank=True)

    objects = MenuQuerySet.as_manager()

    panels = [
        HelpPanel(
            content=_(
                "Kéo thả để đổi thứ tự. Mục chọn trang trên cổng tự đổi tên theo trang và tự ẩn khi trang bị gỡ. "
                "Xem trước trước khi gửi duyệt; người đọc chỉ thấy bản đã đăng."
            )
        ),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("site"), FieldPanel("unit")], _("Ở đâu")),
        FieldPanel("items"),
    ]

    class Meta:
        verbose_name = _("danh mục liên kết")
        verbose_name_plural = _("danh mục liên kết")
        ordering = ["site", "unit__sort_name", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "place"],
                condition=models.Q(unit=None),
                name="one_menu_a_place",
                violation_error_message=_("Trang web này đã có danh mục ở chỗ ấy; hãy sửa danh mục đang có."),
            ),
            models.UniqueConstraint(
                fields=["site", "place", "unit"],
                name="one_menu_a_place_and_unit",
                violation_error_message=_("Đơn vị này đã có danh mục ở chỗ ấy; hãy sửa danh mục đang có."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()} – {self.unit.called}" if self.unit else str(self.get_place_display())

    def clean(self) -> None:
        """Only what fits at its place; more than one wide panel would hide which one is the portal's own."""
        super().clean()
        kinds = [block.block_type for block in self.items]
        errors = []
        if len(kinds) > MOST_ITEMS[self.place]:
            errors.append(_("Chỗ này chứa nhiều nhất %(most)d mục.") % {"most": MOST_ITEMS[self.place]})
        if set(kinds) - set(ALLOWED[self.place]):
            refused = _("Ở đầu trang chỉ đặt được liên kết đơn.")
            errors.append(refused if self.place == MenuPlace.UTILITY else _("Mục mở rộng chỉ có ở danh mục chính."))
        if kinds.count(WIDE) > 1:
            errors.append(_("Chỉ một mục được mở rộng; các mục khác xin dùng mục có danh sách con."))
        if errors:
            raise ValidationError({"items": errors})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "pages/home/frame_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"preview_menu": self, "noindex": True, "breadcrumbs": []}
