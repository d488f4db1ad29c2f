"""Draw the life of a case from the table of transitions: the picture of the guide, and the same as a table.

    python scripts/draw_transitions.py            # write docs/trang-thai-phan-anh.svg and .md
    python scripts/draw_transitions.py --check    # exit code 1 when the table says something else by now

Nothing is drawn by hand but where each state stands. A step from many states at once is no bundle of arrows: it is
named below the state that it leads to, and the table lists where it comes from.
"""

import argparse
import html
import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
django.setup()

from cms.core.permissions import capability_text
from feedback.enums import OPEN_STATES, CaseState
from feedback.transitions import SENDER, SYSTEM, TRANSITIONS

DOCS = ROOT / "docs"
NAME = "trang-thai-phan-anh"
WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 210, 62, 130, 74, 40
MANY = 4  # steps from more states than these are named, not drawn
# Column and row of each state: the way to the answer in the middle, what leaves it beside it.
PLACES = {
    "quarantined": (2, 0), "submitted": (1, 0), "declined": (0, 0),
    "transferred": (0, 1), "accepted": (1, 1), "duplicate": (2, 1),
    "assigned": (1, 2), "withdrawn": (2, 2),
    "need_info": (2, 3), "in_progress": (1, 3),
    "pending_approval": (1, 4),
    "reopened": (0, 4), "answered": (1, 5), "closed": (1, 6), "anonymised": (1, 7),
}  # fmt: skip
# Arrows that would run through a box.
BENT = {("need_info", "closed"): 110}
STYLE = (
    "text{font-family:system-ui,sans-serif;font-size:15px;fill:#14213d}"
    ".state{fill:#fff;stroke:#14213d;stroke-width:1.5}.open{fill:#eaf1fb}"
    ".way{fill:none;stroke:#44546a;stroke-width:1.5;marker-end:url(#head)}"
    ".way--system{stroke-dasharray:5 4}.mark{fill:#fff;stroke:none}"
    ".mark-text{font-size:13px;font-weight:700}.small{font-size:13px;fill:#44546a}"
)


def _centre(state: str) -> tuple[float, float]:
    column, row = PLACES[state]
    return MARGIN + WIDTH / 2 + column * (WIDTH + GAP_X), MARGIN + HEIGHT / 2 + row * (HEIGHT + GAP_Y)


