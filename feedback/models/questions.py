"""Questions that one field of work, or one kind of matter, asks beside the text; and what a sender answered."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from cms.core.text import slug
from feedback.enums import CaseMatter, QuestionKind
from feedback.models.case import Case
from feedback.models.catalogue import Category
from feedback.querysets import ExtraQuestionQuerySet

LISTS = frozenset({QuestionKind.ONE_OF, QuestionKind.SOME_OF})
LONGEST_LINE, LONGEST_TEXT = 300, 2_000
# Attributes that every service of Open311 has; see feedback/api/attributes.py.
RESERVED_CODES = frozenset({"tieu-de", "don-vi", "loai-viec", "tu-cach", "hien-ten", "dong-y"})
_HELP = _(
    "Câu hỏi hiện ở bước “Nội dung”, dưới ô nội dung, khi người gửi chọn lĩnh vực hoặc loại việc ghi ở đây. "
    "Phần mềm gửi phản ánh qua Open311 cũng hỏi câu này. Câu trả lời chỉ cơ quan xem."
)


class ExtraQuestion(models.Model):
    """One more thing to ask, and only where it helps: the attributes that Open311 publishes are these rows."""

    code = models.SlugField(
        _("mã"),
        max_length=40,
        unique=True,
        help_text=_("Tên của câu hỏi với phần mềm khác (Open311); không đổi khi đã dùng."),
    )
    label = models.CharField(_("câu hỏi"), max_length=150)
    help_text = models.CharField(_("gợi ý cho người gửi"), max_length=300, blank=True)
    kind = models.CharField(_("cách trả lời"), max_length=20, choices=QuestionKind, default=QuestionKind.STRING)
    choices = models.TextField(
        _("các lựa chọn"),
        blank=True,
        help_text=_("Mỗi dòng một lựa chọn; chỉ cho cách trả lời “chọn một”, “chọn nhiều”."),
    )
    required = models.BooleanField(_("bắt buộc"), default=False)
    category = models.ForeignKey(
        Category,
        verbose_name=_("lĩnh vực"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="questions",
    )
    matter = models.CharField(_("loại việc"), max_length=20, choices=CaseMatter, blank=True)
    active = models.BooleanField(_("đang dùng"), default=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = ExtraQuestionQuerySet.as_manager()

    panels = [
        HelpPanel(content=_HELP),
        MultiFieldPanel([FieldPanel("label"), FieldPanel("help_text"), FieldPanel("code")], _("Câu hỏi")),
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("choices"), FieldPanel("required")], _("Cách trả lời")),
        MultiFieldPanel([FieldPanel("category"), FieldPanel("matter")], _("Hỏi khi nào")),
        MultiFieldPanel([FieldPanel("order"), FieldPanel("active")], _("Dùng")),
    ]

    class Meta:
        verbose_name = _("câu hỏi thêm")
        verbose_name_plural = _("câu hỏi thêm")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=False) | ~Q(matter=""), name="extra_question_is_asked_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if self.category_id is None and not self.matter:
            errors["category"] = _("Chọn lĩnh vực hoặc loại việc, nếu không câu hỏi không hiện ở đâu.")
        if self.code in RESERVED_CODES:
            errors["code"] = _("Mã này đã dùng cho một mục có sẵn của biểu mẫu. Hãy đặt mã khác.")
        options = self.options
        if self.kind in LISTS and len({key for key, _words in options}) < 2:
            errors["choices"] = _("Ghi ít nhất hai lựa chọn khác nhau, mỗi dòng một lựa chọn.")
        elif self.kind in LISTS and (alike := _alike(options)):
            message = _("“%(one)s” và “%(other)s” chỉ khác nhau ở dấu hoặc cách viết. Hãy ghi cho khác hẳn nhau.")
            errors["choices"] = str(message) % {"one": alike[0], "other": alike[1]}
        if errors:
            raise ValidationError(errors)

    @property
    def options(self) -> list[tuple[str, str]]:
        """Return key and words of every choice; the key is the words without marks."""
        lines = [" ".join(line.split()) for line in self.choices.splitlines()]
        return [(slug(line), line) for line in lines if line and slug(line)]

    @property
    def is_list(self) -> bool:
        return self.kind in LISTS


def _alike(options: list[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the first two choices that the form could not tell apart, because they have the same key."""
    seen: dict[str, str] = {}
    for key, words in options:
        if key in seen:
            return seen[key], words
        seen[key] = words
    return None


class CaseDetail(models.Model):
    """What a sender answered, with the question as it was asked. Private, and gone with the sender's words."""

    case = models.ForeignKey(Case, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="details")
    code = models.SlugField(_("mã"), max_length=40)
    label = models.CharField(_("câu hỏi"), max_length=150)
    value = models.TextField(_("trả lời"), max_length=LONGEST_TEXT)

    class Meta:
        verbose_name = _("trả lời câu hỏi thêm")
        verbose_name_plural = _("trả lời các câu hỏi thêm")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.code}"
