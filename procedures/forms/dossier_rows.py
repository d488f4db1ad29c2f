"""One row of the one-stop system's file: what its words for states and channels mean, and what contradicts itself."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField, PhoneField
from cms.core.text import TextError, fold, parse_vietnamese_date
from procedures.enums import CLOSED_STATES, PROCEDURE_CODE, RESULT_STATES, DossierChannel, DossierState
from procedures.models import DOSSIER_CODE, normalise_code
from procedures.services.guards import LONGEST_PROMISE

S, C = DossierState, DossierChannel
_HOUR = re.compile(r"([01]?\d|2[0-3])[:h]([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?", re.ASCII)
# What one-stop systems write beside the labels themselves; folded.
_STATES: dict[str, DossierState] = {
    **{fold(str(state.label)): state for state in S},
    **dict.fromkeys(("moi dang ky", "moi tiep nhan truc tuyen", "cho tiep nhan"), S.REGISTERED),
    **dict.fromkeys(("duoc tiep nhan", "da tiep nhan", "tiep nhan", "moi tiep nhan"), S.RECEIVED),
    **dict.fromkeys(("dang xu ly", "dang giai quyet", "dang thu ly", "cho phe duyet"), S.IN_PROGRESS),
    **dict.fromkeys(("yeu cau bo sung", "cho bo sung", "yeu cau bo sung ho so", "bo sung ho so"), S.NEED_SUPPLEMENT),
    **dict.fromkeys(("cho nop phi", "yeu cau thuc hien nghia vu tai chinh", "cho thanh toan"), S.NEED_PAYMENT),
    **dict.fromkeys(
        ("khong duoc tiep nhan", "tu choi", "tu choi tiep nhan", "tra lai", "tra lai ho so", "khong tiep nhan"),
        S.REFUSED,
    ),
    **dict.fromkeys(
        ("da xu ly xong", "da giai quyet", "da co ket qua", "cho tra ket qua", "hoan thanh", "da hoan thanh"),
        S.COMPLETED,
    ),
    **dict.fromkeys(("da giao buu chinh", "dang gui buu chinh"), S.WITH_POST),
    **dict.fromkeys(("da tra ket qua", "da tra", "tra ket qua"), S.RETURNED),
    **dict.fromkeys(("rut ho so", "da rut", "cong dan yeu cau rut ho so", "da rut ho so"), S.WITHDRAWN),
    **dict.fromkeys(("dung xu ly", "dung giai quyet", "tam dung"), S.STOPPED),
}
_CHANNELS: dict[str, DossierChannel] = {
    **{fold(str(channel.label)): channel for channel in C},
    **{channel.value: channel for channel in C},
    **dict.fromkeys(("tai quay", "mot cua", "nop truc tiep", "tt"), C.DIRECT),
    **dict.fromkeys(("qua mang", "dich vu cong", "dvc", "dvctt", "nop truc tuyen", "dich vu cong quoc gia"), C.ONLINE),
    **dict.fromkeys(("buu chinh cong ich", "bcci", "buu dien", "dich vu buu chinh", "qua buu chinh"), C.POST),
}


@dataclass(frozen=True)
class Moment:
    """A day as a file has it, and the hour where it has one."""

    day: date
    hour: time | None = None

    @property
    def at(self) -> datetime:
        """The moment by the office's clock; without an hour the beginning of the day."""
        return timezone.make_aware(datetime.combine(self.day, self.hour or time()))


class MomentField(forms.Field):
    """``dd/MM/yyyy[ HH:mm[:ss]]``, or what a spreadsheet makes of it."""

    default_error_messages = {"required": _("Hãy điền mục này.")}

    def to_python(self, value: Any) -> Moment | None:
        if value in self.empty_values:
            return None
        text = " ".join(str(value).split())
        if len(text) > 10 and text[10] == "T":
            text = f"{text[:10]} {text[11:]}"
        day, _space, rest = text.rpartition(" ")
        hour = _HOUR.fullmatch(rest) if day else None
        try:
            found = parse_vietnamese_date(day if hour else text)
        except TextError as error:
            raise ValidationError(str(error), code="date") from error
        return Moment(found, time(int(hour[1]), int(hour[2])) if hour else None)


