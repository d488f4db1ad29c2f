"""Sample cases, taken through the desk by the same services that officers use, at the dates they pretend."""

from collections.abc import Callable
from typing import Any

from cms.accounts.models import User
from cms.core.models import Unit
from cms.demo.cases import CASES, SampleCase, Stage
from cms.demo.clock import as_of, office_hour
from cms.demo.pictures import drawing
from cms.demo.services.archive import archive_seed
from cms.demo.services.filters import filters_seed
from cms.demo.services.paper import paper_seed
from cms.demo.services.templates import templates_seed
from cms.media.covering import Box
from cms.media.uploads import CheckedFile
from feedback import factories
from feedback.models import Case, DeclineReason
from feedback.services.answers import answer_approve, answer_save, answer_submit
from feedback.services.files import StoredFile, file_store
from feedback.services.handling import case_ask, case_start
from feedback.services.pictures import coverable, picture_cover
from feedback.services.publication import public_case_propose
from feedback.services.triage import case_accept, case_assign, case_decline

LADDER = (
    Stage.SUBMITTED,
    Stage.ACCEPTED,
    Stage.IN_PROGRESS,
    Stage.PROPOSED,
    Stage.ANSWERED,
    Stage.PUBLISHED,
)


def cases_seed() -> None:
    """Make the sample cases once; a portal that has any case already is left alone."""
    if Case.objects.exists():
        return
    people = {user.username: user for user in User.objects.filter(username__in=["tiepnhan", "xuly", "lanhdao"])}
    for sample in CASES:
        desk = factories.Desk(
            unit=Unit.objects.get(code=sample.unit),
            clerk=people["tiepnhan"],
            officer=people["xuly"],
            leader=people["lanhdao"],
        )
        _Story(sample, desk).tell()
    paper_seed()
    templates_seed()
    filters_seed()
    archive_seed()


class _Story:
    """One sample case on its way through the office."""

    def __init__(self, sample: SampleCase, desk: factories.Desk):
        self.sample = sample
        self.desk = desk
        self.case: Case

    def tell(self) -> None:
        """Take the case as far as its stage says."""
        with as_of(office_hour(self.sample.days_ago, 9)):
            self.case = factories.submitted(
                self.desk.unit,
                category=self.sample.category,
                title=self.sample.title,
                body=self.sample.body,
                name=self.sample.sender,
                phone=self.sample.phone,
                files=self._files(),
            )
        if self.sample.stage is Stage.DECLINED:
            self._do(1, self._decline)
            return
        stage = Stage.IN_PROGRESS if self.sample.stage is Stage.WAITING else self.sample.stage
        steps: dict[Stage, tuple[int, Callable[[], Any]]] = {
            Stage.ACCEPTED: (1, self._accept),
            Stage.IN_PROGRESS: (2, self._begin),
            Stage.PROPOSED: (self.sample.took - 1, self._propose),
            Stage.ANSWERED: (self.sample.took, self._approve),
            Stage.PUBLISHED: (self.sample.took + 1, self._publish),
        }
        for step in LADDER[1 : LADDER.index(stage) + 1]:
            self._do(*steps[step])
        if self.sample.stage is Stage.WAITING:
            self._do(3, self._ask)

    def _files(self) -> list[StoredFile]:
        if not self.sample.picture:
            return []
        drawn = drawing(self.sample.picture)
        return [file_store(CheckedFile(str(drawn.name), "png", "image/png", drawn.read()))]

    def _do(self, day: int, step: Callable[[], Any]) -> None:
        """Do ``step`` on the ``day``-th day after the case came in, never in the future."""
        self.case.refresh_from_db()
        with as_of(office_hour(max(0, self.sample.days_ago - day), 10)):
            step()

    def _decline(self) -> None:
        case_decline(case=self.case, actor=self.desk.clerk, reason=DeclineReason.objects.get(code="ngoai-pham-vi"))

    def _accept(self) -> None:
        case_accept(case=self.case, actor=self.desk.clerk)

    def _begin(self) -> None:
        case_assign(case=self.case, actor=self.desk.clerk, officer=self.desk.officer)
        self.case.refresh_from_db()
        case_start(case=self.case, actor=self.desk.officer)

    def _ask(self) -> None:
        case_ask(case=self.case, actor=self.desk.officer, question="Xin cho biết khu vực sân chơi của lớp nào?")

    def _propose(self) -> None:
        answer_save(case=self.case, actor=self.desk.officer, body=self.sample.answer, outcome=self.sample.outcome)
        answer_submit(case=self.case, actor=self.desk.officer)

    def _approve(self) -> None:
        answer_approve(case=self.case, actor=self.desk.leader)

    def _publish(self) -> None:
        copy = public_case_propose(case=self.case, actor=self.desk.officer)
        factories.mask_findings(copy, self.desk.officer)
        for attachment in coverable(copy) if self.sample.picture else ():
            picture_cover(
                public_case=copy,
                attachment=attachment,
                boxes=[Box(*self.sample.covered)],
                description=self.sample.pictured,
                actor=self.desk.officer,
            )
            copy.refresh_from_db()
        copy.get_latest_revision().publish(user=self.desk.leader, skip_permission_checks=True)
