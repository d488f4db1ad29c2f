"""Parts of the list under a name: saved, renamed, shared with a unit, removed."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.core.models import Unit
from cms.core.permissions import can
from cms.core.personal_data import find
from cms.core.services.ledger import event_record
from feedback.codes import normalise_code
from feedback.models import Case, SavedFilter
from feedback.querysets.senders import sender_datum
from feedback.services.identity import cases_search

MOST_FILTERS = 30
_REFERENCE = re.compile(r"\bPA-\d{4}-\d{6}\b", re.I)
_NUMBER = re.compile(r"\d(?:[\s.()/\-–—]*\d){5}")
_WHOLE_NAME = 3  # words
_NAME_TAKEN = _("Đã có bộ lọc mang tên này. Hãy đặt tên khác.")
_PERSON_SEARCHED = _(
    "Ô tìm đang có chữ giống tên, số điện thoại, thư, địa chỉ hoặc mã theo dõi của một người. Bộ lọc chỉ giữ việc, "
    "không giữ người: hãy xóa chữ trong ô tìm rồi lưu."
)


def tells_a_person(text: str) -> bool:
    """Say whether ``text`` could tell a person: name, number, mail, address, tracking code. Rather once too often.

    Written small, as people type into a box, whole names are looked for as if they were written large; two words
    alone are too often words of a subject (“văn bằng”, “đồng phục”).
    """
    plain = _REFERENCE.sub(" ", text)
    if sender_datum(text) in {"phone", "email"} or normalise_code(text) or _NUMBER.search(plain):
        return True
    large = plain.title()
    named = any(len(large[found.start : found.end].split()) >= _WHOLE_NAME for found in find(large))
    return named or any(found.kind != "class" for found in find(plain))


def saved_filter_problems(
    *, actor: Any, name: str, query: str, unit: Unit | None = None, row: SavedFilter | None = None
) -> dict[str, Any]:
    """Return by field what keeps a filter from being saved; empty when nothing does.

    A search that finds senders by name is refused too, for those who may search so; as every such search it is noted
    in the ledger (``cases_search``), so nobody learns of a sender here without a trace.
    """
    problems: dict[str, Any] = {}
    if tells_a_person(name):
        problems["name"] = _("Tên bộ lọc giống tên hoặc số của một người. Hãy đặt tên theo việc.")
    own = SavedFilter.objects.of(actor)
    if row is None and not own.filter(name=name).exists() and own.count() >= MOST_FILTERS:
        problems["name"] = _("Bạn đã lưu %(most)d bộ lọc. Hãy xóa bớt rồi lưu.") % {"most": MOST_FILTERS}
    if row is not None and SavedFilter.objects.filter(owner=row.owner_id, name=name).exclude(pk=row.pk).exists():
        problems["name"] = _NAME_TAKEN
    # What is shared already may stay so under a new name; sharing anew asks for the right.
    if unit and (row is None or row.unit_id != unit.pk) and not _may_share(actor, unit):
        problems["unit"] = _("Bạn không dùng chung bộ lọc với đơn vị này được.")
    words = QueryDict(query).get("q", "")
    if words and (tells_a_person(words) or cases_search(cases=Case.objects.all(), typed=words, actor=actor)[1]):
        problems["query"] = _PERSON_SEARCHED
    return problems


def _may_share(actor: Any, unit: Unit) -> bool:
    return can(actor, "case_filter_share", SavedFilter(unit=unit))


@transaction.atomic
def saved_filter_save(
    *, actor: Any, name: str, query: str, unit: Unit | None = None, row: SavedFilter | None = None
) -> SavedFilter:
    """Keep a part of the list for ``actor``; her own of the same name is kept anew, so removing is undone by saving.

    Args:
        actor: the officer.
        name: what she calls it.
        query: names and values of the filter form, and the words searched for, as in an address.
        unit: with whom it is shared; nobody when absent.
        row: the one that is changed instead of a new one.

    Raises PermissionDenied without the right, ValidationError by field as ``saved_filter_problems`` says.

    """
    if not can(actor, "case_list") or (row and not SavedFilter.objects.changeable_by(actor).filter(pk=row.pk)):
        raise PermissionDenied
    if problems := saved_filter_problems(actor=actor, name=name, query=query, unit=unit, row=row):
        raise ValidationError(problems)
    values = {"query": query, "unit": unit}
    if row is None:
        row = SavedFilter.objects.update_or_create(owner=actor, name=name, defaults=values)[0]
    else:
        row.name, row.query, row.unit = name, query, unit
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:  # she gave another one this name a moment ago, in another window
            raise ValidationError({"name": _NAME_TAKEN}) from error
    _note(row, "case_filter.saved", actor)
    return row


@transaction.atomic
def saved_filter_remove(*, row: SavedFilter, actor: Any) -> None:
    """Remove a saved filter; no case is touched. Raises PermissionDenied when it is not hers to remove."""
    if not SavedFilter.objects.changeable_by(actor).filter(pk=row.pk).exists():
        raise PermissionDenied
    _note(row, "case_filter.removed", actor)
    row.delete()


def _note(row: SavedFilter, verb: str, actor: Any) -> None:
    event_record(
        subject_type="case_filter",
        subject_key=str(row.pk),
        verb=verb,
        actor=actor,
        unit_id=row.unit_id,
        data={"shared": row.unit_id is not None},
    )
