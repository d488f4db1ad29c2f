"""Sample dossiers, taken through the desk by the same services that clerks use; and very many of them in bulk.

What every row in bulk must be is what ``check_integrity`` asks; nothing here sends mail.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.core.models import LedgerEvent, Unit
from cms.core.services.ledger import events_record
from cms.demo.clock import as_of, office_hour
from cms.demo.dossiers import DOSSIERS, SampleDossierRow
from procedures import factories
from procedures.enums import CLOSED_STATES, RESULT_STATES, DossierChannel, DossierState, DueSource, TimeUnit
from procedures.models import Dossier, DossierApplicant, DossierPause, DossierSerial, DossierSettings, ProcedurePage
from procedures.models.serials import series_of
from procedures.services.deadlines import Clock, clock_now, due_after
from procedures.services.intake import search_words
from procedures.services.steps import step_advance
from procedures.services.tallies import tallies_rebuild

S = DossierState
MARK = "mau-hang-loat-"
BATCH = 5_000
# Every number below is invented; the same ones each time.
SEED, OLDEST = 13, 3 * 365  # days
_SHARES = (
    *[S.RETURNED] * 88,
    *[S.COMPLETED] * 2,
    *[S.IN_PROGRESS] * 4,
    *[S.RECEIVED] * 2,
    *[S.NEED_SUPPLEMENT] * 1,
    *[S.REFUSED] * 2,
    *[S.WITHDRAWN] * 1,
)
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng")
_MIDDLE = ("Văn", "Thị", "Mẫu", "Thử")
_GIVEN = ("Mẫu An", "Mẫu Bình", "Mẫu Chi", "Mẫu Dung", "Mẫu Giang", "Mẫu Hà", "Mẫu Khang", "Mẫu Lan", "Mẫu Minh")
_TERM = 5  # working days


def dossiers_seed() -> None:
    """Make the sample dossiers once; a portal that has any dossier already is left alone."""
    if Dossier.objects.exists():
        return
    clerk = User.objects.get(username="motcua")
    for number, sample in enumerate(DOSSIERS):
        _tell(number, sample, clerk)


def dossiers_clear() -> None:
    """Take the samples out again, those in bulk too."""
    marks = [_digest(number) for number in range(len(DOSSIERS))]
    Dossier.objects.filter(form_token_digest__in=marks).delete()
    Dossier.objects.filter(form_token_digest__startswith=MARK).delete()
    tallies_rebuild()


def bulk_dossiers_seed(*, total: int) -> int:
    """Add sample dossiers until there are ``total``; return how many were added. A batch is one transaction."""
    missing = max(0, total - Dossier.objects.count())
    maker = _Maker(Dossier.objects.filter(form_token_digest__startswith=MARK).count())
    for start in range(0, missing, BATCH):
        maker.store(min(BATCH, missing - start))
    tallies_rebuild()
    return missing


def _digest(number: int) -> str:
    return hashlib.sha256(f"mau-{number}".encode()).hexdigest()


def _tell(number: int, sample: SampleDossierRow, clerk: Any) -> None:
    """Take one dossier as far as its state says, at the days it pretends."""
    page = ProcedurePage.objects.with_code([sample.procedure]).first()
    if page is None:
        return
    names = ("channel", "return_channel", "name", "phone", "email", "papers")
    facts = {name: getattr(sample, name) for name in names}
    with as_of(office_hour(sample.days_ago, 9)):
        made = factories.dossier(
            page,
            Unit.objects.get(code=sample.unit),
            clerk,
            token=f"mau-{number}",
            received=sample.state != S.REGISTERED,
            **facts,
        )
    with as_of(max(office_hour(sample.done_ago, 10), made.filed_at)):
        factories.lead_to(made, sample.state, clerk)
        if sample.state == S.IN_PROGRESS:  # the first inner step done, the second in hand
            step_advance(dossier=made, number=1, actor=clerk)
            step_advance(dossier=made, number=1, actor=clerk)


class _Maker:
    """Rows of dossiers and of all that hangs on them, deterministic from one seed on."""

    def __init__(self, there: int) -> None:
        self.chance = Random(SEED + there)  # noqa: S311  sample content, not a secret
        self.place = there
        self.now = timezone.now()
        self.clock: Clock = clock_now()
        self.pattern = DossierSettings.load().code_pattern
        self.units = list(Unit.objects.active().order_by("pk")[:12])
        self.pages = list(ProcedurePage.objects.in_order().defer_streamfields()[:20])
        self.clerk = User.objects.get(username="motcua")
        self.dates: dict[Any, Any] = {}

    @transaction.atomic
    def store(self, count: int) -> None:
        """Write ``count`` dossiers with applicants and one event each."""
        rows = Dossier.objects.bulk_create(list(self._rows(count)), batch_size=500)
        DossierApplicant.objects.bulk_create([self._applicant(row) for row in rows], batch_size=500)
        waiting = [row for row in rows if row.state == S.NEED_SUPPLEMENT]
        DossierPause.objects.bulk_create(
            [DossierPause(dossier=row, kind="supplement", began_at=row.received_at or self.now) for row in waiting]
        )
        events_record(map(_event, rows))

    def _rows(self, count: int) -> Iterator[Dossier]:
        ages = sorted((self.chance.randint(0, OLDEST) for _each in range(count)), reverse=True)
        serials: dict[str, DossierSerial] = {}
        for age in ages:
            unit = self.chance.choice(self.units)
            filed = timezone.make_aware(
                datetime.combine(
                    timezone.localdate(self.now) - timedelta(days=age), time(self.chance.randint(7, 16), 15)
                )
            )
            filed = min(filed, self.now)
            series = series_of(self.pattern, day=timezone.localdate(filed), unit=unit.code)
            serial = serials.setdefault(series, DossierSerial.objects.get_or_create(series=series)[0])
            serial.last += 1
            yield self._row(f"{series}{serial.last:04d}", unit, filed)
        DossierSerial.objects.bulk_update(serials.values(), ["last"], batch_size=500)

    def _row(self, code: str, unit: Unit, filed: datetime) -> Dossier:
        self.place += 1
        chance, page = self.chance, self.chance.choice(self.pages)
        old = filed < self.now - timedelta(days=45)
        state = chance.choice(_SHARES) if old else chance.choice((S.RETURNED, S.IN_PROGRESS, S.RECEIVED))
        row = Dossier(
            code=code,
            procedure=page,
            procedure_code=page.code,
            procedure_name=page.name[:500],
            field_id=page.field_id,
            unit=unit,
            channel=chance.choice(list(DossierChannel)),
            state=state,
            filed_at=filed,
            received_at=filed,
            receiver=self.clerk,
            time_quantity=_TERM,
            time_unit=TimeUnit.WORKING_DAY,
            clock_started_at=filed,
            due_on=self._due(filed),
            due_source=DueSource.COMPUTED,
            form_token_digest=f"{MARK}{self.place:08d}",
            search_text=search_words(code, page.code, page.name[:500]),
        )
        if state in RESULT_STATES | CLOSED_STATES:
            ended = min(filed + timedelta(days=chance.choice((1, 2, 3, 3, 4, 5, 6, 7, 8, 12))), self.now)
            row.ended_at = ended
            row.completed_at = ended if state in RESULT_STATES else None
            row.returned_at = ended if state == S.RETURNED else None
        return row

    def _due(self, filed: datetime) -> Any:
        key = (timezone.localdate(filed), timezone.localtime(filed).hour)
        if key not in self.dates:
            self.dates[key] = due_after(filed, _TERM, TimeUnit.WORKING_DAY, self.clock).due_on
        return self.dates[key]

    def _applicant(self, row: Dossier) -> DossierApplicant:
        name = " ".join(names[self.chance.randrange(len(names))] for names in (_FAMILY, _MIDDLE, _GIVEN))
        made = DossierApplicant(dossier=row, name=name, phone=f"09120{self.chance.randint(0, 99_999):05d}")
        made.derive()
        return made


def _event(row: Dossier) -> LedgerEvent:
    """The event that brought the dossier where it stands; the ledger knows the rest of the story of none in bulk."""
    return LedgerEvent(
        at=row.ended_at or row.filed_at,
        subject_type="dossier",
        subject_key=row.code,
        unit_id=row.unit_id,
        verb="dossier.sync",
        actor_kind="system",
        public=True,
        data={"from": "", "to": str(row.state), "version": row.version},
    )
