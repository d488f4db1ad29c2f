"""One material."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import PageManager

from modelcluster.fields import ParentalManyToManyField

from cms.core.models import BasePage
from cms.core.search import SearchText
from cms.library.blocks import MaterialBodyBlock
from cms.library.enums import Audience, Level, Licence, MaterialKind, kinds_of
from cms.library.models.reading import MaterialReading
from cms.library.models.topics import MaterialTopic
from cms.library.panels import CONTENT_PANELS
from cms.library.querysets import MaterialPageQuerySet

_FIRST_YEAR = 1945


class MaterialPage(MaterialReading, RoutablePageMixin, BasePage):
    """One material: what it is, for whom, its files, and who made it."""

    template = "pages/library/material_page.html"
    parent_page_types = ["library.MaterialIndexPage"]
    subpage_types: list[str] = []
    in_site_map = False

    intro = models.TextField(
        _("tóm tắt"), max_length=600, help_text=_("Hai, ba câu: trong này có gì, dùng vào lúc nào.")
    )
    published_on = models.DateField(_("ngày đăng"), default=timezone.localdate, db_index=True)
    topics = ParentalManyToManyField(MaterialTopic, verbose_name=_("chủ đề"), blank=True, related_name="materials")
    for_preschool = models.BooleanField(Level.PRESCHOOL.label, default=False)
    for_primary = models.BooleanField(Level.PRIMARY.label, default=False)
    for_lower_secondary = models.BooleanField(Level.LOWER_SECONDARY.label, default=False)
    for_upper_secondary = models.BooleanField(Level.UPPER_SECONDARY.label, default=False)
    for_continuing = models.BooleanField(Level.CONTINUING.label, default=False)
    for_pupils = models.BooleanField(Audience.PUPILS.label, default=False)
    for_parents = models.BooleanField(Audience.PARENTS.label, default=False)
    for_teachers = models.BooleanField(Audience.TEACHERS.label, default=False)
    for_citizens = models.BooleanField(Audience.CITIZENS.label, default=False)
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("ảnh bìa"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(
        _("mô tả cho người không xem được ảnh"),
        max_length=250,
        blank=True,
        help_text=_("Ảnh cho thấy gì. Để trống nếu ảnh chỉ để trang trí."),
    )
    body = StreamField(MaterialBodyBlock(), verbose_name=_("nội dung"), blank=True)
    key_points = models.TextField(
        _("ý chính cho lớp"),
        max_length=1200,
        blank=True,
        help_text=_("Mỗi dòng một ý; in trên tờ phát cho lớp, cùng mã QR mở trang này."),
    )
    author = models.CharField(_("tác giả"), max_length=160, blank=True)
    source = models.CharField(_("nguồn"), max_length=160, blank=True)
    source_url = models.URLField(_("địa chỉ của nguồn"), max_length=500, blank=True)
    licence = models.CharField(_("được dùng thế nào"), max_length=20, choices=Licence, default=Licence.CREDIT)
    year = models.PositiveSmallIntegerField(
        _("năm làm"),
        null=True,
        blank=True,
        validators=[MinValueValidator(_FIRST_YEAR), MaxValueValidator(2100)],
    )
    valid_until = models.DateField(
        _("dùng đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Sau ngày này trang vẫn đọc được nhưng nói rõ là đã hết hạn. Để trống nếu không có hạn."),
    )
    kinds = models.CharField(_("loại tệp"), max_length=120, blank=True, default="", editable=False)

    objects = PageManager.from_queryset(MaterialPageQuerySet)()

    content_panels = CONTENT_PANELS

    class Meta:
        verbose_name = _("học liệu")
        verbose_name_plural = _("học liệu")

    def clean(self) -> None:
        super().clean()
        if self.valid_until and self.published_on and self.valid_until < self.published_on:
            raise ValidationError({"valid_until": _("Ngày hết hạn không thể trước ngày đăng.")})

    def save(self, *args, **kwargs) -> None:
        """The kinds follow the files and the videos; the filters of the list read them."""
        names = [row.document.file.name for row in self.files.select_related("document")]
        kinds = kinds_of(names)
        if self.body.first_block_by_name("video") and MaterialKind.VIDEO not in kinds:
            kinds.append(MaterialKind.VIDEO)
        self.kinds = " ".join(kinds)
        super().save(*args, **kwargs)

    def pictures(self):
        """The cover, what stands in lists, and the body."""
        own = [(self.image, use) for use in ("story", "card")] if self.image else []
        posters = [
            (block.value.get("poster"), use)
            for kind, use in (("video", "poster"), ("video_link", "card"))
            for block in self.body.blocks_by_name(kind)
        ]
        return [*super().pictures(), *own, *posters]

    def search_text(self) -> SearchText:
        """What the site's search knows of this material."""
        body = self.body.stream_block.get_searchable_content(self.body)
        topics = [topic.name for topic in self.topic_rows]
        files = [row.called for row in self.files.select_related("document")]
        words = (*topics, self.intro, *body, self.key_points, *files, *self.level_names, *self.audience_names)
        return SearchText(
            title=self.title,
            body=" ".join(filter(None, [*map(str, words), self.author, self.source])),
            url=self.url or "",
            date=self.published_on,
            unit_id=self.owner_unit_id,
        )
