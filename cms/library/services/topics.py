"""The catalogue of topics."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.library.models import MaterialPage, MaterialTopic

# Name and address word of the topics that every library begins with (domain.md S27, S28, S56).
FIRST_TOPICS = (
    ("Dịch vụ công trực tuyến", "dich-vu-cong"),
    ("Thủ tục hành chính", "thu-tuc-hanh-chinh"),
    ("Cải cách hành chính", "cai-cach-hanh-chinh"),
    ("Phổ biến pháp luật", "phap-luat"),
    ("An toàn trường học", "an-toan"),
    ("An toàn trên mạng, kỹ năng số", "ky-nang-so"),
    ("Sinh hoạt chuyên đề", "sinh-hoat-chuyen-de"),
    ("Tuyển sinh, thi cử", "tuyen-sinh"),
)


@transaction.atomic
def topic_save(*, topic: MaterialTopic | None, name: str, order: int, actor: Any) -> MaterialTopic:
    """Make or change a topic; raises PermissionDenied when ``actor`` may not edit pages."""
    if not can(actor, "page_edit"):
        raise PermissionDenied
    row = topic or MaterialTopic()
    row.name, row.order = name, order
    row.save()
    event_record(subject_type="materialtopic", subject_key=str(row.pk), verb="materialtopic.saved", actor=actor)
    return row


@transaction.atomic
def topic_delete(*, topic: MaterialTopic, actor: Any) -> None:
    """Remove a topic that no material stands under, drafts included.

    Raises:
        PermissionDenied: the actor may not edit pages.
        ProtectedError: materials stand under it; they would lose their topic without a word.

    """
    if not can(actor, "page_edit"):
        raise PermissionDenied
    if materials := set(MaterialPage.objects.on_topics([topic.pk])[:1]):
        raise ProtectedError("materials stand under this topic", materials)
    key = str(topic.pk)
    topic.delete()
    event_record(subject_type="materialtopic", subject_key=key, verb="materialtopic.deleted", actor=actor)


@transaction.atomic
def topics_seed() -> None:
    """Make the first topics once; a catalogue that has any is the editors' own."""
    if MaterialTopic.objects.exists():
        return
    for place, (name, word) in enumerate(FIRST_TOPICS, start=1):
        MaterialTopic.objects.create(name=name, slug=word, order=place * 10)
