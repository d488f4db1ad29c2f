"""What tasks brought forth: attached by the unit, shown to everybody by a leader or publisher."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from cms.media.private import private_storage, private_write
from cms.media.uploads import CheckedFile
from cms.plans.models import PlanPage, PlanTask, TaskProduct
from cms.plans.permissions import user_can_publish_product, user_can_update_progress
from cms.plans.services.progress import checked_words, task_for_report

FOLDER = "plan-products"
MAX_TITLE = 200
MOST_PRODUCTS = 50
ORPHAN_AGE = timedelta(days=1)
_is_address = URLValidator(schemes=["http", "https"])


def task_product_add(
    *,
    page: PlanPage,
    task_key: UUID,
    title: str,
    file: CheckedFile | None = None,
    url: str = "",
    period: str = "",
    actor: Any,
) -> TaskProduct:
    """Attach a file that passed ``check_upload``, or an address; nobody outside the office sees it yet.

    The bytes are on disk before the row that names them; a row that cannot be takes them away again.

    Raises:
        ObjectDoesNotExist: the plan has no such task.
        PermissionDenied: the officer's unit is not responsible for it.
        ValidationError: no title, neither file nor address or both, a bad address, or too many products.
        OSError: the disk refuses.

    """
    task = task_for_report(page=page, task_key=task_key, period=period, actor=actor)
    words = " ".join(checked_words(title, "title", MAX_TITLE, required=True).split())
    _check_kind(file, url)
    if TaskProduct.objects.of_task(task).in_use().count() >= MOST_PRODUCTS:
        raise ValidationError({"file": _("Nhiệm vụ này đã có quá nhiều sản phẩm. Hãy gỡ bớt.")})
    product = TaskProduct(page_id=page.pk, task_key=task.key, period=period, title=words, url=url)
    product.added_by, product.added_at = actor, timezone.now()
    if file is not None:
        product.stored_name = private_write(folder=FOLDER, extension=file.extension, content=file.content)
        product.filename, product.content_type = file.name[:120], file.content_type
        product.size, product.sha256 = len(file.content), hashlib.sha256(file.content).hexdigest()
    try:
        with transaction.atomic():
            product.save(force_insert=True)
            _note(page, product, actor, "plan.product_added")
    except Exception:
        if product.stored_name:
            private_storage.delete(product.stored_name)
        raise
    return product


def _check_kind(file: CheckedFile | None, url: str) -> None:
    if (file is None) == (not url):
        raise ValidationError({"file": _("Hãy gắn một tệp hoặc ghi một địa chỉ, không phải cả hai.")})
    if url:
        try:
            _is_address(url)
        except ValidationError as error:
            raise ValidationError({"url": _("Địa chỉ phải bắt đầu bằng https:// hoặc http://.")}) from error


@transaction.atomic
def task_product_show(*, product: TaskProduct, public: bool, actor: Any) -> TaskProduct:
    """Show the product to everybody, or to the office alone again.

    Raises:
        PermissionDenied: only a leader of the unit, or a publisher, decides that.
        ValidationError: it was taken off meanwhile, or is to be shown and its task is gone.

    """
    row, task = _locked(product)
    if not user_can_publish_product(actor, row.page, task):
        raise PermissionDenied
    if public:
        _check_task(task)
    if row.removed_at is not None:
        raise ValidationError(_("Sản phẩm này đã được gỡ."))
    row.public, row.public_by = public, actor if public else None
    row.save(update_fields=["public", "public_by"])
    _note(row.page, row, actor, "plan.product_shown" if public else "plan.product_hidden")
    return row


@transaction.atomic
def task_product_remove(*, product: TaskProduct, restore: bool = False, actor: Any) -> TaskProduct:
    """Take the product off its task, or put it back; put back it is not public.

    Raises PermissionDenied when the officer's unit is not responsible for the task, ValidationError when it is to be
    put back on a task that is gone.
    """
    row, task = _locked(product)
    if not user_can_update_progress(actor, row.page, task):
        raise PermissionDenied
    if restore:
        _check_task(task)
    row.public, row.public_by = False, None
    row.removed_at = None if restore else timezone.now()
    row.save(update_fields=["public", "public_by", "removed_at"])
    _note(row.page, row, actor, "plan.product_restored" if restore else "plan.product_removed")
    return row


def products_sweep(*, now: datetime | None = None) -> int:
    """Remove bytes that no product names, once they are a day old; return how many. Safe to run at any time."""
    latest = (now or timezone.now()) - ORPHAN_AGE
    removed = 0
    for folder in _folders():
        names = {f"{FOLDER}/{folder}/{name}" for name in private_storage.listdir(f"{FOLDER}/{folder}")[1]}
        known = TaskProduct.objects.filter(stored_name__in=names).values_list("stored_name", flat=True)
        for name in sorted(names - set(known)):
            if private_storage.get_modified_time(name) < latest:
                private_storage.delete(name)
                removed += 1
    return removed


def _folders() -> list[str]:
    try:
        return list(private_storage.listdir(FOLDER)[0])
    except FileNotFoundError:
        return []


def products_without_bytes() -> Iterable[str]:
    """Yield products whose file is missing, for the integrity check."""
    rows = TaskProduct.objects.in_use().exclude(stored_name="")
    for name, number, title in rows.values_list("stored_name", "page__number", "title").iterator():
        if not private_storage.exists(name):
            yield f"{number}: thiếu tệp của sản phẩm “{title}” trong kho."


def _locked(product: TaskProduct) -> tuple[TaskProduct, PlanTask | None]:
    """Return the row as it is now, held, with its task; what a task left behind is its plan's owner's business."""
    row = TaskProduct.objects.select_for_update(of=("self",)).select_related("page").get(pk=product.pk)
    return row, PlanTask.objects.of_pages([row.page_id]).filter(key=row.task_key).first()


def _check_task(task: PlanTask | None) -> None:
    if task is None:
        raise ValidationError(_("Nhiệm vụ này không còn trong kế hoạch."))


def _note(page: PlanPage, product: TaskProduct, actor: Any, verb: str) -> None:
    event_record(
        subject_type="plan",
        subject_key=str(page.pk),
        verb=verb,
        actor=actor,
        unit_id=page.owner_unit_id,
        data={"task": str(product.task_key), "product": product.pk, "sha256": product.sha256},
    )
