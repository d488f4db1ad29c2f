"""One of everything that an address may name, in the own unit and in another, each with words nobody else may read."""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site, UploadedFile

from cms.accounts.models import User
from cms.core.enums import Role
from cms.core.models import CalendarDay, ImportRun, JobState, MailText, OutboxMail, Unit
from cms.events import factories as events
from cms.events.models import EventIndexPage
from cms.home.models import Menu, PromotedPage, SearchPromotion, SiteNotice
from cms.internal import factories as internal
from cms.library.models import MaterialTopic
from cms.media.models import PortalDocument, PortalImage
from cms.news.models import NewsCategory
from cms.official_documents import factories as documents
from cms.official_documents.models import DocumentAttachment, DocumentField, OfficialDocumentIndexPage
from cms.pages.models import StandardPage
from cms.plans import factories as plans
from cms.plans.models import PlanIndexPage
from feedback import factories
from feedback.models import (
    AnswerTemplate,
    Category,
    DeadlineProfile,
    DeclineReason,
    ExtraQuestion,
    PageRating,
    ReaderComment,
    RoutingRule,
    SavedFilter,
)
from feedback.services.api_keys import api_key_make
from procedures import factories as procedures
from procedures.models import ProcedurePage
from procedures.services.handling import dossier_ask
from tests.architecture.letters import seed_apologies
from tests.architecture.polls import seed_surveys
from tests.architecture.private import seed_private
from tests.architecture.registers import seed_procedures, seed_reports
from tests.conftest import PASSWORD
from tests.media.files import picture
from tests.site import build_site

DAY = timedelta(days=1)


@dataclass
class World:
    """What was made; ``canaries`` are words with the roles that may read them in the own unit.

    ``pressed`` are those that some may read only after a press that leaves an event in the ledger.
    """

    officers: dict[Role, User] = field(default_factory=dict)
    canaries: dict[str, frozenset[Role]] = field(default_factory=dict)
    pressed: dict[str, frozenset[Role]] = field(default_factory=dict)
    things: SimpleNamespace = field(default_factory=SimpleNamespace)


def build() -> World:
    """Make the portal and its people, pages, files and cases."""
    world = World()
    things = world.things
    things.home = build_site()
    agency = Unit.objects.get(parent=None)
    things.school, things.other_school = (
        Unit.objects.create(code=code, name=f"Trường {code}", slug=code.lower(), kind="primary", parent=agency)
        for code in ("TH-MOT", "TH-HAI")
    )
    world.officers = {role: _officer(role, things.school) for role in Role}
    _accounts(world)
    _pages(world)
    seed_procedures(world)
    _promotions(world)
    _mail_words(world)
    _readers(world)
    _media(world)
    _cases(world)
    _dossiers(world)
    seed_reports(world)
    seed_apologies(world)
    _plans(world)
    _internal(world)
    _calendar(world)
    seed_surveys(world)
    _house(world)
    return world


def build_private() -> World:
    """Make a world in which every private place of feedback holds a word of its own."""
    world = build()
    seed_private(world, lambda unit: world.things.desks[unit.pk])
    return world


def _officer(role: Role, unit: Unit, name: str = "") -> User:
    username = name or f"canbo-{role}"
    user = User.objects.create_user(
        username, f"{username}@thu-cua.example.vn", PASSWORD, last_name="Cán bộ", first_name=username
    )
    user.groups.set(Group.objects.filter(name=str(role.label)))
    user.memberships.create(unit=unit)
    return user


def _accounts(world: World) -> None:
    things = world.things
    things.user = _officer(Role.EDITOR, things.other_school, "nguoi-khac")
    things.group = Group.objects.get(name=str(Role.REPORTER.label))
    world.canaries["nguoi-khac@thu-cua.example.vn"] = frozenset({Role.ADMIN})


