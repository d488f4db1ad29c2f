"""Words that stand in every private place of cases and dossiers, one a place, and who may read each: sown in a world.

Each is unique. Those of the own unit end in OWN, those of another in OTHER; what the matrix lets somebody read of the
own unit, it does not let them read of the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.core.enums import Role
from cms.media.uploads import CheckedFile
from feedback import factories
from feedback.codes import code_for, grouped
from feedback.enums import CaseMatter, CommentRefusal, CommentState
from feedback.models import CaseDetail, DraftFile, ReaderComment
from feedback.models.redaction import open_findings
from feedback.services.answers import answer_approve, answer_return, answer_save, answer_submit
from feedback.services.draft import draft_save, draft_start
from feedback.services.extensions import deadline_extend
from feedback.services.handling import case_add, case_ask, case_reply, case_start, note_add
from feedback.services.letters import SIGNED_TYPE, letter_attach
from feedback.services.publication import public_case_propose, public_case_withdraw, publication_bar
from feedback.services.redaction import finding_waive
from feedback.services.submission import code_issue
from feedback.services.triage import case_accept, case_assign, case_decline, case_quarantine, case_transfer
from procedures import factories as procedures
from procedures.models import ProcedurePage
from procedures.services.handling import dossier_ask, dossier_refuse
from tests.feedback.pictures import attach_pdf, written_pdf
from tests.officers import make_officer

SENDER = "sender"
DOSSIER_PHONES = {"own": "0988 100 403", "other": "0988 100 504"}
PHONES = {"own": "0988 100 201", "other": "0988 100 302"}
# Stands in every private text beside its word, so that searching for it would find them all.
COMMON = "kiemthuchung"
DESK = frozenset({Role.INTAKE, Role.HANDLER, Role.LEADER})
ONE_STOP_DESK = frozenset({Role.ONE_STOP, Role.HANDLER, Role.LEADER})
COPY = frozenset({Role.HANDLER, Role.LEADER, Role.PUBLISHER})
NOBODY: frozenset[Any] = frozenset()
ALWAYS = frozenset({Role.INTAKE, Role.PUBLISHER})  # their reach is every unit


@dataclass
class Seeder:
    """Hands out the words of one unit and notes who may read them."""

    canaries: dict[str, frozenset[Any]]
    whose: str

    def __call__(self, place: str, readers: frozenset[Any] = NOBODY) -> str:
        word = f"KIN-{place}-{self.whose.upper()}"
        self.note(word, readers)
        return f"{word} {COMMON}"

    def note(self, word: str, readers: frozenset[Any]) -> None:
        self.canaries[word] = readers if self.whose == "own" else readers & ALWAYS


def seed_private(world: Any, desk_of: Callable[[Any], factories.Desk]) -> None:
    """Give both units a case with a whole private life, copies in every state, and half-finished things."""
    for whose in ("own", "other"):
        mine: SimpleNamespace = getattr(world.things, whose)
        word, desk = Seeder(world.canaries, whose), desk_of(mine.unit)
        _life(mine, word, desk, PHONES[whose])
        _ended(word, desk)
        _copies(mine, word, desk)
        _dossier(word, desk)
    _unfinished(Seeder(world.canaries, "own"), world.things.page)


def _life(mine: SimpleNamespace, word: Seeder, desk: factories.Desk, phone: str) -> None:
    """A case that was asked, answered, given back and written anew."""
    theirs = DESK | {SENDER}
    name = word("TEPTEN", theirs).split()[0]
    file = factories.stored_file(f"{name}.txt", word("TEPCHU", theirs).encode(), "text/plain")
    mail = word("THU").split()[0].lower()
    case = factories.submitted(
        desk.unit,
        title=f"Sân trường {word('TIEUDE', theirs)}",
        body=f"Sân trường lầy lội. {word('NOIDUNG', theirs)}",
        name=f"Người Gửi {word('TEN').split()[0]}",
        email=f"{mail}@thu.example.vn",
        phone=phone,
        address=f"Số 9 ngõ {word('DIACHI').split()[0]}",
        matter=CaseMatter.EXTRA_PAPERS,
        files=[file],
    )
    for spelling in (phone, phone.replace(" ", "")):
        word.note(spelling, NOBODY)
    CaseDetail.objects.create(case=case, code="giay-to", label="Giấy tờ gì", value=word("CHITIET", theirs))
    case_accept(case=case, actor=desk.clerk)
    case_assign(case=case, actor=desk.clerk, officer=desk.officer)
    case_start(case=case, actor=desk.officer)
    note_add(case=case, actor=desk.officer, text=word("GHICHU", DESK))
    for who, place in ((desk.officer, "BANMOT"), (desk.leader, "BANHAI"), (desk.officer, "BANBA")):
        answer_save(case=case, actor=who, body=word(place, DESK), outcome="explained", measure="corrected")
    answer_submit(case=case, actor=desk.officer)
    answer_return(case=case, actor=desk.leader, comment=word("TRALAI", DESK))
    case_ask(case=case, actor=desk.officer, question=word("HOI", theirs))
    case_reply(case=case, text=word("BOSUNG", theirs))
    case_add(case=case, text=word("VIETTHEM", theirs))
    deadline_extend(case=case, actor=desk.leader, days=2, reason=word("GIAHAN", theirs))
    answer_save(case=case, actor=desk.officer, body=word("BANBON", DESK), outcome="explained", measure="corrected")
    mine.case, mine.file = case, case.attachments.get()
    code_issue(case=case, token=mail)
    mine.code = grouped(code_for(mail))


def _dossier(word: Seeder, desk: factories.Desk) -> None:
    """A dossier that was taken in, asked for papers, and given back; the person's contacts wait for a press."""
    clerk = make_officer(Role.ONE_STOP, unit=desk.unit)
    phone = DOSSIER_PHONES[word.whose]
    dossier = procedures.dossier(
        ProcedurePage.objects.get(code="9.000001"),
        desk.unit,
        clerk,
        name=f"Người Nộp {word('HSTEN', ONE_STOP_DESK).split()[0]}",
        email=f"{word('HSTHU').split()[0].lower()}@thu.example.vn",
        phone=phone,
        address=f"Số 7 ngõ {word('HSDIACHI').split()[0]}",
        papers=f"Đơn {word('HSGIAYTO', ONE_STOP_DESK)}",
    )
    for spelling in (phone, phone.replace(" ", "")):
        word.note(spelling, NOBODY)
    dossier_ask(dossier=dossier, actor=clerk, papers=f"Học bạ {word('HSBOSUNG', ONE_STOP_DESK)}")
    dossier_refuse(dossier=dossier, actor=clerk, reason=f"Thiếu chữ ký {word('HSLYDO', ONE_STOP_DESK)}")


