"""The themes of wishes: what an office begins with, and how it keeps them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from surveys.models import WordsTheme

_FIRST = (
    ("thu-tuc", "Thủ tục, giấy tờ gọn hơn"),
    ("thoi-gian", "Giải quyết nhanh hơn, đúng hẹn"),
    ("thai-do", "Thái độ, cách hướng dẫn"),
    ("truc-tuyen", "Làm được trên mạng"),
    ("co-so-vat-chat", "Chỗ ngồi, phòng học, trang thiết bị"),
    ("an-toan", "An toàn, vệ sinh, bữa ăn"),
    ("day-hoc", "Dạy và học"),
    ("hoc-phi", "Học phí, các khoản thu"),
    ("thong-tin", "Công khai, thông tin cho phụ huynh"),
    ("hai-long", "Hài lòng, lời khen"),
    ("khac", "Điều khác"),
)


@transaction.atomic
def themes_seed() -> int:
    """Make the first themes when there is none; return how many."""
    if WordsTheme.objects.exists():
        return 0
    return len(
        WordsTheme.objects.bulk_create(
            WordsTheme(code=code, name=name, order=10 * place) for place, (code, name) in enumerate(_FIRST, start=1)
        )
    )


@transaction.atomic
def theme_save(*, theme: WordsTheme, actor: Any) -> WordsTheme:
    """Store a theme; its code stays, counts go by it. Raises PermissionDenied without the right."""
    if not can(actor, "survey_words"):
        raise PermissionDenied
    theme.save()
    event_record(subject_type="survey_theme", subject_key=theme.code, verb="survey.theme_saved", actor=actor)
    return theme
