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
from cms.core.models import CalendarDay, ImportRun, JobState, OutboxMail, Unit
from cms.media.models import PortalDocument, PortalImage
from cms.official_documents import factories as documents
from cms.official_documents.models import DocumentField, OfficialDocumentIndexPage
from cms.pages.models import StandardPage
from feedback import factories
from feedback.models import Category, DeadlineProfile, DeclineReason
from tests.conftest import PASSWORD
from tests.media.files import picture
from tests.site import build_site

DAY = timedelta(days=1)


@dataclass
class World:
    """What was made; ``canaries`` are words with the roles that may read them in the own unit."""

    officers: dict[Role, User] = field(default_factory=dict)
    canaries: dict[str, frozenset[Role]] = field(default_factory=dict)
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
    _media(world)
    _cases(world)
    _house(world)
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
    things.page = StandardPage(title="Trang đã đăng", slug="trang-da-dang", intro="Lời đầu.")
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
    things.area = DocumentField.objects.create(name="Chuyên môn")
    content = frozenset({Role.EDITOR, Role.PUBLISHER})
    world.canaries["CHIM-SE"] = world.canaries["CHIM-RI"] = content


def _media(world: World) -> None:
    things = world.things
    things.image = PortalImage.objects.create(title="Sân trường", file=ContentFile(picture("PNG"), "san.png"))
    things.image._set_image_file_metadata()
    things.image.save()
    things.rendition = things.image.get_rendition("width-20")
    things.document = PortalDocument.objects.create(title="Tệp mở", file=ContentFile(b"%PDF-1.4 x", "mo.pdf"))
    things.document._set_document_file_metadata()
    things.document.save()
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
    for name, unit in (("own", things.school), ("other", things.other_school)):
        desk = _desk(unit)
        marks = {mark: f"{mark}-{name.upper()}" for mark in ("CHIM-CAU", "CHIM-EN", "CHIM-GAY", "CHIM-SAO")}
        case = factories.in_progress(
            desk,
            title=f"Lớp học {marks['CHIM-CAU']}",
            name=f"Người Gửi {marks['CHIM-EN']}",
            email=f"{marks['CHIM-EN'].lower()}@thu.example.vn",
        )
        case.notes.create(author=desk.officer, body=marks["CHIM-GAY"], created_at=timezone.now())
        file = factories.stored_file(f"{marks['CHIM-CAU']}.jpg", picture("JPEG"))
        case.attachments.create(
            name=file.name,
            stored_name=file.stored_name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
        )
        draft = factories.public_draft(desk, title=f"Sân trường {marks['CHIM-SAO']}")
        mine = SimpleNamespace(case=case, file=case.attachments.get(), public_draft=draft, unit=unit, unit_id=unit.pk)
        mine.public_case = mine.live = factories.published(desk, title="Đã trả lời và đăng")
        setattr(things, name, mine)
    _case_canaries(world)
    things.category, things.profile = Category.objects.first(), DeadlineProfile.objects.first()
    things.decline_reason = DeclineReason.objects.first()


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


def _house(world: World) -> None:
    things, now = world.things, timezone.now()
    things.day = CalendarDay.objects.first() or CalendarDay.objects.create(date=now.date(), kind="holiday", label="Lễ")
    things.mail = OutboxMail.objects.create(
        kind="x", dedupe_key="x", message_id="<x@x>", created_at=now, next_try_at=now + DAY
    )
    things.run: Any = {
        kind: ImportRun.objects.create(kind=kind, filename="CHIM-YEN.xlsx", created_by=things.user)
        for kind in ("documents_import", "plans_import")
    }
    world.canaries["CHIM-YEN"] = frozenset()  # a file on its way in is its sender's
    JobState.objects.filter(pk="send_mail").update(last_finished_at=now + DAY)  # as if a worker were at work
