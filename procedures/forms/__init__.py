"""What forms and rows of files must say."""

from .procedures import ProcedureRowForm

__all__ = ["ProcedureRowForm"]
