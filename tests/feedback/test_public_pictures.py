"""A sender's picture goes out only as another file: black where somebody decided, without what the camera wrote."""

import io
import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import Workflow

import pytest
from PIL import Image

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.media import covering
from cms.media.covering import Box, picture_redrawn
from cms.media.private import private_storage
from feedback import factories
from feedback.models import PublicCase, PublicPicture
from feedback.services.draft import orphan_files_sweep
from feedback.services.integrity import files_are_there, public_copies_are_clean
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.pictures import MAX_BOXES, MAX_PICTURES, picture_cover, picture_leave_out
from feedback.services.publication import public_case_forget, public_case_withdraw
from tests.feedback.conftest import make_officer

SPACE = "wagtailsnippets_feedback_publiccase"
SECRET = b"CHIM-GPS 21.0285N"
ORANGE = (230, 120, 20)
FACE = Box(25, 25, 50, 50)
GOOD = {"boxes": [FACE], "description": "Mái hiên dãy nhà B dột"}


def photo(size=(400, 300), picture_format="JPEG", **more):
    """A picture as a telephone writes it: turned, with a place, a comment and a small picture beside it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x0110] = 6, SECRET.decode(), "Chim Phone"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", size, ORANGE).save(out, picture_format, exif=exif.tobytes(), **more)
    return out.getvalue()


def attach(copy, content=None, content_type="image/jpeg"):
    file = factories.stored_file("mai-hien.jpg", content or photo(), content_type)
    names = ("name", "stored_name", "content_type", "size", "sha256")
    return copy.case.attachments.create(**{name: getattr(file, name) for name in names})


@pytest.fixture
def copy(desk):
    return factories.public_draft(desk)


@pytest.fixture
def file(copy):
    return attach(copy)


def cover(copy, file, actor, **changes):
    return picture_cover(public_case=copy, attachment=file, actor=actor, **{**GOOD, **changes})


def newest(copy):
    return PublicCase.objects.get(pk=copy.pk).get_latest_revision_as_object()


def publish(copy, actor):
    newest(copy).get_latest_revision().publish(user=actor, skip_permission_checks=True)


def public_files(client, copy):
    page = client.get(copy.get_absolute_url()).content.decode()
    return re.findall(r'<img src="([^"]+/anh/\d+/)"', page)


# --- the file ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP"])
def test_boxes_are_in_the_points_and_nothing_of_the_camera_is_left(picture_format):
    content = photo(picture_format=picture_format)
    assert SECRET in content
    drawn = picture_redrawn(content, [FACE])
    assert (drawn.width, drawn.height) == (300, 400)  # as people see it: upright
    assert SECRET not in drawn.content
    with Image.open(io.BytesIO(drawn.content)) as picture:
        assert (picture.format, dict(picture.getexif()), "icc_profile" in picture.info) == ("JPEG", {}, False)
        for x, y in ((76, 101), (150, 200), (224, 299)):
            assert max(picture.getpixel((x, y))) < 40  # JPEG rounds
        for x, y in ((20, 20), (60, 200), (240, 200), (150, 330)):
            assert picture.getpixel((x, y))[0] > 200


def test_a_box_is_rounded_outward_and_large_pictures_become_small():
    drawn = picture_redrawn(photo((5000, 1000)), [Box(0, 0, 0.1, 0.1), Box(99.9, 99.9, 0.1, 0.1), Box(0, 40, 100, 20)])
    assert max(drawn.width, drawn.height) == covering.LONGEST_SIDE
    with Image.open(io.BytesIO(drawn.content)) as picture:
        middle = [picture.getpixel((x, drawn.height // 2)) for x in range(drawn.width)]
    assert max(max(point) for point in middle) < 12
    seen_through = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    out = io.BytesIO()
    seen_through.save(out, "PNG")
    with Image.open(io.BytesIO(picture_redrawn(out.getvalue()).content)) as picture:
        assert min(picture.getpixel((5, 5))) > 250


def huge(width, height):
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"mau",
        photo()[:200],
        b"GIF89a" + b"\0" * 40,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 90,
        b"x" * (11 * 1024 * 1024),
    ],
)
def test_what_is_no_picture_is_refused_in_words(content):
    with pytest.raises(ValidationError, match="ngoài bản công khai"):
        picture_redrawn(content, [FACE])


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    content = huge(9000, 9000)
    assert len(content) < 100_000
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("unpacked"))
    with pytest.raises(ValidationError, match="lớn quá"):
        picture_redrawn(content)


# --- the draft, the gate, four eyes --------------------------------------------------------------------------------


def test_the_public_reads_the_new_file_and_no_other(client, desk, copy, file):
    picture = cover(copy, file, desk.officer)
    assert public_files(client, copy) == []
    assert client.get(picture.get_absolute_url()).status_code == 404  # a draft is nobody's
    publish(copy, desk.leader)
    (address,) = public_files(client, copy)
    answer = client.get(address)
    content = b"".join(answer.streaming_content)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-cache", "nosniff")
    assert SECRET not in content
    original = private_storage.open(file.stored_name).read()
    assert content != original
    assert 'alt="Mái hiên dãy nhà B dột"' in client.get(copy.get_absolute_url()).content.decode()
    for other in (file.stored_name, file.stored_name.rsplit("/", 1)[-1], picture.stored_name):
        assert client.get(f"/media/{other}").status_code == 404
    elsewhere = factories.published(desk)
    assert client.get(f"{elsewhere.get_absolute_url()}anh/{picture.pk}/").status_code == 404
    public_case_withdraw(public_case=newest(copy), actor=desk.leader, reason="Cần xem lại.")
    assert client.get(address).status_code == 404


def test_who_covered_does_not_approve_and_other_boxes_need_another_approval(client, desk, copy, file):
    cover(copy, file, desk.leader)
    with pytest.raises(PublishPermissionError):
        publish(copy, desk.leader)
    first = cover(copy, file, desk.officer, boxes=[Box(0, 0, 10, 10)])
    publish(copy, desk.leader)
    second = cover(copy, file, desk.leader)
    assert public_files(client, copy) == [first.get_absolute_url()]  # the public keeps what was approved
    assert client.get(second.get_absolute_url()).status_code == 404
    with pytest.raises(PublishPermissionError):
        publish(copy, desk.leader)
    other_leader = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    publish(copy, other_leader)
    assert public_files(client, copy) == [second.get_absolute_url()]
    assert client.get(first.get_absolute_url()).status_code == 404


def test_the_same_again_changes_nothing_and_taking_off_is_a_change(client, desk, copy, file):
    picture = cover(copy, file, desk.officer)
    revision = newest(copy).latest_revision_id
    assert cover(copy, file, desk.officer) == picture
    assert newest(copy).latest_revision_id == revision
    publish(copy, desk.leader)
    picture_leave_out(public_case=copy, attachment=file, actor=desk.leader)
    assert newest(copy).shown_pictures == []
    assert public_files(client, copy) == [picture.get_absolute_url()]
    with pytest.raises(PublishPermissionError):
        publish(copy, desk.leader)
    events = LedgerEvent.objects.filter(verb__startswith="public_case.picture").order_by("seq")
    assert [(event.verb, event.data) for event in events] == [
        ("public_case.picture_covered", {"boxes": 1}),
        ("public_case.picture_left_out", {}),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"boxes": []}, "không có gì phải che"),
        ({"boxes": [Box(90, 0, 20, 10)]}, "nằm ngoài ảnh"),
        ({"boxes": [Box(-1, 0, 20, 10)]}, "nằm ngoài ảnh"),
        ({"boxes": [Box(float("nan"), 0, 20, 10)]}, "nằm ngoài ảnh"),
        ({"boxes": [Box(0, 0, 20, 0)]}, "mỏng quá"),
        ({"boxes": [FACE] * (MAX_BOXES + 1)}, "nhiều nhất"),
        ({"description": " "}, "Hãy tả ảnh"),
        ({"description": "a\x00b"}, ""),
        ({"description": "x" * 201}, "dài quá"),
        ({"description": "Cháu Phượng Chim Ưng ở sân"}, "dữ liệu cá nhân"),
        ({"description": "Nhà bà Trần Thị Sen Mẫu"}, "người gửi"),
    ],
)
def test_what_is_not_ready_is_refused_and_stores_nothing(desk, copy, file, changes, said):
    with pytest.raises(TransitionRefusedError, match=said):
        cover(copy, file, desk.officer, **changes)
    assert not PublicPicture.objects.exists()
    assert newest(copy).pictures == []


def test_a_picture_without_a_box_was_called_clear(desk, copy, file):
    assert cover(copy, file, desk.officer, boxes=[], seen_clear=True).boxes == []


def test_the_gate_knows_a_description_that_became_a_leak_and_a_picture_that_is_gone(desk, copy, file):
    picture = cover(copy, file, desk.officer)
    PublicPicture.objects.update(description="Cháu Phượng Chim Ưng ở sân")
    with pytest.raises(ValidationError, match="dữ liệu cá nhân"):
        publish(copy, desk.leader)
    PublicPicture.objects.all().delete()
    with pytest.raises(ValidationError, match="không còn nữa"):
        publish(copy, desk.leader)
    assert picture.stored_name


def test_strangers_cover_nothing_and_see_nothing(client, desk, other_desk, copy, file):
    picture = cover(copy, file, desk.officer)
    publisher = make_officer("duyetdang", Role.PUBLISHER)
    for stranger in (other_desk.officer, other_desk.leader, desk.clerk, publisher):
        with pytest.raises(NotAllowedError):
            cover(copy, file, stranger, boxes=[Box(0, 0, 5, 5)])
    source, screen = (reverse(f"{SPACE}:{name}", args=[copy.pk, file.pk]) for name in ("picture_source", "picture"))
    shown = reverse(f"{SPACE}:picture_shown", args=[copy.pk, picture.pk])
    for user, allowed in ((desk.officer, {200}), (other_desk.officer, {404}), (publisher, {302, 403}), (None, {302})):
        client.logout()
        if user:
            client.force_login(user)
        assert {client.get(address).status_code for address in (source, screen)} <= allowed
        assert client.get(shown).status_code in ({200} if user in (desk.officer, publisher) else {302, 403, 404})
    client.force_login(other_desk.officer)
    assert client.post(reverse(f"{SPACE}:picture_off", args=[copy.pk, file.pk])).status_code == 404
    assert newest(copy).pictures == [picture.pk]
    client.force_login(desk.officer)
    mine = attach(factories.public_draft(desk))
    assert client.get(reverse(f"{SPACE}:picture", args=[copy.pk, mine.pk])).status_code == 404
    paper = attach(copy, b"%PDF-1.4", "application/pdf")
    assert client.get(reverse(f"{SPACE}:picture", args=[copy.pk, paper.pk])).status_code == 404


def test_too_many_pictures(desk, copy, file):
    for _number in range(MAX_PICTURES):
        cover(copy, attach(copy), desk.officer)
    with pytest.raises(TransitionRefusedError, match="nhiều nhất"):
        cover(copy, file, desk.officer)


# --- what the approver saw -----------------------------------------------------------------------------------------

APPROVE = {"action-workflow-action": "1", "workflow-action-name": "approve"}


@pytest.fixture
def waiting(desk, copy, file):
    """A copy with one picture, composed and handed in by a leader: Wagtail's lock does not stop its writer."""
    call_command("setup_site", verbosity=0)
    cover(copy, file, desk.leader, boxes=[Box(0, 0, 5, 5)])
    Workflow.objects.get(workflow_content_types__content_type__model="publiccase").start(newest(copy), desk.leader)
    return PublicCase.objects.get(pk=copy.pk)


