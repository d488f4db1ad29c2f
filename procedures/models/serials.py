"""Codes of dossiers: what a pattern means, and the last number of each day."""

import re
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

DAY, SERIAL, UNIT = "{ngày}", "{số}", "{đơn vị}"
LONGEST_CODE = 60
# What people and systems write as a code; spaces and the dashes of word processors are put right first.
DOSSIER_CODE = re.compile(r"[0-9A-Z][0-9A-Z./_-]{3,59}", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_PLACE = re.compile(r"\{[^{}]*\}")


def normalise_code(typed: str) -> str:
    """Return a code as it is stored: capitals, plain dashes, no spaces. What is no code comes back as it is."""
    return "".join(typed.translate(_DASHES).split()).upper()


def pattern_problem(pattern: str) -> Any:
    """Return a sentence saying why ``pattern`` cannot be used; empty when it can."""
    places = _PLACE.findall(pattern)
    if unknown := set(places) - {DAY, SERIAL, UNIT}:
        return _("Không có chỗ %(place)s. Chỉ dùng {ngày}, {số}, {đơn vị}.") % {"place": ", ".join(sorted(unknown))}
    if places.count(DAY) != 1 or places.count(SERIAL) != 1 or places.count(UNIT) > 1:
        return _("Mẫu phải có {ngày} và {số}, mỗi chỗ một lần; {đơn vị} nhiều nhất một lần.")
    if not pattern.endswith(SERIAL):
        return _("{số} phải đứng cuối mẫu.")
    example = series_of(pattern, day=date(2026, 11, 30), unit="C01") + "0001"
    if not DOSSIER_CODE.fullmatch(normalise_code(example)):
        return _("Mã chỉ gồm chữ không dấu, số, dấu chấm và gạch.")
    return ""


def series_of(pattern: str, *, day: date, unit: str) -> str:
    """Return the part of a code that the dossiers of one day share; the daily number follows it."""
    return normalise_code(pattern.replace(DAY, f"{day:%y%m%d}").replace(UNIT, unit).replace(SERIAL, ""))


class DossierSerial(models.Model):
    """The last number given in a series. Its row is locked by the transaction that takes one, so none is lost."""

    series = models.CharField(_("phần chung của mã"), max_length=LONGEST_CODE, primary_key=True)
    last = models.PositiveIntegerField(_("số cuối"), default=0)

    class Meta:
        verbose_name = _("bộ đếm mã hồ sơ")
        verbose_name_plural = _("bộ đếm mã hồ sơ")

    def __str__(self) -> str:
        return f"{self.series}{self.last:04d}"
