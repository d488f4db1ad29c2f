"""What a reader of one document sees beside its text. Numbers of queries do not grow with what hangs on it."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.core.files import FileReading
from cms.core.models import CitationLine, citation_lines, citation_lines_each
from cms.core.ports import find_by_code
from cms.core.text import format_vietnamese_date
from cms.official_documents.enums import LEGAL_FORCE, ConsultState, EffectKind, LegalStatus, RelationKind
from cms.official_documents.models.lines import DocumentState, EffectLine, ProcedureLine

_MOST_CITING = 10
_TONES = {LegalStatus.IN_FORCE: "good", LegalStatus.NOT_YET: "", LegalStatus.UNKNOWN: ""}


class DocumentReading(FileReading):
    """The reading side of ``OfficialDocumentPage``; its columns are there."""

    @property
    def abstract(self) -> str:
        return self.full_abstract or self.title

    @property
    def summary(self) -> str:
        return super().summary or self.full_abstract

    @property
    def listed_on(self) -> date | None:
        """The day beside this document in short lists."""
        return self.issued_on

    @property
    def listed_state(self) -> DocumentState:
        """What a reader should know at a glance, wherever this document is listed; empty when there is nothing."""
        if state := self.consult_state:
            text = str(state.label)
            if state is ConsultState.OPEN:
                day = format_vietnamese_date(self.consult_until)
                text = _("%(state)s đến hết %(day)s") % {"state": text, "day": day}
            return DocumentState(text, "good" if state is ConsultState.ANSWERED else "")
        status = LegalStatus(self.legal_status)
        return DocumentState("" if status is LegalStatus.UNKNOWN else str(status.label), _TONES.get(status, "warn"))

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """A legal document, in the words of schema.org."""
        facts = {
            "@type": "Legislation",
            "name": self.abstract,
            "legislationIdentifier": self.number,
            "legislationType": self.kind_label,
            "legislationDate": self.issued_on,
            "legislationDateVersion": self.effective_on,
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": self.issuer.name},
            "legislationLegalForce": LEGAL_FORCE.get(self.legal_status),
        }
        return {name: value for name, value in facts.items() if value}

    def neighbour_pages(self) -> tuple[Any, Any]:
        """The document before this one in the register, and the one after."""
        others = type(self).objects.readable()
        return others.before(self).first(), others.after(self).first()

    def related_pages(self) -> list[Any]:
        """The newest of the same field of work."""
        others = type(self).objects.readable().exclude(pk=self.pk)
        return list(others.filter(area=self.area_id).newest()[:3]) if self.area_id else []

    @property
    def kind_label(self) -> str:
        return self.get_document_type_display()

    @property
    def named(self) -> str:
        """The document as another one quotes it: “Quyết định 12/QĐ-SGDĐT ngày 05/01/2024: …”."""
        day = _("ngày %(day)s") % {"day": format_vietnamese_date(self.issued_on)} if self.issued_on else ""
        known = " ".join(str(part) for part in (self.kind_label, self.number, day) if part)
        return f"{known}: {self.abstract}"

    @property
    def recipient_lines(self) -> list[str]:
        return [line for line in self.recipients.splitlines() if line.strip()]

    @property
    def basis_lines(self) -> list[CitationLine]:
        return citation_lines(self.bases.all())

    @property
    def citing(self) -> list[Any]:
        """Newer public documents that rest on this one, at most ten."""
        return list(type(self).objects.readable().resting_on(self).newest().for_lists()[:_MOST_CITING])

    @property
    def doubles(self) -> Any:
        """Others with the same number in the same year of the same issuer; a warning, never a refusal (S92)."""
        return type(self).objects.same_number_as(self)

    @cached_property
    def effect_lines(self) -> list[EffectLine]:
        """What this document does to others and suffers from them, whichever of the two says so; newest first."""
        told = list(self._of("declared_effects").told_about(self)) if self.pk else []
        days = {(effect.kind, effect.other_than(self)): effect.from_on for effect in told}
        lines = {**self._declared(days), **self._told_elsewhere(told)}
        return sorted(lines.values(), key=lambda line: line.from_on or date.min, reverse=True)

    @property
    def done_lines(self) -> list[EffectLine]:
        return [line for line in self.effect_lines if not line.is_suffered]

    @property
    def suffered_lines(self) -> list[EffectLine]:
        return [line for line in self.effect_lines if line.is_suffered]

    @property
    def endings(self) -> list[EffectLine]:
        """What has taken the place of this document or will: the banner on top leads there."""
        return [line for line in self.suffered_lines if line.kind != EffectKind.AMENDS]

    @property
    def amendments(self) -> list[EffectLine]:
        return [line for line in self.suffered_lines if line.kind == EffectKind.AMENDS]

    @property
    def procedure_lines(self) -> list[ProcedureLine]:
        """The procedures that this decision announces, linked where a page of the portal knows their code."""
        rows = list(self.announced.all())
        found = find_by_code("procedure", [row.code for row in rows])
        return [ProcedureLine(row.code, row.name, row.get_change_display(), found.get(row.code, "")) for row in rows]

    @property
    def is_consultation(self) -> bool:
        return self.consult_until is not None

    @property
    def consult_state(self) -> ConsultState | None:
        """Where the consultation stands today; None when this is no draft."""
        today = timezone.localdate()
        if self.consult_until is None:
            return None
        if self.consult_from and today < self.consult_from:
            return ConsultState.COMING
        if today <= self.consult_until:
            return ConsultState.OPEN
        return ConsultState.ANSWERED if self.consult_summary else ConsultState.CLOSED

    @property
    def consult_contact_lines(self) -> list[str]:
        return [line for line in self.consult_contact.splitlines() if line.strip()]

    @property
    def draft_pages(self) -> list[Any]:
        """The consultations from which this document came."""
        return list(type(self).objects.readable().leading_to(self).for_lists()) if self.pk else []

    def _of(self, relation: str) -> Any:
        """Return the questions to a model that hangs on this one and is defined after it."""
        return type(self)._meta.get_field(relation).related_model.objects

    def _declared(self, days: dict[tuple[str, int | None], date | None]) -> dict[Any, EffectLine]:
        rows = list(self.relations.all())
        chosen = [row.cited_page_id for row in rows if row.cited_page_id]
        pages = type(self).objects.readable().for_lists().in_bulk(chosen) if chosen else {}
        lines = {}
        for place, (row, cited) in enumerate(zip(rows, citation_lines_each(rows), strict=True)):
            kind, other = RelationKind(row.kind), pages.get(row.cited_page_id)
            text = other.named if other else cited.text
            if not text:
                continue
            since = row.from_on or days.get((kind.effect, row.cited_page_id)) or self._since(kind, row, other)
            key = (kind.effect, kind.is_suffered, row.cited_page_id or -place)
            lines[key] = EffectLine(kind.effect, kind.is_suffered, text, cited.url, since)
        return lines

    def _since(self, kind: RelationKind, row: Any, other: Any) -> date | None:
        newer = other if kind.is_suffered else self
        return (newer.effective_on or newer.issued_on) if newer else row.issued_on

    def _told_elsewhere(self, told: list[Any]) -> dict[Any, EffectLine]:
        others = [effect for effect in told if effect.declared_by_id != self.pk]
        pages = type(self).objects.readable().for_lists().in_bulk([effect.declared_by_id for effect in others])
        lines = {}
        for effect in others:
            if page := pages.get(effect.declared_by_id):
                suffered = effect.acted_on_id == self.pk
                kind = EffectKind(effect.kind)
                lines[kind, suffered, page.pk] = EffectLine(kind, suffered, page.named, page.url or "", effect.from_on)
        return lines
