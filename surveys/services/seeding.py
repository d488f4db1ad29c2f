"""Making questionnaires from data: what the first surveys of an office and sample content share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.models import DisplayRule, Question, Section, Survey, SurveyTarget, SurveyVersion


@dataclass(frozen=True)
class Part:
    """One section with its questions, each as the fields of :class:`Question`."""

    title: str
    questions: Sequence[Mapping[str, Any]]
    key: str = ""
    intro: str = ""
    in_index: bool = True


@dataclass(frozen=True)
class Draft:
    """A questionnaire as data. ``rules`` are (key, on key, operator, value); ``targets`` fields of a target."""

    survey: Mapping[str, Any]
    parts: Sequence[Part]
    rules: Sequence[tuple[str, str, str, str]] = ()
    note: str = ""
    targets: Sequence[Mapping[str, Any]] = ()


def drafts_make(drafts: Sequence[Draft]) -> list[Survey]:
    """Make a survey with one version of each draft, in a constant number of statements.

    The caller holds the transaction and knows that the addresses are free.
    """
    surveys = Survey.objects.bulk_create(Survey(**draft.survey) for draft in drafts)
    pairs = list(zip(surveys, drafts, strict=True))
    versions = SurveyVersion.objects.bulk_create(
        SurveyVersion(survey=survey, number=1, note=draft.note) for survey, draft in pairs
    )
    parts = [
        (version, place, part)
        for version, draft in zip(versions, drafts, strict=True)
        for place, part in enumerate(draft.parts)
    ]
    sections = Section.objects.bulk_create(
        Section(
            version=version, title=part.title, key=part.key, intro=part.intro, in_index=part.in_index, sort_order=place
        )
        for version, place, part in parts
    )
    Question.objects.bulk_create(
        Question(section=section, sort_order=place, **values)
        for section, (_version, _place, part) in zip(sections, parts, strict=True)
        for place, values in enumerate(part.questions)
    )
    DisplayRule.objects.bulk_create(
        DisplayRule(version=version, key=key, on_key=on_key, operator=operator, value=value, sort_order=place)
        for version, draft in zip(versions, drafts, strict=True)
        for place, (key, on_key, operator, value) in enumerate(draft.rules)
    )
    SurveyTarget.objects.bulk_create(
        SurveyTarget(survey=survey, **values) for survey, draft in pairs for values in draft.targets
    )
    return surveys
