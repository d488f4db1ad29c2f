"""What the library follows: materials that go out, and whoever would swap a published file."""

from wagtail.signals import page_published

from cms.core.ports import FileKeeper, register_file_keeper
from cms.library.models import MaterialPage

from .files import files_published, why_kept


def follow_materials() -> None:
    """Connect and register; called once, at start."""
    page_published.connect(files_published, MaterialPage, dispatch_uid="material-files")
    register_file_keeper(FileKeeper("library", "Học liệu", why_kept))
