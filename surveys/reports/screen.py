"""One record as a page shows it: tables, charts, sentences. The live page and a published one are the same."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cms.core.charts import BarChart, bar_chart
from cms.core.periods import period_label
from surveys.enums import QuestionKind
from surveys.reports.words import DASH, bounds, decimal, measured, percent, rank_words, spread_words, whole

Record = Mapping[str, Any]


def shown(record: Record) -> dict[str, Any]:
    """Return what ``components/surveys/results.html`` shows of a record."""
    criteria = [cell for cell in record["cells"] if cell["kind"] == QuestionKind.SCORE]
    others = [cell for cell in record["cells"] if cell["kind"] != QuestionKind.SCORE]
    overall, words = record["overall"], record["formulas"]
    return {
        "record": record,
        "is_empty": record["responses"] == 0,
        "told_until": date.fromisoformat(record["told_until"]) if record.get("told_until") else None,
        "responses": whole(record["responses"]),
        "responses_hidden": record["responses"] is None,
        "headline": _headline(record),
        "overall": _index_cells(overall),
        **_weights(record),
        "factors": [{"name": each["title"], **_index_cells(each)} for each in record["factors"]],
        "factor_chart": _chart(record["factors"], "title", _("Tỷ lệ hài lòng theo nhân tố")),
        "criteria": [_criterion(cell) for cell in criteria],
        "criterion_chart": _chart(criteria, "label", _("Tỷ lệ hài lòng theo tiêu chí")),
        "others": [_other(cell) for cell in others],
        "kinds": [
            {"name": part["name"], "n": whole(part["responses"]), **_index_cells(part)} for part in record["by_kind"]
        ],
        "kind_chart": _chart(record["by_kind"], "name", _("Tỷ lệ hài lòng theo cấp, loại đơn vị")),
        "units": [_unit(part) for part in record["by_unit"]],
        "unit_chart": _chart(record["by_unit"], "name", _("Tỷ lệ hài lòng theo đơn vị")),
        "has_compared": len(record["by_unit"]) > 1,
        "has_ranks": any(part["rank"] is not None for part in record["by_unit"]),
        "trend": [_point(point) for point in record["trend"]],
        "trend_chart": _trend_chart(record["trend"]),
        "targets": [_target(line) for line in record["targets"]],
        "wishes": _wishes(record["wishes"]),
        "has_hidden": record["responses"] is None
        or any(line["hidden"] for line in (*record["cells"], *record["by_kind"], *record["by_unit"]))
        or any(_hides_a_choice(cell) for cell in record["cells"]),
        "formulas": [(name(), words[key]) for key, name in FORMULA_NAMES.items() if key in words],
    }


def _weights(record: Record) -> dict[str, Any]:
    overall = record["overall"]
    return {
        "has_weights": overall.get("top2_weighted") is not None,
        "coverage": _coverage(record["sample"] or ()),
        "weighted": {
            "top2": percent(overall.get("top2_weighted")),
            "mean": decimal(overall.get("mean_weighted")),
            "bounds": bounds(overall.get("wilson_low_weighted"), overall.get("wilson_high_weighted")),
        },
        "sample": [
            {**line, "population": whole(line["population"]), "n": whole(line["responses"]), "quarter": _quarter(line)}
            for line in record["sample"] or ()
        ],
    }


def _coverage(lines: Sequence[Record]) -> str:
    """Return how much of the whole belongs to groups that answered; nothing where all of it does."""
    whole_of = sum(line["population"] for line in lines)
    reached = sum(line["population"] for line in lines if line["responses"])
    return percent(reached / whole_of) if reached < whole_of else ""


COMPARED: dict[str, Any] = {
    "above": lambda: _("Cao hơn rõ"),
    "below": lambda: _("Thấp hơn rõ"),
    "unclear": lambda: _("Chưa khác rõ"),
}
FORMULA_NAMES: dict[str, Any] = {
    "n": lambda: _("Số trả lời"),
    "missing": lambda: _("Bỏ trống"),
    "top2": lambda: _("Tỷ lệ hài lòng"),
    "mean": lambda: _("Điểm trung bình"),
    "median": lambda: _("Trung vị"),
    "wilson": lambda: _("Khoảng tin cậy"),
    "weighted": lambda: _("Có trọng số"),
    "compared": lambda: _("So với chung"),
    "rank": lambda: _("Thứ hạng"),
    "index": lambda: _("Chỉ số"),
    "hidden": lambda: _("Ẩn số nhỏ"),
}


def _headline(record: Record) -> list[dict[str, str]]:
    overall = record["overall"]
    made = _("khoảng tin cậy 95 %%: %(bounds)s") % {"bounds": bounds(overall["wilson_low"], overall["wilson_high"])}
    share = {"name": _("Tỷ lệ hài lòng (mức 4 và 5)"), "value": percent(overall["top2"]), "note": made}
    mean = {"name": _("Điểm trung bình, 1 đến 5"), "value": decimal(overall["mean"]), "note": ""}
    lines = [{"name": _("Số phiếu"), "value": whole(record["responses"]), "note": ""}]
    return [*lines, share, mean] if overall["top2"] is not None else lines


def _index_cells(line: Record) -> dict[str, Any]:
    part = line.get("made_of") is not None and line["made_of"] != line["of"]
    return {
        "hidden": line["hidden"],
        "top2": percent(line["top2"]),
        "mean": decimal(line["mean"]),
        "bounds": bounds(line["wilson_low"], line["wilson_high"]),
        "part": _("từ %(made_of)d trong %(of)d tiêu chí") % line if part else "",
    }


def _criterion(cell: Record) -> dict[str, Any]:
    return {
        "key": cell["key"],
        "label": cell["label"],
        "n": whole(cell["n"]),
        "missing": "–" if cell["missing"] is None else whole(cell["missing"]),
        "has_mean": cell["mean"] is not None,
        "weighted": percent(cell["top2_weighted"]),
        "choices": _chosen(cell),
        **_index_cells(cell),
    }


def _other(cell: Record) -> dict[str, Any]:
    """Return a question that is no criterion: with a chart of its answers, or with the places of a ranking."""
    ranking = cell.get("ranking") or ()
    shares = [(each["label"], each["share"], [each["of_all"]]) for each in _chosen(cell) if each["of_all"] is not None]
    is_drawn = len(shares) > 1 and not ranking
    return {
        **_criterion(cell),
        "middle": cell["choices"][cell["median"]] if cell.get("median") else "",
        "chart": bar_chart(shares, title=cell["label"], text=_see_table(), largest=1) if is_drawn else None,
        "places": range(1, 1 + max((len(option["places"]) for option in ranking), default=0)),
        "ranking": [
            {
                "label": option["label"],
                "places": [whole(count) for count in option["places"]],
                "n": whole(option["n"]),
                "share": _share(option["share"]),
            }
            for option in ranking
        ],
    }


def _chosen(cell: Record) -> list[dict[str, Any]]:
    """Return what was chosen how often; of a ranking, what was put at any place."""
    if not cell["n"]:
        return []
    counted = [(option["label"], option["n"]) for option in cell.get("ranking") or ()] or [
        (cell["choices"][code], cell["levels"][code]) for code in cell.get("order") or cell["choices"] or ()
    ]
    shares = [(label, count, None if count is None else count / cell["n"]) for label, count in counted]
    return [
        {"label": label, "count": whole(count), "share": _share(share), "of_all": share}
        for label, count, share in shares
    ]


def _hides_a_choice(cell: Record) -> bool:
    places = [count for option in cell.get("ranking") or () for count in (option["n"], *option["places"])]
    return None in places or None in (cell["levels"] or {}).values()


def _share(share: float | None) -> str:
    return str(_("Ẩn")) if share is None else percent(share)


def _unit(part: Record) -> dict[str, Any]:
    return {
        "name": part["name"],
        "code": part["code"],
        "n": whole(part["responses"]),
        "rank": rank_words(dict(part)),
        "spread": spread_words(dict(part)),
        "compared": str(COMPARED[part["compared"]]()) if part.get("compared") else DASH,
        **_index_cells(part),
    }


def _point(point: Record) -> dict[str, Any]:
    cells = _index_cells(point)
    # Of a quarter without a response nothing is hidden: there is nothing.
    cells["hidden"] = cells["hidden"] and point["responses"] != 0
    return {"name": period_label(point["period"]), "n": whole(point["responses"]), **cells}


def _quarter(line: Record) -> str:
    year, month, _day = line["quarter"].split("-")
    return period_label(f"{year}-Q{(int(month) + 2) // 3}")


def _target(line: Record) -> dict[str, Any]:
    if line["reached"] is None:
        verdict = _("chưa rõ")
    elif line["reached"]:
        verdict = _("đạt") if line["clear"] is not False else _("đạt, trong khoảng sai số")
    else:
        verdict = _("chưa đạt") if line["clear"] is not False else _("chưa đạt, trong khoảng sai số")
    return {
        "name": line["name"],
        "target": measured(line["measure"], line["target"]),
        "actual": measured(line["measure"], line["actual"]),
        "verdict": verdict,
        "reached": line["reached"],
        "source": line["source"],
    }


def _wishes(wishes: Record | None) -> dict[str, Any] | None:
    if not wishes or not wishes["n"]:
        return None
    lines = [(each["name"], each["count"], each["share"]) for each in wishes["themes"]]
    chart = bar_chart(
        [(name, whole(count), [count]) for name, count, _share in lines],
        title=_("Người dân mong muốn gì"),
        text=_see_table(),
    )
    return {
        "n": whole(wishes["n"]),
        "themes": [{"name": name, "count": whole(count), "share": percent(share)} for name, count, share in lines],
        "chart": chart,
        "by_unit": [
            {
                "name": each["name"],
                "n": whole(each["n"]),
                "themes": ", ".join(f"{theme['name']} ({theme['count']})" for theme in each["themes"][:3]),
            }
            for each in wishes["by_unit"]
        ],
    }


def _chart(lines: Sequence[Record], name: str, title: str) -> BarChart | None:
    shares = [(line[name], line["top2"]) for line in lines]
    found = [(label, percent(share), [share]) for label, share in shares if share is not None]
    return bar_chart(found, title=title, text=_see_table(), largest=1) if len(found) > 1 else None


def _trend_chart(points: Sequence[Record]) -> BarChart | None:
    lines = [{"name": period_label(point["period"]), "top2": point["top2"]} for point in points]
    return _chart(lines, "name", _("Tỷ lệ hài lòng theo quý"))


def _see_table() -> str:
    return _("Các con số nằm trong bảng ngay bên cạnh hình.")
