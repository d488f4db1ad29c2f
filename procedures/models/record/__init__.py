"""A procedure as the national record says it: a plain value a part, in its order.

Export, import, the differences that an import shows and the comparison of two versions all read these values, so that
what one of them knows the others know as well. A value is text, a list of texts or a list of rows; empty is nothing.
"""

from .content import Names, content_of, in_row_order
from .parts import BY_KEY, PARTS, RecordPart, record_of
from .words import MarkedWords, marked

__all__ = ["BY_KEY", "PARTS", "MarkedWords", "Names", "RecordPart", "content_of", "in_row_order", "marked", "record_of"]
