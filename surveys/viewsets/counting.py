"""Counts as screens of the desk tell them."""

from django.utils.translation import gettext as _

from cms.core.models import AgencySettings


def count_told(count: int, *, least: int | None = None) -> str:
    """Return how many responses came in, without saying a small number: it would tell when somebody answered.

    ``least`` is the smallest that is told; whoever tells many has read it once.
    """
    least = AgencySettings.load().smallest_cell if least is None else least
    return _("dưới %(least)d") % {"least": least} if 0 < count < least else str(count)