def test_nobody_changes_the_pictures_of_a_copy_that_waits_or_has_its_hour(client, desk, waiting, file):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    before = newest(waiting).pictures
    client.force_login(desk.leader)
    for actor in (desk.officer, desk.leader, second):
        with pytest.raises(TransitionRefusedError, match="chờ"):
            cover(waiting, file, actor)
        with pytest.raises(TransitionRefusedError, match="chờ"):
            picture_leave_out(public_case=waiting, attachment=file, actor=actor)
    screen = reverse(f"{SPACE}:picture", args=[waiting.pk, file.pk])
    answer = client.post(screen, posted(("25", "25", "50", "50")))
    assert (answer.status_code, "đang chờ duyệt" in answer.content.decode()) == (422, True)
    editor = client.get(reverse(f"{SPACE}:edit", args=[waiting.pk])).content.decode()
    assert "chưa đổi ảnh được" in editor
    assert screen not in editor
    waiting.current_workflow_task_state.reject(user=second)
    waiting.latest_revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    waiting.latest_revision.save()
    with pytest.raises(TransitionRefusedError, match="bị khóa"):
        cover(waiting, file, desk.leader)
    waiting.revisions.update(approved_go_live_at=None)
    assert newest(waiting).pictures == before
    assert cover(waiting, file, desk.leader).pk not in before  # given back first, then covered


