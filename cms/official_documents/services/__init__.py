"""Writing the register. Editors write single pages through Wagtail; rows of a file come through here."""

from .catalogue import area_save, issuer_ensure, issuer_save
from .importing import DocumentRow, NoIndexPageError, document_import

__all__ = [
    "DocumentRow",
    "NoIndexPageError",
    "area_save",
    "document_import",
    "issuer_ensure",
    "issuer_save",
]
