"""Reading responses from files: a row a response, a column a question; the sizes of groups on another sheet."""

from .responses import RESPONSES_IMPORT

__all__ = ["RESPONSES_IMPORT"]
