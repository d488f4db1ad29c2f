"""What invented readers say below the sample news: published, waiting, refused, taken down; and what they rate."""

from dataclasses import dataclass

from feedback.enums import CommentState


@dataclass(frozen=True)
class Remark:
    """One comment below the ``story``-th piece of sample news, ``days_ago`` and decided a day later."""

    story: int
    body: str
    state: CommentState
    days_ago: int
    name: str = ""
    reason: str = ""


# Until when each piece takes comments, in days from today; None has no end, what is not named takes none.
CLOSING: dict[int, int | None] = {0: None, 1: 10, 2: -2}

REMARKS = (
    Remark(
        0,
        "Con tôi chuyển trường tháng trước, nhận học bạ trên điện thoại ngay trong ngày. Rất tiện cho gia đình ở xa.",
        CommentState.PUBLISHED,
        2,
        "Phụ huynh lớp 5",
    ),
    Remark(
        0,
        "Mong nhà trường vẫn in một bản cho ông bà giữ.\n\nÔng bà tôi không dùng điện thoại thông minh, đi họp phụ "
        "huynh vẫn muốn cầm tờ giấy có dấu đỏ. Nếu in được tại văn phòng như bài viết nói thì xin thông báo rõ giờ "
        "làm việc để các cụ khỏi đi lại nhiều lần.",
        CommentState.PUBLISHED,
        2,
    ),
    Remark(0, "Cảm ơn các thầy cô.", CommentState.PUBLISHED, 1, "Bé Bông"),
    Remark(0, "Bao giờ các trường xã cũng có học bạ số?", CommentState.WAITING, 0, "Trần Văn Mẫu"),
    Remark(0, "Ai cần mua sim số đẹp giá rẻ liên hệ ngay.", CommentState.REFUSED, 1, "Sim đẹp", "quang-cao"),
    Remark(1, "Buổi tập huấn có ghi hình lại cho người vắng mặt xem không?", CommentState.WAITING, 0, "Một văn thư"),
    Remark(
        2,
        "Tủ sách nên có thêm sách khoa học cho lớp 4, lớp 5; tôi xin góp hai mươi cuốn.",
        CommentState.PUBLISHED,
        8,
        "Người yêu sách",
    ),
    Remark(2, "Lời này từng được đăng rồi gỡ vì nêu tên một học sinh.", CommentState.WITHDRAWN, 7, "", "rieng-tu"),
)

# Story, useful, words for the editors.
RATINGS = (
    (0, True, ""),
    (0, True, ""),
    (0, True, ""),
    (0, False, "Không thấy ghi số điện thoại của văn phòng để hỏi."),
    (1, True, ""),
    (1, False, "Cần tệp bài giảng để tải về."),
    (2, True, ""),
)
