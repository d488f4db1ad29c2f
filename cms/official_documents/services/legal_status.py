"""Whether a document binds: read off what published documents say of one another and off their days.

An editor says once, on either document, that one replaces, amends or repeals the other. From that follow the
effects both show, and the status of each; nobody types a status.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.official_documents.enums import EffectKind, LegalStatus, RelationKind
from cms.official_documents.models import DocumentRelation, LegalEffect, OfficialDocumentPage

_BATCH = 500
_COLUMNS = ("pk", "legal_status", "effective_on", "expires_on", "document_type")


@transaction.atomic
def document_went_live(instance: OfficialDocumentPage, **_rest: Any) -> None:
    """Follow Wagtail's ``page_published``: draw the effects that this document tells of, and those that await it."""
    waiting = DocumentRelation.objects.told_in_public().naming([instance])
    tellers = {instance.pk, *waiting.values_list("page_id", flat=True)}
    touched = _effects_redraw(tellers)
    legal_status_refresh(keys={*touched, instance.pk})


@transaction.atomic
def document_went_dark(instance: OfficialDocumentPage, **_rest: Any) -> None:
    """Follow ``page_unpublished``, also on the way to deletion: what it told of is told no more."""
    told = LegalEffect.objects.filter(declared_by=instance)
    touched = set(told.values_list("acted_on_id", flat=True)) - {None}
    told.delete()
    legal_status_refresh(keys=touched)


def legal_status_refresh(*, keys: Collection[int], on: date | None = None) -> int:
    """Write the status of these documents as it is on that day (today); return how many have changed."""
    changed = 0
    for document, status in _derived(sorted(keys), on or timezone.localdate()):
        if document.legal_status != status:
            OfficialDocumentPage.objects.filter(pk=document.pk).update(legal_status=status)
            changed += 1
    return changed


def legal_status_refresh_all() -> str:
    """Follow the calendar: documents begin and cease to bind at midnight. Safe to run twice; returns a log line."""
    keys = list(OfficialDocumentPage.objects.with_days_or_effects().values_list("pk", flat=True))
    return f"{legal_status_refresh(keys=keys)} văn bản đổi hiệu lực"


def legal_status_faults() -> Iterator[str]:
    """Yield every document whose stored status is not what follows from its days and effects."""
    keys = list(OfficialDocumentPage.objects.with_days_or_effects().values_list("pk", flat=True))
    for document, status in _derived(keys, timezone.localdate()):
        if document.legal_status != status:
            yield f"Văn bản {document.pk}: hiệu lực ghi {document.legal_status}, tính ra {status}"


def status_on(document: OfficialDocumentPage, effects: Iterable[LegalEffect], day: date) -> LegalStatus:
    """Return the status of ``document`` on ``day``; the strongest reason wins. No queries."""
    begun = {effect.kind for effect in effects if effect.from_on is None or effect.from_on <= day}
    reasons = (
        (EffectKind.REPLACES in begun, LegalStatus.REPLACED),
        (EffectKind.REPEALS in begun, LegalStatus.EXPIRED),
        (document.expires_on is not None and document.expires_on <= day, LegalStatus.EXPIRED),
        (document.effective_on is not None and document.effective_on > day, LegalStatus.NOT_YET),
        (EffectKind.AMENDS in begun, LegalStatus.AMENDED),
        (document.effective_on is not None, LegalStatus.IN_FORCE),
    )
    return next((status for holds, status in reasons if holds), LegalStatus.UNKNOWN)


def _derived(keys: Sequence[int], day: date) -> Iterator[tuple[OfficialDocumentPage, LegalStatus]]:
    """Walk in batches, two statements each."""
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        suffered: dict[int, list[LegalEffect]] = {}
        for effect in LegalEffect.objects.on(batch):
            suffered.setdefault(effect.acted_on_id, []).append(effect)
        for document in OfficialDocumentPage.objects.filter(pk__in=batch).only(*_COLUMNS):
            yield document, status_on(document, suffered.get(document.pk, ()), day)


def _effects_redraw(tellers: Collection[int]) -> set[int]:
    """Write anew what these documents tell of; return every document that is touched, or was."""
    old = LegalEffect.objects.filter(declared_by__in=tellers)
    touched = set(old.values_list("acted_on_id", flat=True)) - {None}
    old.delete()
    rows = list(DocumentRelation.objects.told_in_public().filter(page__in=tellers).select_related("page"))
    others = _meant(rows)
    effects = {}
    for row in rows:
        effect = _effect(row, others.get(row.pk))
        if effect.acting_id != effect.acted_on_id:
            effects[effect.declared_by_id, effect.kind, effect.acting_id, effect.acted_on_id, row.number_key] = effect
    LegalEffect.objects.bulk_create(effects.values())
    return touched | {effect.acted_on_id for effect in effects.values() if effect.acted_on_id}


def _effect(row: DocumentRelation, other: OfficialDocumentPage | None) -> LegalEffect:
    kind = RelationKind(row.kind)
    acting, acted_on = (other, row.page) if kind.is_suffered else (row.page, other)
    since = row.from_on or ((acting.effective_on or acting.issued_on) if acting else row.issued_on)
    return LegalEffect(declared_by=row.page, kind=kind.effect, acting=acting, acted_on=acted_on, from_on=since)


def _meant(rows: Sequence[DocumentRelation]) -> dict[int, OfficialDocumentPage]:
    """Return which document each relation means; a bare number that two could answer to means none (S92)."""
    chosen = OfficialDocumentPage.objects.defer_streamfields().in_bulk([row.cited_page_id for row in rows])
    bare = {row.number_key for row in rows if not row.cited_page_id} - {""}
    by_number: dict[str, list[OfficialDocumentPage]] = {}
    for document in OfficialDocumentPage.objects.readable().with_number(bare).defer_streamfields() if bare else ():
        by_number.setdefault(document.number_key, []).append(document)
    found = {row.pk: chosen.get(row.cited_page_id) or _one(row, by_number.get(row.number_key, [])) for row in rows}
    return {pk: document for pk, document in found.items() if document}


def _one(row: DocumentRelation, documents: list[OfficialDocumentPage]) -> OfficialDocumentPage | None:
    others = [document for document in documents if document.pk != row.page_id]
    fitting = [document for document in others if row.issued_on in {None, document.issued_on}]
    return fitting[0] if len(fitting) == 1 else None
