"""Closed sets of words that surveys use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SurveyKind(models.TextChoices):
    """What a survey measures; those of ``BY_INVITATION`` are asked after something, and only one of a kind is open."""

    ANSWER_RATING = "answer_rating", _("Hài lòng với câu trả lời")
    DOSSIER_RATING = "dossier_rating", _("Hài lòng với việc giải quyết hồ sơ")
    SIPAS = "sipas", _("Hài lòng về sự phục vụ hành chính (SIPAS)")
    EDUCATION = "education", _("Hài lòng về dịch vụ giáo dục công")
    POLL = "poll", _("Khảo sát khác")


# Asked of those who got an answer to a phản ánh, or the result of a dossier; nobody else may answer.
BY_INVITATION = frozenset({SurveyKind.ANSWER_RATING, SurveyKind.DOSSIER_RATING})


class SurveyState(models.TextChoices):
    """Whether a survey takes responses."""

    DRAFT = "draft", _("Bản nháp")
    OPEN = "open", _("Đang nhận phiếu")
    CLOSED = "closed", _("Đã đóng")


class SurveyStanding(models.TextChoices):
    """How a survey stands before the public; follows from its state and its days."""

    NOT_YET = "not_yet", _("Chưa nhận phiếu")
    TAKING = "taking", _("Đang nhận phiếu")
    OVER = "over", _("Đã kết thúc")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SCORE = "score", _("Mức hài lòng, 1 đến 5")
    SCORE_10 = "score_10", _("Thang điểm, 0 đến 10")
    ONE_OF = "one_of", _("Chọn một")
    SOME_OF = "some_of", _("Chọn nhiều")
    RANKING = "ranking", _("Xếp thứ tự")
    MATRIX = "matrix", _("Bảng nhiều dòng, mỗi dòng một mức hài lòng")
    NUMBER = "number", _("Số")
    DATE = "date", _("Ngày")
    LINE = "line", _("Lời ngắn, một dòng")
    TEXT = "text", _("Lời dài")
    CONSENT = "consent", _("Ô đồng ý")
    INFORMATION = "information", _("Lời dẫn, không hỏi")


LEVELS = frozenset({QuestionKind.SCORE, QuestionKind.SCORE_10})
LISTS = frozenset({QuestionKind.ONE_OF, QuestionKind.SOME_OF, QuestionKind.RANKING})
# Several answers at once: chosen codes, or codes with their places.
SEVERAL = frozenset({QuestionKind.SOME_OF, QuestionKind.RANKING})
# Written with five words for five levels, or with the usual ones. A matrix is asked as one such question a row.
FIVE_LEVELS = frozenset({QuestionKind.SCORE, QuestionKind.MATRIX})
WORDS = frozenset({QuestionKind.LINE, QuestionKind.TEXT})
# What is counted by what was chosen, numbers and days by the band they lie in; of the others only how many answered.
COUNTED = LEVELS | LISTS | {QuestionKind.CONSENT, QuestionKind.NUMBER, QuestionKind.DATE}


class RuleOperator(models.TextChoices):
    """When a question is asked, depending on an earlier one. All but ``not_answered`` need an answer there."""

    ANSWERED = "answered", _("đã được trả lời")
    NOT_ANSWERED = "not_answered", _("không được trả lời")
    EQUAL = "equal", _("là, hoặc có chọn")
    NOT_EQUAL = "not_equal", _("khác, hoặc không chọn")
    AT_LEAST = "at_least", _("từ … trở lên")
    AT_MOST = "at_most", _("đến … trở xuống")


WITHOUT_VALUE = frozenset({RuleOperator.ANSWERED, RuleOperator.NOT_ANSWERED})
COMPARING = frozenset({RuleOperator.AT_LEAST, RuleOperator.AT_MOST})


class ChannelKind(models.TextChoices):
    """By which way a response came."""

    INVITATION = "invitation", _("Liên kết mời, một người một phiếu")
    WEB = "web", _("Liên kết mở trên cổng")
    QR = "qr", _("Mã QR dán tại chỗ")
    KIOSK = "kiosk", _("Máy đặt tại quầy")
    PAPER = "paper", _("Phiếu giấy")
    PHONE = "phone", _("Gọi điện hỏi")


# Whoever knows the address may answer by these; the others are keyed in by an officer, or let one person in.
OPEN_KINDS = frozenset({ChannelKind.WEB, ChannelKind.QR, ChannelKind.KIOSK})
# What a poster leads to; a machine is not carried away on a telephone.
POSTER_KINDS = OPEN_KINDS - {ChannelKind.KIOSK}
KEYED_KINDS = frozenset({ChannelKind.PAPER, ChannelKind.PHONE})


class CaptchaRule(models.TextChoices):
    """When somebody who answers by an open link has to copy the figures of a picture."""

    NEVER = "never", _("Không hỏi")
    OFTEN = "often", _("Chỉ hỏi khi một nơi gửi nhiều phiếu")
    ALWAYS = "always", _("Luôn hỏi")


class TargetMeasure(models.TextChoices):
    """What a target is compared with."""

    TOP2 = "top2", _("Tỷ lệ hài lòng (mức 4 và 5), %")
    MEAN = "mean", _("Điểm trung bình, 1 đến 5")


class WordsState(models.TextChoices):
    """Whether the words of a response may be read by more people than their moderator."""

    WAITING = "waiting", _("Chờ duyệt")
    SHOWN = "shown", _("Cho đọc")
    REFUSED = "refused", _("Không cho đọc")


class WordsRefusal(models.TextChoices):
    PRIVATE = "rieng-tu", _("Có thông tin riêng của người khác")
    RUDE = "xuc-pham", _("Lời lẽ xúc phạm")
    OFF_TOPIC = "lac-de", _("Không phải lời góp ý")
    OTHER = "khac", _("Lý do khác")


class IndexMethod(models.TextChoices):
    """How criteria become one figure."""

    AVERAGED = "averaged", _("Trung bình các tiêu chí, rồi trung bình các nhân tố")
    POOLED = "pooled", _("Gộp mọi câu trả lời của các tiêu chí")


class MonthScope(models.TextChoices):
    """Of what a row of counts is."""

    UNIT = "unit", _("Đơn vị")
    STRATUM = "stratum", _("Nhóm chọn mẫu")
