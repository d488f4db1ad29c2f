"""What editors arrange on the home page and in menus."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from cms.core.blocks import CalloutBlock, LinkCardBlock, LinkCardsBlock, LinkValue, PictureBlock, ProseBlock
from cms.core.ports import Figure, FigureValue, figures
from cms.core.text import slug

# Drawings of the sprite that mean a thing to do; the names are ids in core/img/icons.svg.
TASK_ICONS = [
    ("speech", _("Lời nhắn")),
    ("search", _("Tra cứu")),
    ("document", _("Văn bản")),
    ("procedure", _("Thủ tục")),
    ("chart", _("Số liệu")),
    ("calendar", _("Lịch, kế hoạch")),
]


class TaskLinkBlock(LinkCardBlock):
    """One thing people come to do; the home page shows four of them beside the search box."""

    icon = blocks.ChoiceBlock(label=_("Hình"), choices=TASK_ICONS, default="document")

    class Meta:
        icon = "tick-inverse"
        label = _("Việc")
        description = _("Một việc người dân đến cổng để làm.")
        label_format = "{title}"
        value_class = LinkValue


class TaskLinksBlock(blocks.StreamBlock):
    """The tasks of the home page."""

    task = TaskLinkBlock()

    class Meta:
        icon = "list-ul"
        label = _("Việc thường làm")
        max_num = 6
        required = False


class TitledValue(blocks.StructValue):
    """A part of a column that has a heading of its own."""

    @cached_property
    def heading(self) -> str:
        return (self.get("title") or "").strip() or str(self.block.meta.label)

    @cached_property
    def anchor(self) -> str:
        """The id of the heading; a column's parts have different headings."""
        return slug(self.heading)


class TitledBlock(blocks.StructBlock):
    """What the parts of a column have in common: a heading that may be changed."""

    title = blocks.CharBlock(
        label=_("Tiêu đề"), required=False, max_length=60, help_text=_("Để trống thì dùng tên có sẵn.")
    )

    class Meta:
        value_class = TitledValue
        label_format = "{title}"


class LatestBlock(TitledBlock):
    """A list that its owner app keeps; nothing is shown while there is nothing to list."""

    count = blocks.IntegerBlock(label=_("Số dòng"), default=4, min_value=1, max_value=12)


class LatestCasesBlock(LatestBlock):
    class Meta:
        icon = "comment"
        label = _("Câu trả lời mới")
        description = _("Phản ánh, kiến nghị mới được trả lời và đăng công khai.")
        template = "components/home/latest_cases.html"


class LatestPlansBlock(LatestBlock):
    class Meta:
        icon = "calendar-check"
        label = _("Kế hoạch")
        description = _("Kế hoạch mới ban hành.")
        template = "components/home/latest_plans.html"


class LatestDocumentsBlock(LatestBlock):
    class Meta:
        icon = "doc-full"
        label = _("Văn bản mới")
        description = _("Văn bản mới ban hành.")
        template = "components/home/latest_documents.html"


class LatestNewsBlock(LatestBlock):
    class Meta:
        icon = "pick"
        label = _("Tin tức")
        description = _("Tin mới; tin đầu có ảnh lớn.")
        template = "components/home/latest_news.html"


class LatestMaterialsBlock(LatestBlock):
    class Meta:
        icon = "download"
        label = _("Học liệu mới")
        description = _("Tài liệu dạy học, tuyên truyền mới đăng.")
        template = "components/home/latest_materials.html"


class ComingEventsBlock(LatestBlock):
    class Meta:
        icon = "calendar-alt"
        label = _("Sắp diễn ra")
        description = _("Sự kiện, kỳ thi, tuyển sinh gần nhất trong lịch.")
        template = "components/home/coming_events.html"


class FiguresValue(TitledValue):
    @cached_property
    def shown(self) -> list[tuple[Figure, FigureValue]]:
        """The chosen figures that have something to say now; all of them when none is chosen."""
        chosen = set(self.get("names") or [])
        read = [(figure, figure.read()) for figure in figures if not chosen or figure.name in chosen]
        return [(figure, value) for figure, value in read if value is not None]


def figure_choices() -> list[tuple[str, Any]]:
    """Return every figure that an app has handed in."""
    return [(figure.name, figure.label) for figure in figures]


class FiguresBlock(TitledBlock):
    names = blocks.MultipleChoiceBlock(
        label=_("Số liệu"),
        required=False,
        choices=figure_choices,
        help_text=_("Không chọn gì thì hiện tất cả. Số nào chưa có gì để đếm thì không hiện."),
    )

    class Meta:
        icon = "table"
        label = _("Số liệu")
        description = _("Các con số sống, mỗi số dẫn tới cách tính.")
        template = "components/home/figures.html"
        value_class = FiguresValue


