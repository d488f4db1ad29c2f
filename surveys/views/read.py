"""What stood on the page that is sent: the version, its edition and the words of each question, as the form carries it.

Questions may change while somebody reads them. What was answered to other words is not stored as an answer to these.
"""

from django.http import HttpRequest

from surveys.forms import PageForm
from surveys.forms.answering import typed_in
from surveys.models import SurveyVersion
from surveys.services.asked import question_mark
from surveys.services.drafts import Given
from surveys.services.plan import Plan

READ = "ban"


def read_value(version: SurveyVersion, form: PageForm) -> str:
    """Return what the form of a page carries: “version.edition”, then “key.mark” of everything that is answered."""
    marks = (f"{key}.{question_mark(form.plan.by_key[key])}" for key in form.fields)
    return " ".join([_name(version), *marks])


def is_as_read(request: HttpRequest, version: SurveyVersion) -> bool:
    """Say whether the page that is sent asked ``version`` as it stands now; not so for one that does not say."""
    return request.POST.get(READ, "").partition(" ")[0] == _name(version)


def given_as_read(request: HttpRequest, plan: Plan) -> dict[str, Given]:
    """Return what was typed, or left empty, under keys that ``plan`` still has, each with what was read."""
    _version, *marks = request.POST.get(READ, "").split() or [""]
    read = dict(mark.partition(".")[::2] for mark in marks)
    return {key: Given(read[key], typed_in(request.POST, plan.by_key[key])) for key in read if key in plan.by_key}


def _name(version: SurveyVersion) -> str:
    return f"{version.pk}.{version.edition}"
