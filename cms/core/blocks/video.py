"""Videos: a file of our own with captions and a transcript, or a card that leads elsewhere. Nothing is embedded."""

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.core.text import TextError
from cms.core.text.subtitles import parse_captions, transcript_of

from .files import DownloadValue
from .links import web_address

VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


def _extension(document: Any) -> str:
    return PurePosixPath(document.file.name).suffix.lstrip(".").lower() if document and document.file else ""


class VideoValue(DownloadValue):
    @cached_property
    def media_type(self) -> str:
        return VIDEO_TYPES.get(_extension(self.get("document")), "")

    @cached_property
    def shown(self) -> bool:
        return bool(self.href and self.media_type)

    @cached_property
    def captions_href(self) -> str:
        captions = self.get("captions")
        return captions.url if captions and captions.file else ""

    @cached_property
    def transcript_lines(self) -> list[str]:
        return [line for line in (self.get("transcript") or "").splitlines() if line.strip()]


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tên video"), max_length=200)
    document = DocumentChooserBlock(label=_("Tệp video"), help_text=_("Tệp MP4 (H.264) hoặc WEBM trong kho tệp."))
    poster = ImageChooserBlock(label=_("Ảnh bìa"), required=False)
    captions = DocumentChooserBlock(
        label=_("Tệp phụ đề"), required=False, help_text=_("Tệp VTT trong kho tệp; tệp SRT gửi lên được đổi thành VTT.")
    )
    silent = blocks.BooleanBlock(label=_("Video không có lời nói"), required=False)
    transcript = blocks.TextBlock(
        label=_("Lời trong video, bằng chữ"),
        required=False,
        rows=6,
        help_text=_("Mỗi đoạn một dòng. Để trống thì lấy từ tệp phụ đề khi lưu."),
    )

    def clean(self, value):
        """A video with words has them in writing too: captions for who does not hear, text for who cannot play it."""
        cleaned = super().clean(value)
        errors = {}
        if _extension(cleaned.get("document")) not in VIDEO_TYPES:
            errors["document"] = ValidationError(_("Chọn tệp MP4 hoặc WEBM."))
        captions = cleaned.get("captions")
        if captions:
            try:
                spoken = _spoken(captions)
            except TextError as error:
                errors["captions"] = ValidationError(str(error))
            else:
                cleaned["transcript"] = (cleaned.get("transcript") or "").strip() or spoken
        elif not cleaned.get("silent"):
            errors["captions"] = ValidationError(_("Chọn tệp phụ đề, hoặc đánh dấu video không có lời nói."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_searchable_content(self, value):
        """The words that a reader sees, and no others."""
        return [words for words in (value.heading, *value.transcript_lines) if words] if value.shown else []

    class Meta:
        icon = "media"
        label = _("Video có phụ đề")
        description = _("Video trong kho tệp, có phụ đề và lời bằng chữ.")
        label_format = "{title}"
        template = "components/streamfield/video.html"
        value_class = VideoValue


def _spoken(captions: Any) -> str:
    """Return the words of a captions file; raises TextError with what is wrong with it."""
    if _extension(captions) != "vtt":
        raise TextError(_("Tệp phụ đề phải là tệp VTT."))
    try:
        with captions.file.open("rb") as stored:
            content = stored.read()
    except OSError:
        raise TextError(_("Không đọc được tệp phụ đề.")) from None
    return transcript_of(parse_captions(content))


class VideoLinkValue(blocks.StructValue):
    @cached_property
    def host(self) -> str:
        """Where the link leads, as people say it."""
        return (urlsplit(self.get("url") or "").hostname or "").removeprefix("www.")

    @cached_property
    def shown(self) -> bool:
        return bool(self.host and (self.get("title") or "").strip())


class VideoLinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tên video"), max_length=200)
    url = blocks.CharBlock(
        label=_("Địa chỉ"),
        max_length=500,
        validators=[web_address],
        help_text=_("Trang có video, bắt đầu bằng https://."),
    )
    poster = ImageChooserBlock(label=_("Ảnh bìa"), required=False)
    text = blocks.CharBlock(label=_("Một câu giải thích"), required=False, max_length=200)

    def get_searchable_content(self, value):
        """The words that a reader sees, and no others."""
        return [words for words in (value.get("title"), value.get("text")) if words] if value.shown else []

    class Meta:
        icon = "link-external"
        label = _("Video ở trang khác")
        description = _("Thẻ dẫn tới video đăng ở nơi khác; cổng không nhúng và không tải gì từ nơi ấy.")
        label_format = "{title}"
        template = "components/streamfield/video_link.html"
        value_class = VideoLinkValue
