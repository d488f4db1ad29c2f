"""Notices for the sector alone: the pages, whom they are for, their files, and who has read them."""

from .pages import ClosedPage, InternalNoticeIndexPage, InternalNoticePage, NoticePageForm
from .parts import NoticeAddressee, NoticeFile, NoticeReceipt
from .reading import ReceiptLine, addressed_units, receipt_counts, receipt_lines

__all__ = [
    "ClosedPage",
    "InternalNoticeIndexPage",
    "InternalNoticePage",
    "NoticeAddressee",
    "NoticeFile",
    "NoticePageForm",
    "NoticeReceipt",
    "ReceiptLine",
    "addressed_units",
    "receipt_counts",
    "receipt_lines",
]