def test_a_decision_lets_out_what_was_on_the_screen_and_nothing_newer(client, desk, waiting, file):
    """The writer saves other words while the approver reads: neither the editor nor the list lets them out."""
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    client.force_login(second)
    editor = reverse(f"{SPACE}:edit", args=[waiting.pk])
    state = waiting.current_workflow_task_state

    def press(page, **changes):
        fields = dict(re.findall(r'name="(loaded_revision_\w+)" value="([^"]*)"', page))
        assert len(fields) == 2
        words = {name: getattr(newest(waiting), name) for name in ("title", "question", "answer")}
        return client.post(editor, {**words, **APPROVE, **fields, **changes}, follow=True).content.decode()

    page = client.get(editor).content.decode()
    changed = newest(waiting)
    changed.answer = "Đã sửa xong cả bốn quạt."
    changed.save_revision(user=desk.leader)
    assert "Bản này vừa đổi" in press(page)
    assert "Bản này vừa đổi" in press(page, loaded_revision_id="", loaded_revision_created_at="")
    for name in ("approve", "reject"):
        address = reverse(f"{SPACE}:workflow_action", args=[waiting.pk, name, state.pk])
        assert "Bản này vừa đổi" in client.post(address, {"comment": ""}, follow=True).content.decode()
    boxed = client.post(address, {"comment": "x"}, headers={"x-requested-with": "XMLHttpRequest"})
    assert boxed.json() == {"step": "success", "redirect": editor}
    waiting.refresh_from_db()
    assert (waiting.live, waiting.workflow_in_progress) == (False, True)
    assert newest(waiting).latest_revision.user == desk.leader  # what was refused stored nothing
    press(client.get(editor).content.decode())
    waiting.refresh_from_db()
    assert (waiting.live, waiting.answer) == (True, "Đã sửa xong cả bốn quạt.")


