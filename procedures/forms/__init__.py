"""What people and files may type."""

from .procedures import ProcedureRowForm

__all__ = ["ProcedureRowForm"]
