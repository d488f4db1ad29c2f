"""The portal's own images and public documents. Private files are not here: see ``private``."""

from typing import Any

from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

# What a picture needs to look and move as it was; position, camera, author and notes are not among it.
_KEPT_INFO = frozenset({"icc_profile", "transparency", "background", "duration", "loop", "disposal"})


class Forget(FilterOperation):
    """Drop what a camera or a program wrote beside the points of a picture."""

    def construct(self) -> None:
        """Takes no argument."""

    def run(self, willow: Any, image: AbstractImage, env: dict[str, Any]) -> Any:
        willow.image.info = {name: value for name, value in willow.image.info.items() if name in _KEPT_INFO}
        return willow


class ForgetfulFilter(Filter):
    """Wagtail's filter, which would otherwise copy the place of a photograph into every public rendition."""

    @property
    def filter_operations(self) -> list[FilterOperation]:
        return [*super().filter_operations, Forget("forget")]


class PortalImage(AbstractImage):
    """An image with what the law and good manners ask beside it."""

    credit = models.CharField(_("nguồn ảnh, tác giả"), max_length=160, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")
        permissions = [("choose_image", "Can choose image")]

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        return super().generate_rendition_file(ForgetfulFilter(spec=filter.spec), source=source)


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("bản ảnh đã thu nhỏ")
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_spec")
        ]


class PortalDocument(AbstractDocument):
    """A file that the public may download; its collection decides who sees it."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")
        permissions = [("choose_document", "Can choose document")]
