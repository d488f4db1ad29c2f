"""Procedures, figures on dossiers and letters of apology as open data."""

from .apologies import APOLOGIES
from .dossiers import DOSSIER_FIGURES, FORMULAS, figures_record
from .procedures import BASE, PROCEDURES, record, rows

__all__ = ["APOLOGIES", "BASE", "DOSSIER_FIGURES", "FORMULAS", "PROCEDURES", "figures_record", "record", "rows"]
