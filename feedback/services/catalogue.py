"""The first catalogue of an office: sensible, editable, and honest about what nobody has confirmed yet."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from feedback.enums import CaseMatter, CaseOutcome, CaseSource, QuestionKind
from feedback.models import (
    AnswerTemplate,
    Category,
    DeadlineProfile,
    DeclineReason,
    ExtraQuestion,
    PaperBook,
    RoutingRule,
)
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
# Asked where a paper or a step was added, or somebody was rude: what the office needs to look into it.
_QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "code": "thu-tuc-nao",
        "label": "Thủ tục nào",
        "help_text": "Tên thủ tục, hoặc mã hồ sơ ghi trên giấy hẹn.",
        "matters": (CaseMatter.EXTRA_PAPERS, CaseMatter.EXTRA_STEPS, CaseMatter.ATTITUDE),
    },
    {
        "code": "giay-to-nao",
        "label": "Giấy tờ bị đòi thêm",
        "help_text": "Ghi tên từng giấy tờ mà bạn cho là ngoài quy định.",
        "kind": QuestionKind.TEXT,
        "matters": (CaseMatter.EXTRA_PAPERS,),
    },
    {
        "code": "buoc-nao",
        "label": "Bước hoặc nơi bị đặt thêm",
        "help_text": "Phải đi đâu, gặp ai, làm gì ngoài quy định.",
        "kind": QuestionKind.TEXT,
        "matters": (CaseMatter.EXTRA_STEPS,),
    },
    {
        "code": "ngay-xay-ra",
        "label": "Ngày xảy ra",
        "help_text": "Ví dụ: 20/11/2026. Không nhớ rõ thì để trống.",
        "kind": QuestionKind.DATE,
        "matters": (CaseMatter.EXTRA_PAPERS, CaseMatter.EXTRA_STEPS, CaseMatter.ATTITUDE),
    },
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

# The books that an office has when it begins; each names the channel that its lines most likely came by.
_FIRST_BOOKS = (
    ("so-gop-y", "Sổ góp ý", CaseSource.BOOK),
    ("hom-thu-gop-y", "Hòm thư góp ý", CaseSource.BOX),
    ("so-dien-thoai", "Sổ ghi điện thoại", CaseSource.PHONE),
    ("so-tai-quay", "Sổ tiếp nhận tại quầy", CaseSource.COUNTER),
    ("so-van-ban-den", "Sổ thư, văn bản đến", CaseSource.PAPER),
)
# Beginnings of answers: what the case knows is filled in, what only the writer knows stands as [Ghi: …].
_TEMPLATES = (
    (
        "Đã kiểm tra và sửa xong",
        CaseOutcome.ACCEPTED_AND_FIXED,
        """Kính gửi ông/bà,

{tên đơn vị} đã nhận phản ánh số {số phản ánh} ngày {ngày nhận} về lĩnh vực “{lĩnh vực}”.

Chúng tôi đã kiểm tra; điều ông/bà nêu là đúng. Chúng tôi đã [Ghi: làm gì, xong ngày nào, ai theo dõi tiếp].

Cảm ơn ông/bà đã báo. Nếu việc này còn xảy ra, xin ông/bà cho chúng tôi biết và nhắc số {số phản ánh}.""",
    ),
    (
        "Chưa sửa ngay được, hẹn ngày làm",
        CaseOutcome.WILL_FIX,
        """Kính gửi ông/bà,

{tên đơn vị} đã xem phản ánh số {số phản ánh} gửi ngày {ngày nhận}. Điều ông/bà nêu là có, nhưng chưa sửa ngay được \
vì [Ghi: lý do].

Chúng tôi sẽ [Ghi: làm gì] và làm xong trước ngày [Ghi: ngày]. Trong lúc chờ, [Ghi: cách làm tạm, hoặc xóa câu này].

Xin lỗi ông/bà vì sự bất tiện này.""",
    ),
    (
        "Giải thích và hướng dẫn cách làm",
        CaseOutcome.EXPLAINED,
        """Kính gửi ông/bà,

Về phản ánh số {số phản ánh} gửi ngày {ngày nhận}, {tên đơn vị} xin trả lời như sau.

Quy định hiện nay: [Ghi: quy định bằng lời dễ hiểu; số, ngày của văn bản].

Ông/bà cần làm: [Ghi: từng việc, làm ở đâu, mang theo gì, mất bao lâu].

Chỗ nào chưa rõ, xin ông/bà hỏi [Ghi: bộ phận, điện thoại, giờ làm việc].""",
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
    for order, (code, matter, values) in enumerate(_questions(), start=1):
        row = {**values, "matter": matter, "order": order * 10}
        added += ExtraQuestion.objects.get_or_create(code=code, defaults=row)[1]
    for order, (code, text, guidance) in enumerate(_REASONS, start=1):
        row = {"text": text, "guidance": guidance, "order": order * 10}
        added += DeclineReason.objects.get_or_create(code=code, defaults=row)[1]
    added += _books_seed() + _templates_seed()
    if added:
        event_record(
            subject_type="catalogue", subject_key="feedback", verb="catalogue.seeded", data={"added": int(added)}
        )
    return int(added)


def _books_seed() -> int:
    """Open the first books on paper of an office that has none; it names and numbers its own."""
    if PaperBook.objects.exists():
        return 0
    for order, (code, name, source) in enumerate(_FIRST_BOOKS, start=1):
        PaperBook.objects.create(code=code, name=name, source=source, order=order * 10)
    return len(_FIRST_BOOKS)


def _templates_seed() -> int:
    """Give an office that has no template of an answer its first ones; it words its own."""
    if AnswerTemplate.objects.exists():
        return 0
    for order, (name, outcome, body) in enumerate(_TEMPLATES, start=1):
        AnswerTemplate.objects.create(name=name, outcome=outcome, body=body, order=order * 10)
    return len(_TEMPLATES)


def _questions() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield code, matter and values of every first question; one that several matters ask is a row for each."""
    for question in _QUESTIONS:
        values = {name: value for name, value in question.items() if name not in {"code", "matters"}}
        for matter in question["matters"]:
            yield f"{question['code']}-{matter.value.replace('_', '-')}", matter.value, values


@transaction.atomic
def catalogue_save(
    *, row: AnswerTemplate | Category | DeadlineProfile | DeclineReason | ExtraQuestion | RoutingRule, actor: Any
) -> Model:
    """Store an entry of the catalogue, note it, and move the dates of running cases that rest on it.

    Args:
        row: validated, new or changed.
        actor: the officer.

    Raises PermissionDenied when ``actor`` may not edit the catalogue.

    """
    if not can(actor, "feedback_catalogue"):
        raise PermissionDenied
    row.save()
    if not isinstance(row, AnswerTemplate | DeclineReason | ExtraQuestion | RoutingRule):
        # Before the event: whoever moves a case holds its row and then waits for the ledger, never the other way.
        deadlines_recompute(because="catalogue")
    kind = row._meta.model_name or ""
    event_record(subject_type="catalogue", subject_key=f"{kind}/{row.code}", verb="catalogue.saved", actor=actor)
    return row
