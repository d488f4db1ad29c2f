"""What every page of the portal has, whatever its subject."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.enums import CommentsMode
from cms.core.panels import PageForm
from cms.core.text import clean_line, slug


class BasePage(Page):
    """Abstract. Addresses are made by the house's own slug function: Django's would drop đ."""

    listing_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("ảnh trong danh sách"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    listing_summary = models.CharField(
        _("tóm tắt trong danh sách"),
        max_length=300,
        blank=True,
        help_text=_("Một, hai câu; hiện ở danh sách, trang chủ và khi chia sẻ."),
    )
    owner_unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("đơn vị phụ trách"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Đơn vị giữ cho trang này đúng và mới."),
    )
    review_on = models.DateField(
        _("ngày cần xem lại"), null=True, blank=True, help_text=_("Đến ngày này, đơn vị phụ trách được nhắc.")
    )

    comments = models.CharField(
        _("ý kiến bạn đọc"),
        max_length=10,
        choices=CommentsMode,
        default=CommentsMode.OFF,
        help_text=_("Ý kiến chỉ hiện sau khi có người duyệt."),
    )
    comments_close_on = models.DateField(
        _("nhận ý kiến đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Để trống nếu không có hạn. Dùng khi lấy ý kiến dự thảo."),
    )

    base_form_class = PageForm

    # Whether readers are asked if the page was of use; lists and the home page are ways, not information.
    is_rated = True

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            _("Địa chỉ và tìm kiếm"),
        ),
        MultiFieldPanel(
            [FieldPanel("listing_image"), FieldPanel("listing_summary"), FieldPanel("show_in_menus")],
            _("Trong danh sách"),
        ),
        MultiFieldPanel([FieldPanel("owner_unit"), FieldPanel("review_on")], _("Trách nhiệm")),
        MultiFieldPanel([FieldPanel("comments"), FieldPanel("comments_close_on")], _("Ý kiến bạn đọc")),
    ]

    # Name of the address of this list's Atom feed, for page types that are lists.
    feed_name = ""
    # Key of the unit whose own pages these are; page types of a unit's section say it. Its menu and notices show.
    frame_unit_id: int | None = None
    # Whether the map of the site for people names each page of this type; entries of long lists say no.
    in_site_map = True

    class Meta:
        abstract = True

    @property
    def summary(self) -> str:
        """What a list, a search engine or a shared link says about this page."""
        return self.listing_summary or self.search_description

    @property
    def shows_comments(self) -> bool:
        return self.comments != CommentsMode.OFF

    def takes_comments(self, today: date) -> bool:
        """Say whether readers may still write on ``today``, the portal's own day; the closing day counts."""
        in_time = self.comments_close_on is None or today <= self.comments_close_on
        return self.comments == CommentsMode.OPEN and in_time

    def pictures(self) -> list[tuple[Any, str]]:
        """Return the pictures that this page shows, each with its use, for the worker to size when it is published."""
        streams = [getattr(self, each.name) for each in self._meta.concrete_fields if isinstance(each, StreamField)]
        shown = [
            (block.value.get("image"), "story") for body in streams for block in body if block.block_type == "picture"
        ]
        if self.listing_image:
            shown += [(self.listing_image, "card"), (self.listing_image, "lead")]
        if self.share_picture:
            shown.append((self.share_picture, "share"))
        return shown

    @property
    def share_picture(self) -> Any:
        """The image that a shared link shows, or None."""
        return self.listing_image

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """What this page is in the words of schema.org: ``@type`` and its facts; empty for an ordinary page.

        Address, language, picture, publisher and the way back are added by ``{% page_head %}``.
        """
        return {}

    def neighbour_pages(self) -> tuple["Page | None", "Page | None"]:
        """The public pages before (older) and after (newer) this one in its list, for ``{% neighbours page %}``."""
        return None, None

    def related_pages(self) -> list[Any]:
        """A few public pages on the same matter, for ``{% related_pages page %}``."""
        return []

    def _set_core_field_defaults(self) -> None:
        """Wagtail's hook before any validation; its own default would make ``e-thi`` of “Đề thi”."""
        self.title = clean_line(self.title or "")
        # A page without a place cannot know the addresses beside it; it is asked again when it has one.
        if not self.slug and self.path and (words := self.address_words()):
            self.slug = self._get_autogenerated_slug(slug(words))
        super()._set_core_field_defaults()

    def address_words(self) -> str:
        """What an address is made of when nobody wrote one."""
        return self.title