def test_the_list_of_what_waits_knows_a_version_that_was_written_over(client, desk, waiting, other_desk):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    client.force_login(second)
    state = waiting.current_workflow_task_state
    address = reverse(f"{SPACE}:workflow_action", args=[waiting.pk, "approve", state.pk])
    draft = newest(waiting)
    draft.answer = "Đã sửa xong cả bốn quạt."
    draft.save_revision(user=desk.leader, overwrite_revision=draft.latest_revision)
    assert state.revision_id == newest(waiting).latest_revision_id
    assert "Bản này vừa đổi" in client.post(address, {"comment": ""}, follow=True).content.decode()
    # The step of another unit's copy at the address of one's own.
    theirs = factories.public_draft(other_desk)
    state.workflow_state.workflow.start(newest(theirs), other_desk.officer)
    elsewhere = PublicCase.objects.get(pk=theirs.pk).current_workflow_task_state
    client.post(reverse(f"{SPACE}:workflow_action", args=[waiting.pk, "approve", elsewhere.pk]), {"comment": ""})
    assert not PublicCase.objects.public().exists()


def test_an_older_version_is_shown_and_brought_back_with_its_own_pictures_and_compared(client, desk, copy, file):
    first = cover(copy, file, desk.officer, boxes=[Box(0, 0, 10, 10), Box(20, 20, 5, 5)])
    older = newest(copy).latest_revision_id
    second = cover(copy, file, desk.officer)
    client.force_login(desk.officer)
    screen = reverse(f"{SPACE}:revisions_revert", args=[copy.pk, older])
    page = client.get(screen).content.decode()
    shown, unseen = (reverse(f"{SPACE}:picture_shown", args=[copy.pk, each.pk]) for each in (first, second))
    assert (shown in page, unseen in page) == (True, False)
    assert reverse(f"{SPACE}:picture_off", args=[copy.pk, file.pk]) not in page
    compare = reverse(f"{SPACE}:revisions_compare", args=[copy.pk, older, newest(copy).latest_revision_id])
    told = client.get(compare).content.decode()
    for picture, count in ((first, 2), (second, 1)):
        assert f"ảnh số {picture.pk} “Mái hiên dãy nhà B dột”, {count} khung che" in told
    client.post(screen, {name: getattr(newest(copy), name) for name in ("title", "question", "answer")})
    assert newest(copy).pictures == [first.pk]


