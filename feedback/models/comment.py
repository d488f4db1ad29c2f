"""What readers say below a page, and whether a page was of use to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.enums import CommentRefusal, CommentState
from feedback.querysets.comments import PageRatingQuerySet, ReaderCommentQuerySet

UNNAMED = _("Một bạn đọc")
LONGEST_COMMENT, LONGEST_NAME, LONGEST_WORDS = 2_000, 60, 500


class ReaderComment(models.Model):
    """Words of a reader about a page. Of the person the public sees ``shown_name``, as they chose it, and nothing else.

    The mail address serves one mail that says what became of the comment, and is then erased.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("trang"), on_delete=models.CASCADE, related_name="reader_comments"
    )
    body = models.TextField(_("ý kiến"), max_length=LONGEST_COMMENT, blank=True)
    shown_name = models.CharField(_("tên hiện ra"), max_length=LONGEST_NAME, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    state = models.CharField(_("tình trạng"), max_length=10, choices=CommentState, default=CommentState.WAITING)
    form_digest = models.CharField(_("dấu của biểu mẫu"), max_length=64, unique=True, editable=False)
    suspect = models.BooleanField(_("nghi là thư rác"), default=False, editable=False)
    received_at = models.DateTimeField(_("nhận lúc"), editable=False)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người quyết định"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    reason = models.CharField(_("lý do"), max_length=12, choices=CommentRefusal, blank=True)
    note = models.CharField(_("lời gửi người viết"), max_length=300, blank=True)

    objects = ReaderCommentQuerySet.as_manager()

    # A page is not “used” by what readers say of it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ý kiến bạn đọc")
        verbose_name_plural = _("ý kiến bạn đọc")
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(fields=["page", "state", "received_at"], name="comment_of_page"),
            models.Index(fields=["state", "received_at"], name="comment_queue"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def signed(self) -> str:
        """The name as its bearer chose it."""
        return self.shown_name or str(UNNAMED)


class PageRating(models.Model):
    """One reader's “useful” or “not”, with words for the editors alone.

    ``visitor`` is a keyed digest that is good for one page and one day, and is erased after it: it lets a second
    press change the answer instead of counting twice.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("trang"), on_delete=models.CASCADE, related_name="reader_ratings"
    )
    useful = models.BooleanField(_("hữu ích"))
    words = models.TextField(_("lời góp ý"), max_length=LONGEST_WORDS, blank=True)
    rated_on = models.DateField(_("ngày"), editable=False)
    rated_at = models.DateTimeField(_("lúc"), editable=False)
    visitor = models.CharField(_("dấu trong ngày"), max_length=64, null=True, editable=False)  # noqa: DJ001  NULLs differ

    objects = PageRatingQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("đánh giá trang")
        verbose_name_plural = _("đánh giá trang")
        ordering = ["-rated_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["page", "rated_on", "visitor"], name="one_rating_a_day")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
