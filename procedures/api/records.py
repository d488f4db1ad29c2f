"""Procedures as whole records of the national shape: what the import takes back without a change."""

from collections.abc import Iterable
from typing import Any

from cms.core.api.declared import Absolute
from procedures.models import Names, ProcedurePage, content_of, record_of

PAGE_KEY = "dia_chi_trang"


def records(pages: Iterable[ProcedurePage], absolute: Absolute) -> list[dict[str, Any]]:
    """Return the records of public ``pages`` (read with ``with_record``), each with the way back to its page.

    The number of queries does not grow with the pages.
    """
    pages = list(pages)
    contents = [content_of(page) for page in pages]
    names = Names.of(contents, procedures=ProcedurePage.objects.readable())
    return [
        {
            "ma_thu_tuc": page.code,
            **_with_addresses(record_of(content, names), absolute),
            PAGE_KEY: absolute(page.url or "/"),
        }
        for page, content in zip(pages, contents, strict=True)
    ]


def _with_addresses(record: dict[str, Any], absolute: Absolute) -> dict[str, Any]:
    """Return ``record`` with whole addresses of forms, for those who read it elsewhere."""
    for case in record["thanh_phan_ho_so"]:
        for paper in case["giay_to"]:
            if paper["mau_don"]:
                paper["mau_don"]["dia_chi"] = absolute(paper["mau_don"]["dia_chi"])
    return record
