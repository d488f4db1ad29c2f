"""What surveys register with Wagtail."""

from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from cms.core.importing.urls import import_urls
from cms.core.permissions.policy import MatrixPolicy
from surveys.models import Survey, SurveyVersion, WordsTheme
from surveys.views.pages import refuse_copy
from surveys.viewsets import SurveyPapersMenuItem, SurveyViewSet, ThemeViewSet, paper_desk_urls

hooks.register("before_copy_page", refuse_copy)

register_permission_policy(
    Survey, MatrixPolicy(Survey, {"view": "survey_results", "add": "survey_edit", "change": "survey_edit"})
)
register_permission_policy(SurveyVersion, MatrixPolicy(SurveyVersion, {"change": "survey_edit"}))


register_permission_policy(
    WordsTheme, MatrixPolicy(WordsTheme, {"view": "survey_words", "add": "survey_words", "change": "survey_words"})
)


@hooks.register("register_admin_viewset")
def register_themes() -> ThemeViewSet:
    """Give the themes of wishes their screens, below the settings."""
    return ThemeViewSet()


@hooks.register("register_admin_urls")
def register_responses_import() -> list[URLPattern]:
    """The screens that read a file of responses."""
    return import_urls("responses_import", "nhap-phieu-khao-sat")


@hooks.register("register_admin_viewset")
def register_surveys() -> SurveyViewSet:
    """Give surveys their screens and their entry in the menu."""
    return SurveyViewSet()


@hooks.register("register_admin_urls")
def register_paper_desk() -> list[URLPattern]:
    """The list of surveys for those who key in papers of their unit."""
    return paper_desk_urls()


@hooks.register("register_admin_menu_item")
def register_paper_desk_menu_item() -> MenuItem:
    """Their entry in the menu."""
    return SurveyPapersMenuItem()
