"""Lists of pages as open data: the number, the address and the time that every page has are said once."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from .declared import Absolute, ApiField, Resource

_FIRST = ApiField("id", "integer", _("Số của trang trên cổng; không đổi."), always=True)
_LAST = (
    ApiField("url", "url", _("Địa chỉ của trang."), always=True),
    ApiField("updated_at", "datetime", _("Lần cuối trang được đăng.")),
)


def page_resource(
    *, fields: tuple[ApiField, ...], record: Callable[[Any, Absolute], dict[str, Any]], **facts: Any
) -> Resource:
    """Return the resource of one page type: ``fields`` and ``record`` are its own, ``facts`` those of a Resource."""

    def whole(row: Any, absolute: Absolute) -> dict[str, Any]:
        own = record(row, absolute)
        return {"id": row.pk, **own, "url": absolute(row.url or "/"), "updated_at": row.last_published_at}

    return Resource(
        fields=(_FIRST, *fields, *_LAST),
        record=whole,
        key=("id", "pk"),
        pattern=r"[0-9]{1,15}",
        key_example="12",
        **facts,
    )
