"""The reviews of one year as a report on paper (S57): what the year planned, what was found, proposed and decided."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cms.core.paper import Paper


def review_paper(year: int, facts: Iterable[tuple[str, Any]], reviews: Iterable[Any]) -> bytes:
    """Return the report as PDF; ``facts`` are the figures of the year in words."""
    title = _("Kết quả rà soát thủ tục hành chính năm %(year)d") % {"year": year}
    paper = Paper(title, running=title)
    paper.letterhead()
    paper.heading(title)
    paper.facts(facts)
    by_procedure: dict[tuple[str, str], list[Any]] = {}
    for review in reviews:
        by_procedure.setdefault((review.code, review.name), []).append(review)
    if not by_procedure:
        paper.words(_("Năm này chưa ghi kết quả rà soát nào."))
    for (code, name), rows in by_procedure.items():
        paper.section(f"{code} – {name}")
        for row in rows:
            paper.facts(_facts(row))
    return paper.content()


def _facts(row: Any) -> Iterable[tuple[str, Any]]:
    return (
        (_("Vướng mắc"), row.problem),
        (_("Kiến nghị"), row.words),
        (_("Lý do, căn cứ"), row.reason),
        (_("Tình trạng"), row.get_state_display()),
        (_("Văn bản gửi"), row.sent_with),
        (_("Kết quả"), row.result),
    )


def year_facts(plan: Any, counts: Mapping[str, int], samples: int, days: int) -> list[tuple[str, str]]:
    """Return the figures of a year in words; ``plan`` may be None when nobody has written one."""
    planned = plan.reviews_planned if plan else 0
    wanted = plan.samples_planned if plan else 0
    return [
        (_("Theo văn bản"), plan.basis if plan else _("chưa ghi")),
        (_("Thủ tục đã rà soát"), _of(counts.get("reviewed", 0), planned)),
        (_("Kiến nghị đã gửi"), str(counts.get("sent", 0))),
        (_("Được chấp thuận"), str(counts.get("accepted", 0))),
        (_("Có hồ sơ mẫu"), _of(samples, wanted)),
        (_("Số ngày được cắt"), str(days)),
    ]


def _of(count: int, wanted: int) -> str:
    if not wanted:
        return _("%(count)d thủ tục, chưa có chỉ tiêu") % {"count": count}
    return _("%(count)d trên %(wanted)d thủ tục") % {"count": count, "wanted": wanted}
