"""Sample lines, lanes and opinions, made by the services that officers use, on the days they pretend."""

from typing import Any

from django.utils import timezone

from cms.accounts.models import User
from cms.core.models import Unit
from cms.demo.clock import as_of, office_hour
from cms.demo.content import PEOPLE
from cms.demo.paper import ASKED, CHILD, LINES, QUESTION, ROUTED, STRUCK_OUT, SampleLine
from feedback import factories
from feedback.enums import CaseState, ConsentPurpose, Lane
from feedback.models import BookLine, Case, Category, PaperBook, RoutingRule
from feedback.services.books import lines_skip
from feedback.services.lanes import case_lane_set
from feedback.services.opinions import opinion_ask
from feedback.services.paper import Place, case_enter


def paper_seed() -> None:
    """Fill the books, name who may see the case of a child, ask another unit, and name a default officer."""
    people = {user.username: user for user in User.objects.filter(username__in=["tiepnhan", "xuly", "lanhdao"])}
    for line in LINES:
        _key(line, people["tiepnhan"])
    book, number, reason = STRUCK_OUT
    lines_skip(
        book=PaperBook.objects.get(code=book), first=number, last=number, reason=reason, actor=people["tiepnhan"]
    )
    case = _key(CHILD, people["tiepnhan"])
    case_lane_set(case=case, actor=people["tiepnhan"], lane=Lane.CHILD, people=[people["lanhdao"]])
    _ask(people["xuly"])
    category = Category.objects.get(code=ROUTED)
    RoutingRule.objects.get_or_create(category=category, unit=None, defaults={"officer": people["xuly"]})


def _key(line: SampleLine, clerk: Any) -> Case:
    unit = Unit.objects.get(code=line.unit)
    with as_of(office_hour(line.days_ago, 10)):
        return case_enter(
            entry=factories.entry(
                unit,
                category=line.category,
                title=line.title,
                body=line.body,
                name=line.sender,
                phone=line.phone,
                email="",
                consents=(ConsentPurpose.HANDLE, ConsentPurpose.PUBLISH),
            ),
            place=Place(PaperBook.objects.get(code=line.book), line.number, line.suffix),
            received_on=timezone.localdate(),
            actor=clerk,
            form_token=f"mau-{line.book}",
        ).case


def _ask(officer: Any) -> None:
    unit = Unit.objects.get(code=ASKED)
    case = next(
        (case for case in Case.objects.handled_by(officer).by_urgency() if case.state == CaseState.IN_PROGRESS), None
    )
    if case is not None and case.unit_id != unit.pk:
        opinion_ask(case=case, actor=officer, unit=unit, question=QUESTION, due_on=timezone.localdate())


def paper_clear() -> None:
    """Take the struck-out line and the default officer of the samples away; the cases go with the other samples."""
    book, number, reason = STRUCK_OUT
    BookLine.objects.empty_lines().filter(book__code=book, number=number, skipped_reason=reason).delete()
    RoutingRule.objects.filter(officer__username__in=[person.username for person in PEOPLE]).delete()
