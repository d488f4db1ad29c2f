"""Of a sender's PDF only chosen pages go out, drawn as pictures and covered; never the file, nor what it hides."""

import io

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

import pytest
from PIL import Image

from cms.core.enums import Role
from cms.media import pdf_pages
from cms.media.covering import Box
from cms.media.private import private_storage
from feedback import factories
from feedback.models import PublicPicture
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.pictures import picture_leave_out, picture_source
from feedback.services.publication import public_case_forget
from tests.feedback.conftest import make_officer
from tests.feedback.pictures import (
    SPACE,
    attach,
    attach_pdf,
    cover,
    newest,
    posted,
    public_files,
    publish,
    written_pdf,
)

SECRET = "CHIM-TRONG-PDF"
PLAIN = ["Sân trường ngập sau mưa."]
TELLING = ["Đơn của bà Trần Thị Sen Mẫu, gọi 0912 000 345.", "Sân trường ngập sau mưa."]
TOP = Box(0, 0, 100, 9)  # the first line


@pytest.fixture
def copy(desk):
    return factories.public_draft(desk)


@pytest.fixture
def paper(copy):
    return attach_pdf(copy, written_pdf(TELLING, PLAIN, secret=SECRET))


def screen(name, copy, paper, *more):
    return reverse(f"{SPACE}:{name}", args=[copy.pk, paper.pk, *more])


def cover_page(copy, paper, actor, page=1, **changes):
    return cover(copy, paper, actor, page=page, **{"boxes": [TOP], **changes})


# --- what goes out ---------------------------------------------------------------------------------------------------


def test_a_chosen_page_goes_out_as_a_picture_and_nothing_else_of_the_file(client, desk, copy, paper):
    picture = cover_page(copy, paper, desk.officer)
    publish(copy, desk.leader)
    (address,) = public_files(client, copy)
    assert address == picture.get_absolute_url()
    answer = client.get(address)
    content = b"".join(answer.streaming_content)
    assert answer.headers["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(content)) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (picture.width, picture.height), {})
        assert max(drawn.size) == 1600
        above = drawn.convert("L").crop((0, 0, drawn.width, int(drawn.height * 0.085)))
        assert max(above.tobytes()) < 12
        below = drawn.convert("L").crop((0, int(drawn.height * 0.1), drawn.width, drawn.height))
        assert min(below.tobytes()) < 100  # the second line can be read
    page = client.get(copy.get_absolute_url()).content
    for hidden in (SECRET.encode(), b"0912 000 345", b"don.pdf", b"%PDF", b".pdf"):
        assert hidden not in content
        assert hidden not in page
    assert client.get(f"/media/{paper.stored_name}").status_code == 404


def test_pages_of_one_file_are_pictures_of_their_own(client, desk, copy, paper):
    first, second = cover_page(copy, paper, desk.officer), cover_page(copy, paper, desk.officer, page=2)
    photo = cover(copy, attach(copy), desk.officer)
    assert newest(copy).pictures == [first.pk, second.pk, photo.pk]
    assert cover_page(copy, paper, desk.officer) == first  # the same again
    again = cover_page(copy, paper, desk.officer, boxes=[Box(0, 0, 100, 20)])
    assert newest(copy).pictures == [again.pk, second.pk, photo.pk]
    picture_leave_out(public_case=copy, attachment=paper, page=1, actor=desk.officer)
    assert newest(copy).pictures == [second.pk, photo.pk]
    picture_leave_out(public_case=copy, attachment=paper, actor=desk.officer)  # no picture, only pages
    assert newest(copy).pictures == [second.pk, photo.pk]
    publish(copy, desk.leader)
    assert public_files(client, copy) == [second.get_absolute_url(), photo.get_absolute_url()]


def test_pages_go_with_their_sender(desk, copy, paper, django_capture_on_commit_callbacks):
    picture = cover_page(copy, paper, desk.officer)
    publish(copy, desk.leader)
    with django_capture_on_commit_callbacks(execute=True):
        public_case_forget(case=copy.case, sender=copy.case.sender)
    assert not private_storage.exists(picture.stored_name)
    assert not PublicPicture.objects.exists()


def test_pages_are_counted_from_one(desk, copy, paper):
    picture = cover_page(copy, paper, desk.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicPicture.objects.filter(pk=picture.pk).update(page=0)


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"boxes": [], "seen_clear": True}, "người gửi là ai"),
        ({"boxes": [Box(0, 50, 100, 9)]}, "người gửi là ai"),
        ({"boxes": []}, "không có gì phải che"),
        ({"description": "Nhà bà Trần Thị Sen Mẫu"}, "người gửi"),
        ({"description": " "}, "Hãy tả ảnh"),
        ({"page": 0}, "không có trang ấy"),
        ({"page": 21}, "không có trang ấy"),
        ({"page": -1}, "không có trang ấy"),
        ({"page": None}, "không phải là ảnh"),
    ],
)
def test_what_is_not_ready_is_refused_and_stores_nothing(desk, copy, paper, changes, said):
    with pytest.raises(TransitionRefusedError, match=said):
        cover_page(copy, paper, desk.officer, **changes)
    assert not PublicPicture.objects.exists()
    assert newest(copy).pictures == []


