"""One procedure as a sheet of A4 to post up (S58): what the public notice must say, and a QR code to the page."""

from typing import Any

from django.utils.translation import gettext as _

from cms.core.paper import Paper


def procedure_paper(procedure: Any, *, address: str) -> bytes:
    """Return the sheet as PDF; ``address`` is where the page stands on the network."""
    paper = Paper(procedure.name)
    paper.letterhead()
    paper.heading(procedure.name)
    _notices(paper, procedure)
    paper.facts(
        (
            (_("Mã thủ tục"), procedure.code),
            (_("Tình trạng"), procedure.state_now.text),
            (_("Quyết định công bố"), "\n".join(line.text for line in procedure.decision_lines)),
            (_("Lĩnh vực"), procedure.field.name),
            (_("Cấp thực hiện"), ", ".join(procedure.level_labels)),
            (_("Đối tượng"), ", ".join(procedure.audience_labels)),
            (_("Cơ quan có thẩm quyền"), procedure.authority),
        )
    )
    _places(paper, procedure)
    _list(paper, _("Trình tự thực hiện"), [": ".join(filter(None, [s.name, s.text])) for s in procedure.steps.all()])
    ways = [" – ".join(filter(None, [w.words, w.fee, w.description])) for w in procedure.way_rows]
    _list(paper, _("Cách nộp, thời hạn, phí"), ways)
    for case in procedure.cases:
        title = _("Thành phần hồ sơ")
        _list(paper, f"{title}: {case.words}" if case.words else title, [_paper_words(p) for p in case.shown_papers])
    _list(paper, _("Căn cứ pháp lý"), [line.text for line in procedure.basis_lines])
    _list(paper, _("Yêu cầu, điều kiện"), [procedure.conditions] if procedure.conditions else [])
    _list(paper, _("Kết quả"), [result.name for result in procedure.results.all()])
    paper.qr(address, _("Xem bản mới nhất và danh sách chuẩn bị:"))
    return paper.content()


def _notices(paper: Paper, procedure: Any) -> None:
    """What to know before reading on, as the page says it: gone, replaced, sources that disagree."""
    if procedure.is_gone:
        _list(paper, procedure.gone_words, [_("Không nộp hồ sơ theo bản này.")])
        if procedure.successor:
            paper.words(f"{_('Nay làm theo thủ tục:')} {procedure.successor.text}")
    differences = [
        _("%(what)s: trang này ghi “%(here)s”; %(source)s ghi “%(elsewhere)s”.")
        % {"what": row.what, "here": row.here, "source": row.source, "elsewhere": row.elsewhere}
        for row in procedure.differences.all()
    ]
    _list(paper, _("Hai nguồn nói khác nhau"), differences)


def _paper_words(value: Any) -> str:
    """One paper of the dossier in a line: how many, only when there is one, what to mind."""
    said = f"{value.words} ({value.copies_words})" if value.copies_words else value.words
    optional = _("chỉ cần khi có") if value.get("optional") else ""
    return " – ".join(filter(None, [said, optional, value.get("note")]))


def _places(paper: Paper, procedure: Any) -> None:
    rows = [
        "; ".join(filter(None, [row.place.name, row.place.address, ", ".join(row.place.hour_lines), row.place.phone]))
        for row in procedure.place_rows
    ]
    _list(paper, _("Nơi tiếp nhận"), rows)


def _list(paper: Paper, heading: str, rows: list[str]) -> None:
    if not rows:
        return
    paper.section(heading)
    for number, row in enumerate(rows, start=1):
        paper.words(f"{number}. {row}" if len(rows) > 1 else row)
