"""A sender's picture goes out only as another file: black where somebody decided, without what the camera wrote."""

import io
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.actions.publish_revision import PublishPermissionError

import pytest
from PIL import Image

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.media import covering
from cms.media.covering import Box, picture_redrawn
from cms.media.private import private_storage
from feedback import factories
from feedback.models import PublicPicture
from feedback.services.draft import orphan_files_sweep
from feedback.services.integrity import files_are_there, public_copies_are_clean
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.pictures import MAX_BOXES, MAX_PICTURES, picture_leave_out
from feedback.services.publication import public_case_forget, public_case_withdraw
from tests.feedback.conftest import make_officer
from tests.feedback.pictures import (
    FACE,
    SECRET,
    SPACE,
    attach,
    cover,
    newest,
    photo,
    posted,
    public_files,
    publish,
)


@pytest.fixture
def copy(desk):
    return factories.public_draft(desk)


@pytest.fixture
def file(copy):
    return attach(copy)


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
