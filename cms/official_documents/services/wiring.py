"""What the register follows: pages that go live or dark, midnight, and whoever would swap a published file."""

from datetime import timedelta

from wagtail.signals import page_published, page_unpublished

from cms.core.ports import (
    FileKeeper,
    IntegrityCheck,
    Job,
    register_file_keeper,
    register_integrity_check,
    register_job,
)
from cms.official_documents.models import OfficialDocumentPage

from .files import files_published, why_kept
from .legal_status import document_went_dark, document_went_live, legal_status_faults, legal_status_refresh_all


def follow_documents() -> None:
    """Connect and register; called once, at start."""
    page_published.connect(files_published, OfficialDocumentPage, dispatch_uid="document-files")
    page_published.connect(document_went_live, OfficialDocumentPage, dispatch_uid="document-live")
    page_unpublished.connect(document_went_dark, OfficialDocumentPage, dispatch_uid="document-dark")
    register_job(
        Job("legal_status", "Tính lại hiệu lực văn bản theo ngày", timedelta(hours=1), legal_status_refresh_all)
    )
    register_integrity_check(IntegrityCheck("legal_status", "Hiệu lực của văn bản", legal_status_faults))
    register_file_keeper(FileKeeper("official_documents", "Văn bản", why_kept))
