from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficialDocumentsConfig(AppConfig):
    name = "cms.official_documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        from cms.core.api import register_open_data
        from cms.core.importing import register_import_kind
        from cms.core.ports import CitationFinder, register_citation_finder
        from cms.core.search import SearchKind, register_search_kind, register_section
        from cms.official_documents.api import DOCUMENTS
        from cms.official_documents.importers import DOCUMENT_IMPORT
        from cms.official_documents.models import OfficialDocumentIndexPage, OfficialDocumentPage
        from cms.official_documents.querysets import SEARCH_KIND
        from cms.official_documents.services.wiring import follow_documents

        documents = OfficialDocumentPage.objects
        register_open_data(DOCUMENTS)
        register_import_kind(DOCUMENT_IMPORT)
        register_citation_finder(CitationFinder(SEARCH_KIND, _("Văn bản"), documents.cited))
        register_search_kind(
            SearchKind(
                SEARCH_KIND, _("Văn bản"), OfficialDocumentPage, documents.for_search, OfficialDocumentPage.search_text
            )
        )
        register_section(OfficialDocumentIndexPage)
        follow_documents()
