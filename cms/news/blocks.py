"""The body of a piece of news: every block of the house, and videos."""

from django.utils.translation import gettext_lazy as _

from cms.core.blocks import StoryBlock, VideoBlock, VideoLinkBlock


class NewsBodyBlock(StoryBlock):
    video = VideoBlock(group=_("Hình và bảng"))
    video_link = VideoLinkBlock(group=_("Liên kết"))

    class Meta:
        label = _("Nội dung tin")
        required = False
        icon = "doc-full"