def test_a_picture_is_taken_off_while_words_leak(desk, copy, file):
    cover(copy, file, desk.officer)
    leaking = newest(copy)
    leaking.answer = f"Gửi bà {copy.case.sender.name}."
    leaking.save_revision(user=desk.officer, clean=False)
    picture_leave_out(public_case=copy, attachment=file, actor=desk.officer)
    assert newest(copy).pictures == []


def test_a_number_beyond_all_measure_is_no_picture(client, desk, copy, file):
    cover(copy, file, desk.officer)
    publish(copy, desk.leader)
    client.force_login(desk.officer)
    huge_number = 10**30
    for name, keys in (
        ("picture", [copy.pk, huge_number]),
        ("picture", [huge_number, file.pk]),
        ("picture_source", [copy.pk, huge_number]),
        ("picture_shown", [copy.pk, huge_number]),
    ):
        assert client.get(reverse(f"{SPACE}:{name}", args=keys)).status_code == 404
    assert client.post(reverse(f"{SPACE}:picture_off", args=[copy.pk, huge_number])).status_code == 404
    assert client.get(f"{copy.get_absolute_url()}anh/{huge_number}/").status_code == 404


def test_a_large_picture_is_not_copied_more_often_than_it_must(monkeypatch):
    """Colour with and without transparency goes on the paper as it was read."""
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (*ORANGE, 255)).save(out, "PNG")
    contents = [out.getvalue(), photo(picture_format="PNG")]
    monkeypatch.setattr(Image.Image, "convert", lambda *_given, **_named: pytest.fail("copied"))
    assert [picture_redrawn(content, [FACE]).width for content in contents] == [40, 300]


# --- erasure, sweeping, checking -----------------------------------------------------------------------------------


def test_pictures_go_with_their_sender(client, desk, copy, file, django_capture_on_commit_callbacks):
    cover(copy, file, desk.officer, boxes=[Box(0, 0, 5, 5)])
    picture = cover(copy, file, desk.officer)
    publish(copy, desk.leader)
    names = list(PublicPicture.objects.values_list("stored_name", flat=True))
    assert len(names) == 2
    orphan_files_sweep(now=timezone.now() + timedelta(days=3))
    assert all(map(private_storage.exists, names))
    assert list(files_are_there()) == []
    assert list(public_copies_are_clean()) == []
    with django_capture_on_commit_callbacks(execute=True):
        public_case_forget(case=copy.case, sender=copy.case.sender)
    assert not any(map(private_storage.exists, names))
    assert newest(copy).live
    assert public_files(client, copy) == []
    assert [revision.content["pictures"] for revision in newest(copy).revisions.all()] == [[]] * newest(
        copy
    ).revisions.count()
    assert client.get(picture.get_absolute_url()).status_code == 404


def test_missing_bytes_are_found_by_the_check_and_are_no_fault_of_the_server(client, desk, copy, file):
    picture = cover(copy, file, desk.officer)
    publish(copy, desk.leader)
    private_storage.delete(picture.stored_name)
    assert "thiếu ảnh công khai" in next(iter(files_are_there()))
    assert client.get(picture.get_absolute_url()).status_code == 404


# --- the screen ----------------------------------------------------------------------------------------------------


