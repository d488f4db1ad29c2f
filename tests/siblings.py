"""Many rows at once, for tests that ask what a page costs among a thousand like it: no revisions, nothing to edit."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Page

from cms.core.models import Unit
from feedback.models import Case, PublicCase

_BATCH = 60  # rows of one statement: SQLite takes so many values and no more


def many_pages(parent: Page, model: type[Page], count: int, facts: Callable[[int], dict[str, Any]]) -> None:
    """Add ``count`` published pages of ``model`` below ``parent``; ``facts`` gives the own fields of each by its place.

    Django makes no rows of a child table in bulk; the rows above are there already, so its own insert does.
    """
    parent.refresh_from_db()
    first, now, word = parent.numchild + 1, timezone.now(), model._meta.model_name
    kind = model(title="x").content_type
    pages = Page.objects.bulk_create(
        Page(
            title=f"{model._meta.verbose_name} thứ {place}",
            draft_title=f"{word} {place}",
            slug=f"{word}-{place}",
            path=model._get_path(parent.path, parent.depth + 1, place),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{word}-{place}/",
            content_type=kind,
            locale_id=parent.locale_id,
            live=True,
            show_in_menus=True,
            first_published_at=now,
            last_published_at=now,
        )
        for place in range(first, first + count)
    )
    rows = [model(page_ptr_id=page.pk, **facts(place)) for place, page in enumerate(pages, start=first)]
    table = model._base_manager.all()
    for start in range(0, count, _BATCH):
        some = rows[start : start + _BATCH]
        table._insert(some, fields=model._meta.local_concrete_fields, using=table.db, raw=True)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
    parent.refresh_from_db()


def many_units(count: int) -> list[Unit]:
    """Add ``count`` schools."""
    first = Unit.objects.count() + 1
    above = Unit.objects.get(parent=None)
    return Unit.objects.bulk_create(
        Unit(
            code=f"X{n}", name=f"Trường số {n}", sort_name=f"truong so {n}", slug=f"x{n}", kind="primary", parent=above
        )
        for n in range(first, first + count)
    )


def many_cases(copy: PublicCase, count: int) -> None:
    """Add ``count`` live public copies like ``copy``, a day between each and the next."""
    first, now = PublicCase.objects.count() + 1, timezone.now()
    shared = {"unit_id": copy.unit_id, "category_id": copy.category_id}
    cases = Case.objects.bulk_create(
        Case(
            reference=f"PA-2020-{n:06}",
            title=f"Việc số {n}",
            body="Câu hỏi",
            received_at=now,
            code_digest=secrets.token_hex(32),
            **shared,
        )
        for n in range(first, first + count)
    )
    PublicCase.objects.bulk_create(
        PublicCase(
            case=case,
            reference=case.reference,
            title=case.title,
            question="Câu hỏi",
            answer="Câu trả lời",
            shown_name="Một người dân",
            asked_on=now.date() - timedelta(days=n + 9),
            answered_on=now.date() - timedelta(days=n),
            late_days=n % 2,
            made_by_id=copy.made_by_id,
            live=True,
            search_text=f"viec so {n}",
            **shared,
        )
        for n, case in enumerate(cases, start=first)
    )
