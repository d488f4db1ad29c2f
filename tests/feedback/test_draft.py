"""The draft behind the form: nothing is lost, nothing stays."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

import pytest

from cms.core.ports import jobs
from cms.media.private import private_storage
from cms.media.uploads import CheckedFile
from feedback import factories
from feedback.models import Attachment, CaseDraft, DraftFile
from feedback.services import draft as service

pytestmark = pytest.mark.django_db


def checked(name="anh.jpg", content=b"mau") -> CheckedFile:
    return CheckedFile(name, "jpg", "image/jpeg", content)


@pytest.fixture
def draft():
    return service.draft_start()[0]


def names_on_disk() -> set[str]:
    folder = service.FOLDER
    try:
        below = private_storage.listdir(folder)[0]
    except FileNotFoundError:
        return set()
    return {f"{folder}/{each}/{name}" for each in below for name in private_storage.listdir(f"{folder}/{each}")[1]}


def test_only_the_digest_of_the_token_is_stored():
    draft, token = service.draft_start()
    assert service.draft_of(token) == draft
    assert token not in str(CaseDraft.objects.values().get())
    assert service.draft_of("") is None
    assert service.draft_of("khac") is None


def test_a_draft_lives_a_day_from_its_last_change(draft):
    later = timezone.now() + timedelta(hours=20)
    service.draft_save(draft=draft, step="noi-dung", values={"title": "x"}, now=later)
    kept = CaseDraft.objects.get()
    assert kept.expires_at == later + timedelta(hours=24)


def test_answers_of_steps_are_kept_together(draft):
    service.draft_save(draft=draft, step="linh-vuc", values={"category": 1})
    kept = service.draft_save(draft=draft, step="noi-dung", values={"title": "x"})
    assert kept.data == {"category": 1, "title": "x"}


def test_a_file_is_on_the_disk_before_its_row_is(draft):
    row = service.draft_file_add(draft=draft, checked=checked())
    with private_storage.open(row.stored_name) as stored:
        assert stored.read() == b"mau"
    assert "anh" not in row.stored_name


def test_files_over_the_number_or_the_weight_leave_no_bytes(draft, monkeypatch):
    before = names_on_disk()
    rows = [service.draft_file_add(draft=draft, checked=checked()) for _time in range(service.MAX_FILES)]
    with pytest.raises(ValidationError, match="Đã đủ 5 tệp"):
        service.draft_file_add(draft=draft, checked=checked())
    service.draft_file_remove(draft=draft, file=rows[0])
    monkeypatch.setattr(service, "MAX_TOTAL", 14)
    with pytest.raises(ValidationError, match="cộng lại"):
        service.draft_file_add(draft=draft, checked=checked())
    # The removed file's bytes go when the transaction ends, which a test's never does.
    assert names_on_disk() - before == {row.stored_name for row in rows}


def test_a_file_taken_off_is_gone_from_the_disk(draft, django_capture_on_commit_callbacks):
    row = service.draft_file_add(draft=draft, checked=checked())
    with django_capture_on_commit_callbacks(execute=True):
        service.draft_file_remove(draft=draft, file=row)
    assert not private_storage.exists(row.stored_name)


def test_the_sweeper_takes_expired_drafts_with_their_files(draft):
    row = service.draft_file_add(draft=draft, checked=checked())
    fresh, _token = service.draft_start()
    CaseDraft.objects.filter(pk=draft.pk).update(expires_at=timezone.now())
    assert service.drafts_sweep() == 1
    assert list(CaseDraft.objects.all()) == [fresh]
    assert not private_storage.exists(row.stored_name)
    assert not DraftFile.objects.exists()


def test_the_sweeper_leaves_files_that_a_case_has_taken_over(draft):
    row = service.draft_file_add(draft=draft, checked=checked())
    factories.submitted(files=[row])
    CaseDraft.objects.update(expires_at=timezone.now())
    service.drafts_sweep()
    assert private_storage.exists(Attachment.objects.get().stored_name)


def test_bytes_without_a_row_go_after_a_day(draft):
    kept = service.draft_file_add(draft=draft, checked=checked())
    orphan = private_storage.save(f"{service.FOLDER}/zz/mo-coi.jpg", ContentFile(b"x"))
    service.orphan_files_sweep()
    assert private_storage.exists(orphan)
    assert service.orphan_files_sweep(now=timezone.now() + timedelta(hours=25)) >= 1
    assert not private_storage.exists(orphan)
    assert private_storage.exists(kept.stored_name)


def test_both_brooms_are_on_the_schedule():
    assert jobs.get("sweep_case_drafts").run().endswith("bản nháp")
    assert jobs.get("sweep_case_files").run().endswith("tệp")
