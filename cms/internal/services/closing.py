"""Internal pages stay closed, whatever is done to their restriction."""

from typing import Any

from wagtail.models import Page, PageViewRestriction

from cms.internal.models import ClosedPage

LOGIN = PageViewRestriction.LOGIN


def is_closed_type(page: Page | None) -> bool:
    """Say whether the type of ``page`` is one that only officers read."""
    model = page.specific_class if page is not None else None
    return model is not None and issubclass(model, ClosedPage)


def page_close(page: Page) -> None:
    """Put ``page`` behind the log-in, in the transaction in which it was saved; nothing happens when it is there."""
    PageViewRestriction.objects.get_or_create(page_id=page.pk, restriction_type=LOGIN)


def page_saved(instance: Page, *, raw: bool = False, **_rest: Any) -> None:
    """Receive word of an internal page that was saved, new or not."""
    if not raw:
        page_close(instance)


def restriction_saving(instance: PageViewRestriction, **_rest: Any) -> None:
    """Receive word of a restriction about to be stored: that of an internal page is always the log-in."""
    if is_closed_type(Page.objects.filter(pk=instance.page_id).first()):
        instance.restriction_type, instance.password = LOGIN, ""


def restriction_deleted(instance: PageViewRestriction, origin: Any = None, **_rest: Any) -> None:
    """Receive word of a restriction taken away by itself, not with its page: an internal page gets it again."""
    taken = getattr(origin, "model", type(origin))
    page = Page.objects.filter(pk=instance.page_id).first()
    if taken is PageViewRestriction and page is not None and is_closed_type(page):
        page_close(page)


def unclosed_pages() -> Any:
    """Yield a line for each internal page without its restriction, for the integrity check."""
    for model in ClosedPage.__subclasses__():
        for page in model._default_manager.exclude(view_restrictions__restriction_type=LOGIN):
            yield f"Trang nội bộ {page.pk} không còn khóa bằng đăng nhập."
