"""The one table that the public search reads, the words of files beside it, and the counts of what people look for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.enums import FileTextState
from cms.core.querysets.searches import FileTextQuerySet, SearchDemandQuerySet, SearchSuggestionQuerySet


class SearchEntry(models.Model):
    """One thing that the public can find.

    A copy, never a source: ``rebuild_search`` makes every row again. The folded words beside it live where
    the database searches best and are written by ``cms.core.search`` alone.
    """

    kind = models.CharField(_("loại"), max_length=40)
    object_id = models.CharField(_("khóa của đối tượng"), max_length=64)
    date = models.DateField(_("ngày"), null=True, blank=True)
    unit = models.ForeignKey(
        "core.Unit", verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    number = models.CharField(_("số ký hiệu như in"), max_length=120, blank=True)
    number_key = models.CharField(_("số ký hiệu để so khớp"), max_length=120, blank=True, db_index=True)
    url = models.CharField(_("địa chỉ"), max_length=2048)
    title = models.CharField(_("tiêu đề"), max_length=500)
    title_key = models.CharField(_("tiêu đề không dấu để so khớp"), max_length=255, blank=True, db_index=True)
    title_marks = models.CharField(_("tiêu đề có dấu để so khớp"), max_length=500, blank=True)
    lead = models.TextField(_("phần đầu để trích"), blank=True)

    class Meta:
        verbose_name = _("mục tìm kiếm")
        verbose_name_plural = _("mục tìm kiếm")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_object")]

    def __str__(self) -> str:
        return self.title


class SearchDemand(models.Model):
    """How often one query was asked on one day, and how often nothing was found. Nothing about whoever asked."""

    query = models.CharField(_("câu tìm"), max_length=80)
    day = models.DateField(_("ngày"))
    asked = models.PositiveIntegerField(_("lượt tìm"), default=0)
    missed = models.PositiveIntegerField(_("lượt không có kết quả"), default=0)

    objects = SearchDemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu tìm trong ngày")
        verbose_name_plural = _("câu tìm trong ngày")
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="one_count_a_query_a_day")]

    def __str__(self) -> str:
        return f"{self.query} {self.day:%d/%m/%Y} ×{self.asked}"


class FileText(models.Model):
    """The words of one public file, kept once whatever pages show it: equal bytes have equal words.

    ``digest`` is Wagtail's own ``file_hash``; a replaced file has another, and its words are read anew.
    """

    digest = models.CharField(_("dấu của tệp"), max_length=40, unique=True)
    state = models.CharField(_("đọc chữ"), max_length=12, choices=FileTextState, default=FileTextState.WAITING)
    text = models.TextField(_("chữ trong tệp"), blank=True)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    partial = models.BooleanField(_("chỉ đọc phần đầu"), default=False)
    tries = models.PositiveSmallIntegerField(_("số lần thử"), default=0)
    asked_at = models.DateTimeField(_("lúc giao đọc"), auto_now_add=True)
    read_at = models.DateTimeField(_("lúc đọc xong"), null=True, blank=True)

    objects = FileTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("chữ của tệp")
        verbose_name_plural = _("chữ của tệp")

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.get_state_display()}"


class SearchEntryFile(models.Model):
    """A file whose words help to find an entry; written with the entry, gone with it or with the words."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="files")
    text = models.ForeignKey(FileText, on_delete=models.CASCADE, related_name="entries")
    name = models.CharField(_("tên tệp"), max_length=255)
    url = models.CharField(_("địa chỉ"), max_length=2048)

    class Meta:
        verbose_name = _("tệp của mục tìm kiếm")
        verbose_name_plural = _("tệp của mục tìm kiếm")

    def __str__(self) -> str:
        return self.name


class SearchSuggestion(models.Model):
    """A query that many people asked and found: offered while others type.

    A copy of the counts, made again every hour. ``entry`` is a public thing whose title says every word of it; when
    that leaves the index, the suggestion leaves with it.
    """

    query = models.CharField(_("câu tìm"), max_length=80, unique=True)
    times = models.PositiveIntegerField(_("lượt tìm"))
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="+")

    objects = SearchSuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu tìm được gợi ý")
        verbose_name_plural = _("câu tìm được gợi ý")

    def __str__(self) -> str:
        return self.query