def _pages(world: World) -> None:
    """A live page with a change in moderation; a draft; a page behind a password."""
    things, author = world.things, world.things.user
    things.page = StandardPage(title="Trang đã đăng", slug="trang-da-dang", intro="Lời đầu.", comments="open")
    things.home.add_child(instance=things.page)
    things.page.save_revision(user=author).publish()
    things.page.title = "Bản sửa CHIM-SE"
    things.revision = things.page.save_revision(user=author, log_action=True)
    things.workflow = things.page.get_workflow()
    things.workflow_state = things.workflow.start(things.page, author)
    things.task_state = things.workflow_state.current_task_state
    things.task = things.task_state.task.specific
    things.draft = StandardPage(title="Trang nháp CHIM-SE", slug="trang-nhap", intro="x", live=False)
    things.home.add_child(instance=things.draft)
    things.draft.save_revision(user=author, log_action=True)
    things.hidden = StandardPage(title="Trang khóa CHIM-RI", slug="trang-khoa", intro="x")
    things.home.add_child(instance=things.hidden)
    things.hidden.save_revision().publish()
    things.restriction = PageViewRestriction.objects.create(
        page=things.hidden, restriction_type=PageViewRestriction.PASSWORD, password="mo-ra"
    )
    things.redirect = Redirect.objects.create(old_path="/cu", redirect_page=things.home)
    things.site = Site.objects.get()
    things.editing = EditingSession.objects.create(
        user=author,
        content_type=ContentType.objects.get_for_model(StandardPage),
        object_id=str(things.page.pk),
        last_seen_at=timezone.now(),
    )
    things.document_page = documents.document(OfficialDocumentIndexPage.objects.get())
    things.issuer = things.document_page.issuer
    things.menu = Menu.objects.get(place="main")
    now = timezone.now()
    things.notice = SiteNotice(heading="Thông báo nháp CHIM-TU", starts_at=now, ends_at=now + DAY, live=False)
    things.notice.save()
    things.notice.save_revision(user=author)
    things.area = DocumentField.objects.create(name="Chuyên môn")
    things.news_category = NewsCategory.objects.first()
    things.material_topic = MaterialTopic.objects.first()
    content = frozenset({Role.EDITOR, Role.PUBLISHER})
    world.canaries["CHIM-SE"] = world.canaries["CHIM-RI"] = world.canaries["CHIM-TU"] = content


def _mail_words(world: World) -> None:
    """A draft of other words for a mail."""
    world.things.mail_text = MailText.objects.get(key="case_joined")
    world.things.mail_text.body = "Lời nháp của thư CHIM-ME."
    world.things.mail_text.save_revision(user=world.things.user)
    world.canaries["CHIM-ME"] = frozenset({Role.ADMIN})


def _dossiers(world: World) -> None:
    """A dossier of the own unit and one of another, with words that only their desks read."""
    things, page = world.things, ProcedurePage.objects.get(code="9.000001")
    desk = frozenset({Role.ONE_STOP, Role.HANDLER, Role.LEADER})
    for name, mine in (("own", things.own), ("other", things.other)):
        marks = {mark: f"{mark}-{name.upper()}" for mark in ("CHIM-NOP", "CHIM-TO", "CHIM-XIN")}
        clerk = _officer(Role.ONE_STOP, mine.unit, f"motcua-{name}")
        mine.dossier = procedures.dossier(
            page,
            mine.unit,
            clerk,
            name=f"Người Nộp {marks['CHIM-NOP']}",
            email=f"{marks['CHIM-NOP'].lower()}@thu.example.vn",
            papers=f"Đơn {marks['CHIM-TO']}",
        )
        dossier_ask(dossier=mine.dossier, actor=clerk, papers=f"Học bạ {marks['CHIM-XIN']}")
        readers = desk if name == "own" else frozenset()
        world.canaries |= dict.fromkeys(marks.values(), readers)
        # Contacts are read only after a step that leaves an event in the ledger, or on the receipt.
        mail = f"{marks['CHIM-NOP'].lower()}@"
        world.canaries[mail], world.pressed[mail] = frozenset(), readers


def _promotions(world: World) -> None:
    """A page that is put above the results of a search."""
    things = world.things
    things.promotion = SearchPromotion(words="câu tìm CHIM-GI")
    things.promotion.pages = [PromotedPage(page=things.page)]
    things.promotion.save()
    world.canaries["CHIM-GI"] = frozenset({Role.PUBLISHER})


def _readers(world: World) -> None:
    """A comment that waits, with an address that nobody reads, and words for the editors."""
    page, now = world.things.page, timezone.now()
    ReaderComment.objects.create(
        page=page, body="Ý kiến CHIM-NHAN", email="chim-nhan@thu.example.vn", form_digest="x", received_at=now
    )
    PageRating.objects.create(page=page, useful=False, words="Góp ý CHIM-VET", rated_on=now.date(), rated_at=now)
    world.canaries |= {
        "CHIM-NHAN": frozenset({Role.PUBLISHER}),
        "chim-nhan@": frozenset(),
        "CHIM-VET": frozenset({Role.EDITOR, Role.PUBLISHER}),
    }


