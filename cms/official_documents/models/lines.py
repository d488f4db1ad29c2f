"""What a document shows of its neighbours, one line each. No queries."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.official_documents.enums import EffectKind

_DONE = {
    EffectKind.REPLACES: _("Thay thế"),
    EffectKind.AMENDS: _("Sửa đổi, bổ sung"),
    EffectKind.REPEALS: _("Bãi bỏ"),
}
_SUFFERED = {
    EffectKind.REPLACES: _("Bị thay thế bởi"),
    EffectKind.AMENDS: _("Được sửa đổi, bổ sung bởi"),
    EffectKind.REPEALS: _("Bị bãi bỏ bởi"),
}


@dataclass(frozen=True)
class DocumentState:
    """A document's state in a word, and the tone of its tag."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class EffectLine:
    """One effect as a reader of one of the two documents sees it; without ``url`` the other is bare words."""

    kind: EffectKind
    is_suffered: bool
    text: str
    url: str = ""
    from_on: date | None = None

    @property
    def label(self) -> str:
        """The relation in words, from the side of the document that shows it."""
        return str((_SUFFERED if self.is_suffered else _DONE)[self.kind])

    @property
    def is_future(self) -> bool:
        """Whether the effect is not felt yet; one without a day always was."""
        return self.from_on is not None and self.from_on > timezone.localdate()


@dataclass(frozen=True)
class ProcedureLine:
    """A procedure that a decision announces; without ``url`` it is bare words."""

    code: str
    name: str
    change: str
    url: str = ""