def test_a_picture_has_no_pages_and_a_file_of_another_case_is_none(desk, copy):
    elsewhere = attach_pdf(factories.public_draft(desk), written_pdf(PLAIN))
    for file in (attach(copy), elsewhere):
        with pytest.raises(TransitionRefusedError, match="không có trang ấy"):
            cover_page(copy, file, desk.officer)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Không đọc được tệp PDF"),
        (b"%PDF-1.7 x", "Không đọc được tệp PDF"),
        (written_pdf(PLAIN)[:400], "Không đọc được tệp PDF"),
        (written_pdf(PLAIN, owner_password="a", user_password="khoa"), "có mật khẩu"),
        (written_pdf(PLAIN, size=(9000, 9000)), "khổ lớn"),
    ],
    ids=["empty", "head", "cut", "locked", "huge"],
)
def test_a_bad_file_is_told_on_every_screen_and_stores_nothing(client, desk, copy, content, said):
    bad = attach_pdf(copy, content)
    client.force_login(desk.officer)
    assert client.get(reverse(f"{SPACE}:edit", args=[copy.pk])).status_code == 200
    pages, page = client.get(screen("picture_pages", copy, bad)), client.get(screen("picture_page", copy, bad, 1))
    assert (pages.status_code, page.status_code) == (200, 200)
    assert said in page.content.decode()
    assert said in pages.content.decode() or said == "khổ lớn"
    assert "data-cover" not in page.content.decode()
    assert client.get(screen("picture_page_source", copy, bad, 1)).status_code == 404
    answer = client.post(screen("picture_page", copy, bad, 1), posted(("1", "1", "9", "9")))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not PublicPicture.objects.exists()


def test_a_page_that_takes_too_long_and_bytes_that_are_gone_are_told(client, desk, copy, paper, monkeypatch):
    client.force_login(desk.officer)
    monkeypatch.setattr(pdf_pages, "LONGEST", 0.01)
    assert "dừng lại" in client.get(screen("picture_page", copy, paper, 1)).content.decode()
    private_storage.delete(paper.stored_name)
    assert "không còn trong kho" in client.get(screen("picture_pages", copy, paper)).content.decode()
    answer = client.post(screen("picture_page", copy, paper, 1), posted(("0", "0", "100", "9")))
    assert (answer.status_code, "không còn trong kho" in answer.content.decode()) == (422, True)
    assert not PublicPicture.objects.exists()


def test_strangers_choose_nothing_and_see_nothing(client, desk, other_desk, copy, paper):
    cover_page(copy, paper, desk.officer)
    publisher = make_officer("duyetdang", Role.PUBLISHER)
    for stranger in (other_desk.officer, desk.clerk, publisher):
        with pytest.raises(NotAllowedError):
            cover_page(copy, paper, stranger, page=2)
        with pytest.raises(NotAllowedError):
            picture_source(public_case=copy, attachment=paper, page=1, actor=stranger)
    addresses = [
        screen("picture_pages", copy, paper),
        *(screen(name, copy, paper, 1) for name in ("picture_page", "picture_page_source")),
    ]
    for user, allowed in ((desk.officer, {200}), (other_desk.officer, {404}), (publisher, {302, 403}), (None, {302})):
        client.logout()
        if user:
            client.force_login(user)
        assert {client.get(address).status_code for address in addresses} <= allowed
    client.force_login(other_desk.officer)
    assert client.post(screen("picture_page", copy, paper, 2), posted(("0", "0", "9", "9"))).status_code == 404
    assert client.post(screen("picture_page_off", copy, paper, 1)).status_code == 404
    client.force_login(desk.officer)
    for address in (screen("picture_page", copy, paper, 21), screen("picture_page", copy, attach(copy), 1)):
        assert client.get(address).status_code == 404
    assert client.get(screen("picture_pages", copy, attach(copy))).status_code == 404
    assert client.get(screen("picture_page", copy, paper, 10**30)).status_code == 404


