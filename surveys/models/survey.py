"""What is asked: a survey, its versions, their sections and questions. A version is frozen by its first response."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Orderable

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.core.text import slug
from surveys.enums import (
    FIVE_LEVELS,
    LISTS,
    CaptchaRule,
    IndexMethod,
    QuestionKind,
    RuleOperator,
    SurveyKind,
    SurveyStanding,
    SurveyState,
)
from surveys.querysets import SurveyQuerySet, VersionQuerySet

LONGEST_LABEL, LONGEST_LINE, LONGEST_TEXT, LONGEST_CHOICE = 300, 300, 2_000, 60
# A ranking puts the place in front of the code: “12.”.
LONGEST_RANKED = LONGEST_CHOICE - 3
_ROW = re.compile(r"([A-Za-z0-9_-]{1,40}) ?: ?(.+)")
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
    opens_on = models.DateField(
        _("nhận phiếu từ ngày"), null=True, blank=True, help_text=_("Để trống: ngay khi bấm mở.")
    )
    closes_on = models.DateField(
        _("nhận phiếu đến hết ngày"), null=True, blank=True, help_text=_("Để trống: đến khi bấm đóng.")
    )
    captcha = models.CharField(
        _("mã xác nhận ở liên kết mở"), max_length=10, choices=CaptchaRule, default=CaptchaRule.OFTEN
    )
    kiosk_seconds = models.PositiveSmallIntegerField(
        _("máy ở quầy tự làm lại sau (giây)"),
        default=90,
        validators=[MinValueValidator(20), MaxValueValidator(900)],
        help_text=_("Không ai chạm vào trong ngần ấy giây thì phiếu dở bị bỏ, người sau bắt đầu phiếu mới."),
    )
    paper_twice = models.BooleanField(
        _("phiếu giấy nhập hai lần"),
        default=False,
        help_text=_("Hai lần nhập được đối chiếu; chỗ nào khác nhau thì xem lại tờ phiếu rồi chọn."),
    )
    results_public = models.BooleanField(
        _("mọi người xem được kết quả"),
        default=False,
        help_text=_("Số nhỏ luôn được ẩn. Bỏ dấu thì chỉ những kết quả đã bấm công bố mới có trên cổng."),
    )
    index_method = models.CharField(
        _("chỉ số tính bằng"), max_length=10, choices=IndexMethod, default=IndexMethod.AVERAGED
    )
    rank_least = models.PositiveSmallIntegerField(
        _("xếp thứ tự đơn vị có từ (phiếu)"),
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(10_000)],
        help_text=_("Đơn vị ít phiếu hơn vẫn có số, nhưng không có thứ hạng."),
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
        return self.state == SurveyState.OPEN and self.current_id is not None and self.is_in_window()

    def is_in_window(self, today: date | None = None) -> bool:
        """Say whether ``today`` lies between the first and the last day; both days count."""
        today = today or timezone.localdate()
        return (self.opens_on or today) <= today <= (self.closes_on or today)

    def standing(self, today: date | None = None) -> SurveyStanding:
        """Return how the survey stands before the public on ``today``."""
        today = today or timezone.localdate()
        if self.state == SurveyState.DRAFT or self.current_id is None:
            return SurveyStanding.NOT_YET
        if self.state == SurveyState.CLOSED or (self.closes_on and self.closes_on < today):
            return SurveyStanding.OVER
        return SurveyStanding.NOT_YET if self.opens_on and self.opens_on > today else SurveyStanding.TAKING

    def clean(self) -> None:
        """A survey ends after it has begun."""
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("Ngày cuối phải từ ngày đầu trở đi.")})


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
    # What stood here before the last change, so that it can be taken back.
    previous = models.JSONField(_("trước lần sửa cuối"), null=True, blank=True, editable=False)

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
    key = models.SlugField(
        _("mã phần"),
        max_length=40,
        blank=True,
        help_text=_("Giữ nguyên ở mọi bản để so được theo phần (nhân tố). Để trống nếu không cần so."),
    )
    in_index = models.BooleanField(
        _("tính vào chỉ số"), default=True, help_text=_("Bỏ dấu ở phần hỏi chung, không thuộc nhân tố nào.")
    )

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
    rows = models.TextField(
        _("các dòng của bảng"),
        max_length=4_000,
        blank=True,
        help_text=_("Cho “bảng nhiều dòng”: mỗi dòng một tiêu chí, viết “mã: lời”, ví dụ TC01: Nơi chờ đủ chỗ ngồi."),
    )
    required = models.BooleanField(_("bắt buộc"), default=False)
    least = models.IntegerField(_("số nhỏ nhất"), null=True, blank=True, help_text=_("Chỉ cho câu trả lời bằng số."))
    most = models.IntegerField(_("số lớn nhất"), null=True, blank=True)
    publishable = models.BooleanField(
        _("được công bố"), default=True, help_text=_("Bỏ dấu thì kết quả câu này chỉ xem trong quản trị.")
    )

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
    def row_lines(self) -> list[tuple[str, str]]:
        """Return key and words of each row of a matrix; the key is empty where none could be read."""
        found = []
        for line in (" ".join(line.split()) for line in self.rows.splitlines()):
            match = _ROW.fullmatch(line)
            if line:
                found.append((match[1], match[2]) if match else ("", line))
        return found

    @property
    def options(self) -> list[tuple[str, Any]]:
        """Return code and words of everything that may be chosen; nothing for a question that is written."""
        if self.kind in FIVE_LEVELS:
            words = self.lines if len(self.lines) == len(SATISFACTION) else SATISFACTION
            return [(str(level), word) for level, word in enumerate(words, start=1)]
        if self.kind == QuestionKind.SCORE_10:
            return [(str(level), str(level)) for level in range(11)]
        if self.kind in LISTS:
            longest = LONGEST_RANKED if self.kind == QuestionKind.RANKING else LONGEST_CHOICE
            return [(slug(line, longest), line) for line in self.lines]
        return []

    @property
    def counted(self) -> list[tuple[str, Any]]:
        """Return code and words of everything that is counted; of a ranking, every option at every place."""
        if self.kind != QuestionKind.RANKING:
            return self.options
        places = range(1, len(self.options) + 1)
        at = _("%(option)s: xếp thứ %(place)d")
        return [
            (f"{place}.{code}", at % {"option": words, "place": place})
            for code, words in self.options
            for place in places
        ]


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
