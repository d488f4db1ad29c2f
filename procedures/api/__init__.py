"""Procedures, figures on dossiers and letters of apology as open data."""

from .apologies import APOLOGIES
from .dossiers import DOSSIER_FIGURES, FORMULAS, figures_record
from .procedures import BASE, PROCEDURES, cells, record, rows

__all__ = [
    "APOLOGIES",
    "BASE",
    "DOSSIER_FIGURES",
    "FORMULAS",
    "PROCEDURES",
    "cells",
    "figures_record",
    "record",
    "rows",
]
