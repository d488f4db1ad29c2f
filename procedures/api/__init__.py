"""Procedures, and figures on dossiers, as open data."""

from .dossiers import DOSSIER_FIGURES, FORMULAS, figures_record
from .procedures import BASE, PROCEDURES, record, rows

__all__ = ["BASE", "DOSSIER_FIGURES", "FORMULAS", "PROCEDURES", "figures_record", "record", "rows"]
