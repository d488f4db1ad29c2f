"""What surveys register with Wagtail."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from cms.core.permissions.policy import MatrixPolicy
from surveys.models import Survey, SurveyVersion
from surveys.views.pages import refuse_copy
from surveys.viewsets import SurveyViewSet

hooks.register("before_copy_page", refuse_copy)

register_permission_policy(
    Survey, MatrixPolicy(Survey, {"view": "survey_results", "add": "survey_edit", "change": "survey_edit"})
)
register_permission_policy(SurveyVersion, MatrixPolicy(SurveyVersion, {"change": "survey_edit"}))


@hooks.register("register_admin_viewset")
def register_surveys() -> SurveyViewSet:
    """Give surveys their screens and their entry in the menu."""
    return SurveyViewSet()