def _media(world: World) -> None:
    things = world.things
    things.image = PortalImage.objects.create(title="Sân trường", file=ContentFile(picture("PNG"), "san.png"))
    things.image._set_image_file_metadata()
    things.image.save()
    things.rendition = things.image.get_rendition("width-20")
    things.document = PortalDocument.objects.create(title="Tệp mở", file=ContentFile(b"%PDF-1.4 x", "mo.pdf"))
    things.document._set_document_file_metadata()
    things.document.save()
    things.document_page.attachments.add(DocumentAttachment(document=things.document))
    things.document_page.save_revision().publish()  # what no live page shows is no public file
    things.collection = Collection.get_first_root_node().add_child(name="Kho CHIM-KHUYEN")
    CollectionViewRestriction.objects.create(
        collection=things.collection, restriction_type=CollectionViewRestriction.GROUPS
    ).groups.set([Group.objects.get(name=str(Role.PUBLISHER.label))])
    things.closed_document = PortalDocument.objects.create(
        title="Tệp kín CHIM-CU", file=ContentFile(b"%PDF-1.4 CHIM-CU", "kin.pdf"), collection=things.collection
    )
    things.locked = CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node().add_child(name="Kho khóa"),
        restriction_type=CollectionViewRestriction.PASSWORD,
        password="mo-ra",
    )
    things.upload = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(PortalImage),
        file=ContentFile(picture("PNG"), "dang-gui.png"),
        uploaded_by_user=things.user,
    )
    world.canaries["CHIM-CU"] = frozenset({Role.EDITOR, Role.PUBLISHER, Role.SURVEYOR})
    world.canaries["CHIM-KHUYEN"] = frozenset({Role.EDITOR, Role.PUBLISHER, Role.SURVEYOR, Role.ADMIN})


def _cases(world: World) -> None:
    """The same four things in the own unit and in another."""
    things = world.things
    things.desks = {}
    for name, unit in (("own", things.school), ("other", things.other_school)):
        desk = things.desks[unit.pk] = _desk(unit)
        marks = {mark: f"{mark}-{name.upper()}" for mark in ("CHIM-CAU", "CHIM-EN", "CHIM-GAY", "CHIM-SAO")}
        case = factories.in_progress(
            desk,
            title=f"Lớp học {marks['CHIM-CAU']}",
            name=f"Người Gửi {marks['CHIM-EN']}",
            email=f"{marks['CHIM-EN'].lower()}@thu.example.vn",
        )
        case.notes.create(author=desk.officer, body=marks["CHIM-GAY"], created_at=timezone.now())
        file = factories.stored_file(f"{marks['CHIM-CAU']}.jpg", picture("JPEG"))
        kept = ("name", "stored_name", "content_type", "size", "sha256")
        case.attachments.create(**{name: getattr(file, name) for name in kept})
        draft = factories.public_draft(desk, title=f"Sân trường {marks['CHIM-SAO']}")
        mine = SimpleNamespace(case=case, file=case.attachments.get(), public_draft=draft, unit=unit, unit_id=unit.pk)
        mine.public_case = mine.live = factories.published(desk, title="Đã trả lời và đăng")
        mine.shown = factories.covered(mine.live, desk)
        mine.live.refresh_from_db()
        mine.live.get_latest_revision().publish(user=desk.leader, skip_permission_checks=True)
        mine.book, mine.line = factories.paper_line(desk)
        mine.paper_case = mine.line.case
        mine.saved_filter = SavedFilter.objects.create(owner=desk.leader, name="CHIM-LOC", query="queue=new", unit=unit)
        setattr(things, name, mine)
    _case_canaries(world)
    things.routing_rule = RoutingRule.objects.create(unit=things.school, officer=world.officers[Role.HANDLER])
    things.own.consult = factories.consulted(things.desks[things.other_school.pk], things.school)
    things.other.consult = factories.consulted(things.desks[things.school.pk], things.other_school)
    things.category, things.profile = Category.objects.first(), DeadlineProfile.objects.first()
    things.decline_reason = DeclineReason.objects.first()
    things.api_key, _key = api_key_make(actor=world.officers[Role.ADMIN], name="Ứng dụng CHIM-KHOA", holder="Sở khác")
    world.canaries["CHIM-KHOA"] = frozenset({Role.ADMIN})
    things.answer_template = AnswerTemplate.objects.first()
    things.extra_question = ExtraQuestion.objects.first()


def _desk(unit: Unit) -> factories.Desk:
    """The officers who bring the cases so far; others than those who walk."""
    clerk, officer, leader = (
        _officer(role, unit, f"{role}-{unit.code.lower()}") for role in (Role.INTAKE, Role.HANDLER, Role.LEADER)
    )
    return factories.Desk(unit, clerk, officer, leader)


