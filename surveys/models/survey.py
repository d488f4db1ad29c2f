"""What is asked: a survey, its versions, their sections and questions. A version is frozen by its first response."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Orderable

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.core.text import slug
from surveys.enums import LISTS, QuestionKind, RuleOperator, SurveyKind, SurveyState
from surveys.querysets import SurveyQuerySet, VersionQuerySet

LONGEST_LABEL, LONGEST_LINE, LONGEST_TEXT, LONGEST_CHOICE = 300, 300, 2_000, 60
SATISFACTION = (
    _("Rất không hài lòng"),
    _("Không hài lòng"),
    _("Bình thường"),
    _("Hài lòng"),
    _("Rất hài lòng"),
)


class Survey(models.Model):
    """A questionnaire under one address. What it asks stands in its versions; ``current`` is the one that is asked."""

    title = models.CharField(_("tên khảo sát"), max_length=150)
    slug = models.SlugField(
        _("địa chỉ (slug)"),
        max_length=60,
        unique=True,
        help_text=_("Chữ thường không dấu, gạch nối; không đổi nữa."),
    )
    kind = models.CharField(_("loại"), max_length=20, choices=SurveyKind, default=SurveyKind.POLL)
    intro = models.TextField(
        _("lời mời"), max_length=1_000, blank=True, help_text=_("Hiện trên câu hỏi đầu: hỏi để làm gì, mất mấy phút.")
    )
    thanks = models.TextField(_("lời cảm ơn"), max_length=1_000, blank=True, help_text=_("Hiện sau khi gửi phiếu."))
    state = models.CharField(_("tình trạng"), max_length=10, choices=SurveyState, default=SurveyState.DRAFT)
    current = models.ForeignKey(
        "surveys.SurveyVersion",
        verbose_name=_("bản đang hỏi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    invitation_days = models.PositiveSmallIntegerField(
        _("liên kết mời dùng được (ngày)"), default=30, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    words_days = models.PositiveSmallIntegerField(
        _("giữ lời góp ý (ngày)"),
        default=365,
        validators=[MinValueValidator(30), MaxValueValidator(3_650)],
        help_text=_("Quá số ngày này, lời người trả lời viết được xóa; số đếm còn lại."),
    )
    source = models.CharField(_("căn cứ"), max_length=300, blank=True)
    confirmed = models.BooleanField(
        _("cơ quan đã xác nhận câu hỏi"),
        default=True,
        help_text=_("Bỏ dấu nếu câu hỏi lấy từ nguồn chưa chắc chắn; màn hình quản trị sẽ nhắc."),
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("khảo sát")
        verbose_name_plural = _("khảo sát")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == SurveyState.OPEN and self.current_id is not None


class SurveyVersion(ClusterableModel):
    """What a survey asks, as one whole. From its first response on nothing of it changes; changes are a new version."""

    survey = models.ForeignKey(
        Survey, verbose_name=_("khảo sát"), on_delete=models.CASCADE, related_name="versions", editable=False
    )
    number = models.PositiveSmallIntegerField(_("bản số"), editable=False)
    note = models.CharField(
        _("ghi chú của bản này"), max_length=200, blank=True, help_text=_("Đổi gì so với bản trước; chỉ nội bộ xem.")
    )
    frozen_on = models.DateField(_("khóa từ ngày"), null=True, blank=True, editable=False)
    edition = models.PositiveIntegerField(_("lần sửa"), default=0, editable=False)

    objects = VersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("bản câu hỏi")
        verbose_name_plural = _("các bản câu hỏi")
        ordering = ["survey", "-number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.survey}, {self._meta.verbose_name} {self.number}"


class Section(Orderable, ClusterableModel):
    """Questions that stand on one page; for an index, one factor."""

    version = ParentalKey(SurveyVersion, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(_("tên phần"), max_length=150)
    intro = models.CharField(_("lời dẫn"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta(Orderable.Meta):
        verbose_name = _("phần")
        verbose_name_plural = _("các phần")

    def __str__(self) -> str:
        return self.title


class Question(Orderable):
    """One question. Its key stays the same from version to version, so that figures can be put in one row."""

    section = ParentalKey(Section, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(
        _("mã câu hỏi"), max_length=40, help_text=_("Ví dụ TC01. Giữ nguyên ở mọi bản: số liệu theo mã này.")
    )
    label = models.CharField(_("câu hỏi"), max_length=LONGEST_LABEL)
    help_text = models.CharField(_("gợi ý"), max_length=300, blank=True)
    kind = models.CharField(_("cách trả lời"), max_length=20, choices=QuestionKind, default=QuestionKind.SCORE)
    choices = models.TextField(
        _("các lựa chọn"),
        max_length=2_000,
        blank=True,
        help_text=_(
            "Mỗi dòng một lựa chọn, cho “chọn một”, “chọn nhiều”. Với mức hài lòng: năm dòng từ thấp đến cao, hoặc để "
            "trống để dùng “Rất không hài lòng … Rất hài lòng”."
        ),
    )
    required = models.BooleanField(_("bắt buộc"), default=False)

    wagtail_reference_index_ignore = True

    class Meta(Orderable.Meta):
        verbose_name = _("câu hỏi")
        verbose_name_plural = _("các câu hỏi")
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="one_question_a_key")]

    def __str__(self) -> str:
        return self.label

    @property
    def lines(self) -> list[str]:
        return [line for line in (" ".join(line.split()) for line in self.choices.splitlines()) if line]

    @property
    def options(self) -> list[tuple[str, Any]]:
        """Return code and words of everything that may be chosen; nothing for a question that is written."""
        if self.kind == QuestionKind.SCORE:
            words = self.lines if len(self.lines) == len(SATISFACTION) else SATISFACTION
            return [(str(level), word) for level, word in enumerate(words, start=1)]
        if self.kind == QuestionKind.SCORE_10:
            return [(str(level), str(level)) for level in range(11)]
        if self.kind in LISTS:
            return [(slug(line, LONGEST_CHOICE), line) for line in self.lines]
        return []


class DisplayRule(Orderable):
    """A question is asked only when an earlier one was answered so; with several rules, when all of them hold."""

    version = ParentalKey(SurveyVersion, on_delete=models.CASCADE, related_name="rules")
    key = models.SlugField(_("câu được hỏi"), max_length=40, help_text=_("Mã của câu chỉ hỏi khi điều kiện đúng."))
    on_key = models.SlugField(_("khi câu"), max_length=40, help_text=_("Mã của một câu đứng trước."))
    operator = models.CharField(_("thì"), max_length=15, choices=RuleOperator, default=RuleOperator.EQUAL)
    value = models.CharField(
        _("giá trị"), max_length=100, blank=True, help_text=_("Mức điểm, hoặc nguyên văn một lựa chọn.")
    )

    wagtail_reference_index_ignore = True

    class Meta(Orderable.Meta):
        verbose_name = _("điều kiện hỏi")
        verbose_name_plural = _("các điều kiện hỏi")

    def __str__(self) -> str:
        return f"{self.key} ← {self.on_key}"
