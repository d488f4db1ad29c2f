"""The register's own page."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from cms.core.models import BasePage
from cms.official_documents.models.documents import OfficialDocumentPage
from cms.official_documents.querysets import DocumentFilters

_MOST_CONSULTATIONS = 3


class OfficialDocumentIndexPage(BasePage):
    """The register as readers see it: one form of filters, newest first."""

    template = "pages/official_documents/official_document_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["official_documents.OfficialDocumentPage"]
    max_count = 1
    is_rated = False
    feed_name = "documents_feed"

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang danh mục văn bản")
        verbose_name_plural = _("trang danh mục văn bản")

    def get_context(self, request, *args, **kwargs):
        """Add one page of documents, what was asked for, how many each further choice leaves, drafts to judge."""
        context = super().get_context(request, *args, **kwargs)
        asked = DocumentFilters.from_query(request.GET)
        documents = OfficialDocumentPage.objects.readable()
        facets = documents.facets(asked)
        page = documents.filtered(asked).newest().listed(request.GET.get("trang"), total=facets.total)
        context |= {"asked": asked, "facets": facets, "document_page": page}
        if not asked and "trang" not in request.GET:
            open_now = documents.consulting(timezone.localdate()).for_lists()
            context["consultations"] = open_now[:_MOST_CONSULTATIONS]
        # A list narrowed by a reader is a view of the page, not a page for other search engines.
        context["noindex"] = bool(asked)
        return context
