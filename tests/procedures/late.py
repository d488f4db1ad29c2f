"""A dossier that is nearly late, its clerk, its two leaders, and a clerk of another unit; the clock stands still."""

from datetime import date

from django.test import TestCase
from django.utils import timezone

import time_machine

from cms.core.enums import Role
from cms.core.models import Unit
from procedures.enums import ApologyKind, ApologyReason
from procedures.factories import procedure, way
from procedures.models import Dossier, ProcedureIndexPage
from procedures.services.apologies import apology_approve, apology_deliver, apology_submit, apology_write
from procedures.services.apology_checks import ApologyFacts
from procedures.services.intake import DossierEntry, dossier_enter
from tests.officers import make_officer
from tests.site import build_site

NOW = "2026-03-16T09:00:00+07:00"  # a Monday
DUE, NEW = date(2026, 3, 17), date(2026, 3, 20)
NAME, MAIL, PHONE = "Trần Thị Sen Mẫu", "sen.mau@thu.example.vn", "0912000345"
SIGNED = {"signer_title": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "signer_name": "Lê Văn Mẫu"}


@time_machine.travel(NOW, tick=False)
class LateSite(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.unit = Unit.objects.get(parent=None)
        cls.other_unit = Unit.objects.create(code="P99", name="Phòng khác", slug="phong-khac", kind="room")
        cls.page = procedure(ProcedureIndexPage.objects.get(), title="Chuyển trường", ways=[way()])
        cls.clerk = make_officer(Role.ONE_STOP, unit=cls.unit, username="motcua1")
        cls.leader = make_officer(Role.LEADER, unit=cls.unit, username="lanhdao1")
        cls.other_leader = make_officer(Role.LEADER, unit=cls.unit, username="lanhdao2")
        cls.stranger = make_officer(Role.ONE_STOP, Role.LEADER, unit=cls.other_unit, username="donvikhac")
        cls.dossier = cls.take()

    @classmethod
    def take(cls, token="1", due=DUE, **facts) -> Dossier:
        given = {"name": NAME, "email": MAIL, "phone": PHONE, **facts}
        entry = DossierEntry(procedure=cls.page, unit=cls.unit, due_on=due, **given)
        return dossier_enter(entry=entry, form_token=token, actor=cls.clerk).dossier

    def facts(self, **given):
        facts = {
            "kind": ApologyKind.LATE,
            "reason": ApologyReason.PARTNER,
            "public_reason": "Trường nơi chuyển đến chưa trả lời.",
            "blamed_unit": self.unit,
            "new_due_on": NEW,
        }
        return ApologyFacts(**{**facts, **given})

    def written(self, dossier=None, **given):
        return apology_write(dossier=dossier or self.dossier, facts=self.facts(**given), actor=self.clerk)

    def approved(self, dossier=None, **given):
        apology = apology_submit(apology=self.written(dossier, **given), actor=self.clerk)
        return apology_approve(apology=apology, actor=self.leader, number="7", **SIGNED)

    def sent(self, dossier=None, delivery="mail", **given):
        return apology_deliver(apology=self.approved(dossier, **given), actor=self.clerk, delivery=delivery)


def public_apology(page, unit) -> None:
    """Make one letter of apology that everybody reads, about a mistake in a dossier of ``page``."""
    clerk = make_officer(Role.ONE_STOP, unit=unit, username="motcua-thu")
    leader = make_officer(Role.LEADER, unit=unit, username="lanhdao-thu")
    entry = DossierEntry(procedure=page, unit=unit, name=NAME, phone=PHONE, due_on=timezone.localdate())
    dossier = dossier_enter(entry=entry, form_token="thu-xin-loi", actor=clerk).dossier
    facts = ApologyFacts(ApologyKind.MISTAKE, ApologyReason.OFFICE, "Ghi sai ngày trên kết quả.", unit)
    apology = apology_submit(apology=apology_write(dossier=dossier, facts=facts, actor=clerk), actor=clerk)
    apology = apology_approve(apology=apology, actor=leader, number="7", **SIGNED)
    apology_deliver(apology=apology, actor=clerk, delivery="hand")
