"""The open data of the portal under one roof: apps say what they hand out, the kernel answers and describes it."""

from .declared import ApiError, ApiField, ApiFilter, DataFile, Report, Resource, declared, register_open_data
from .pages import page_resource

__all__ = [
    "ApiError",
    "ApiField",
    "ApiFilter",
    "DataFile",
    "Report",
    "Resource",
    "declared",
    "page_resource",
    "register_open_data",
]
