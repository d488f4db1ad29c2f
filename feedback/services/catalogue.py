"""The first catalogue of an office: sensible, editable, and honest about what nobody has confirmed yet."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from feedback.models import Category, DeadlineProfile, DeclineReason
from feedback.services.deadlines import deadlines_recompute

_DECREE = "Nghị định 20/2008/NĐ-CP (Điều 9: chuyển cơ quan có thẩm quyền trong 5 ngày làm việc)"
_PROFILES: tuple[dict[str, Any], ...] = (
    {
        "code": "thong-thuong",
        "name": "Thông thường",
        "triage_days": 2,
        "transfer_days": 5,
        "answer_days": 15,
        "complex_answer_days": 30,
        "legal_basis": f"{_DECREE}. Số ngày tiếp nhận và trả lời: cần cơ quan xác nhận theo quy chế của mình.",
        "order": 10,
    },
    {
        "code": "khan",
        "name": "Khẩn: an toàn học sinh",
        "triage_days": 1,
        "transfer_days": 1,
        "answer_days": 5,
        "complex_answer_days": 10,
        "legal_basis": f"{_DECREE}. Số ngày rút ngắn do cơ quan tự đặt: cần xác nhận.",
        "order": 20,
    },
)
_CATEGORIES = (
    ("tuyen-sinh", "Tuyển sinh", "Đăng ký, xét tuyển, chuyển trường, phân tuyến.", "thong-thuong"),
    ("hoc-phi", "Học phí và khoản thu", "Học phí, các khoản thu trong trường, hoàn tiền.", "thong-thuong"),
    ("thai-do", "Thái độ phục vụ", "Cách ứng xử của cán bộ, giáo viên, nhân viên.", "thong-thuong"),
    ("thu-tuc", "Thủ tục hành chính", "Hồ sơ bị đòi thêm giấy tờ, trả chậm, quy định chưa hợp lý.", "thong-thuong"),
    ("co-so-vat-chat", "Cơ sở vật chất", "Phòng học, nhà vệ sinh, thiết bị, bếp ăn.", "thong-thuong"),
    ("an-toan", "An toàn trường học", "Bạo lực, tai nạn, an toàn thực phẩm, đưa đón học sinh.", "khan"),
    ("day-them", "Dạy thêm, học thêm", "Dạy thêm trái quy định, ép học thêm.", "thong-thuong"),
    ("day-hoc", "Dạy và học, thi cử", "Chương trình, lịch học, kiểm tra, thi, văn bằng.", "thong-thuong"),
    ("khac", "Khác", "Việc của ngành giáo dục không thuộc các mục trên.", "thong-thuong"),
)
_REASONS = (
    (
        "khieu-nai",
        "Nội dung là khiếu nại",
        "Khiếu nại được giải quyết theo Luật Khiếu nại. Hãy gửi đơn khiếu nại đến người đã ra quyết định hoặc đến "
        "nơi tiếp công dân của cơ quan.",
    ),
    (
        "to-cao",
        "Nội dung là tố cáo",
        "Tố cáo được giải quyết theo Luật Tố cáo. Hãy gửi đơn hoặc đến trình bày tại nơi tiếp công dân; danh tính "
        "của người tố cáo được giữ kín.",
    ),
    (
        "thieu-thong-tin",
        "Không đủ thông tin để xử lý",
        "Hãy gửi lại phản ánh, nói rõ việc gì, ở đâu, khi nào, và để lại cách liên hệ.",
    ),
    (
        "ngoai-pham-vi",
        "Ngoài phạm vi của ngành giáo dục",
        "Hãy gửi phản ánh này tới cơ quan phụ trách lĩnh vực đó hoặc qua Cổng Dịch vụ công quốc gia.",
    ),
    (
        "da-tra-loi",
        "Đã được trả lời, không có tình tiết mới",
        "Hãy xem lại câu trả lời đã gửi. Nếu có tình tiết mới, hãy gửi phản ánh khác và nêu tình tiết đó.",
    ),
    (
        "dang-xet-xu",
        "Việc đang do tòa án hoặc cơ quan điều tra giải quyết",
        "Hãy liên hệ cơ quan đang giải quyết việc này.",
    ),
    (
        "loi-le",
        "Lời lẽ xúc phạm, không nêu việc cụ thể",
        "Hãy gửi lại phản ánh nêu việc cụ thể, bằng lời lẽ phù hợp.",
    ),
)


@transaction.atomic
def catalogue_seed() -> int:
    """Add the profiles, categories and reasons that are missing; return how many. What is there stays as it is."""
    added = sum(DeadlineProfile.objects.get_or_create(code=row["code"], defaults=row)[1] for row in _PROFILES)
    profiles = {profile.code: profile for profile in DeadlineProfile.objects.all()}
    for order, (code, name, description, profile) in enumerate(_CATEGORIES, start=1):
        row = {"name": name, "description": description, "profile": profiles[profile], "order": order * 10}
        added += Category.objects.get_or_create(code=code, defaults=row)[1]
    for order, (code, text, guidance) in enumerate(_REASONS, start=1):
        row = {"text": text, "guidance": guidance, "order": order * 10}
        added += DeclineReason.objects.get_or_create(code=code, defaults=row)[1]
    if added:
        event_record(
            subject_type="catalogue", subject_key="feedback", verb="catalogue.seeded", data={"added": int(added)}
        )
    return int(added)


@transaction.atomic
def catalogue_save(*, row: Category | DeadlineProfile | DeclineReason, actor: Any) -> Model:
    """Store an entry of the catalogue, note it, and move the dates of running cases that rest on it.

    Args:
        row: validated, new or changed.
        actor: the officer.

    Raises PermissionDenied when ``actor`` may not edit the catalogue.

    """
    if not can(actor, "feedback_catalogue"):
        raise PermissionDenied
    row.save()
    kind = row._meta.model_name or ""
    event_record(subject_type="catalogue", subject_key=f"{kind}/{row.code}", verb="catalogue.saved", actor=actor)
    if not isinstance(row, DeclineReason):
        deadlines_recompute(because="catalogue")
    return row