# --- the screens -----------------------------------------------------------------------------------------------------


def test_pages_are_chosen_covered_seen_and_left_out_again(client, desk, copy, paper):
    client.force_login(desk.officer)
    editor, pages = reverse(f"{SPACE}:edit", args=[copy.pk]), screen("picture_pages", copy, paper)
    page, off = screen("picture_page", copy, paper, 1), screen("picture_page_off", copy, paper, 1)
    assert pages in client.get(editor).content.decode()
    listed = client.get(pages).content.decode()
    assert page in listed
    assert screen("picture_page", copy, paper, 2) in listed
    assert screen("picture_page", copy, paper, 3) not in listed
    source = screen("picture_page_source", copy, paper, 1)
    assert f'src="{source}"' in listed
    assert client.get(source).content.startswith(b"\xff\xd8")
    told = client.post(page, posted(("0", "0", "100", "9")), follow=True).content.decode()
    picture = PublicPicture.objects.get()
    assert (picture.page, picture.boxes) == (1, [[0, 0, 100, 9]])
    assert reverse(f"{SPACE}:picture_shown", args=[copy.pk, picture.pk]) in told
    assert "1 khung che" in client.get(pages).content.decode()
    assert "1 trang có trong bản này" in client.get(editor).content.decode()
    assert "Đã bỏ ảnh" in client.post(off, follow=True).content.decode()
    assert newest(copy).pictures == []


def test_what_looks_personal_is_proposed_as_boxes_and_never_stored(client, desk, copy, paper):
    client.force_login(desk.officer)
    page = screen("picture_page", copy, paper, 1)
    first = client.get(page)
    told = first.content.decode()
    assert "đề nghị của máy" in told
    assert "số điện thoại (1)" in told
    assert "0912" not in told
    boxes = [form.initial for form in first.context["boxes"].forms if form.initial]
    proposed = [[str(box[side]) for side in ("left", "top", "width", "height")] for box in boxes]
    assert 2 <= len(proposed) <= 4
    answer = client.post(page, posted(*proposed))
    assert answer.status_code == 302
    after = client.get(page).content.decode()
    assert "giống dữ liệu cá nhân" not in after
    refused = client.post(page, posted(("0", "50", "9", "9")))
    assert refused.status_code == 422
    assert "người gửi là ai" in refused.content.decode()
    assert "giống dữ liệu cá nhân" in refused.content.decode()


def test_a_scan_is_said_to_be_beyond_the_machine(client, desk, copy):
    scan = attach_pdf(copy, written_pdf([]))
    client.force_login(desk.officer)
    assert "Máy không đọc được chữ nào" in client.get(screen("picture_page", copy, scan, 1)).content.decode()
    assert cover_page(copy, scan, desk.officer, boxes=[], seen_clear=True).page == 1


def test_of_many_pages_the_first_are_offered(client, desk, copy):
    long = attach_pdf(copy, written_pdf(*[PLAIN] * 23))
    client.force_login(desk.officer)
    told = client.get(screen("picture_pages", copy, long)).content.decode()
    assert "Tệp có 23 trang; chỉ chọn được trong 20 trang đầu" in told
    assert screen("picture_page", copy, long, 20) in told


def test_a_page_that_is_gone_stops_the_gate(desk, copy, paper):
    cover_page(copy, paper, desk.officer)
    PublicPicture.objects.all().delete()
    with pytest.raises(ValidationError, match="không còn nữa"):
        publish(copy, desk.leader)
