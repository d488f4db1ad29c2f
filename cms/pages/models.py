"""Plain pages: about the agency, contacts, terms, guides; questions with their answers."""

import re
from html import unescape
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.core.blocks import StoryBlock
from cms.core.models import BasePage
from cms.core.search import SearchText
from cms.pages.blocks import QuestionValue, TopicsBlock, TopicValue

# What the first text of a page leaves to the agency: readers do not see the part in which it stands.
BLANK = re.compile(r"\[Cơ quan ghi: (?P<what>[^\]]+)\]")


class StandardPage(BasePage):
    """A page of text that may have pages below it."""

    template = "pages/pages/standard_page.html"
    # What may stand below is said by each type itself, so that a new section needs no change here.
    parent_page_types = ["home.HomePage", "pages.StandardPage", "units.UnitPage"]

    intro = models.TextField(_("lời dẫn"), max_length=400, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("trang nội dung")
        verbose_name_plural = _("trang nội dung")

    @property
    def summary(self) -> str:
        return super().summary or self.intro

    @property
    def blanks(self) -> list[str]:
        """What the agency is still to write here, in words."""
        return [match["what"] for block in self.body for match in BLANK.finditer(_source(block))]

    @property
    def shown_blocks(self) -> list[Any]:
        """The parts that readers see: those without a blank, and no heading over nothing."""
        filled = [block for block in self.body if not BLANK.search(_source(block))]
        if len(filled) == len(self.body):
            return filled
        after = [*filled[1:], None]
        return [
            block
            for block, following in zip(filled, after, strict=False)
            if block.block_type != "heading" or (following is not None and following.block_type != "heading")
        ]

    def search_text(self) -> SearchText:
        """What the site's search knows of this page: what its readers see of it."""
        shown = [words for block in self.shown_blocks for words in block.block.get_searchable_content(block.value)]
        return SearchText(
            title=self.title, body=" ".join([self.intro, *shown]), url=self.url or "", unit_id=self.owner_unit_id
        )

    def get_context(self, request, *args, **kwargs):
        """Add the pages right below as ``children``, and the ``blocks`` to show: all of them to who previews."""
        context = super().get_context(request, *args, **kwargs)
        context["children"] = self.get_children().live().public().in_menu()
        context["blocks"] = list(self.body) if getattr(request, "is_preview", False) else self.shown_blocks
        return context


class QuestionsPage(BasePage):
    """Questions that people ask, with the agency's answers, by topic (S13)."""

    template = "pages/pages/questions_page.html"
    parent_page_types = ["home.HomePage", "pages.StandardPage", "units.UnitPage"]
    subpage_types: list[str] = []

    intro = models.TextField(_("lời dẫn"), max_length=400, blank=True)
    topics = StreamField(TopicsBlock(), verbose_name=_("các chủ đề"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("topics")]

    class Meta:
        verbose_name = _("trang hỏi đáp")
        verbose_name_plural = _("trang hỏi đáp")

    @property
    def summary(self) -> str:
        return super().summary or self.intro

    @property
    def shown_topics(self) -> list[TopicValue]:
        """Topics in which something is answered."""
        return [block.value for block in self.topics if block.value.words and block.value.shown_questions]

    @property
    def questions(self) -> list[QuestionValue]:
        return [question for topic in self.shown_topics for question in topic.shown_questions]

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """Questions with their answers, as schema.org says them."""
        asked = [
            {
                "@type": "Question",
                "name": each.words,
                "acceptedAnswer": {"@type": "Answer", "text": plain(each["answer"].source)},
            }
            for each in self.questions
        ]
        return {"@type": "FAQPage", "name": self.title, "mainEntity": asked} if asked else {}

    def search_text(self) -> SearchText:
        """What the site's search knows: every question with its answer."""
        body = [self.intro]
        for topic in self.shown_topics:
            body += [topic.words, *(f"{each.words} {plain(each['answer'].source)}" for each in topic.shown_questions)]
        return SearchText(title=self.title, body="\n".join(body), url=self.url or "", unit_id=self.owner_unit_id)


def plain(source: str) -> str:
    """Return rich text as words, a space where a paragraph ends."""
    return " ".join(unescape(strip_tags(re.sub(r"</(p|li)>", " ", source))).split())


def _source(block: Any) -> str:
    """Return all words of a block of a body."""
    return " ".join(block.block.get_searchable_content(block.value)) or str(getattr(block.value, "source", ""))
