"""Bars as they are drawn: labels break into lines, nothing is drawn over anything."""

from cms.core.charts import LONGEST_LINE, MOST_LINES, bar_chart

LONG = "Cơ quan thông báo kịp thời kết quả xử lý góp ý, phản ánh, kiến nghị"


def drawn(*labels):
    return bar_chart([(label, "50 %", [0.5]) for label in labels], title="Hình", text="Xem bảng", largest=1)


def test_a_long_label_is_told_whole_in_lines_that_leave_room_for_the_number():
    (group,) = drawn(LONG).groups
    assert " ".join(line.text for line in group.lines) == LONG
    assert max(len(line.text) for line in group.lines) <= LONGEST_LINE


def test_endless_labels_end_with_dots():
    (group,) = drawn("rất dài " * 40).groups
    assert len(group.lines) == MOST_LINES
    assert group.lines[-1].text.endswith("…")


def test_lines_and_bars_stand_below_one_another():
    chart = drawn("Ngắn", LONG, "", "Ngắn nữa")
    places = [place for group in chart.groups for place in (*(line.y for line in group.lines), group.bars[0].y)]
    assert places == sorted(set(places))
    assert all(group.y == group.lines[-1].y < group.bars[0].y for group in chart.groups)
    assert chart.height > places[-1]


def test_nothing_to_draw_is_no_chart():
    assert bar_chart([("Không", "0", [0])], title="Hình", text="Xem bảng") is None
