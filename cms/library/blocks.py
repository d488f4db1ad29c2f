"""The body of a material: every block of the house, and videos."""

from django.utils.translation import gettext_lazy as _

from cms.core.blocks import StoryBlock, VideoBlock, VideoLinkBlock


class MaterialBodyBlock(StoryBlock):
    video = VideoBlock(group=_("Hình và bảng"))
    video_link = VideoLinkBlock(group=_("Liên kết"))

    class Meta:
        label = _("Nội dung học liệu")
        required = False
        icon = "doc-full"