def _case_canaries(world: World) -> None:
    desk = frozenset({Role.INTAKE, Role.HANDLER, Role.LEADER})
    copies = frozenset({Role.PUBLISHER, Role.ADMIN})
    world.canaries |= {
        "CHIM-CAU-OWN": desk,
        "CHIM-CAU-OTHER": frozenset({Role.INTAKE}),
        "CHIM-GAY-OWN": desk,
        "CHIM-GAY-OTHER": frozenset({Role.INTAKE}),
        # Who sent it is read only after a step that leaves an event in the ledger.
        "CHIM-EN-OWN": frozenset(),
        "CHIM-EN-OTHER": frozenset(),
        "chim-en-own@": frozenset(),
        "chim-en-other@": frozenset(),
        "CHIM-SAO-OWN": desk | copies,
        "CHIM-SAO-OTHER": copies | {Role.INTAKE},
    }


def _plans(world: World) -> None:
    """A plan with a task, a product and a difficulty of the own unit and of another."""
    things = world.things
    things.plan_page = plans.plan(PlanIndexPage.objects.get(), tasks=2, targets=2)
    tasks, targets = list(things.plan_page.tasks.all()), list(things.plan_page.targets.all())
    for mine, task, target in zip((things.own, things.other), tasks, targets, strict=True):
        name = "own" if mine is things.own else "other"
        mine.task, mine.target = plans.give(task, mine.unit), plans.give_target(target, mine.unit)
        mine.product = plans.product(task, f"Sản phẩm CHIM-CHAO-{name.upper()}")
        mine.value = plans.value(target)
        mine.difficulty = plans.difficulty(task, mine.unit, f"Vướng CHIM-RUNG-{name.upper()}")
    office = frozenset({Role.HANDLER, Role.LEADER})
    pages = frozenset({Role.EDITOR, Role.PUBLISHER})
    world.canaries |= {
        "CHIM-CHAO-OWN": office | pages,
        "CHIM-CHAO-OTHER": pages,
        # Until it is answered: the unit and its leaders.
        "CHIM-RUNG-OWN": office,
        "CHIM-RUNG-OTHER": frozenset(),
    }


def _internal(world: World) -> None:
    """A notice with a file for the own unit, and one for another."""
    things = world.things
    for name, mine in (("own", things.own), ("other", things.other)):
        mark = f"CHIM-DIEU-{name.upper()}"
        mine.notice = internal.notice(f"Thông báo {mark}", units=[mine.unit], text=f"Lời {mark}")
        mine.notice_file = internal.file_of(mine.notice, f"Tệp {mark}", f"Lời {mark}")
    pages = frozenset({Role.EDITOR, Role.PUBLISHER})
    world.canaries |= {"CHIM-DIEU-OWN": frozenset(Role), "CHIM-DIEU-OTHER": pages}


def _calendar(world: World) -> None:
    """A public event and a public week, each with a change that waits; an event and a week nobody outside may see."""
    things, index, today = world.things, EventIndexPage.objects.get(), timezone.localdate()
    event = events.event(index, "Họp phụ huynh", slug="hop-phu-huynh", owner_unit=things.school)
    event.place = "Phòng CHIM-LAU"
    event.save_revision()
    events.event(index, "Sự kiện nháp CHIM-LAU", owner_unit=things.school).unpublish()
    things.week = events.week(index, today, [{"content": "Giao ban", "unit": things.school}])
    hidden = events.week(index, today + 7 * DAY, [{"content": "Việc chưa đăng CHIM-LAU", "unit": things.school}])
    hidden.unpublish()
    world.canaries["CHIM-LAU"] = frozenset({Role.EDITOR, Role.PUBLISHER})


def _house(world: World) -> None:
    things, now = world.things, timezone.now()
    things.day = CalendarDay.objects.first() or CalendarDay.objects.create(date=now.date(), kind="holiday", label="Lễ")
    things.mail = OutboxMail.objects.create(
        kind="x", dedupe_key="x", message_id="<x@x>", created_at=now, next_try_at=now + DAY
    )
    things.run: Any = {
        kind: ImportRun.objects.create(kind=kind, filename="CHIM-YEN.xlsx", created_by=things.user)
        for kind in (
            "cases_import",
            "documents_import",
            "dossiers_import",
            "news_import",
            "plans_import",
            "plan_tasks_import",
            "procedures_import",
            "responses_import",
            "units_import",
        )
    }
    world.canaries["CHIM-YEN"] = frozenset()  # a file on its way in is its sender's
    JobState.objects.filter(pk="send_mail").update(last_finished_at=now + DAY)  # as if a worker were at work