class DossierRowForm(forms.Form):
    """A dossier by the eleven columns of the contract."""

    code = CleanCharField(label=_("Mã hồ sơ"), max_length=60)
    procedure_code = CleanCharField(label=_("Mã thủ tục"), required=False, max_length=20)
    procedure_name = CleanCharField(label=_("Tên thủ tục"), required=False, max_length=500)
    name = CleanCharField(label=_("Người nộp"), required=False, max_length=160)
    phone = PhoneField(label=_("Điện thoại"), required=False, max_length=20)
    channel = CleanCharField(label=_("Kênh nộp"), required=False, max_length=60)
    received = MomentField(label=_("Ngày tiếp nhận"))
    due = MomentField(label=_("Ngày hẹn trả"), required=False)
    done = MomentField(label=_("Ngày trả kết quả"), required=False)
    state = CleanCharField(label=_("Trạng thái"), required=False, max_length=60)
    unit = CleanCharField(label=_("Đơn vị"), required=False, max_length=200)

    def clean_code(self) -> str:
        code = normalise_code(self.cleaned_data["code"])
        if not DOSSIER_CODE.fullmatch(code):
            raise ValidationError(_("Mã “%(code)s” không giống mã hồ sơ.") % {"code": self.cleaned_data["code"]})
        return code

    def clean_procedure_code(self) -> str:
        """As the national base writes codes; a spreadsheet that took it for a number has eaten its zeros."""
        code: str = self.cleaned_data["procedure_code"]
        if code and not PROCEDURE_CODE.fullmatch(code):
            raise ValidationError(_("Mã “%(code)s” không có dạng 1.004494.") % {"code": code})
        return code

    def clean_channel(self) -> str:
        typed = self.cleaned_data["channel"]
        found = _CHANNELS.get(fold(typed), "") if typed else C.DIRECT
        if not found:
            known = ", ".join(str(channel.label) for channel in C)
            raise ValidationError(
                _("Không rõ kênh “%(word)s”; ghi một trong: %(known)s.") % {"word": typed, "known": known}
            )
        return str(found)

    def clean_state(self) -> str:
        typed = self.cleaned_data["state"]
        if not typed:
            return ""
        found = _STATES.get(fold(typed))
        if found is None:
            known = ", ".join(str(state.label) for state in S)
            words = _("Không rõ trạng thái “%(word)s”; ghi một trong: %(known)s.")
            raise ValidationError(words % {"word": typed, "known": known})
        return str(found)

    def clean(self) -> dict[str, Any]:
        """Dates follow one another, and a state that says “done” has its day."""
        data = super().clean() or self.cleaned_data
        if (
            not data.get("procedure_code")
            and not data.get("procedure_name")
            and not {"procedure_code"} & set(self.errors)
        ):
            self.add_error("procedure_name", _("Hãy ghi mã hoặc tên thủ tục."))
        received, due, done = data.get("received"), data.get("due"), data.get("done")
        if received and received.at > timezone.now():
            self.add_error("received", _("Ngày tiếp nhận không thể ở tương lai."))
        if received and due and due.day < received.day:
            self.add_error("due", _("Ngày hẹn trả không thể trước ngày tiếp nhận."))
        if received and due and due.day.year - received.day.year > LONGEST_PROMISE:
            self.add_error("due", _("Ngày hẹn trả xa hơn %(years)d năm. Hãy xem lại.") % {"years": LONGEST_PROMISE})
        if received and done and done.day < received.day:
            self.add_error("done", _("Ngày trả kết quả không thể trước ngày tiếp nhận."))
        if done and done.at > timezone.now():
            self.add_error("done", _("Ngày trả kết quả không thể ở tương lai."))
        self._check_state(data, done)
        return data

    def _check_state(self, data: dict[str, Any], done: Moment | None) -> None:
        if "state" in self.errors or "done" in self.errors:
            return
        state = data.get("state") or (S.RETURNED if done else S.IN_PROGRESS)
        data["state"] = str(state)
        label = S(state).label
        if state in RESULT_STATES | CLOSED_STATES and done is None:
            self.add_error("done", _("Trạng thái “%(state)s” phải có ngày trả kết quả.") % {"state": label})
        elif done is not None and state not in RESULT_STATES | CLOSED_STATES:
            self.add_error("state", _("Đã có ngày trả kết quả mà trạng thái là “%(state)s”.") % {"state": label})
