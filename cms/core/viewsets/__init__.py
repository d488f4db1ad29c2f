"""The kernel's own screens in the admin."""

from .house import HouseViewSetGroup
from .storing import StoringCreateView, StoringEditView

__all__ = ["HouseViewSetGroup", "StoringCreateView", "StoringEditView"]
