"""A case that is taken through its life at random, by the services that people use, and looked at after each step.

Most steps are such as the table allows now, by somebody who may; the others are anything by anybody. What is refused
must have changed nothing; what is done must leave no private word public, no clock running in a pause, no author as
approver of the own words, and the ledger whole.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wagtail.actions.publish_revision import PublishPermissionError

from cms.core.enums import Role
from cms.core.models import LedgerEvent, SearchEntry
from cms.core.services.ledger import ledger_faults
from cms.core.text import fold
from cms.media.uploads import CheckedFile
from feedback import factories
from feedback.enums import ANSWERED_STATES, CaseMatter, CaseState, DueStanding, NameShown
from feedback.models import Case, DeclineReason, PublicCase
from feedback.models.redaction import open_findings
from feedback.services import (
    answers,
    extensions,
    handling,
    letters,
    publication,
    redaction,
    reminders,
    retention,
    triage,
)
from feedback.services.deadlines import standing
from feedback.services.integrity import CHECKS
from feedback.services.moves import TransitionRefusedError
from feedback.transitions import SENDER, SYSTEM, leaving, transition
from tests.feedback.conftest import make_desk, make_officer

NAME, PHONE, EMAIL, ADDRESS = (
    "Lương Thị Chim Yến",
    "0934567890",
    "chimyen@thu.example.vn",
    "Số 8 ngách 9 phố Vành Khuyên",
)
CHILD, SCHOOL_PHONE = "Phượng Chim Ưng", "0243 825 3536"
# Each stands in one private place; none may be read by the public, whatever happened. Folded.
PRIVATE = (
    *("chim yen", "934567890", "934 567", "chimyen", "vanh khuyen", "chim ung"),
    *("chimvietthem", "chimgiahan"),
    *("chimghichu", "chimcauhoi", "chimboisung", "chimtralai", "chimykien", "chimchan", "chimxemlai", "chimnham"),
)
TOLD: dict[str, Any] = {
    "name": NAME,
    "phone": PHONE,
    "email": EMAIL,
    "address": ADDRESS,
    "title": f"Cháu {CHILD} bị ngã ở sân",
    "body": f"Tôi là {NAME}, {ADDRESS}, gọi {PHONE} hoặc {EMAIL}. Cháu {CHILD} ngã. Trường có số {SCHOOL_PHONE}.",
}
# What writers put into a copy when nobody watches: a trace, a masked name in other spellings, nothing bad.
TYPED = (
    f"Theo lời {NAME.upper()}.",
    "Gọi 0934 567 890 để hỏi.",
    "Em PHUONG CHIM UNG đã khỏi.",
    "Em Chim Ưng đã khỏi.",
    "Sân đã được lát lại.",
)
REFUSALS = (TransitionRefusedError, ValidationError, PublishPermissionError)
LIKELY = 0.85  # share of steps that fit the state, and of those that do not end the work
IDLE = 0.3
ENDS = {"decline", "transfer", "join", "withdraw", "quarantine", "correct", "lapse"}
BY_HANDLER = {"write"}
_WORK = ("start", "write", "write", "propose", "propose", "propose")
_PUBLIC = (
    *("mask", "mask again", "waive", *["decide all"] * 5, "edit"),
    *(*["publish"] * 8, *["hide"] * 2, "copy", "bar"),
)
ROADS: dict[str, tuple[str, ...]] = {
    CaseState.SUBMITTED: ("accept",) * 8,
    CaseState.ACCEPTED: ("assign",) * 8,
    CaseState.REOPENED: ("assign",) * 6,
    CaseState.ASSIGNED: _WORK,
    CaseState.IN_PROGRESS: _WORK,
    CaseState.NEED_INFO: ("reply", "resume", "days pass", "days pass", "lapse"),
    CaseState.PENDING_APPROVAL: ("approve",) * 6,
    CaseState.ANSWERED: ("days pass", "close", "close"),
    CaseState.ANONYMISED: ("publish", "hide", "note", "days pass"),
}


@dataclass
class Office:
    """Everybody who may have a hand in the case, and some who may not."""

    desk: factories.Desk
    people: dict[str, Any]
    other: Case
    reasons: list[DeclineReason]

    @classmethod
    def build(cls) -> "Office":
        desk = make_desk("truong-a", "Trường Tiểu học Mẫu A")
        stranger = make_desk("truong-b", "Trường Tiểu học Mẫu B")
        unit = desk.unit
        people = {
            "clerk": desk.clerk,
            "officer": desk.officer,
            "officer two": make_officer("xuly-hai", Role.HANDLER, unit=unit),
            "leader": desk.leader,
            "leader two": make_officer("lanhdao-hai", Role.LEADER, unit=unit),
            "publisher": make_officer("duyetdang", Role.PUBLISHER, unit=unit),
            "admin": make_officer("quantri", Role.ADMIN),
            "stranger": stranger.leader,
        }
        other = factories.submitted(unit)
        other.category.keep_days = 20
        other.category.save()
        return cls(desk, people, other, list(DeclineReason.objects.all()))


@dataclass
class Wanderer:
    """One walk; ``clock`` is a time machine that stands still unless the walk says otherwise."""

    office: Office
    seed: int
    clock: Any
    taken: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    story: list[str] = field(default_factory=list)
    writers: dict[int, int] = field(default_factory=dict)  # of each answer's number its author

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        shown = self.random.choice(list(NameShown)[:2])
        matter = self.random.choice([CaseMatter.OTHER, CaseMatter.ATTITUDE])
        self.case = factories.submitted(self.office.desk.unit, **TOLD, name_shown=shown, matter=matter)
        self.seen.add(self.case.state)

    def walk(self, steps: int) -> None:
        for _turn in range(steps):
            name, who = self._choose()
            self.step(name, who)
        assert list(ledger_faults()) == [], self.story
        assert [line for check in CHECKS for line in check.run()] == [], self.story

    def step(self, name: str, who: str) -> bool:
        """Take one step, look, and say whether it was done."""
        case = self.case
        self.story.append(f"{name} by {who} in {case.state}")
        before = (case.state, case.version, case.due_on, LedgerEvent.objects.count())
        try:
            with transaction.atomic():
                STEPS[name](self, self.office.people.get(who))
        except REFUSALS as refused:
            self.story[-1] += f": {refused}"
            case.refresh_from_db()
            assert (case.state, case.version, case.due_on, LedgerEvent.objects.count()) == before, self.story
            return False
        self.case = case = Case.objects.get(pk=case.pk)
        self.taken[name] += 1
        self.seen.add(case.state)
        self._look(name, before)
        return True

    def _choose(self) -> tuple[str, str]:
        anybody = list(self.office.people)
        if self.random.random() > LIKELY:
            return self.random.choice(sorted(STEPS)), self.random.choice(anybody)
        name = self.random.choice(self._fitting())
        who = set(getattr(_row(name), "who", ()))
        if who and who <= {SENDER, SYSTEM}:
            return name, ""
        if name in BY_HANDLER or "case_handle" in who:
            mine = [key for key, user in self.office.people.items() if user.pk == self.case.officer_id]
            return name, self.random.choice([*mine, *mine, *mine, "leader"])
        return name, self.random.choice(
            ["clerk", "leader", "leader two"] if who else ["officer", "leader", "leader two"]
        )

    def _fitting(self) -> list[str]:
        """Return steps that the state allows; the roads to an answer and to the public are taken more often."""
        names = [row.verb for row in leaving(self.case.state) if row.verb in STEPS]
        if self.random.random() < LIKELY:
            names = [name for name in names if name not in ENDS] or names
        idle = ["note", "days pass", "remind", "add", "extend", "letter"] if self.random.random() < IDLE else []
        public: tuple[str, ...] = ()
        if self.case.state in ANSWERED_STATES:
            public = _PUBLIC * 2 if PublicCase.objects.filter(case=self.case).exists() else ("copy",) * 4
        return [*names, *ROADS.get(self.case.state, ()), *public, *idle]

    # --- what must hold ----------------------------------------------------------------------------------------

    def _look(self, name: str, before: tuple[Any, ...]) -> None:
        case, (state, version, due, _events) = self.case, before
        row = _row(name)
        if row is not None and state != case.state:
            assert state in row.sources, self.story
            assert row.target in {None, case.state}, self.story
            assert case.version > version, self.story
        assert case.due_on is None or case.accepted_at, self.story
        self._look_at_the_clock(state, due)
        self._look_at_the_answers()
        self._look_at_the_public()

    def _look_at_the_clock(self, before: str, due: Any) -> None:
        case, waits = self.case, self.case.state == CaseState.NEED_INFO
        assert case.pauses.filter(ended_at=None).exists() == waits, self.story
        if waits:
            assert standing(case).kind == DueStanding.PAUSED, self.story
            assert not Case.objects.clock_running().filter(pk=case.pk).exists(), self.story
            assert case.due_on == due, (self.story, "the date moved while the clock stood still")

    def _look_at_the_answers(self) -> None:
        last = 0
        for answer in self.case.answers.order_by("number"):
            assert self.writers.setdefault(answer.number, answer.author_id) == answer.author_id, self.story
            if answer.approver_id:
                turn = {author for number, author in self.writers.items() if last < number <= answer.number}
                assert answer.approver_id not in turn, (self.story, "the own answer was approved")
                last = answer.number

    def _look_at_the_public(self) -> None:
        told = fold(str(list(LedgerEvent.objects.values_list("verb", "subject_key", "data"))))
        for copy in PublicCase.objects.public():
            told += fold(" ".join((copy.title, copy.question, copy.answer, copy.shown_name)))
            approved = {f"nhap{answer.number}" for answer in self.case.answers.approved()}
            drafts = {f"nhap{number}" for number in self.writers} - approved
            words = set(fold(copy.answer).replace(".", " ").split())
            assert self.case.state == CaseState.ANONYMISED or not drafts & words, self.story
            told += fold(str(list(SearchEntry.objects.filter(kind="public_case").values())))
        told += fold(" ".join(PublicCase.objects.values_list("withdrawn_reason", flat=True)))
        assert [words for words in PRIVATE if words in told] == [], self.story


def _row(name: str) -> Any:
    try:
        return transition(name)
    except KeyError:
        return None


# --- the steps -------------------------------------------------------------------------------------------------------


def _accept(walk: Wanderer, who: Any) -> None:
    secret = walk.random.random() < 0.1
    triage.case_accept(case=walk.case, actor=who, complicated=walk.random.random() < 0.3, confidential=secret)


def _assign(walk: Wanderer, who: Any) -> None:
    officer = walk.office.people[walk.random.choice(["officer", "officer two", "leader", "stranger"])]
    triage.case_assign(case=walk.case, actor=who, officer=officer)


def _correct(walk: Wanderer, who: Any) -> None:
    target = walk.random.choice([*CaseState][:6])
    triage.case_correct(case=walk.case, actor=who, target=target, reason="chimnham")


def _write(walk: Wanderer, who: Any) -> None:
    mine = walk.case.answers.unfinished().filter(author=who).first()
    number = mine.number if mine else walk.case.answers.count() + 1
    body = f"Kính gửi bà {NAME}. Nhà trường đã lát lại sân, nhap{number}. Cháu {CHILD} đã khỏi."
    answers.answer_save(case=walk.case, actor=who, body=body, outcome="explained", measure="corrected")


def _extend(walk: Wanderer, who: Any) -> None:
    days = walk.random.choice([1, 3, 3, 20])
    extensions.deadline_extend(case=walk.case, actor=who, days=days, reason=f"chimgiahan vì {NAME} đi vắng")


def _letter(walk: Wanderer, who: Any) -> None:
    file = CheckedFile("da-ky.pdf", "pdf", letters.SIGNED_TYPE, b"%PDF-1.4")
    letters.letter_attach(case=walk.case, actor=who, number="7/CV", signed_on=timezone.localdate(), file=file)


def _copy(walk: Wanderer) -> PublicCase:
    copy = PublicCase.objects.filter(case=walk.case).first()
    if copy is None:
        raise TransitionRefusedError("no copy yet")
    return copy


def _mask(walk: Wanderer, who: Any) -> None:
    copy = _copy(walk)
    left = [each for each in open_findings(copy.get_latest_revision_as_object()) if each.words != SCHOOL_PHONE]
    digest = walk.random.choice(left).digest if left else "0" * 64
    redaction.finding_mask(public_case=copy, digest=digest, actor=who)


def _waive(walk: Wanderer, who: Any) -> None:
    copy = _copy(walk)
    found = [each for each in open_findings(copy.get_latest_revision_as_object()) if each.words == SCHOOL_PHONE]
    digest = found[0].digest if found else "0" * 64
    redaction.finding_waive(public_case=copy, digest=digest, reason="Số của trường", actor=who)


def _decide_all(walk: Wanderer, who: Any) -> None:
    copy = _copy(walk)
    if any(each.words == SCHOOL_PHONE for each in open_findings(copy.get_latest_revision_as_object())):
        _waive(walk, who)
    factories.mask_findings(copy, who)


def _edit(walk: Wanderer, who: Any) -> None:
    draft = redaction.draft_held(_copy(walk), who)
    name = walk.random.choice(["title", "question", "answer"])
    setattr(draft, name, f"{getattr(draft, name)} {walk.random.choice(TYPED)}"[:200])
    draft.save_revision(user=who)


def _publish(walk: Wanderer, who: Any) -> None:
    revision = _copy(walk).get_latest_revision()
    writer = _copy(walk).last_writer_id(revision)
    revision.publish(user=who)
    assert who.pk != writer, (walk.story, "the own words were let out")


def _hide(walk: Wanderer, who: Any) -> None:
    reason = walk.random.choice(["Đăng nhầm.", f"Theo lời {NAME}.", f"Vì cháu {CHILD}.", "Gọi 0934567890."])
    publication.public_case_withdraw(public_case=_copy(walk), actor=who, reason=reason)


def _days_pass(walk: Wanderer, _who: Any) -> None:
    walk.clock.shift(timedelta(days=walk.random.choice([1, 5, 40, 40])))


STEPS: dict[str, Callable[[Wanderer, Any], Any]] = {
    "accept": _accept,
    "decline": lambda walk, who: triage.case_decline(case=walk.case, actor=who, reason=walk.office.reasons[0]),
    "transfer": lambda walk, who: triage.case_transfer(case=walk.case, actor=who, body_name="Sở Y tế", number="1/CV"),
    "assign": _assign,
    "quarantine": lambda walk, who: triage.case_quarantine(case=walk.case, actor=who),
    "release": lambda walk, who: triage.case_release(case=walk.case, actor=who),
    "join": lambda walk, who: triage.case_join(case=walk.case, actor=who, target=walk.office.other),
    "correct": _correct,
    "start": lambda walk, who: handling.case_start(case=walk.case, actor=who),
    "ask": lambda walk, who: handling.case_ask(case=walk.case, actor=who, question="chimcauhoi"),
    "resume": lambda walk, who: handling.case_resume(case=walk.case, actor=who),
    "review": lambda walk, who: handling.case_review(case=walk.case, actor=who, reason="chimxemlai"),
    "note": lambda walk, who: handling.note_add(case=walk.case, actor=who, text="chimghichu"),
    "add": lambda walk, _who: handling.case_add(case=walk.case, text=f"chimvietthem {walk.random.random()}"),
    "extend": _extend,
    "letter": _letter,
    "reply": lambda walk, _who: handling.case_reply(case=walk.case, text="chimboisung"),
    "reopen": lambda walk, _who: handling.case_reopen(case=walk.case, reason="chimxemlai"),
    "withdraw": lambda walk, _who: handling.case_withdraw(case=walk.case),
    "close": lambda walk, _who: handling.case_close(case=walk.case),
    "lapse": lambda walk, _who: handling.case_lapse(case=walk.case),
    "anonymise": lambda walk, _who: retention.case_anonymise(case=walk.case),
    "write": _write,
    "propose": lambda walk, who: answers.answer_submit(case=walk.case, actor=who),
    "return": lambda walk, who: answers.answer_return(case=walk.case, actor=who, comment="chimtralai"),
    "approve": lambda walk, who: answers.answer_approve(case=walk.case, actor=who, comment="chimykien"),
    "copy": lambda walk, who: publication.public_case_propose(case=walk.case, actor=who),
    "mask": _mask,
    "mask again": lambda walk, who: redaction.masked_again_mask(public_case=_copy(walk), actor=who),
    "waive": _waive,
    "decide all": _decide_all,
    "edit": _edit,
    "publish": _publish,
    "hide": _hide,
    "bar": lambda walk, who: publication.publication_bar(case=walk.case, actor=who, reason="chimchan"),
    "days pass": _days_pass,
    "remind": lambda _walk, _who: reminders.reminders_send(),
}
