"""Sample letters of apology, by the services of the desk, and the roster of its counters."""

from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cms.accounts.models import User
from cms.core.models import CalendarDay
from cms.demo.clock import as_of, office_hour
from cms.demo.conduct import APOLOGIES, OFFICERS, SampleApology
from cms.demo.dossiers import DOSSIERS
from cms.demo.services.news import sample_picture
from procedures.enums import ApologyState, Delivery
from procedures.models import Apology, Dossier, DutyOfficer, ReceivingPlace
from procedures.services import apologies as letters
from procedures.services.apology_checks import ApologyFacts
from procedures.services.duty import duty_officer_save, duty_turn_save


def conduct_seed() -> None:
    """Make the letters and the roster once; what is there already is left alone."""
    if not Apology.objects.exists():
        for sample in APOLOGIES:
            day = _day(sample.days)
            with as_of(office_hour(sample.ago, 14)) if sample.ago else nullcontext():
                _letter(sample, day)
    if not DutyOfficer.objects.exists():
        _roster()


def conduct_clear() -> None:
    """Take the samples out again; called before the sample dossiers go."""
    phones = [row.phone for row in DOSSIERS]
    Apology.objects.filter(dossier__applicant__phone__in=phones).delete()
    DutyOfficer.objects.filter(name__in=[row.name for row in OFFICERS]).delete()


def _letter(sample: SampleApology, day: date | None) -> None:
    dossier = Dossier.objects.filter(applicant__phone=sample.phone).first()
    if dossier is None:
        return
    clerk, leader = (User.objects.get(username=name) for name in ("motcua", "lanhdao"))
    facts = ApologyFacts(sample.kind, sample.reason, sample.text, dossier.unit, day)
    apology = letters.apology_write(dossier=dossier, facts=facts, actor=clerk)
    apology = letters.apology_submit(apology=apology, actor=clerk)
    if sample.state == ApologyState.PENDING:
        return
    signed: dict[str, Any] = {"signer_title": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "signer_name": leader.get_full_name()}
    apology = letters.apology_approve(apology=apology, actor=leader, **signed)
    apology = letters.apology_deliver(apology=apology, actor=clerk, delivery=Delivery.HAND)
    if sample.withdrawn:
        letters.apology_withdraw(apology=apology, actor=leader, reason=sample.withdrawn)


def _day(ahead: int) -> date | None:
    """Return the first working day that lies at least ``ahead`` days from now."""
    if not ahead:
        return None
    calendar, day = CalendarDay.objects.work_calendar(), timezone.localdate() + timedelta(days=ahead)
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)


def _roster() -> None:
    place, desk = ReceivingPlace.objects.in_order().first(), User.objects.get(username="motcua")
    if place is None:
        return
    for order, sample in enumerate(OFFICERS, start=1):
        facts = {"name": sample.name, "role": sample.role, "duties": sample.duties, "order": order, "active": True}
        picture = sample_picture(sample.portrait)
        officer = duty_officer_save(officer=None, actor=desk, portrait=picture, phone="", **facts)
        for weekday, part in sample.turns:
            duty_turn_save(turn=None, actor=desk, place=place, officer=officer, weekday=weekday, part=part)
