"""What feedback reads from files."""

from .register import CASES_IMPORT, read_register

__all__ = ["CASES_IMPORT", "read_register"]
