"""Closed sets of the library. A value is the word that stands in addresses."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """For which school; the library's column is ``for_<name>``."""

    PRESCHOOL = "mam-non", _("Mầm non")
    PRIMARY = "tieu-hoc", _("Tiểu học")
    LOWER_SECONDARY = "thcs", _("Trung học cơ sở")
    UPPER_SECONDARY = "thpt", _("Trung học phổ thông")
    CONTINUING = "gdtx", _("Giáo dục thường xuyên")

    @property
    def column(self) -> str:
        return f"for_{self.name.lower()}"


class Audience(models.TextChoices):
    """For whom; the library's column is ``for_<name>``."""

    PUPILS = "hoc-sinh", _("Học sinh")
    PARENTS = "phu-huynh", _("Phụ huynh")
    TEACHERS = "giao-vien", _("Giáo viên")
    CITIZENS = "nguoi-dan", _("Người dân")

    @property
    def column(self) -> str:
        return f"for_{self.name.lower()}"


class MaterialKind(models.TextChoices):
    """What a reader takes away, in words that need no knowledge of file names."""

    PDF = "pdf", _("Tài liệu PDF")
    TEXT = "van-ban", _("Tài liệu Word")
    SLIDES = "trinh-chieu", _("Bài trình chiếu")
    TABLE = "bang-tinh", _("Bảng tính")
    PICTURE = "hinh", _("Hình, áp phích")
    SOUND = "am-thanh", _("Âm thanh")
    VIDEO = "video", _("Video")
    OTHER = "khac", _("Tệp loại khác")


_EXTENSIONS = {
    MaterialKind.PDF: "pdf",
    MaterialKind.TEXT: "doc docx odt rtf txt",
    MaterialKind.SLIDES: "ppt pptx odp",
    MaterialKind.TABLE: "xls xlsx ods csv",
    MaterialKind.PICTURE: "png jpg jpeg gif webp avif svg",
    MaterialKind.SOUND: "mp3 m4a ogg wav",
    MaterialKind.VIDEO: "mp4 webm",
}
_KINDS = {extension: kind for kind, words in _EXTENSIONS.items() for extension in words.split()}


def kinds_of(names: Iterable[str]) -> list[MaterialKind]:
    """Return the kinds of the files with these names, each once, in the order of the set."""
    found = {_KINDS.get(PurePosixPath(name).suffix.lstrip(".").lower(), MaterialKind.OTHER) for name in names}
    return [kind for kind in MaterialKind if kind in found]


class Licence(models.TextChoices):
    """What others may do with a material, in one sentence that needs no lawyer."""

    CREDIT = "credit", _("Được dùng, in, sửa lại; ghi rõ nguồn")
    UNCHANGED = "unchanged", _("Được dùng và in nguyên bản; ghi rõ nguồn, không bán")
    CLASSROOM = "classroom", _("Chỉ dùng để dạy và học trong trường")
    ASK = "ask", _("Hỏi tác giả trước khi dùng lại")


class Order(models.TextChoices):
    """How the list is ordered."""

    NEWEST = "", _("Mới nhất")
    TAKEN = "tai-nhieu", _("Tải nhiều nhất")
