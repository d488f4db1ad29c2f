"""The broom of the citizen's side, run by the schedule."""

from datetime import timedelta

from cms.core.ports import Job
from feedback.services.draft import drafts_sweep, orphan_files_sweep


def _sweep_drafts() -> str:
    return f"{drafts_sweep()} bản nháp"


def _sweep_files() -> str:
    return f"{orphan_files_sweep()} tệp"


DRAFT_JOBS = (
    Job("sweep_case_drafts", "Xóa bản nháp phản ánh đã hết hạn", timedelta(minutes=15), _sweep_drafts),
    Job("sweep_case_files", "Xóa tệp không thuộc phản ánh nào", timedelta(hours=12), _sweep_files),
)