def _ended(word: Seeder, desk: factories.Desk) -> None:
    """Cases that went no further, each with words of its own."""
    declined, handed_on, hidden, aside = (
        factories.submitted(desk.unit, title=f"Cổng trường {word(place, readers)}")
        for place, readers in (
            ("TUCHOI", DESK),
            ("CHUYEN", DESK),
            ("MAT", frozenset({Role.LEADER})),
            ("RAC", DESK),
        )
    )
    reason = factories.DeclineReason.objects.get(code="ngoai-pham-vi")
    case_decline(case=declined, actor=desk.clerk, reason=reason, note=word("HUONGDAN", DESK))
    body_name = f"Sở {word('NOINHAN', DESK)}"
    case_transfer(case=handed_on, actor=desk.clerk, body_name=body_name, number="1/CV")
    case_accept(case=hidden, actor=desk.clerk, confidential=True)
    case_quarantine(case=aside, actor=desk.clerk)


def _answered(desk: factories.Desk, **told: Any) -> Any:
    case = factories.proposed(desk, **told)
    return answer_approve(case=case, actor=desk.leader)


def _copies(mine: SimpleNamespace, word: Seeder, desk: factories.Desk) -> None:
    """Copies of which the public reads nothing, or something else by now."""
    case = factories.proposed(desk, answer=word("TRALOI", DESK | COPY), body="Gọi trường theo số 0356 777 999.")
    answer_approve(case=case, actor=desk.leader, comment=word("YKIEN", DESK))
    signed = CheckedFile(f"{word('TENVANBAN', DESK).split()[0]}.pdf", "pdf", SIGNED_TYPE, word("VANBAN", DESK).encode())
    number = f"7/{word('SOVANBAN', DESK).split()[0]}"
    mine.letter = letter_attach(
        case=case, actor=desk.officer, number=number, signed_on=timezone.localdate(), file=signed
    )
    mine.public_draft = _draft(word, desk, case)
    mine.covered = factories.covered(mine.public_draft, desk)
    mine.photo = mine.covered.attachment
    mine.paper = attach_pdf(mine.public_draft, written_pdf(["Sân trường ngập"]))
    barred = _answered(desk, title=f"Nhà xe {word('CAMTIEUDE', DESK)}")
    publication_bar(case=barred, actor=desk.leader, reason=word("CAM", DESK))
    gone = factories.published(desk, title=f"Bếp ăn {word('GO', DESK | COPY)}")
    public_case_withdraw(public_case=gone, actor=desk.leader, reason="Đăng nhầm.")
    live = factories.published(desk, title="Mái hiên đã đăng", body="Mái hiên dột.")
    live.question = f"Mái hiên dột. {word('SUASAU', COPY)}"
    live.save_revision(user=desk.officer)


