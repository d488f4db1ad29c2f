"""The StreamField vocabulary: what an editor may put into a page.

A block class, its template ``components/streamfield/<name>.html`` and its style sheet
``css/streamfield/<name>.css`` share one name. What a block decides (which title, which address, whether
there is anything to show) is answered by its value class; templates only ask.
"""

from .files import DownloadBlock, DownloadValue
from .links import (
    LinkCardBlock,
    LinkCardsBlock,
    LinkCardsValue,
    LinkValue,
    local_or_web_address,
    web_address,
)
from .media import PictureBlock, PictureValue
from .story import StoryBlock
from .tables import DataTableBlock
from .text import (
    AccordionBlock,
    AccordionValue,
    CalloutBlock,
    CalloutValue,
    HeadingBlock,
    HeadingValue,
    ProseBlock,
    QuotationBlock,
    QuotationValue,
)
from .video import VideoBlock, VideoLinkBlock, VideoLinkValue, VideoValue

__all__ = [
    "AccordionBlock",
    "AccordionValue",
    "CalloutBlock",
    "CalloutValue",
    "DataTableBlock",
    "DownloadBlock",
    "DownloadValue",
    "HeadingBlock",
    "HeadingValue",
    "LinkCardBlock",
    "LinkCardsBlock",
    "LinkCardsValue",
    "LinkValue",
    "PictureBlock",
    "PictureValue",
    "ProseBlock",
    "QuotationBlock",
    "QuotationValue",
    "StoryBlock",
    "VideoBlock",
    "VideoLinkBlock",
    "VideoLinkValue",
    "VideoValue",
    "local_or_web_address",
    "web_address",
]
