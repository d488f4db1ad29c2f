"""Extra questions: which are asked, what counts as an answer, and what is stored of it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.text import (
    TextError,
    clean_line,
    clean_text,
    format_vietnamese_date,
    parse_vietnamese_date,
)
from feedback.enums import QuestionKind
from feedback.models import Case, CaseDetail, ExtraQuestion
from feedback.models.questions import LONGEST_LINE, LONGEST_TEXT

Raw = str | list[str]
# 1250, 1.250.000, 12,5 – as people write numbers here.
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,\d{1,6})?")


def questions_for(*, category: Any, matter: str) -> list[ExtraQuestion]:
    """Return what a case of this category (its key) and matter is asked beside its text."""
    return list(ExtraQuestion.objects.asked_for(category=category, matter=matter))


def detail_clean(question: ExtraQuestion, raw: Any) -> Raw:
    """Return what is kept of an answer as typed: cleaned text, or the keys of the choices made.

    Raises ValidationError with a sentence for the sender; nothing typed is an empty text, unless it is required.
    """
    value = _choice_keys(question, raw) if question.is_list else _words(question, raw)
    if not value and question.required:
        raise ValidationError(_("Câu này cần được trả lời: %(label)s"), params={"label": question.label})
    return value


def _choice_keys(question: ExtraQuestion, raw: Any) -> Raw:
    given = [raw] if isinstance(raw, str) else list(raw or [])
    picked = [key for key in given if key]
    keys = [key for key, _words_of in question.options]
    if not set(picked) <= set(keys):
        raise ValidationError(_("Chọn trong danh sách."))
    if question.kind == QuestionKind.ONE_OF:
        return picked[0] if picked else ""
    return [key for key in keys if key in picked]


def _words(question: ExtraQuestion, raw: Any) -> str:
    long = question.kind == QuestionKind.TEXT
    try:
        text = (clean_text if long else clean_line)("" if raw is None else str(raw))
        if text and question.kind == QuestionKind.DATE:
            return format_vietnamese_date(parse_vietnamese_date(text))
    except TextError as error:
        raise ValidationError(str(error)) from error
    if len(text) > (most := LONGEST_TEXT if long else LONGEST_LINE):
        message = _("Câu trả lời dài %(length)d ký tự, nhiều nhất là %(most)d.")
        raise ValidationError(message, params={"length": len(text), "most": most})
    if text and question.kind == QuestionKind.NUMBER and not _NUMBER.fullmatch(text):
        raise ValidationError(_("Ghi một số, ví dụ 3 hoặc 1.250.000."))
    return text


def detail_words(question: ExtraQuestion, value: Raw) -> str:
    """Return an answer that was kept in the words people read."""
    if not question.is_list:
        return str(value)
    words = dict(question.options)
    keys = [value] if isinstance(value, str) else value
    return "; ".join(words[key] for key in keys if key in words)


def details_checked(*, category: Any, matter: str, given: Mapping[str, Any]) -> list[tuple[ExtraQuestion, str]]:
    """Return the questions that were answered, each with its answer in words. Answers to others are dropped.

    Raises ValidationError, one sentence a code.
    """
    errors: dict[str, Any] = {}
    answered = []
    for question in questions_for(category=category, matter=matter):
        try:
            words = detail_words(question, detail_clean(question, given.get(question.code)))
        except ValidationError as error:
            errors[question.code] = error.messages
            continue
        if words:
            answered.append((question, words))
    if errors:
        raise ValidationError(errors)
    return answered


def details_store(case: Case, answered: Iterable[tuple[ExtraQuestion, str]]) -> None:
    """Keep the answers with a case that has just been made; the caller holds the transaction."""
    CaseDetail.objects.bulk_create(
        CaseDetail(case=case, code=question.code, label=question.label, value=words) for question, words in answered
    )
