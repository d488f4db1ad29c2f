"""A word masked once goes out nowhere: known by its mark in every spelling, masked too or kept with a reason."""

from django.core.exceptions import ValidationError
from django.urls import reverse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback import factories
from feedback.models import MaskedWords, PublicCase, Redaction, Waiver
from feedback.models.masked import WordMarks, words_masked_between
from feedback.models.redaction import open_errors, open_findings
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.publication import public_case_withdraw
from feedback.services.redaction import finding_mask, finding_waive, masked_again_mask
from tests.feedback.test_findings import EDIT, address, finding, newest, publish

CHILD = "Phượng Chim Ưng"
BODY = f"Cháu {CHILD} bị bạn bắt nạt."


class Row:
    """A stored mark, without a database."""

    def __init__(self, mark):
        self.kind, self.count, self.digest, self.spelling = mark.kind, mark.count, mark.digest, mark.spelling


def found(kind, masked, text, copy=1):
    marks = WordMarks(copy)
    return [text[start:end] for start, end, _kind in marks.places([Row(mark) for mark in marks.of(kind, masked)], text)]


@pytest.mark.parametrize(
    ("kind", "masked", "text", "expected"),
    [
        ("name", "Lan", "Lan đến, LAN đi, lan cười.", ["Lan", "LAN", "lan"]),
        ("name", "Lan", "Một lần, làn đường, lán trại, Lang, Lan2.", []),
        ("name", "Yến", "Em yen, YEN, yến, Yến; yên tâm.", ["yen", "YEN", "yến", "Yến"]),
        ("name", "yen", "Em Yến học giỏi.", ["Yến"]),
        (
            "name",
            "Nguyễn Thị Lan",
            "Nguyen thi lan; Lan; nguyễn  thị\nlan. Thị trấn.",
            ["Nguyen thi lan", "Lan", "nguyễn  thị\nlan"],
        ),
        ("name", "Lan", "Lan [đã che tên] và [đã che địa chỉ]", ["Lan"]),
        ("name", "Tên", "Gọi [đã che tên] và [đã che số điện thoại].", []),
        ("name", "Lan Anh", "Lan [đã che tên] Anh", ["Anh"]),
        ("name", "Lan", "_Lan_ (Lan) “Lan”-Lan/Lan", ["Lan"] * 5),
        (
            "phone",
            "0356 777 999",
            "0356.777.999, +84 356 777 999, 356777999, 0356777998",
            ["0356.777.999", "+84 356 777 999", "356777999"],
        ),
        ("phone", "0356777999", "Số 12 0356 777 999 gọi", ["0356 777 999"]),
        (
            "email",
            "lan.mau@thu.example.vn",
            "LAN.MAU@thu.example.vn hay lan mau thu example vn",
            ["LAN.MAU@thu.example.vn", "lan mau thu example vn"],
        ),
        ("class", "7A3", "lớp 7a3, 7A30", ["7a3"]),
        ("address", "Số 8, ngách 9 phố Mẫu", "số 8 ngach 9 pho mau", ["số 8 ngach 9 pho mau"]),
    ],
)
def test_words_are_found_in_every_spelling_and_nothing_else_is(kind, masked, text, expected):
    assert found(kind, masked, text) == expected


def test_marks_tell_nothing_and_hold_for_one_copy():
    (mark,) = WordMarks(1).of("name", "Lan")
    assert "lan" not in f"{mark.digest}{mark.spelling}".lower()
    assert mark.digest != WordMarks(2).of("name", "Lan")[0].digest
    assert WordMarks(1).of("name", "…") == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Cô Lan đánh cháu.", "Cô […] đánh cháu.", [("name", "Lan")]),
        ("Cô Lan đánh cháu.", "Cô [đã che tên] đánh cháu.", [("name", "Lan")]),
        ("Gọi 0356 777 999 nhé", "Gọi [đã che số điện thoại] nhé", [("phone", "0356 777 999")]),
        ("Cô Lan, cô Mai.", "Cô [...], cô […].", [("name", "Lan"), ("name", "Mai")]),
        ("Cô […] và Mai", "Cô […] và […]", [("name", "Mai")]),
        ("Cô Lan", "Cô Mai", []),
        ("Cô […]", "Cô Lan", []),
        (f"A {'b ' * 20}c", "A […] c", []),
    ],
)
def test_masks_typed_by_hand_are_seen(before, after, expected):
    assert words_masked_between(before, after) == expected


