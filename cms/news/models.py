"""News: what happened, with a picture, a lead and who says so."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from cms.core.blocks import StoryBlock
from cms.core.models import BasePage
from cms.core.search import SearchText
from cms.news.querysets import NewsPageQuerySet


class NewsIndexPage(BasePage):
    """The list of news, newest first."""

    template = "pages/news/news_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count = 1
    page_size = 20

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang danh sách tin")
        verbose_name_plural = _("trang danh sách tin")

    def get_context(self, request, *args, **kwargs):
        """Add one page of news as ``news_page``; a page number that is not one shows the nearest."""
        context = super().get_context(request, *args, **kwargs)
        context["news_page"] = NewsPage.objects.child_of(self).readable().newest().listed(request.GET.get("trang"))
        return context


class NewsPage(BasePage):
    """One piece of news."""

    template = "pages/news/news_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []

    published_on = models.DateField(_("ngày tin"), default=timezone.localdate, db_index=True)
    lead = models.TextField(_("đoạn mở đầu"), max_length=600, help_text=_("Hai, ba câu nói hết ý chính."))
    author = models.CharField(_("tác giả"), max_length=120, blank=True)
    source = models.CharField(_("nguồn"), max_length=160, blank=True)
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("ảnh chính"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_caption = models.CharField(_("chú thích ảnh"), max_length=255, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_caption")], _("Ảnh chính")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("source")], _("Ghi công")),
    ]

    class Meta:
        verbose_name = _("tin")
        verbose_name_plural = _("tin tức")

    @property
    def summary(self) -> str:
        return super().summary or self.lead

    def search_text(self) -> SearchText:
        """What the site's search knows of this piece."""
        body = self.body.stream_block.get_searchable_content(self.body)
        return SearchText(
            title=self.title,
            body=" ".join([self.lead, *body]),
            url=self.url or "",
            date=self.published_on,
            unit_id=self.owner_unit_id,
        )

    @property
    def picture(self):
        """The image that stands for this piece in lists."""
        return self.listing_image or self.image