def _edge(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Return where the line from the middle of a box towards ``end`` leaves the box."""
    across, down = end[0] - start[0], end[1] - start[1]
    share = min(
        WIDTH / 2 / abs(across) if across else float("inf"),
        HEIGHT / 2 / abs(down) if down else float("inf"),
    )
    return start[0] + across * share, start[1] + down * share


def _way(source: str, target: str, verbs: list, taken: set) -> str:
    """Return one arrow with the numbers of its steps; two states that lead to each other get two bent arrows."""
    start, end = _centre(source), _centre(target)
    column, (first, last) = PLACES[source][0], (PLACES[source][1], PLACES[target][1])
    passes = column == PLACES[target][0] and any(
        place[0] == column and min(first, last) < place[1] < max(first, last) for place in PLACES.values()
    )
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    length = max(1.0, ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5)
    bend = BENT.get((source, target)) or (WIDTH * 0.95 if passes else 34 if (target, source) in taken else 0)
    side = ((end[1] - start[1]) / length, -(end[0] - start[0]) / length)
    turn = (middle[0] + side[0] * bend, middle[1] + side[1] * bend)
    begin, finish = _edge(start, turn if bend else end), _edge(end, turn if bend else start)
    # Nearer to where it begins, so that the numbers of two arrows that cross do not lie on one another.
    control = turn if bend else middle
    share = 0.5 if bend else 0.28
    mark = tuple(
        (1 - share) ** 2 * begin[at] + 2 * share * (1 - share) * control[at] + share**2 * finish[at] for at in (0, 1)
    )
    said = ", ".join(dict.fromkeys(row.number for row in verbs))
    wide = 10 + 9 * len(said)
    kind = " way--system" if all(set(row.who) <= {"system"} for row in verbs) else ""
    path = f"M{begin[0]:.1f} {begin[1]:.1f} Q{turn[0]:.1f} {turn[1]:.1f} {finish[0]:.1f} {finish[1]:.1f}"
    return (
        f'<path class="way{kind}" d="{path}"/>'
        f'<rect class="mark" x="{mark[0] - wide / 2:.1f}" y="{mark[1] - 9:.1f}" width="{wide}" height="18"/>'
        f'<text class="mark-text" x="{mark[0]:.1f}" y="{mark[1] + 5:.1f}" text-anchor="middle">{said}</text>'
    )


def _box(state: str, label: str, also: list[str], opened: bool) -> str:
    x, y = _centre(state)
    kind = "state open" if opened else "state"
    lines = [("", line) for line in ([label] if len(label) < 26 else _halves(label))]
    lines += [(' class="small"', line) for line in also]
    drawn = [
        f'<rect class="{kind}" x="{x - WIDTH / 2}" y="{y - HEIGHT / 2}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
    ]
    top = y + 5 - 9 * (len(lines) - 1)
    drawn += [
        f'<text{kind} x="{x}" y="{top + 18 * at}" text-anchor="middle">{html.escape(line)}</text>'
        for at, (kind, line) in enumerate(lines)
    ]
    return "".join(drawn)


def _halves(label: str) -> list[str]:
    words = label.split()
    at = min(range(1, len(words)), key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))))
    return [" ".join(words[:at]), " ".join(words[at:])]


def picture() -> str:
    """Return the picture; its description says what a reader of the picture would tell."""
    ways: dict[tuple[str, str], list] = {}
    also: dict[str, list[str]] = {}
    notes = []
    for row in TRANSITIONS:
        if row.target is None:
            notes.append(f"{row.number} {row.label}: từ mọi tình trạng chưa xóa, về tình trạng đúng.")
        elif len(row.sources) > MANY:
            also.setdefault(row.target, []).append(f"{row.number} từ {len(row.sources)} tình trạng")
        else:
            for source in sorted(row.sources):
                ways.setdefault((source, row.target), []).append(row)
    told = "; ".join(
        f"{row.number} {row.label}: {_from(row)} → {row.target.label if row.target else 'tùy chọn'}"
        for row in TRANSITIONS
    )
    columns, rows = (max(place[at] for place in PLACES.values()) + 1 for at in (0, 1))
    wide, high = 2 * MARGIN + columns * WIDTH + (columns - 1) * GAP_X, MARGIN + rows * (HEIGHT + GAP_Y) + 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" lang="vi" '
        'aria-labelledby="ten mo-ta">',
        '<title id="ten">Một phản ánh đi qua những tình trạng nào</title>',
        f'<desc id="mo-ta">{html.escape(told)}</desc>',
        f"<style>{STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#44546a"/></marker></defs>',
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
    ]
    taken = {pair for pair in ways if pair[0] != pair[1]}
    parts += [_way(*pair, rows_of, taken) for pair, rows_of in ways.items() if pair[0] != pair[1]]
    for pair, rows_of in ways.items():
        if pair[0] == pair[1]:
            also.setdefault(pair[1], []).append(f"{rows_of[0].number} giao lại")
    parts += [_box(state, str(state.label), also.get(state, []), state in OPEN_STATES) for state in CaseState]
    foot = [*notes, "Nền xanh: phản ánh đang mở. Nét đứt: máy tự làm khi đến hạn."]
    parts += [
        f'<text class="small" x="{MARGIN}" y="{high - 40 + 20 * at}">{html.escape(line)}</text>'
        for at, line in enumerate(foot)
    ]
    return "\n".join([*parts, "</svg>", ""])


def _from(row) -> str:
    return ", ".join(str(state.label) for state in CaseState if state in row.sources) or "(chưa có)"


def table() -> str:
    """Return the page of the guide: the picture, and everything in it as a table."""
    people = {SENDER: "Người gửi", SYSTEM: "Máy tự làm"}
    lines = [
        "# Một phản ánh đi qua những tình trạng nào",
        "",
        "Trang này và hình được vẽ từ bảng `feedback/transitions.py` bằng `python scripts/draw_transitions.py`; "
        "đừng sửa tay.",
        "",
        f"![Sơ đồ các tình trạng của phản ánh; cùng nội dung ở bảng dưới]({NAME}.svg)",
        "",
        "| Số | Bước | Từ | Sang | Ai làm | Người gửi đọc thấy |",
        "|---|---|---|---|---|---|",
    ]
    for row in TRANSITIONS:
        who = "; ".join(people.get(each) or capability_text(each) for each in row.who)
        target = row.target.label if row.target else "tình trạng đúng"
        lines.append(f"| {row.number} | {row.label} | {_from(row)} | {target} | {who} | {row.told or '–'} |")
    return "\n".join([*lines, ""])


def main() -> int:
    """Write the two files, or say whether they are still true."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say whether the files are as they should be"
    )
    check = parser.parse_args().check
    stale = []
    for path, text in ((DOCS / f"{NAME}.svg", picture()), (DOCS / f"{NAME}.md", table())):
        if check and (not path.exists() or path.read_text() != text):
            stale.append(path.name)
        elif not check:
            path.write_text(text)
    if stale:
        print(f"Cũ rồi, hãy vẽ lại: {', '.join(stale)}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
