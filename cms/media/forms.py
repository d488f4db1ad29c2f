"""What editors may put into the library of files: told by content, within the size of its kind."""

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

import filetype

from cms.core.permissions import can
from cms.core.ports import file_keepers
from cms.core.text import TextError
from cms.core.text.subtitles import as_webvtt, parse_captions
from cms.media.querysets import closed_sections_of, shown_to_everybody

VIDEOS = {"mp4": ("video/mp4", "video/x-m4v", "video/quicktime"), "webm": ("video/webm",)}
CAPTIONS = ("vtt", "srt")
MOST_CAPTIONS = 1024 * 1024
# Enough for every signature that is looked for.
_HEAD = 4096

_TOO_BIG = _("Tệp lớn hơn %(limit)d MB.")
_PUBLISHED = _(
    "Tệp này đang hiện trên trang đã đăng nên chỉ người duyệt đăng được thay. "
    "Hãy tải lên thành tệp mới, chọn tệp mới trong trang rồi gửi duyệt."
)
_NOT_VIDEO = _("Nội dung tệp không phải là video %(kind)s. Hãy xuất lại video rồi gửi.")


class _NothingPublishedIsSwapped:
    """Who may not publish changes no published page by giving a file or picture of it other content."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.swapper = kwargs.get("user")
        super().__init__(*args, **kwargs)

    def check_swap(self, target: Any) -> None:
        """Raise ValidationError when ``target`` stands on a live page, open or closed, and its content is not ours."""
        if target.pk is None or can(self.swapper, "page_publish"):
            return
        if shown_to_everybody(target) or closed_sections_of(target):
            raise ValidationError(_PUBLISHED, code="published")


class PortalImageForm(_NothingPublishedIsSwapped, BaseImageForm):
    """Wagtail's form of a picture."""

    def clean_file(self) -> Any:
        """Check that the picture may be given other content."""
        if "file" in self.changed_data:
            self.check_swap(self.instance)
        return self.cleaned_data.get("file")


class PortalDocumentForm(_NothingPublishedIsSwapped, BaseDocumentForm):
    """Wagtail's form of a file. Videos may be larger than papers; their captions must be what browsers read."""

    def clean_file(self) -> File | None:
        """Check a new file by its kind; captions of other programs (.srt) are written anew as WebVTT."""
        file: Any = self.cleaned_data.get("file")
        if not file or "file" not in self.changed_data:
            return file
        if self.instance.pk:
            _ask_keepers(self.instance.pk)
            self.check_swap(self.instance)
        extension = PurePosixPath(file.name or "").suffix.lstrip(".").lower()
        if extension in VIDEOS:
            _check_size(file, settings.VIDEO_MAX_UPLOAD_SIZE)
            _check_video(file, extension)
        elif extension in CAPTIONS:
            _check_size(file, MOST_CAPTIONS)
            return _captions(file)
        else:
            _check_size(file, settings.DOCUMENT_MAX_UPLOAD_SIZE)
        return file


def _ask_keepers(document_id: int) -> None:
    """A file is not swapped behind the back of whoever answers for it: no reader would know, and no one approve."""
    for keeper in file_keepers:
        if why := keeper.why(document_id):
            raise ValidationError(why, code="kept")


def _check_size(file: Any, most: int) -> None:
    if file.size > most:
        raise ValidationError(_TOO_BIG, params={"limit": most // 1024 // 1024}, code="file_too_large")


def _check_video(file: Any, extension: str) -> None:
    """The name alone says nothing: a page of HTML called .mp4 would be handed out as a video of ours."""
    file.seek(0)
    kind = filetype.guess(file.read(_HEAD))
    file.seek(0)
    if kind is None or kind.mime not in VIDEOS[extension]:
        raise ValidationError(_NOT_VIDEO, params={"kind": extension.upper()}, code="type")


def _captions(file: Any) -> File:
    """Return the file as WebVTT with only what is shown: styles and notes of other programs do not pass."""
    file.seek(0)
    try:
        cues = parse_captions(file.read())
    except TextError as error:
        raise ValidationError(str(error), code="captions") from error
    name = f"{PurePosixPath(file.name).stem}.vtt"
    return SimpleUploadedFile(name, as_webvtt(cues).encode(), "text/vtt")
