"""Pages that only officers of the sector read. Nothing an editor ticks opens them: see docs/adr/0019."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.url_routing import RouteResult

from cms.core.enums import CommentsMode
from cms.core.models import BasePage
from cms.core.permissions import can
from cms.internal.blocks import InternalStoryBlock
from cms.internal.enums import Audience, Urgency
from cms.internal.models.reading import ReceiptLine, receipt_lines
from cms.internal.querysets import InternalNoticeQuerySet

SLUG = "thong-bao-noi-bo"
PAGE_SIZE = 20


class ClosedPage(BasePage):
    """Abstract. A page that is answered to officers alone, and to no cache.

    Its view restriction is set and kept by ``cms.internal.services.closing``; this class refuses by itself as well.
    """

    private_page_options: list[str] = []
    is_rated = False
    in_site_map = False

    class Meta:
        abstract = True

    def may_be_read_by(self, user: Any) -> bool:
        """Say whether the published page is this person's to read."""
        raise NotImplementedError

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer to whom it is for; raises PermissionDenied for everybody else."""
        if not self.may_be_read_by(request.user):
            raise PermissionDenied
        response = super().serve(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say that machines are told nothing: no address of its own, no data, no shared picture."""
        return super().get_context(request, *args, **kwargs) | {"noindex": True}

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return []

    def _set_core_field_defaults(self) -> None:
        """Whatever an old draft or a form says: in no menu, without comments of readers."""
        self.show_in_menus = False
        self.comments = CommentsMode.OFF
        super()._set_core_field_defaults()


class InternalNoticeIndexPage(ClosedPage):
    """The notices that an officer may read, what is still to be confirmed first."""

    template = "pages/internal/internal_notice_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["internal.InternalNoticePage"]
    max_count = 1

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    promote_panels = [FieldPanel("slug")]

    class Meta:
        verbose_name = _("trang danh sách thông báo nội bộ")
        verbose_name_plural = _("trang danh sách thông báo nội bộ")

    def clean(self) -> None:
        """Files and receipts have their addresses below this one."""
        super().clean()
        if self.slug != SLUG:
            reason = _("Địa chỉ phải là “%(slug)s”: tệp và nút xác nhận đã đọc nằm bên dưới nó.")
            raise ValidationError({"slug": ValidationError(reason, params={"slug": SLUG})})

    def may_be_read_by(self, user: Any) -> bool:
        return can(user, "internal_read")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Send a stranger to the log-in whatever lies below, so that no address tells whether there is something."""
        if path_components and not request.user.is_authenticated:
            return RouteResult(self)
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of notices, and the keys of those that the reader's units have not confirmed."""
        context = super().get_context(request, *args, **kwargs)
        readable = InternalNoticePage.objects.readable_by(request.user)
        waiting = readable.unread_by(own_unit_ids(request.user))
        words = " ".join(request.GET.get("q", "")[:200].split())
        only_waiting = request.GET.get("loc") == "chua-doc"
        rows = waiting.soonest() if only_waiting else readable.newest()
        number = str(request.GET.get("trang", "1"))[:9]
        rows = rows.sought(words).defer("body").select_related("owner_unit")
        return context | {
            "notice_page": Paginator(rows, PAGE_SIZE).get_page(number),
            "waiting": set(waiting.values_list("pk", flat=True)),
            "keep": [("loc", "chua-doc")] if only_waiting else [],
            "asked": {"words": words, "only_waiting": only_waiting},
        }


