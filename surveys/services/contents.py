"""What a version asks, as plain data: for copies, and so that the last change can be taken back."""

from collections.abc import Mapping
from typing import Any

from surveys.models import DisplayRule, Question, Section, SurveyVersion
from surveys.services.plan import plan_of

_SECTION = ("title", "intro", "key", "in_index")
_QUESTION = (
    "key", "label", "help_text", "kind", "choices", "rows", "required", "least", "most", "publishable",
)  # fmt: skip
_RULE = ("key", "on_key", "operator", "value")


def row_values(row: Any, names: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the named columns of a row."""
    return {name: getattr(row, name) for name in names}


def version_content(version: SurveyVersion) -> dict[str, Any]:
    """Return note, sections with their questions, and rules, as they are stored."""
    plan = plan_of(version)
    return {
        "note": version.note,
        "sections": [
            {**row_values(section, _SECTION), "questions": [row_values(each, _QUESTION) for each in questions]}
            for section, questions in plan.written
        ],
        "rules": [row_values(rule, _RULE) for rules in plan.rules.values() for rule in rules],
    }


def content_put(version: SurveyVersion, content: Mapping[str, Any]) -> None:
    """Let ``version`` ask ``content`` and nothing else; the caller holds the transaction and knows that it may."""
    Section.objects.filter(version=version).delete()
    DisplayRule.objects.filter(version=version).delete()
    for place, section in enumerate(content["sections"]):
        values = {name: section[name] for name in _SECTION}
        made = Section.objects.create(version=version, sort_order=place, **values)
        Question.objects.bulk_create(
            Question(section=made, sort_order=order, **each) for order, each in enumerate(section["questions"])
        )
    DisplayRule.objects.bulk_create(
        DisplayRule(version=version, sort_order=place, **rule) for place, rule in enumerate(content["rules"])
    )
