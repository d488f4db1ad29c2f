"""Sample letters of apology and a sample roster of the one-stop desk. Invented people, invented faults."""

from dataclasses import dataclass

from procedures.enums import ApologyKind, ApologyReason, ApologyState, DayPart

K, R, S = ApologyKind, ApologyReason, ApologyState


@dataclass(frozen=True)
class SampleApology:
    """``phone`` tells the sample dossier it is about; ``days`` is how far ahead the new day lies, 0 for none.

    ``ago`` is how many days back it was sent: one for lateness goes before the day that it cannot keep.
    """

    phone: str
    kind: ApologyKind
    reason: ApologyReason
    text: str
    state: ApologyState
    days: int = 0
    withdrawn: str = ""
    ago: int = 0


APOLOGIES = (
    SampleApology("0912000406", K.LATE, R.PARTNER, "Trường nơi chuyển đến chưa trả lời.", S.DELIVERED, 7, ago=11),
    SampleApology("0912000403", K.MISTAKE, R.WRONG_RESULT, "Giấy ghi sai ngày sinh, đã in lại.", S.DELIVERED),
    SampleApology(
        "0912000402", K.MISTAKE, R.LOST_PAPERS, "Làm mất một bản sao học bạ, đã chịu phí sao lại.", S.DELIVERED,
        withdrawn="Bản sao đã tìm thấy trong ngày.",
    ),
    SampleApology("0912000405", K.MISTAKE, R.EXTRA_PAPERS, "Đòi thêm bản sao hộ khẩu ngoài quy định.", S.PENDING),
)  # fmt: skip


@dataclass(frozen=True)
class SampleOfficer:
    """``turns`` are weekdays with their part of the day."""

    name: str
    role: str
    duties: str
    portrait: str
    turns: tuple[tuple[int, DayPart], ...]


OFFICERS = (
    SampleOfficer(
        "Vũ Thị Mẫu Cửa", "Chuyên viên, nhận hồ sơ", "Nhận hồ sơ chuyển trường\nCấp giấy tiếp nhận và hẹn trả",
        "portrait-a", tuple((day, DayPart.ALL_DAY) for day in range(5)),
    ),
    SampleOfficer(
        "Đặng Văn Mẫu Trả", "Chuyên viên, trả kết quả", "Trả kết quả\nBàn giao bưu chính",
        "portrait-b", tuple((day, DayPart.AFTERNOON) for day in (0, 2, 4)),
    ),
)  # fmt: skip
