"""A template of an answer for one field of work, beside those that every office begins with."""

from feedback.enums import CaseOutcome
from feedback.models import AnswerTemplate, Category

NAME = "Sửa chữa ở trường, xong trong hạn"
FIELD = "co-so-vat-chat"
BODY = """Kính gửi ông/bà,

{tên đơn vị} đã nhận phản ánh số {số phản ánh} ngày {ngày nhận} và đã cử người đến xem tận nơi.

Việc sửa [Ghi: hỏng gì, ở phòng nào] đã xong ngày [Ghi: ngày], trước hạn trả lời là ngày {hạn trả lời}. Người theo dõi \
tiếp là [Ghi: bộ phận].

Cảm ơn ông/bà đã báo cho nhà trường."""


def templates_seed() -> None:
    """Add the template of the samples once."""
    values = {
        "body": BODY,
        "category": Category.objects.get(code=FIELD),
        "outcome": CaseOutcome.ACCEPTED_AND_FIXED,
        "order": 5,
    }
    AnswerTemplate.objects.get_or_create(name=NAME, defaults=values)


def templates_clear() -> None:
    """Take it away, unless somebody made it their own."""
    AnswerTemplate.objects.filter(name=NAME, body=BODY).delete()