def posted(*boxes, **more):
    data = {"box-TOTAL_FORMS": str(len(boxes) + 3), "box-INITIAL_FORMS": "0", "description": GOOD["description"]}
    for at, box in enumerate(boxes):
        data |= {f"box-{at}-{side}": value for side, value in zip(("left", "top", "width", "height"), box, strict=True)}
    return {**data, **more}


def test_a_picture_is_covered_by_numbers_seen_and_uncovered_again(client, desk, copy, file):
    client.force_login(desk.officer)
    editor, screen = reverse(f"{SPACE}:edit", args=[copy.pk]), reverse(f"{SPACE}:picture", args=[copy.pk, file.pk])
    assert screen in client.get(editor).content.decode()
    assert client.get(reverse(f"{SPACE}:picture_source", args=[copy.pk, file.pk])).content != photo()
    page = client.post(screen, posted(("25", "25", "50", "50"), ("1,5", "2", "3", "4")), follow=True).content.decode()
    picture = PublicPicture.objects.get()
    assert picture.boxes == [[25, 25, 50, 50], [1.5, 2, 3, 4]]
    assert reverse(f"{SPACE}:picture_shown", args=[copy.pk, picture.pk]) in page
    assert 'name="box-1-left" value="1.5"' in page
    gone = {"box-INITIAL_FORMS": "2", "box-1-drop": "on"}
    client.post(screen, posted(("25", "25", "50", "50"), ("1.5", "2", "3", "4"), **gone), follow=True)
    assert newest(copy).shown_pictures[0].boxes == [[25, 25, 50, 50]]
    assert "Bỏ ảnh khỏi bản này" in client.get(editor).content.decode()
    told = client.post(reverse(f"{SPACE}:picture_off", args=[copy.pk, file.pk]), follow=True).content.decode()
    assert "Đã bỏ ảnh" in told
    assert newest(copy).pictures == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (posted(), "đánh dấu vào ô này"),
        (posted(("25", "", "50", "50")), "đủ bốn số"),
        (posted(("x", "1", "1", "1")), "Hãy ghi một số"),
        (posted(("1e400", "1", "1", "1")), ""),
        (posted(("NaN", "1", "1", "1")), "Hãy ghi một số"),
        (posted(("60", "1", "50", "1")), "chạy ra ngoài ảnh"),
        (posted(("1", "1", "1", "1"), description="Cô giáo Nguyễn Thị Hoa ở sân"), "dữ liệu cá nhân"),
        (posted(("1", "1", "1", "1"), description=""), "Hãy điền"),
        ({"description": "x"}, ""),
        (posted(**{"box-TOTAL_FORMS": "9" * 30}), ""),
        (posted(*[("1", "1", "1", "1")] * 22), ""),
    ],
)
def test_a_wrong_number_is_told_beside_it_and_nothing_is_stored(client, desk, copy, file, data, said):
    client.force_login(desk.officer)
    answer = client.post(reverse(f"{SPACE}:picture", args=[copy.pk, file.pk]), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PublicPicture.objects.exists()


def test_a_broken_picture_is_told_and_no_fault(client, desk, copy):
    broken = attach(copy, photo()[:300])
    client.force_login(desk.officer)
    screen = reverse(f"{SPACE}:picture", args=[copy.pk, broken.pk])
    assert client.get(screen).status_code == 200
    assert client.get(reverse(f"{SPACE}:picture_source", args=[copy.pk, broken.pk])).status_code == 404
    answer = client.post(screen, posted(("1", "1", "9", "9")))
    assert (answer.status_code, "tệp hỏng" in answer.content.decode()) == (422, True)


def test_the_pages_ask_the_database_no_more_for_more_pictures(client, desk, django_assert_num_queries):
    pages = []
    for count in (1, 4):
        copy = factories.public_draft(desk)
        for _number in range(count):
            cover(copy, attach(copy), desk.officer)
        publish(copy, desk.leader)
        pages.append(copy)
    client.get(pages[0].get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(pages[0].get_absolute_url())
    with django_assert_num_queries(len(few)):
        client.get(pages[1].get_absolute_url())
