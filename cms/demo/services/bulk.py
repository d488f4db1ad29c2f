"""Very many sample cases in a short time, to see how the portal bears them: rows in bulk, in the order of services.

What every row must be is what ``check_integrity`` asks; nothing here sends mail, and no copy has revisions.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.core.models import LedgerEvent, SearchEntry, Unit
from cms.core.search import plain_words
from cms.core.search.index import index_objects, rebuild
from cms.core.services.ledger import events_record
from feedback.enums import AnswerState, CaseOutcome, CaseSource, CaseState, ConsentPurpose
from feedback.models import Answer, Case, Category, ClockPause, Consent, PublicCase, ReferenceCounter, Sender
from feedback.querysets.senders import sender_keys
from feedback.services.answers import answer_digest
from feedback.services.search import PUBLIC_CASES
from feedback.services.tallies import tallies_rebuild

MARK = "mau-hang-loat-"
BATCH = 5_000
# Every number below is invented; the same ones each time.
SEED, OLDEST, TERM = 11, 5 * 365, 21  # days
# Of a hundred cases: how many stand where. What was answered and closed is public, but for a tenth.
_SHARES = (
    *[CaseState.CLOSED] * 78,
    *[CaseState.ANSWERED] * 8,
    *[CaseState.SUBMITTED] * 2,
    *[CaseState.ACCEPTED] * 2,
    *[CaseState.ASSIGNED] * 2,
    *[CaseState.IN_PROGRESS] * 5,
    *[CaseState.NEED_INFO] * 1,
    *[CaseState.QUARANTINED] * 2,
)
_DONE = (CaseState.CLOSED, CaseState.ANSWERED)
_WITHOUT_DAY = (CaseState.SUBMITTED, CaseState.QUARANTINED)
_WHAT = ("Quạt trần", "Vòi nước", "Cổng phụ", "Sân chơi", "Bếp ăn", "Thư viện", "Học phí", "Giờ tan học", "Bảng tin")
_WRONG = ("bị hỏng", "chưa rõ", "xuống cấp", "thông báo chậm", "không đủ", "khó tìm", "cần sửa", "đóng sớm")
_WHERE = ("khu nhà A", "tầng hai", "khối lớp nhỏ", "khu để xe", "phòng tiếp dân", "nhà đa năng", "khu nội trú")
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng")
_MIDDLE = ("Văn", "Thị", "Mẫu", "Thử")
_GIVEN = ("Mẫu An", "Mẫu Bình", "Mẫu Chi", "Mẫu Dung", "Mẫu Giang", "Mẫu Hà", "Mẫu Khang", "Mẫu Lan", "Mẫu Minh")
_SAID = "Đề nghị nhà trường xem lại và cho phụ huynh biết khi nào xong. Việc này đã nói ở cuộc họp trước."
_ANSWERED = "Nhà trường đã kiểm tra, sửa xong trong tuần và dán thông báo ở bảng tin. Cảm ơn người gửi đã cho biết."


def bulk_cases_seed(*, total: int) -> int:
    """Add sample cases until there are ``total``; return how many were added. A batch is a transaction of its own."""
    missing = max(0, total - Case.objects.count())
    maker = _Maker(Case.objects.filter(code_digest__startswith=MARK).count())
    for start in range(0, missing, BATCH):
        maker.store(min(BATCH, missing - start))
    if missing:
        tallies_rebuild()
        rebuild(kind=PUBLIC_CASES.name)
    return missing


def bulk_cases_clear() -> None:
    """Take them out again."""
    copies = PublicCase.objects.filter(case__code_digest__startswith=MARK)
    keys = list(copies.values_list("pk", flat=True))
    copies.delete()
    if keys and SearchEntry.objects.filter(kind=PUBLIC_CASES.name).exists():
        index_objects(kind=PUBLIC_CASES.name, pks=keys)
    Case.objects.filter(code_digest__startswith=MARK).delete()


class _Maker:
    """Rows of cases and of all that hangs on them, deterministic from one seed on."""

    def __init__(self, there: int) -> None:
        self.chance = Random(SEED + there)  # noqa: S311  sample content, not a secret
        self.place = self.named = there
        self.now = timezone.now()
        self.units = list(Unit.objects.active().taking_cases().order_by("pk"))
        self.categories = list(Category.objects.active().in_order())
        self.officer = User.objects.get(username="xuly")
        self.leader = User.objects.get(username="lanhdao")

    @transaction.atomic
    def store(self, count: int) -> None:
        """Write ``count`` cases with senders, consents, answers, copies and one event each."""
        cases = Case.objects.bulk_create(list(self._cases(count)), batch_size=500)
        senders = Sender.objects.bulk_create([self._sender(case) for case in cases], batch_size=500)
        purposes = (ConsentPurpose.HANDLE, ConsentPurpose.PUBLISH)
        Consent.objects.bulk_create(
            [
                Consent(sender=sender, purpose=purpose, notice_version="mau", given_at=sender.case.received_at)
                for sender in senders
                for purpose in purposes
            ],
            batch_size=1000,
        )
        done = [case for case in cases if case.state in _DONE]
        Answer.objects.bulk_create([self._answer(case) for case in done], batch_size=500)
        public = [case for place, case in enumerate(done) if place % 10]
        PublicCase.objects.bulk_create([self._copy(case) for case in public], batch_size=300)
        waiting = [case for case in cases if case.state == CaseState.NEED_INFO]
        ClockPause.objects.bulk_create(
            [ClockPause(case=case, began_at=case.accepted_at or self.now) for case in waiting]
        )
        events_record(map(_event, cases))

    def _cases(self, count: int) -> Iterator[Case]:
        ages = sorted((self.chance.randint(0, OLDEST) for _each in range(count)), reverse=True)
        days = [timezone.localdate(self.now) - timedelta(days=age) for age in ages]
        numbers = _References([day.year for day in days])
        for day in days:
            yield self._case(_at(day, self.chance.randint(7, 16)), numbers.take(day.year))

    def _case(self, received: datetime, reference: str) -> Case:
        self.place += 1
        chance = self.chance
        state = chance.choice(_SHARES) if received < self.now - timedelta(days=30) else CaseState.IN_PROGRESS
        what, wrong, where = chance.choice(_WHAT), chance.choice(_WRONG), chance.choice(_WHERE)
        title = f"{what} ở {where} {wrong}, việc số {self.place}"
        case = Case(
            reference=reference,
            category=chance.choice(self.categories),
            unit=chance.choice(self.units),
            title=title,
            body=f"{title}. {_SAID}",
            state=state,
            source=chance.choice((CaseSource.WEB, CaseSource.PAPER, CaseSource.PHONE)),
            received_at=received,
            code_digest=f"{MARK}{self.place:08d}",
            search_text=plain_words(f"{reference} {title} {title}. {_SAID}"),
        )
        if state not in _WITHOUT_DAY:
            case.accepted_at = case.clock_started_at = received
            case.due_on = timezone.localdate(received) + timedelta(days=TERM)
        if state in {CaseState.ASSIGNED, CaseState.IN_PROGRESS, CaseState.NEED_INFO, *_DONE}:
            case.officer = self.officer
        if state in _DONE:
            case.outcome = chance.choice(list(CaseOutcome))
            case.answered_at = answered = received + timedelta(days=chance.choice((3, 5, 7, 9, 12, 15, 18, 20, 24, 28)))
            case.closed_at = answered if state == CaseState.CLOSED else None
        return case

    def _sender(self, case: Case) -> Sender:
        digits = f"09120{self.chance.randint(0, 99_999):05d}"
        # As many bear the same first two words of a name as outside: a search by name is measured by that.
        name = " ".join(names[self.named % len(names)] for names in (_FAMILY, _MIDDLE, _GIVEN))
        self.named += 1
        keys = sender_keys(name=name, phone=digits, email="")
        return Sender(case=case, name=name, phone=digits, phone_digits=digits, **keys)

    def _answer(self, case: Case) -> Answer:
        answer = Answer(
            case=case,
            number=1,
            body=_ANSWERED,
            outcome=case.outcome,
            state=AnswerState.APPROVED,
            author=self.officer,
            approver=self.leader,
            decided_at=case.answered_at,
            saved_at=case.answered_at or self.now,
        )
        answer.digest = answer_digest(answer)
        return answer

    def _copy(self, case: Case) -> PublicCase:
        words = f"{case.reference} {case.title} {case.body} {_ANSWERED}"
        late = (timezone.localdate(case.answered_at) - (case.due_on or date.max)).days
        return PublicCase(
            case=case,
            live=True,
            has_unpublished_changes=False,
            reference=case.reference,
            title=case.title,
            question=case.body,
            answer=_ANSWERED,
            unit=case.unit,
            category=case.category,
            shown_name="Một người dân",
            asked_on=timezone.localdate(case.received_at),
            answered_on=timezone.localdate(case.answered_at),
            late_days=max(0, late),
            made_by=self.officer,
            first_published_at=case.answered_at,
            last_published_at=case.answered_at,
            search_text=plain_words(words),
        )


class _References:
    """The next numbers of each year, taken from the counters that the form uses."""

    def __init__(self, years: list[int]) -> None:
        self.last: dict[int, int] = {}
        for year in sorted(set(years)):
            counter = ReferenceCounter.objects.get_or_create(year=year)[0]
            self.last[year] = counter.last
            counter.last += years.count(year)
            counter.save(update_fields=["last"])

    def take(self, year: int) -> str:
        self.last[year] += 1
        return f"PA-{year}-{self.last[year]:06d}"


def _event(case: Case) -> LedgerEvent:
    """The event that brought the case where it stands; the ledger knows the rest of the story of no case in bulk."""
    data = {"from": "", "to": str(case.state), "version": case.version}
    return LedgerEvent(
        at=case.closed_at or case.answered_at or case.received_at,
        subject_type="case",
        subject_key=case.reference,
        unit_id=case.unit_id,
        verb="case.correct",
        actor_kind="system",
        data=data,
    )


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 15)))