@given(before=st.text(max_size=60), after=st.text(max_size=60))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_no_text_is_too_odd(before, after):
    words_masked_between(before, f"{after}[…]")
    places = WordMarks(1).places([Row(mark) for mark in WordMarks(1).of("name", before)], after)
    assert all(0 <= start < end <= len(after) for start, end, _kind in places)


# --- in a copy -----------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(desk):
    """The child is named by the finder in the question; elsewhere it cannot know."""
    copy = factories.public_draft(desk, body=BODY, answer="Nhà trường đã gặp gia đình.")
    draft = newest(copy)
    draft.title = "Việc PHUONG CHIM UNG kể"
    draft.answer = "Nhà trường đã gặp gia đình: ưng thuận. Bạn của Ưng đã xin lỗi."
    draft.save_revision(user=desk.officer)
    return copy


def left(copy):
    return [(each.field, each.words) for each in open_findings(newest(copy)) if each.again]


@pytest.mark.django_db
def test_words_masked_in_one_place_hold_the_copy_back_everywhere(desk, copy):
    finding_mask(public_case=copy, digest=finding(copy, "name").digest, actor=desk.officer)
    words = [("title", "PHUONG CHIM UNG"), ("answer", "ưng"), ("answer", "Ưng")]
    assert set(left(copy)) <= set(words)
    assert ("answer", "Ưng") in left(copy)
    with pytest.raises(ValidationError) as refused:
        publish(copy, desk)
    said = refused.value.message_dict
    assert "Câu trả lời còn chữ đã che ở chỗ khác: tên người" in said["answer"][0]
    assert "Ưng" not in str(said)
    assert not PublicCase.objects.public().exists()


@pytest.mark.django_db
def test_one_press_masks_what_is_left(desk, copy):
    finding_mask(public_case=copy, digest=finding(copy, "name").digest, actor=desk.officer)
    places = len(left(copy))
    assert masked_again_mask(public_case=copy, actor=desk.officer) == places
    factories.mask_findings(copy, desk.officer)
    assert open_errors(newest(copy)) == {}
    publish(copy, desk)
    live = PublicCase.objects.public().get()
    assert "ung" not in live.search_text.replace("cung", "").split()
    assert sum(Redaction.objects.values_list("places", flat=True)) >= 1 + places
    with pytest.raises(TransitionRefusedError, match="Không còn chữ đã che"):
        masked_again_mask(public_case=copy, actor=desk.officer)


@pytest.mark.django_db
def test_one_spelling_may_stay_for_a_reason_and_no_other(desk, copy):
    finding_mask(public_case=copy, digest=finding(copy, "name").digest, actor=desk.officer)
    digests = {each.words: each.digest for each in open_findings(newest(copy)) if each.again and each.field == "answer"}
    finding_waive(public_case=copy, digest=digests["Ưng"], reason="Không phải tên", actor=desk.officer)
    assert ("answer", "Ưng") not in left(copy)
    assert Waiver.objects.get().kind == "name"
    factories.mask_findings(copy, desk.officer)
    publish(copy, desk)
    assert "Bạn của Ưng" in PublicCase.objects.public().get().answer


@pytest.mark.django_db
def test_words_that_come_back_in_a_later_draft_are_found(desk, copy):
    factories.mask_findings(copy, desk.officer)
    draft = newest(copy)
    draft.answer = "Bạn Chim Ưng được nghỉ."
    draft.save_revision(user=desk.officer)
    assert "answer" in open_errors(newest(copy))


@pytest.mark.django_db
def test_what_was_masked_keeps_no_words(desk, copy):
    factories.mask_findings(copy, desk.officer)
    assert MaskedWords.objects.exists()
    assert "chim" not in str(list(MaskedWords.objects.values())).lower()


