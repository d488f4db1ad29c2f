"""Who approves lets out what was on the screen: pictures stand still while a copy waits, versions keep their own."""

import io
import re
from datetime import timedelta

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Workflow

import pytest
from PIL import Image

from cms.core.enums import Role
from cms.media.covering import Box, picture_redrawn
from feedback import factories
from feedback.models import PublicCase
from feedback.services.moves import TransitionRefusedError
from feedback.services.pictures import picture_leave_out
from tests.feedback.conftest import make_officer
from tests.feedback.pictures import FACE, ORANGE, SPACE, attach, cover, newest, photo, posted, publish


@pytest.fixture
def copy(desk):
    return factories.public_draft(desk)


@pytest.fixture
def file(copy):
    return attach(copy)


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
