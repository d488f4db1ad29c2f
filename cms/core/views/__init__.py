"""What the kernel itself answers."""

from .answers import count_reading, refused, too_many

__all__ = ["count_reading", "refused", "too_many"]