class ColumnBlock(blocks.StreamBlock):
    """What can stand in one column of the home page."""

    latest_cases = LatestCasesBlock(group=_("Danh sách"))
    latest_plans = LatestPlansBlock(group=_("Danh sách"))
    latest_documents = LatestDocumentsBlock(group=_("Danh sách"))
    latest_news = LatestNewsBlock(group=_("Danh sách"))
    latest_materials = LatestMaterialsBlock(group=_("Danh sách"))
    coming_events = ComingEventsBlock(group=_("Danh sách"))
    figures = FiguresBlock(group=_("Danh sách"))
    prose = ProseBlock(group=_("Lời"))
    callout = CalloutBlock(group=_("Lời"))
    picture = PictureBlock(group=_("Lời"))
    link_cards = LinkCardsBlock(group=_("Liên kết"))

    class Meta:
        icon = "list-ul"
        label = _("Cột")
        required = False


class SectionBlock(blocks.StructBlock):
    """One band of the home page, of one or two columns. A column without anything to show leaves no gap."""

    left = ColumnBlock(label=_("Cột chính"))
    right = ColumnBlock(label=_("Cột thứ hai"), required=False)
    tinted = blocks.BooleanBlock(label=_("Nền xám nhạt"), required=False)

    class Meta:
        icon = "placeholder"
        label = _("Dải")
        description = _("Một dải ngang của trang chủ, một hoặc hai cột.")
        template = "components/home/section.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``columns``: the columns that have something to show, as they will stand there."""
        context = super().get_context(value, parent_context=parent_context)
        drawn = [[part.render(context=parent_context) for part in value[side]] for side in ("left", "right")]
        kept = [[part for part in parts if part.strip()] for parts in drawn]
        context["columns"] = [parts for parts in kept if parts]
        return context


class SectionsBlock(blocks.StreamBlock):
    """The bands of the home page below the counter."""

    section = SectionBlock()

    class Meta:
        icon = "list-ul"
        label = _("Các dải của trang chủ")
        required = False

    def clean(self, value: Any) -> Any:
        """Keep headings apart: each is an anchor of the page."""
        cleaned = super().clean(value)
        taken: set[str] = set()
        for band in cleaned:
            for part in (*band.value["left"], *band.value["right"]):
                anchor = getattr(part.value, "anchor", "")
                if anchor and anchor in taken:
                    message = _("Hai phần cùng tiêu đề “%(title)s”; đổi tiêu đề của một phần.")
                    raise blocks.StreamBlockValidationError(
                        non_block_errors=[ValidationError(message, params={"title": part.value.heading})]
                    )
                taken.add(anchor)
        return cleaned


class MenuLinkBlock(LinkCardBlock):
    """One link of a menu."""

    text = None

    class Meta:
        icon = "link"
        label = _("Liên kết")
        description = _("Dẫn thẳng tới một trang hay một địa chỉ.")
        label_format = "{title}"
        value_class = LinkValue


class MenuHeadingBlock(MenuLinkBlock):
    """What opens a list: a page, an address, or words alone."""

    def clean(self, value):
        """Words alone are enough here: they open what stands below."""
        if not value.get("page") and not value.get("url") and (value.get("title") or "").strip():
            return blocks.StructBlock.clean(self, value)
        return super().clean(value)

    class Meta:
        icon = "title"
        label = _("Tên mục")
        label_format = "{title}"
        value_class = LinkValue


class MenuSectionBlock(blocks.StructBlock):
    heading = MenuHeadingBlock()
    children_of_page = blocks.BooleanBlock(
        label=_("Tự liệt kê các trang con"),
        required=False,
        help_text=_("Các trang con có chọn “Hiện trong danh mục”, theo thứ tự của cây trang."),
    )
    links = blocks.ListBlock(MenuLinkBlock(), label=_("Liên kết"), default=[], max_num=12)

    def clean(self, value):
        """A list has something in it."""
        cleaned = super().clean(value)
        if cleaned["children_of_page"] and not cleaned["heading"].get("page"):
            text = _("Muốn tự liệt kê trang con thì tên mục phải là một trang trên cổng.")
            raise blocks.StructBlockValidationError(block_errors={"children_of_page": ValidationError(text)})
        if not cleaned["children_of_page"] and not cleaned["links"]:
            text = _("Thêm ít nhất một liên kết, hoặc chọn tự liệt kê trang con.")
            raise blocks.StructBlockValidationError(non_block_errors=[ValidationError(text)])
        return cleaned

    class Meta:
        icon = "list-ul"
        label = _("Mục có danh sách con")
        description = _("Mở ra một danh sách ngắn.")
        label_format = "{heading}"


class MenuColumnBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tên cột"), max_length=80)
    links = blocks.ListBlock(MenuLinkBlock(), label=_("Liên kết"), min_num=1, max_num=8)

    class Meta:
        icon = "grip"
        label = _("Cột")
        label_format = "{title}"


class MenuWideBlock(blocks.StructBlock):
    heading = MenuHeadingBlock()
    columns = blocks.ListBlock(MenuColumnBlock(), label=_("Cột"), min_num=1, max_num=4)

    class Meta:
        icon = "table"
        label = _("Mục mở rộng")
        description = _("Mở ra cả chiều ngang trang, nhiều nhất bốn cột.")
        label_format = "{heading}"


class MenuItemsBlock(blocks.StreamBlock):
    """The items of a menu, in order."""

    link = MenuLinkBlock()
    section = MenuSectionBlock()
    wide = MenuWideBlock()

    class Meta:
        icon = "list-ul"
        label = _("Các mục")
        required = False
