"""Links: to a page of the portal, or to a web address; nothing else."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

web_address = URLValidator(schemes=["http", "https"], message=_("Địa chỉ phải bắt đầu bằng http:// hoặc https://."))


def local_or_web_address(value: str) -> None:
    """Accept a path on this site or an http(s) address; refuse ``//host``, which only looks local."""
    if value.startswith("/") and not value.startswith(("//", "/\\")):
        return
    web_address(value)


class LinkValue(blocks.StructValue):
    @cached_property
    def live_page(self):
        page = self.get("page")
        return page if page and page.live else None

    @cached_property
    def href(self) -> str:
        """Where it leads; empty when the page is gone or not public, so that the card is left out."""
        if self.get("page"):
            return (self.live_page.url or "") if self.live_page else ""
        return self.get("url") or ""

    @cached_property
    def heading(self) -> str:
        return (self.get("title") or "").strip() or (self.live_page.title if self.live_page else "")

    @cached_property
    def is_external(self) -> bool:
        return self.href.startswith(("http://", "https://")) and self.live_page is None

    @cached_property
    def shown(self) -> bool:
        return bool(self.href and self.heading)


class LinkCardBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Trang trên cổng"), required=False)
    url = blocks.CharBlock(
        label=_("hoặc địa chỉ"),
        required=False,
        max_length=500,
        validators=[local_or_web_address],
        help_text=_("Bắt đầu bằng https://, hoặc / nếu ở trên cổng này."),
    )
    title = blocks.CharBlock(
        label=_("Tiêu đề"), required=False, max_length=120, help_text=_("Để trống thì dùng tên của trang.")
    )
    text = blocks.CharBlock(label=_("Một câu giải thích"), required=False, max_length=200)

    def clean(self, value):
        """One target, not two and not none; an address has no title of its own to fall back on."""
        cleaned = super().clean(value)
        errors = {}
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            errors["page"] = ValidationError(_("Chọn một trang, hoặc ghi một địa chỉ, không cả hai."))
        if cleaned.get("url") and not (cleaned.get("title") or "").strip():
            errors["title"] = ValidationError(_("Ghi tiêu đề cho địa chỉ này."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "link"
        label = _("Thẻ liên kết")
        description = _("Dẫn tới một trang hay một địa chỉ.")
        label_format = "{title}"
        value_class = LinkValue


class LinkCardsValue(blocks.StructValue):
    @cached_property
    def shown_cards(self) -> list[LinkValue]:
        return [card for card in self.get("cards") or [] if card.shown]


class LinkCardsBlock(blocks.StructBlock):
    cards = blocks.ListBlock(LinkCardBlock(), label=_("Thẻ"), min_num=1)

    def get_searchable_content(self, value):
        """The words that a reader sees, and no others."""
        return [words for card in value.shown_cards for words in (card.heading, card.get("text") or "") if words]

    class Meta:
        icon = "grip"
        label = _("Thẻ liên kết")
        description = _("Một lưới liên kết tới trang khác, mỗi thẻ một câu giải thích.")
        label_format = "{cards}"
        template = "components/streamfield/link_cards.html"
        value_class = LinkCardsValue
