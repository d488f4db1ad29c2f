"""Pages of long lists of wide rows."""

from wagtail.admin.paginator import WagtailPaginator

from cms.core.querysets.keys import KeysFirst


class KeysFirstPaginator(KeysFirst, WagtailPaginator):
    """Wagtail's numbered pages, found by keys: a case is wide and its list joins four tables."""
