"""What a reader of one procedure sees. Numbers of queries do not grow with what hangs on it."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.core.models import CitationLine, citation_lines
from cms.core.ports import find_by_code
from cms.core.text import format_vietnamese_date
from procedures.enums import Audience, Level, OnlineLevel, Standing
from procedures.enums import ProcedureState as State
from procedures.models.codes import labels_of
from procedures.models.duty import on_duty
from procedures.models.guide_lines import certified_copies_page, guide_lines
from procedures.models.lines import Part, ProcedureState
from procedures.models.schema import service_facts
from surveys.services.subjects import ABOUT_LENGTH, SubjectWay, ways_about


class ProcedureReading:
    """The reading side of ``ProcedurePage``; its columns are there."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, unless nobody has confirmed it yet: then it does not exist, whoever published it."""
        if self.needs_confirmation:
            raise Http404
        return super().serve(request, *args, **kwargs)

    @property
    def name(self) -> str:
        return self.full_name or self.title

    @property
    def summary(self) -> str:
        return super().summary or self.description[:300]

    @property
    def level_labels(self) -> list[str]:
        return labels_of(self.levels, Level)

    @property
    def audience_labels(self) -> list[str]:
        return labels_of(self.audiences, Audience)

    @property
    def standing(self) -> Standing:
        """Whether it binds today; days may end what an editor has not marked. As ``standing_on`` of the queryset."""
        today = timezone.localdate()
        if self.state == State.ABOLISHED:
            return Standing.ABOLISHED
        if self.effective_to and self.effective_to < today:
            return Standing.EXPIRED
        if self.effective_from and self.effective_from > today:
            return Standing.NOT_YET
        return Standing(self.state)

    @property
    def state_now(self) -> ProcedureState:
        """Whether it binds today, in a word and the tone of its tag."""
        if self.standing == Standing.NOT_YET:
            return ProcedureState(_("Có hiệu lực từ %(day)s") % {"day": format_vietnamese_date(self.effective_from)})
        tone = "bad" if self.is_gone else "good" if self.standing == Standing.IN_FORCE else ""
        return ProcedureState(str(self.standing.label), tone)

    @property
    def is_gone(self) -> bool:
        """Whether a reader must look elsewhere."""
        return self.standing in {Standing.ABOLISHED, Standing.EXPIRED}

    @property
    def gone_words(self) -> str:
        """The first thing to say of one that is gone."""
        abolished = self.standing == Standing.ABOLISHED
        return _("Thủ tục này đã bị bãi bỏ") if abolished else _("Thủ tục này đã hết hiệu lực")

    @cached_property
    def successor(self) -> CitationLine | None:
        """What stands in its place: a public page, or a bare code; None when nothing was named."""
        page = type(self).objects.readable().of_key(self.replaced_by_id).first() if self.replaced_by_id else None
        if page:
            return CitationLine(f"{page.code} – {page.name}", page.url or "")
        code = self.replaced_by_code
        return CitationLine(code, find_by_code("procedure", [code]).get(code, "")) if code else None

    @cached_property
    def predecessors(self) -> list[Any]:
        """Older public procedures in whose place this one stands."""
        return list(type(self).objects.readable().replaced_with(self).defer_streamfields()) if self.pk else []

    @cached_property
    def decision_lines(self) -> list[CitationLine]:
        return citation_lines(self.decisions.all())

    @cached_property
    def basis_lines(self) -> list[CitationLine]:
        return citation_lines(self.bases.all())

    @cached_property
    def related_lines(self) -> list[CitationLine]:
        """Procedures that go with this one, linked where the portal has them."""
        rows = list(self.related.all())
        found = find_by_code("procedure", [row.code for row in rows])
        return [CitationLine(f"{row.code} – {row.name}", found.get(row.code, "")) for row in rows]

    @cached_property
    def way_rows(self) -> list[Any]:
        return list(self.ways.all())

    @property
    def ways_described(self) -> bool:
        """Whether any way of submitting has words beside its time and its fee."""
        return any(way.description for way in self.way_rows)

    @cached_property
    def place_rows(self) -> list[Any]:
        """Where dossiers are taken, each with who is at its counter today; two queries."""
        rows = list(self.places.select_related("place"))
        serving = on_duty([row.place_id for row in rows], timezone.localdate()) if rows else {}
        for row in rows:
            row.on_duty = serving.get(row.place_id, [])
        return rows

    @cached_property
    def guide_rows(self) -> list[dict[str, Any]]:
        """Pages of questions and guides that help here (S13)."""
        return guide_lines(self)

    @cached_property
    def copies_page(self) -> Any:
        """Where certified copies are explained, for a procedure that takes them (S26); else None."""
        return certified_copies_page() if self.takes_certified_copies else None

    @cached_property
    def sample_rows(self) -> list[Any]:
        rows = list(self.samples.all())
        if rows:
            files = rows[0]._meta.get_field("document").related_model.objects.in_bulk([r.document_id for r in rows])
            for row in rows:
                row.document = files[row.document_id]
        return rows

    @cached_property
    def cases(self) -> list[Any]:
        """The cases that have papers."""
        return [block.value for block in self.dossier if block.value.shown_papers]

    @property
    def short_time(self) -> str:
        """The time limits in a few words for a list."""
        return _few(way.time for way in self.way_rows)

    @property
    def short_fee(self) -> str:
        """The fees in a few words."""
        return _few(way.fee for way in self.way_rows)

    @property
    def online_words(self) -> str:
        return str(OnlineLevel(self.online_level).label) if self.online_level else ""

    @property
    def online_lines(self) -> list[str]:
        return _lines(self.online_guide)

    @property
    def help_lines(self) -> list[str]:
        return _lines(self.help_contact)

    @cached_property
    def survey_ways(self) -> list[SubjectWay]:
        """Where people who have used it may say how it went; a place of a survey names it by its address."""
        return ways_about({self.slug, self.slug[:ABOUT_LENGTH]})

    @property
    def has_post(self) -> bool:
        return bool(self.post_receives or self.post_returns or self.post_note)

    @cached_property
    def parts(self) -> list[Part]:
        """The contents of the page: the parts that have something to say, in the order of the national record."""
        offered = (
            ("noi-tiep-nhan", _("Nơi tiếp nhận"), self.place_rows),
            ("thu-tuc-lien-quan", _("Thủ tục liên quan"), self.related_lines),
            ("trinh-tu", _("Trình tự thực hiện"), self.steps.all()),
            ("cach-nop", _("Cách nộp, thời hạn, phí"), self.way_rows),
            ("nop-truc-tuyen", _("Nộp trực tuyến từng bước"), self.online_lines),
            ("buu-chinh", _("Gửi qua bưu chính"), self.has_post),
            ("ho-so", _("Thành phần hồ sơ"), self.cases or self.copies_page),
            ("ho-so-mau", _("Hồ sơ mẫu đã điền"), self.sample_rows),
            ("giai-dap", _("Hỏi đáp, hướng dẫn"), self.guide_rows),
            ("can-cu", _("Căn cứ pháp lý"), self.basis_lines),
            ("dieu-kien", _("Yêu cầu, điều kiện"), self.conditions.strip()),
            ("ket-qua", _("Kết quả"), self.results.all()),
            ("mo-ta", _("Mô tả"), self.description.strip()),
            ("noi-bo", _("Quy trình bên trong cơ quan"), self.internal_steps.all()),
            ("duong-di", _("Đường đi của hồ sơ"), True),
            ("hoi-o-dau", _("Hỏi ở đâu"), self.help_lines),
        )
        return [Part(anchor, text) for anchor, text, content in offered if content]

    @property
    def shown(self) -> set[str]:
        """Anchors of the parts that have something to say."""
        return {part.anchor for part in self.parts}

    def related_pages(self) -> list[Any]:
        """Others of the same field of work that are in force."""
        others = type(self).objects.readable().beside(self).in_force(timezone.localdate())
        return list(others.in_order().defer_streamfields()[:3])

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """A service of government, in the words of schema.org."""
        return service_facts(self)


def _few(said: Iterable[str]) -> str:
    """Return the first two of what is said, and a sign when there is more."""
    different = list(dict.fromkeys(filter(None, said)))
    return "; ".join([*different[:2], *(["…"] if len(different) > 2 else [])])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
