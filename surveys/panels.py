"""How a version is written in the admin: sections with their questions, reordered by hand, and what depends on what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList

_RULES_HELP = _(
    "Một câu có điều kiện chỉ được hỏi khi mọi điều kiện của nó đúng. Câu không được hỏi thì không bắt buộc, và điều "
    "đã trả lời ở đó không được tính."
)

QUESTION_PANELS = [
    FieldPanel("label"),
    FieldRowPanel([FieldPanel("key"), FieldPanel("kind"), FieldPanel("required")]),
    FieldPanel("choices"),
    FieldPanel("rows"),
    FieldPanel("help_text"),
    FieldRowPanel([FieldPanel("least"), FieldPanel("most"), FieldPanel("publishable")]),
]
SECTION_PANELS = [
    FieldPanel("title"),
    FieldPanel("intro"),
    FieldRowPanel([FieldPanel("key"), FieldPanel("in_index")]),
    InlinePanel("questions", panels=QUESTION_PANELS, heading=_("Câu hỏi"), label=_("Câu hỏi")),
]
RULE_PANELS = [
    FieldRowPanel([FieldPanel("key"), FieldPanel("on_key")]),
    FieldRowPanel([FieldPanel("operator"), FieldPanel("value")]),
]
VERSION_PANELS = [
    FieldPanel("note"),
    InlinePanel("sections", panels=SECTION_PANELS, heading=_("Các phần"), label=_("Phần"), min_num=1),
    MultiFieldPanel(
        [HelpPanel(content=_RULES_HELP), InlinePanel("rules", panels=RULE_PANELS, label=_("Điều kiện"))],
        heading=_("Khi nào hỏi câu nào"),
    ),
]


class VersionForm(WagtailAdminModelForm):
    """Carries the edition that was on the screen, so that the second of two hands is told."""

    expected = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected"].initial = self.instance.edition


def version_panel() -> ObjectList:
    """Return the panel of a version; the caller binds it to the model."""
    return ObjectList(VERSION_PANELS, base_form_class=VersionForm)
