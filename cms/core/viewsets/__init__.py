"""The kernel's own screens in the admin."""

from .catalogue import CatalogueViewSet
from .house import HouseViewSetGroup
from .mail_texts import MailTextViewSet
from .page_lists import PageList
from .storing import StoringCreateView, StoringEditView
from .waiting import narrow_panels

__all__ = [
    "CatalogueViewSet",
    "HouseViewSetGroup",
    "MailTextViewSet",
    "PageList",
    "StoringCreateView",
    "StoringEditView",
    "narrow_panels",
]
