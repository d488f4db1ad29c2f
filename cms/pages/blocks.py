"""Questions and their answers, by topic."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from cms.core.blocks.text import PROSE_FEATURES, has_words
from cms.core.text import slug


class QuestionValue(blocks.StructValue):
    @cached_property
    def words(self) -> str:
        return (self.get("question") or "").strip()

    @cached_property
    def anchor_id(self) -> str:
        """The stored anchor; one made of the words for questions that no form has saved yet."""
        return self.get("anchor") or slug(self.words)[:80].strip("-")

    @cached_property
    def shown(self) -> bool:
        return bool(self.words and has_words(self.get("answer")))


class QuestionBlock(blocks.StructBlock):
    """A question; its anchor is made once and then kept, so that a link to it survives a change of words."""

    question = blocks.CharBlock(label=_("Câu hỏi"), max_length=255)
    answer = blocks.RichTextBlock(label=_("Trả lời"), features=PROSE_FEATURES)
    anchor = blocks.RegexBlock(
        label=_("Neo liên kết"),
        regex=r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
        required=False,
        max_length=80,
        error_messages={"invalid": _("Neo chỉ gồm chữ thường không dấu, số và dấu gạch nối.")},
        help_text=_("Để trống thì tự đặt theo câu hỏi; sau đó giữ nguyên để liên kết cũ không hỏng."),
    )

    class Meta:
        icon = "help"
        label = _("Câu hỏi")
        label_format = "{question}"
        value_class = QuestionValue


class TopicValue(blocks.StructValue):
    @cached_property
    def words(self) -> str:
        return (self.get("title") or "").strip()

    @cached_property
    def anchor_id(self) -> str:
        return f"chu-de-{slug(self.words)}"[:80].strip("-")

    @cached_property
    def shown_questions(self) -> list[QuestionValue]:
        """Questions that have an answer."""
        return [each for each in self.get("questions") or [] if each.shown]


class TopicBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Chủ đề"), max_length=120)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Câu hỏi"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Chủ đề")
        label_format = "{title}"
        value_class = TopicValue


class TopicsBlock(blocks.StreamBlock):
    """The topics of a page of questions, in order."""

    topic = TopicBlock()

    def clean(self, value: Any) -> Any:
        """Keep anchors apart: two questions of the same words get a number behind them."""
        cleaned = super().clean(value)
        taken: set[str] = set()
        for topic in cleaned:
            for question in topic.value["questions"]:
                wanted = question.anchor_id or "cau-hoi"
                anchor, number = wanted, 2
                while anchor in taken:
                    anchor, number = f"{wanted[:76]}-{number}", number + 1
                taken.add(anchor)
                question["anchor"] = anchor
        return cleaned

    class Meta:
        label = _("Các chủ đề")
        required = False
        icon = "list-ul"