@pytest.mark.django_db
def test_the_sender_masked_by_the_house_is_looked_for_too(desk):
    copy = factories.public_draft(desk, name="Lương Thị Chim Yến", body="Tôi là Lương Thị Chim Yến, mẹ cháu.")
    assert "[đã che tên]" in copy.question
    draft = newest(copy)
    draft.answer = "Nhà trường đã gặp yến."
    draft.save_revision(user=desk.officer)
    assert ("answer", "yến") in left(copy)


@pytest.mark.django_db
def test_a_reason_of_withdrawal_says_no_masked_word(desk, copy):
    factories.mask_findings(copy, desk.officer)
    publish(copy, desk)
    with pytest.raises(TransitionRefusedError, match="tên người"):
        public_case_withdraw(public_case=copy, actor=desk.leader, reason="Việc chim ung chưa xong.")
    public_case_withdraw(public_case=copy, actor=desk.leader, reason="Cần xem lại.")


@pytest.mark.django_db
def test_strangers_mask_nothing(desk, other_desk, copy):
    finding_mask(public_case=copy, digest=finding(copy, "name").digest, actor=desk.officer)
    before = left(copy)
    for stranger in (other_desk.officer, desk.clerk):
        with pytest.raises(NotAllowedError):
            masked_again_mask(public_case=copy, actor=stranger)
    assert left(copy) == before


# --- the screen ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_screen_shows_what_is_left_and_masks_it_by_one_press(client, desk, copy):
    client.force_login(desk.officer)
    finding_mask(public_case=copy, digest=finding(copy, "name").digest, actor=desk.officer)
    page = client.get(reverse(EDIT, args=[copy.pk])).content.decode()
    assert "Che nốt tất cả" in page
    assert "tên người, đã che ở chỗ khác" in page
    assert client.get(address("mask_again", copy)).status_code == 405
    done = client.post(address("mask_again", copy), follow=True).content.decode()
    assert "Đã che nốt" in done
    assert left(copy) == []


@pytest.mark.django_db
def test_a_mask_typed_in_the_editor_is_remembered(client, desk):
    copy = factories.public_draft(desk, body="Quạt hỏng, bé Cốm kể. Hôm qua cốm lại kể.")
    client.force_login(desk.officer)
    draft = newest(copy)
    typed = {"title": draft.title, "question": draft.question.replace("Cốm", "[…]"), "answer": draft.answer}
    assert client.post(reverse(EDIT, args=[copy.pk]), typed).status_code == 302
    assert ("question", "cốm") in left(copy)


@pytest.mark.django_db
def test_a_reason_that_names_somebody_is_refused_beside_its_field(client, desk, copy):
    factories.mask_findings(copy, desk.officer)
    publish(copy, desk)
    client.force_login(desk.leader)
    page = client.post(address("unpublish", copy), {"reason": "Gọi 0356 777 999 để hỏi"})
    assert page.status_code == 200
    assert "số điện thoại (1)" in page.content.decode()
    assert "0356 777 999" in page.content.decode()
    assert PublicCase.objects.public().exists()


@pytest.mark.django_db
def test_a_draft_that_may_not_be_stored_is_said_and_not_a_fault(client, desk):
    copy = factories.public_draft(desk, name="Lương Thị Chim Yến", body=BODY)
    draft = newest(copy)
    digest = finding(copy, "name").digest
    draft.answer = "Bà Lương Thị Chim Yến nói."
    draft.save_revision(user=desk.officer, clean=False)
    client.force_login(desk.officer)
    page = client.post(address("mask", copy), {"digest": digest}, follow=True)
    assert page.status_code == 200
    assert "Còn lộ tên của người gửi" in page.content.decode()
    assert not MaskedWords.objects.filter(public_case=copy, count=3).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["abc", "0", "9" * 30])
def test_a_wrong_key_is_not_found(client, desk, copy, key):
    client.force_login(desk.leader)
    for name, more in (("mask", ""), ("mask-again", ""), ("waive", ""), ("waiver", "1/undo/")):
        assert client.post(f"/quan-tri/ban-cong-khai/{name}/{key}/{more}").status_code == 404
    assert client.get(f"/quan-tri/ban-cong-khai/unpublish/{key}/").status_code == 404
    assert client.get(f"/quan-tri/ban-cong-khai/edit/{key}/").status_code == 404