class NoticePageForm(WagtailAdminPageForm):
    """Whoever sends to chosen units chooses at least one."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("audience") == Audience.CHOSEN
        if chosen and not self.is_deferred_validation and not self._has_addressee():
            self.add_error("audience", _("Hãy thêm ít nhất một đơn vị nhận, hoặc gửi cho mọi đơn vị."))
        return cleaned

    def _has_addressee(self) -> bool:
        formset = self.formsets.get("addressees")
        rows = formset.forms if formset else []
        return any(
            row.is_valid() and row.cleaned_data.get("unit") and not row.cleaned_data.get("DELETE") for row in rows
        )


class InternalNoticePage(ClosedPage):
    """One notice: what it says, for which units, and by when they confirm that they have read it."""

    template = "pages/internal/internal_notice_page.html"
    parent_page_types = ["internal.InternalNoticeIndexPage"]
    subpage_types: list[str] = []
    base_form_class = NoticePageForm

    number = models.CharField(_("số ký hiệu"), max_length=100, blank=True, help_text=_("Ví dụ: 45/TB-SGDĐT."))
    issued_on = models.DateField(_("ngày thông báo"), default=timezone.localdate)
    urgency = models.CharField(_("độ khẩn"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    body = StreamField(
        InternalStoryBlock(),
        verbose_name=_("nội dung"),
        blank=True,
        help_text=_("Chữ và bảng. Tệp gắn ở nút “Tệp kèm thông báo”, sau khi lưu: tệp ấy chỉ đơn vị nhận mở được."),
    )
    audience = models.CharField(_("gửi cho"), max_length=10, choices=Audience, default=Audience.EVERYBODY)
    needs_receipt = models.BooleanField(
        _("cần xác nhận đã đọc"), default=False, help_text=_("Mỗi đơn vị nhận bấm “Đã đọc” một lần.")
    )
    read_by = models.DateField(_("xác nhận đến hết ngày"), null=True, blank=True)

    objects = PageManager.from_queryset(InternalNoticeQuerySet)()

    content_panels = [
        # Without Wagtail's own panel of the title: it fills in a slug, and a notice has none to fill in.
        FieldPanel("title", classname="title"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("issued_on"), FieldPanel("urgency")]),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("audience"), InlinePanel("addressees", label=_("Đơn vị"))], _("Nơi nhận")),
        MultiFieldPanel([FieldPanel("needs_receipt"), FieldPanel("read_by")], _("Xác nhận đã đọc")),
        FieldPanel("owner_unit"),
    ]
    # Nothing of it is promoted anywhere; the address is made by the portal and tells nothing.
    promote_panels = [HelpPanel(template="internal/admin/closed.html")]

    class Meta:
        verbose_name = _("thông báo nội bộ ngành")
        verbose_name_plural = _("thông báo nội bộ ngành")

    def may_be_read_by(self, user: Any) -> bool:
        return type(self).objects.readable_by(user).filter(pk=self.pk).exists()

    @property
    def is_overdue(self) -> bool:
        """Say whether the last day to confirm is over."""
        return bool(self.needs_receipt and self.read_by and self.read_by < timezone.localdate())

    @property
    def urgency_words(self) -> str:
        """The urgency where it is more than ordinary."""
        return "" if self.urgency == Urgency.NORMAL else self.get_urgency_display()

    @property
    def audience_words(self) -> str:
        """For whom it is, in one line."""
        if self.audience == Audience.EVERYBODY:
            return str(_("Mọi đơn vị"))
        below = _("%(unit)s và các đơn vị cấp dưới")
        rows = self.addressees.all()
        return "; ".join(below % {"unit": r.unit.called} if r.with_units_below else r.unit.called for r in rows)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the ``files`` and, for a reader of the published page, what the own units have confirmed."""
        context = super().get_context(request, *args, **kwargs)
        context["files"] = list(self.files.in_use().in_order()) if self.pk else []
        if not getattr(request, "is_preview", False):
            context["may_see_receipts"] = can(request.user, "internal_receipts")
            if self.needs_receipt:
                context["own_lines"] = own_lines(self, request.user)
        return context

    def clean(self) -> None:
        """A reading to be confirmed has a last day, which is not before the notice."""
        super().clean()
        if self.needs_receipt and not self.read_by:
            raise ValidationError({"read_by": _("Hãy ghi ngày cuối để các đơn vị xác nhận.")})
        if self.read_by and self.issued_on and self.read_by < self.issued_on:
            raise ValidationError({"read_by": _("Ngày cuối không thể trước ngày thông báo.")})

    def _set_core_field_defaults(self) -> None:
        """An address made of the title would tell the title to whoever sees a link."""
        if not self.slug or not self.pk:
            self.slug = f"tb-{uuid4().hex[:12]}"
        super()._set_core_field_defaults()


def own_unit_ids(user: Any) -> list[int]:
    """Return the units in which this person works; not those below, for which others confirm."""
    return list(user.memberships.values_list("unit_id", flat=True)) if user.is_authenticated else []


def own_lines(page: InternalNoticePage, user: Any) -> list[ReceiptLine]:
    """Return where the reader's own units stand with ``page``: those that are to confirm it."""
    return receipt_lines(page, among=own_unit_ids(user))