def _draft(word: Seeder, desk: factories.Desk, case: Any) -> Any:
    """A copy with an older version, a reason to keep a number, a reviewer's comment and a preview never saved."""
    copy = public_case_propose(case=case, actor=desk.officer)
    found = open_findings(copy.get_latest_revision_as_object())[0]
    finding_waive(public_case=copy, digest=found.digest, reason=word("LYDOGIU", COPY), actor=desk.officer)
    words = copy.question
    for text in (f"{words} {word('BANCU', COPY)}", words):
        draft = copy.get_latest_revision_as_object()
        draft.question = text
        draft.save_revision(user=desk.officer)
        copy.refresh_from_db()
    copy.get_workflow().start(copy.get_latest_revision_as_object(), desk.officer)
    copy.refresh_from_db()
    copy.current_workflow_task_state.reject(user=desk.leader, comment=word("DUYET", COPY))
    writer = Client()
    writer.force_login(desk.officer)
    typed = {"title": copy.title, "question": f"{words} {word('XEMTRUOC')}", "answer": copy.answer}
    preview = reverse("wagtailsnippets_feedback_publiccase:preview_on_edit", args=[copy.pk])
    assert writer.post(preview, typed).json()["is_valid"]
    return copy


def _unfinished(word: Seeder, page: Any) -> None:
    """A form that nobody has sent yet, and comments that are not shown."""
    draft, _token = draft_start()
    places = ("title", "body", "name", "email", "address")
    draft_save(draft=draft, step="noi-dung", values={place: word(f"NHAP{place.upper()}") for place in places})
    file = factories.stored_file()
    DraftFile.objects.create(
        draft=draft,
        name=word("NHAPTEP").split()[0],
        stored_name=file.stored_name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
    )
    moderators = frozenset({Role.PUBLISHER})
    now = timezone.now()
    ReaderComment.objects.create(
        page=page,
        body=word("YKIENCHO", moderators),
        shown_name=word("YKIENTEN", moderators).split()[0],
        form_digest="cho",
        received_at=now,
    )
    ReaderComment.objects.create(
        page=page,
        body=word("YKIENBO", moderators),
        form_digest="bo",
        received_at=now,
        state=CommentState.REFUSED,
        reason=CommentRefusal.OTHER,
        note=word("YKIENLOI", moderators),
        decided_at=now,
    )
