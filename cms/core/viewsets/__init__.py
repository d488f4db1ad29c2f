"""The kernel's own screens in the admin."""

from .catalogue import CatalogueViewSet
from .house import HouseViewSetGroup
from .mail_texts import MailTextViewSet
from .storing import StoringCreateView, StoringEditView
from .waiting import narrow_panels

__all__ = [
    "CatalogueViewSet",
    "HouseViewSetGroup",
    "MailTextViewSet",
    "StoringCreateView",
    "StoringEditView",
    "narrow_panels",
]
