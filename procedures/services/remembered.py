"""What the one-stop desk remembers of older decrees, and the procedures whose record nobody has checked."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.core.ports import Remembered, RememberedKind
from procedures.models import DossierSettings, ProcedurePage


def _desk() -> Iterator[Remembered]:
    """The figures of the settings, those without a tick."""
    rules = DossierSettings.load()
    cut_off = f"{rules.cut_off:%H:%M}" if rules.cut_off else ""
    facts = (
        (_now("Mẫu mã hồ sơ, mẫu giấy"), rules.code_pattern, rules.forms_basis, rules.forms_confirmed),
        (_now("Giờ chốt trong ngày"), cut_off, rules.cut_off_basis, rules.cut_off_confirmed or not cut_off),
        (
            _now("Yêu cầu bổ sung một lần, trả lại hồ sơ thiếu"),
            _now("%(days)d ngày làm việc") % {"days": rules.supplement_days},
            rules.supplement_basis,
            rules.supplement_confirmed,
        ),
        (
            _now("Xin lỗi, hẹn lại một lần, trước ngày hẹn"),
            _now("%(days)d ngày làm việc") % {"days": rules.apology_days},
            rules.apology_basis,
            rules.apology_confirmed,
        ),
        (
            _now("Thế nào là trước hạn, đúng hạn, quá hạn; các cột của biểu mẫu"),
            _now("Có kết quả trước, đúng, sau ngày hẹn đầu tiên"),
            rules.figures_basis,
            rules.figures_confirmed,
        ),
    )
    url = reverse("wagtailsettings:edit", args=["procedures", "dossiersettings"])
    for what, value, basis, confirmed in facts:
        if not confirmed:
            yield Remembered(what, value, basis, url, "agency_edit")


def _records() -> Iterator[Remembered]:
    if count := ProcedurePage.objects.unconfirmed().count():
        yield Remembered(
            _now("Nội dung thủ tục"),
            _now("%(count)d thủ tục") % {"count": count},
            _now("Nguồn chưa chắc, hoặc chưa ai đối chiếu với Cơ sở dữ liệu quốc gia. Chưa ai ngoài cán bộ đọc được."),
            f"{reverse('procedures_list:index')}?needs_confirmation=true",
            "page_edit",
        )


REMEMBERED = (
    RememberedKind("dossiers", _("Hồ sơ một cửa"), _desk),
    RememberedKind("procedures", _("Thủ tục hành chính"), _records),
)
