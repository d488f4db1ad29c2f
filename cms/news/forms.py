"""What one row of a list of news must say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bs4 import BeautifulSoup

from cms.core.forms import CleanCharField, CleanTextField
from cms.core.importing import VietnameseDateField

LONGEST_LEAD = 600
# Elements of old portals' articles that stand on a line of their own.
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "br", "blockquote")
_UNREAD = ("script", "style", "noscript", "iframe", "object")


def has_markup(text: str) -> bool:
    """Say whether ``text`` is a piece of HTML rather than words."""
    lowered = text.lower()
    return any(
        f"<{name}>" in lowered or f"<{name} " in lowered or f"</{name}" in lowered for name in (*_BLOCKS, "span")
    )


def words_of(text: str) -> str:
    """Return the words of ``text``, a paragraph a line; of HTML nothing else passes: no link, no picture, no script."""
    if has_markup(text):
        soup = BeautifulSoup(text, "html.parser")
        for element in soup(_UNREAD):
            element.decompose()
        for element in soup(_BLOCKS):
            element.insert_before("\n")
            element.insert_after("\n")
        text = soup.get_text()
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


class NewsRowForm(forms.Form):
    """A piece of news by its columns, as an older portal gives it."""

    title = CleanCharField(label=_("Tiêu đề"), max_length=255)
    lead = CleanTextField(label=_("Tóm tắt"), required=False, max_length=20_000)
    body = CleanTextField(label=_("Nội dung"), required=False, max_length=90_000)
    category = CleanCharField(label=_("Chuyên mục"), required=False, max_length=80)
    published_on = VietnameseDateField(label=_("Ngày"))
    author = CleanCharField(label=_("Tác giả"), required=False, max_length=120)
    source = CleanCharField(label=_("Nguồn"), required=False, max_length=160)

    def clean(self) -> dict[str, Any]:
        """A piece without a summary begins with its first paragraph; without either it says nothing."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["lead"] = words_of(cleaned.get("lead") or "").replace("\n", " ")
        cleaned["body"] = words_of(cleaned.get("body") or "")
        if not cleaned["lead"]:
            cleaned["lead"], _line, cleaned["body"] = cleaned["body"].partition("\n")
        if not cleaned["lead"] and "lead" not in self.errors and "body" not in self.errors:
            self.add_error("lead", _("Hãy điền tóm tắt hoặc nội dung."))
        elif len(cleaned["lead"]) > LONGEST_LEAD:
            # What is too long for an opening stays whole as the first paragraph.
            cleaned["body"] = "\n".join(filter(None, [cleaned["lead"], cleaned["body"]]))
            cleaned["lead"] = cleaned["lead"][: LONGEST_LEAD - 1].rsplit(" ", 1)[0] + "…"
        return cleaned
