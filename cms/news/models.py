"""News: what happened, with a picture, a lead and who says so."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import PageManager

from modelcluster.fields import ParentalKey

from cms.core.models import MOST_PHOTOS, AlbumPhoto, BasePage, Citation, CitationLine, citation_lines
from cms.core.search import SearchText
from cms.core.text import clean_line, slug
from cms.news.blocks import NewsBodyBlock
from cms.news.querysets import NewsCategoryQuerySet, NewsFilters, NewsPageQuerySet


class NewsCategory(models.Model):
    """A heading that news stands under. Its address word is made once: links to the category outlive a new name."""

    name = models.CharField(_("tên"), max_length=80, unique=True)
    slug = models.SlugField(_("từ trong địa chỉ"), max_length=60, unique=True, editable=False)
    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True, help_text=_("Hiện dưới tên chuyên mục."))
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = NewsCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("chuyên mục tin")
        verbose_name_plural = _("chuyên mục tin")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = clean_line(self.name)
        self.slug = self.slug or self.slug_of(self.name)
        super().save(*args, **kwargs)

    @staticmethod
    def slug_of(name: str) -> str:
        """Return the address word that a category of this name gets."""
        return slug(name)[:60].strip("-")


class NewsIndexPage(BasePage):
    """The list of news, newest first, by category and by month."""

    template = "pages/news/news_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count = 1
    is_rated = False
    page_size = 20
    feed_name = "news_feed"

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang danh sách tin")
        verbose_name_plural = _("trang danh sách tin")

    def get_context(self, request, *args, **kwargs):
        """Add ``asked``, the ``category`` asked for and one page of news as ``news_page``; the tags make the filters.

        A page number that is not one shows the nearest.
        """
        context = super().get_context(request, *args, **kwargs)
        asked = NewsFilters.from_query(request.GET)
        news = NewsPage.objects.child_of(self).readable()
        context["asked"] = asked
        context["category"] = NewsCategory.objects.called(asked.category)
        context["news_page"] = news.filtered(asked).newest().listed(request.GET.get("trang"), self.page_size)
        # A category is a page of its own to search engines; a month is a view of the list.
        context["noindex"] = bool(asked) and (context["category"] is None or bool(asked.time))
        context["own_query"] = {"chuyen-muc": asked.category} if context["category"] else {}
        if category := context["category"]:
            context["shared"] = {"title": f"{category.name} – {self.seo_title or self.title}", "text": category.intro}
        return context


class NewsPage(BasePage):
    """One piece of news."""

    template = "pages/news/news_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []
    in_site_map = False

    published_on = models.DateField(_("ngày tin"), default=timezone.localdate, db_index=True)
    category = models.ForeignKey(
        NewsCategory,
        verbose_name=_("chuyên mục"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
    )
    lead = models.TextField(_("đoạn mở đầu"), max_length=600, help_text=_("Hai, ba câu nói hết ý chính."))
    author = models.CharField(_("tác giả"), max_length=120, blank=True)
    source = models.CharField(_("nguồn"), max_length=160, blank=True)
    source_url = models.URLField(
        _("địa chỉ của nguồn"),
        max_length=500,
        blank=True,
        help_text=_("Nơi đăng lần đầu, nếu tin lấy lại từ nơi khác."),
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("ảnh chính"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(
        _("mô tả cho người không xem được ảnh"),
        max_length=250,
        blank=True,
        help_text=_("Ảnh cho thấy gì. Để trống thì dùng mô tả ghi cùng ảnh trong kho."),
    )
    image_caption = models.CharField(_("chú thích ảnh"), max_length=255, blank=True)
    image_credit = models.CharField(
        _("nguồn ảnh"), max_length=160, blank=True, help_text=_("Để trống thì dùng nguồn ghi cùng ảnh trong kho.")
    )
    body = StreamField(NewsBodyBlock(), verbose_name=_("nội dung"), blank=True)
    source_digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("category")]),
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("image"),
                FieldPanel("image_alt"),
                FieldPanel("image_caption"),
                FieldPanel("image_credit"),
            ],
            _("Ảnh chính"),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("source"), FieldPanel("source_url")], _("Ghi công")),
        MultipleChooserPanel(
            "photos",
            chooser_field_name="image",
            heading=_("Album ảnh"),
            label=_("Ảnh"),
            max_num=MOST_PHOTOS,
            help_text=_("Chọn nhiều ảnh một lần; kéo để đổi thứ tự. Album hiện sau nội dung tin."),
        ),
        InlinePanel("related_documents", heading=_("Văn bản liên quan"), label=_("Văn bản")),
    ]

    class Meta:
        verbose_name = _("tin")
        verbose_name_plural = _("tin tức")

    @property
    def summary(self) -> str:
        return super().summary or self.lead

    @property
    def picture(self):
        """The image that stands for this piece in lists."""
        return self.listing_image or self.image

    @property
    def image_words(self) -> str:
        """What the main picture says to those who do not see it: the piece's own words, else the picture's."""
        described = getattr(self.image, "description", "") if self.image else ""
        return self.image_alt or described or self.image_caption

    @property
    def credit_line(self) -> str:
        """Whom to thank for the main picture: named here, else whom the picture itself names (S67)."""
        return self.image_credit or getattr(self.image, "credit", "")

    @cached_property
    def related_lines(self) -> list[CitationLine]:
        """The documents that the piece speaks of (S70)."""
        return citation_lines(self.related_documents.select_related("cited_page"))

    @cached_property
    def album(self) -> list["NewsPhoto"]:
        """The photographs in their order; as many queries for sixty as for one."""
        return list(self.photos.select_related("image").prefetch_related("image__renditions"))

    def pictures(self) -> list[tuple[Any, str]]:
        """The main picture, what stands in lists, the body and the album."""
        own = [(self.image, use) for use in ("story", "card", "lead")] if self.image else []
        album = [(photo.image, use) for use in ("thumb", "large") for photo in self.album]
        posters = [
            (block.value.get("poster"), use)
            for kind, use in (("video", "poster"), ("video_link", "card"))
            for block in self.body.blocks_by_name(kind)
        ]
        return [*super().pictures(), *own, *posters, *album]

    @property
    def share_picture(self):
        return self.picture

    @property
    def listed_on(self):
        """The day beside this piece in short lists."""
        return self.published_on

    def json_ld(self, request):
        """A piece of news, in the words of schema.org."""
        facts = {
            "@type": "NewsArticle",
            "headline": self.title[:110],
            "description": self.summary,
            "datePublished": self.published_on,
            "dateModified": self.last_published_at,
            "author": self.author and {"@type": "Person", "name": self.author},
        }
        return {name: value for name, value in facts.items() if value}

    def neighbour_pages(self):
        """The piece before this one in time, and the one after."""
        siblings = NewsPage.objects.sibling_of(self, inclusive=False).readable()
        return siblings.before(self).first(), siblings.after(self).first()

    def related_pages(self):
        """The newest of the same category; none where no category is named."""
        others = NewsPage.objects.readable().exclude(pk=self.pk)
        return list(others.filter(category=self.category_id).newest()[:3]) if self.category_id else []

    def search_text(self) -> SearchText:
        """What the site's search knows of this piece."""
        body = self.body.stream_block.get_searchable_content(self.body)
        category = self.category.name if self.category else ""
        captions = self.photos.values_list("caption", flat=True)
        return SearchText(
            title=self.title,
            body=" ".join(filter(None, [category, self.lead, *body, *captions, self.author, self.source])),
            url=self.url or "",
            date=self.published_on,
            unit_id=self.owner_unit_id,
        )


class NewsDocument(Citation):
    """A document that a piece of news speaks of: a page of the portal, or its number (S70)."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_documents")

    panels = [
        PageChooserPanel("cited_page", page_type=settings.NEWS_RELATED_PAGE_TYPES),
        *[panel for panel in Citation.panels if getattr(panel, "field_name", "") != "cited_page"],
    ]

    class Meta(Citation.Meta):
        verbose_name = _("văn bản liên quan")
        verbose_name_plural = _("văn bản liên quan")


class NewsPhoto(AlbumPhoto):
    """One photograph of a piece of news."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="photos")

    class Meta(AlbumPhoto.Meta):
        verbose_name = _("ảnh trong album")
        verbose_name_plural = _("ảnh trong album")
