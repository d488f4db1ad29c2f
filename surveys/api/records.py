"""Results as programs read them, and with the formula of every figure: shares as fractions, days in ISO 8601."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from cms.core.models import AgencySettings
from cms.core.periods import Period
from surveys.enums import IndexMethod
from surveys.services.choices import Ranked
from surveys.services.estimates import Estimate
from surveys.services.index import Index, differs
from surveys.services.result_lines import PartResult, QuestionResult, SurveyResults
from surveys.services.weights import Weighted

DIGITS = 4


def results_record(found: SurveyResults, *, public: bool = True) -> dict[str, Any]:
    """Return everything that is told of a period; what is hidden is null and says so.

    Args:
        found: the results.
        public: leave out questions of which the results are not published.

    """
    agency = AgencySettings.load()
    lines = [line for line in found.questions if line.publishable or not public]
    return {
        "title": found.survey.title,
        "survey": found.survey.slug,
        "version": found.version.number if found.version else None,
        "publisher": agency.name,
        "licence": agency.data_licence,
        "period": _period(found.period),
        "unit": found.unit.code if found.unit else None,
        "unit_name": found.unit.name if found.unit else None,
        "unit_kind": found.kind or None,
        "whole_months": found.whole_months,
        "told_until": found.told_until.isoformat() if found.told_until else None,
        "waiting": found.is_waiting,
        "smallest_cell": found.smallest,
        "rank_least": found.survey.rank_least,
        "responses": found.responses,
        "cells": [question_record(line) for line in lines],
        "factors": [
            {"key": factor.key, "title": factor.title, **index_record(factor.index)} for factor in found.factors
        ],
        "overall": {**index_record(found.overall), **_weighted_index(found.overall_weighted)},
        "by_kind": [_part(part, found.overall) for part in found.kinds],
        "by_unit": [_part(part, found.overall) for part in found.units],
        "trend": [{"period": point.key, "responses": point.n, **index_record(point.index)} for point in found.trend],
        "targets": [_target(line) for line in found.targets],
        "sample": _sample(found),
        "wishes": _wishes(found),
        "formulas": formulas(found.survey.index_method, found.smallest),
    }


def _period(period: Period) -> dict[str, Any]:
    return {
        "key": period.key or None,
        "label": period.label,
        "from": period.starts_on.isoformat(),
        "to": period.ends_on.isoformat(),
    }


def question_record(line: QuestionResult) -> dict[str, Any]:
    """Return one cell, with its words and with what its weighted figures rest on."""
    found, heavy = line.estimate or Estimate(0, None, None, None, None), line.weighted
    return {
        "key": line.key,
        "label": line.label,
        "kind": str(line.kind),
        "factor": line.factor or None,
        "n": line.n,
        "missing": line.missing,
        **_chosen(line),
        "top2": rounded(found.top2),
        "mean": rounded(found.mean),
        "wilson_low": rounded(found.wilson_low),
        "wilson_high": rounded(found.wilson_high),
        **_heavy(heavy),
        "hidden": line.hidden,
    }


def _chosen(line: QuestionResult) -> dict[str, Any]:
    """Return what was chosen how often. A ranking has its places besides; numbers and days, where their median lies."""
    if line.hidden:
        return dict.fromkeys(("levels", "choices", "order", "ranking", "median"))
    choices, ranks = line.chosen.choices, line.chosen.ranks
    levels = {choice.code: choice.count for choice in choices}
    for option in ranks:
        levels |= {f"{place}.{option.code}": count for place, count in enumerate(option.places, start=1)}
    return {
        "levels": levels,
        "choices": {choice.code: choice.label for choice in choices},
        # PostgreSQL keeps the names of an object in an order of its own.
        "order": [choice.code for choice in choices],
        "ranking": [_rank(each) for each in ranks] or None,
        "median": line.chosen.middle or None,
    }


def _rank(option: Ranked) -> dict[str, Any]:
    return {
        "code": option.code,
        "label": option.label,
        "places": list(option.places),
        "n": option.count,
        "share": rounded(option.share),
    }


def _heavy(found: Weighted | None) -> dict[str, Any]:
    return {
        "top2_weighted": rounded(found.top2 if found else None),
        "mean_weighted": rounded(found.mean if found else None),
        "wilson_low_weighted": rounded(found.low if found else None),
        "wilson_high_weighted": rounded(found.high if found else None),
        "n_effective": rounded(found.n_effective if found else None, 1),
    }


def index_record(found: Index | None) -> dict[str, Any]:
    """Return an index; without one everything is null."""
    facts = (
        asdict(found) if found else dict.fromkeys(("n", "top2", "mean", "wilson_low", "wilson_high", "made_of", "of"))
    )
    return {name: rounded(value) for name, value in facts.items()} | {"hidden": found is None}


def _weighted_index(found: Index | None) -> dict[str, Any]:
    return {
        "top2_weighted": rounded(found.top2 if found else None),
        "mean_weighted": rounded(found.mean if found else None),
        "wilson_low_weighted": rounded(found.wilson_low if found else None),
        "wilson_high_weighted": rounded(found.wilson_high if found else None),
    }


def _part(part: PartResult, whole: Index | None) -> dict[str, Any]:
    """Return one level or unit, with its place among those that have enough answers, and beside the whole."""
    place = part.place
    return {
        "code": part.code,
        "name": part.name,
        "responses": part.n,
        **index_record(part.index),
        "rank": place.rank if place else None,
        "rank_tied": place.tied if place else None,
        "rank_best": place.best if place else None,
        "rank_worst": place.worst if place else None,
        "compared": _side(part.index, whole),
    }


def _side(one: Index | None, whole: Index | None) -> str | None:
    """Say on which side of the whole a part lies, unless chance alone may have put it there; None without both."""
    if one is None or whole is None:
        return None
    return ("above" if one.top2 > whole.top2 else "below") if differs(one, whole) else "unclear"


def _target(line: Any) -> dict[str, Any]:
    return {
        "code": line.code or None,
        "name": line.name or _("Toàn cơ quan"),
        "measure": str(line.measure),
        "target": rounded(line.value),
        "actual": rounded(line.actual),
        "reached": line.reached,
        "clear": line.is_clear,
        "source": line.source,
    }


def _sample(found: SurveyResults) -> list[dict[str, Any]] | None:
    if not found.sample_lines:
        return None
    return [
        {
            "group": line.label,
            "quarter": line.quarter.isoformat(),
            "population": line.population,
            "responses": line.n,
        }
        for line in found.sample_lines
    ]


def _wishes(found: SurveyResults) -> dict[str, Any] | None:
    wishes = found.wishes
    if wishes is None:
        return None
    return {
        "n": wishes.n,
        "themes": [_theme(theme) for theme in wishes.themes],
        "by_unit": [
            {"code": code, "name": name, "n": n, "themes": [_theme(theme) for theme in themes]}
            for code, name, n, themes in wishes.by_unit
        ],
    }


def _theme(theme: Any) -> dict[str, Any]:
    return {"code": theme.code, "name": theme.name, "count": theme.count, "share": rounded(theme.share)}


def rounded(value: Any, digits: int = DIGITS) -> Any:
    """Return a figure as it is told everywhere; whole numbers and nothing as they are."""
    return round(value, digits) if isinstance(value, float) else value


FORMULAS: dict[str, Callable[[], str]] = {
    "n": lambda: _("Số phiếu có trả lời câu ấy."),
    "missing": lambda: _("Số phiếu của kỳ trừ số phiếu có trả lời câu ấy, kể cả phiếu không được hỏi câu ấy."),
    "top2": lambda: _("Số trả lời mức 4 và 5 chia cho số trả lời."),
    "mean": lambda: _("Tổng các mức (1 đến 5) chia cho số trả lời."),
    "median": lambda: _("Khoảng chứa trả lời đứng giữa, khi xếp mọi số, mọi ngày từ nhỏ đến lớn."),
    "wilson": lambda: _(
        "Khoảng tin cậy 95 % theo Wilson: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1,96. Của một chỉ số "
        "gồm nhiều tiêu chí: p là chỉ số, n là số trả lời ít nhất trong các tiêu chí."
    ),
    "weighted": lambda: _(
        "Mỗi nhóm của từng quý nặng bằng phần của nó trong tổng thể: W = N / ΣN, p = ΣW·p của nhóm. Nhóm ít phiếu được "
        "gộp với nhóm ít phiếu kế tiếp cùng quý. Khoảng tin cậy theo Wilson với n* = 1 / Σ(W²/n)."
    ),
    "compared": lambda: _(
        "“Cao hơn rõ”, “thấp hơn rõ” so với chỉ số chung: hai khoảng tin cậy không giao nhau. “Chưa khác rõ”: sai khác "
        "có thể chỉ là ngẫu nhiên."
    ),
    "rank": lambda: _(
        "Theo tỷ lệ hài lòng; bằng nhau đến một phần mười phần trăm thì đồng hạng. “Có thể từ … đến …”: khoảng tin cậy "
        "giao nhau thì thứ tự có thể chỉ là ngẫu nhiên."
    ),
}


def formulas(method: str, smallest: int) -> dict[str, str]:
    """Return how every figure is made, in words."""
    averaged = _("Nhân tố: trung bình cộng của các tiêu chí. Chỉ số chung: trung bình cộng của các nhân tố.")
    pooled = _("Nhân tố và chỉ số chung: gộp mọi câu trả lời của các tiêu chí thành một.")
    hidden = _(
        "Số từ 1 đến dưới %(least)d được ẩn, cùng với số mà đem trừ sẽ lộ ra nó; tiêu chí bị ẩn không vào chỉ số, và "
        "bảng nói chỉ số gồm mấy tiêu chí."
    )
    return {
        **{name: words() for name, words in FORMULAS.items()},
        "index": averaged if method == IndexMethod.AVERAGED else pooled,
        "hidden": hidden % {"least": smallest},
    }
