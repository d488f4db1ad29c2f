"""What plain pages register with Wagtail."""

from typing import Any

from django.http import HttpRequest

from wagtail import hooks

from cms.pages.viewsets import BlanksPanel, warn_of_blanks


@hooks.register("construct_homepage_panels")
def add_blanks(request: HttpRequest, panels: list[Any]) -> None:
    """Say what is still to be written."""
    panels.append(BlanksPanel())


@hooks.register("before_edit_page")
def say_what_is_missing(request: HttpRequest, page: Any) -> None:
    """Say it above the page, too."""
    warn_of_blanks(request, page)
