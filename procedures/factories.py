"""Procedures, and dossiers in every state, for tests and sample content."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from wagtail.models import Page

from procedures.enums import DossierState, Level
from procedures.models import Dossier, ProcedureField, ProcedureIndexPage, ProcedurePage, SubmissionWay
from procedures.models.codes import codes_text
from procedures.services import field_ensure, handling
from procedures.services.intake import DossierEntry, dossier_enter, ways_for

FIELD = "Giáo dục trung học"
_BATCH = 400


def procedure(index: ProcedureIndexPage, code: str = "9.000001", *, live: bool = True, **facts: Any) -> ProcedurePage:
    """Return a procedure, published unless told otherwise.

    ``facts`` are fields and child rows; ``field`` may be a name, ``levels`` a list of codes.
    """
    field, levels = facts.pop("field", FIELD), facts.pop("levels", [Level.COMMUNE])
    page = ProcedurePage(
        **{
            "title": f"Thủ tục {code}",
            "code": code,
            "field": field if isinstance(field, ProcedureField) else field_ensure(name=field),
            "levels": levels if isinstance(levels, str) else codes_text(levels, Level.values),
            "live": live,
            **facts,
        }
    )
    index.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def way(**facts: Any) -> SubmissionWay:
    """Return one way of submitting: in person, five working days, free."""
    given = {"channel": "direct", "quantity": 5, "unit": "working_day", "fee_kind": "free"}
    return SubmissionWay(**given | facts)


def many_procedures(index: ProcedureIndexPage, count: int) -> None:
    """Add ``count`` published procedures with a way each and nothing else: for lists, not for editing."""
    fields = [field_ensure(name=name) for name in (FIELD, "Giáo dục tiểu học", "Giáo dục mầm non")]
    first = index.numchild + 1
    content_type = ProcedurePage(title="x").content_type
    pages = Page.objects.bulk_create(
        Page(
            title=f"Thủ tục thứ {place}",
            draft_title=f"Thủ tục thứ {place}",
            slug=f"thu-{place}",
            path=ProcedurePage._get_path(index.path, index.depth + 1, place),
            depth=index.depth + 1,
            url_path=f"{index.url_path}thu-{place}/",
            content_type=content_type,
            locale_id=index.locale_id,
            live=True,
            first_published_at=timezone.now(),
            last_published_at=timezone.now(),
        )
        for place in range(first, first + count)
    )
    rows = [_row(page, place, fields) for place, page in enumerate(pages, start=first)]
    # Django makes no rows of a child table in bulk; the parents are there already, so its own insert does.
    columns, table = ProcedurePage._meta.local_concrete_fields, ProcedurePage._base_manager.all()
    for start in range(0, count, _BATCH):
        table._insert(rows[start : start + _BATCH], fields=columns, using=table.db, raw=True)
    SubmissionWay.objects.bulk_create(
        SubmissionWay(page_id=page.pk, sort_order=0, quantity=5 + page.pk % 9, unit="working_day", fee_kind="free")
        for page in pages
    )
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
    index.refresh_from_db()


def _row(page: Page, place: int, fields: list[ProcedureField]) -> ProcedurePage:
    levels = ([Level.COMMUNE], [Level.PROVINCE], [Level.PROVINCE, Level.COMMUNE])[place % 3]
    return ProcedurePage(
        page_ptr_id=page.pk,
        code=f"9.{place:06d}",
        field=fields[place % 7 % 3],
        levels=codes_text(levels, Level.values),
        audiences=",cong-dan,",
        sort_name=f"thu tuc thu {place:06d}",
    )


def dossier(
    page: ProcedurePage, unit: Any, clerk: Any, *, at: datetime | None = None, token: str = "", **facts: Any
) -> Dossier:
    """Return a dossier for ``page`` as the clerk keys it in; taken in at once unless ``received`` is False."""
    given = {"name": "Trần Thị Sen Mẫu", "phone": "0912000345", "email": "sen.mau@thu.example.vn", **facts}
    ways = ways_for(page, given.get("channel", "direct"))
    entry = DossierEntry(procedure=page, unit=unit, way=ways[0] if ways else None, filed_at=at, **given)
    return dossier_enter(entry=entry, form_token=token or secrets.token_urlsafe(16), actor=clerk).dossier


S = DossierState
# From a dossier that was taken in to every other state, by the services that the desk's buttons call.
_ROADS: dict[DossierState, tuple[Callable[..., Any], ...]] = {
    S.RECEIVED: (),
    S.IN_PROGRESS: (handling.dossier_start,),
    S.NEED_SUPPLEMENT: (handling.dossier_ask,),
    S.NEED_PAYMENT: (handling.dossier_charge,),
    S.COMPLETED: (handling.dossier_start, handling.dossier_complete),
    S.WITH_POST: (handling.dossier_complete, handling.dossier_post),
    S.RETURNED: (handling.dossier_complete, handling.dossier_return),
    S.REFUSED: (handling.dossier_refuse,),
    S.WITHDRAWN: (handling.dossier_withdraw,),
    S.STOPPED: (handling.dossier_stop,),
}
_WORDS: dict[Callable[..., Any], dict[str, str]] = {
    handling.dossier_ask: {"papers": "Bản sao học bạ lớp 8, có dấu của trường."},
    handling.dossier_charge: {"what": "Lệ phí 20.000 đồng, nộp tại quầy."},
    handling.dossier_refuse: {"reason": "Trường nhận đã đủ chỉ tiêu, theo kế hoạch tuyển sinh."},
    handling.dossier_stop: {"reason": "Người nộp có hai hồ sơ cho cùng một việc."},
    handling.dossier_post: {"number": "EE123456789VN"},
}


def dossier_in(state: str, page: ProcedurePage, unit: Any, clerk: Any, **facts: Any) -> Dossier:
    """Return a dossier that was led to ``state``."""
    return lead_to(dossier(page, unit, clerk, received=state != S.REGISTERED, **facts), state, clerk)


def lead_to(made: Dossier, state: str, clerk: Any) -> Dossier:
    """Take ``made`` from its receipt to ``state``."""
    for service in _ROADS.get(S(state), ()):
        service(dossier=made, actor=clerk, **_WORDS.get(service, {}))
    return made
