"""The papers of a dossier, grouped by case as the national record groups them. Shown by the page's own template."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.core.blocks.files import DownloadValue


class PaperValue(DownloadValue):
    """One paper; as a download, its form."""

    @cached_property
    def words(self) -> str:
        return (self.get("name") or "").strip()

    @cached_property
    def form_href(self) -> str:
        """Where the form is: a file of the portal, else an address."""
        return self.href or (self.get("form_url") or "")

    @cached_property
    def copies_words(self) -> str:
        """How many: “1 bản chính, 2 bản sao”; nothing when nobody wrote it."""
        counts = ((self.get("originals"), _("bản chính")), (self.get("copies"), _("bản sao")))
        return ", ".join(f"{count} {name}" for count, name in counts if count)


class PaperBlock(blocks.StructBlock):
    """One component of a dossier."""

    name = blocks.CharBlock(label=_("Tên giấy tờ"), max_length=500)
    code = blocks.CharBlock(label=_("Mã giấy tờ"), required=False, max_length=60)
    document = DocumentChooserBlock(label=_("Mẫu đơn, tờ khai (tệp)"), required=False)
    title = blocks.CharBlock(
        label=_("Tên mẫu"), required=False, max_length=200, help_text=_("Để trống thì dùng tên của tệp.")
    )
    form_url = blocks.URLBlock(label=_("Hoặc địa chỉ của mẫu"), required=False, max_length=500)
    originals = blocks.IntegerBlock(label=_("Số bản chính"), default=1, min_value=0, max_value=99)
    copies = blocks.IntegerBlock(label=_("Số bản sao"), default=0, min_value=0, max_value=99)
    optional = blocks.BooleanBlock(label=_("Chỉ cần khi có"), required=False)
    note = blocks.CharBlock(label=_("Ghi chú"), required=False, max_length=500)

    class Meta:
        icon = "doc-full"
        label = _("Giấy tờ")
        label_format = "{name}"
        value_class = PaperValue


class CaseValue(blocks.StructValue):
    @cached_property
    def words(self) -> str:
        return (self.get("name") or "").strip()

    @cached_property
    def shown_papers(self) -> list[Any]:
        """The papers that say what they are."""
        return [paper for paper in self.get("papers") or [] if paper.words]


class CaseBlock(blocks.StructBlock):
    """One case of those who ask, with the papers that it needs."""

    name = blocks.CharBlock(
        label=_("Trường hợp"), required=False, max_length=300, help_text=_("Để trống khi chỉ có một trường hợp.")
    )
    papers = blocks.ListBlock(PaperBlock(), label=_("Giấy tờ"), min_num=1)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Trường hợp")
        label_format = "{name}"
        value_class = CaseValue


class DossierBlock(blocks.StreamBlock):
    """Every case in order."""

    case = CaseBlock()

    def get_searchable_content(self, value: Any) -> list[str]:
        """The cases and papers in words."""
        words = [case.value.words for case in value]
        return [each for each in words if each] + [p.words for case in value for p in case.value.shown_papers]

    class Meta:
        label = _("Thành phần hồ sơ")
        required = False
        icon = "folder-open-inverse"
