"""Procedures as open data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from cms.core.api import ApiField, ApiFilter, DataFile, Resource
from cms.core.api.declared import Absolute, ApiError
from procedures.enums import Audience, Level
from procedures.models import ProcedurePage, SubmissionWay
from procedures.models.codes import codes_of

BASE = "/thu-tuc-hanh-chinh/"


@dataclass(frozen=True)
class CodeFilter(ApiFilter):
    """A parameter that names one code of a closed set, of which a row may have several."""

    catalogue: Any = None

    def read(self, typed: str) -> str:
        """Return the code as columns hold it; ApiError with the codes there are when it is none of them."""
        if typed not in self.catalogue.values:
            known = {"name": self.name, "codes": ", ".join(self.catalogue.values)}
            raise ApiError(_now("“%(name)s” phải là một trong các mã: %(codes)s.") % known)
        return f",{typed},"


def rows() -> QuerySet:
    """Return what anybody may read, with what a record reads; a cited page that is not public is not there."""
    public = Page.objects.live().public()
    cited = (Prefetch(f"{name}__cited_page", queryset=public) for name in ("bases", "decisions"))
    procedures = ProcedurePage.objects.readable().standing_on(timezone.localdate())
    return procedures.for_lists().prefetch_related(*cited)


def _named(citations: Any) -> str | None:
    return "; ".join(filter(None, (each.words for each in citations.all()))) or None


def record(row: ProcedurePage, absolute: Absolute) -> dict[str, Any]:
    """Return one procedure as a record."""
    ways = list(row.ways.all())
    return {
        "id": row.pk,
        "code": row.code,
        "name": row.name,
        "field": row.field.name,
        "field_id": row.field_id,
        "levels": codes_of(row.levels),
        "audiences": codes_of(row.audiences),
        "authority": row.authority or None,
        "time": [_time(way) for way in ways if way.time],
        "fee": "; ".join(dict.fromkeys(filter(None, (way.fee for way in ways)))) or None,
        "decisions": _named(row.decisions),
        "bases": _named(row.bases),
        "online_level": row.online_level or None,
        "state": row.standing,
        "effective_from": row.effective_from,
        "effective_to": row.effective_to,
        "source": row.source or None,
        "checked_on": row.checked_on,
        "url": absolute(row.url or "/"),
        "updated_at": row.last_published_at,
    }


_TIME = (
    ApiField("channel", "text", _("Cách nộp: any (mọi cách), direct, online hoặc post."), always=True),
    ApiField("audience", "text", _("Cho ai, trường hợp nào.")),
    ApiField("quantity", "integer", _("Bao nhiêu; trống khi không đếm.")),
    ApiField("unit", "text", _("Đơn vị của số: working_day, day, hour, month, session hoặc none.")),
    ApiField("words", "text", _("Thời hạn, dạng chữ."), always=True),
)


def _time(way: SubmissionWay) -> dict[str, Any]:
    return {
        "channel": way.channel,
        "audience": way.audience_note or None,
        "quantity": way.quantity,
        "unit": way.unit or None,
        "words": way.time,
    }


def cells(said: Mapping[str, Any]) -> list[Any]:
    """Return a record as a line of a table, where lists are words: codes with commas, time limits with semicolons."""
    times = dict.fromkeys(each["words"] for each in said["time"])
    flat = {"levels": ",".join(said["levels"]), "audiences": ",".join(said["audiences"]), "time": "; ".join(times)}
    return [{**said, **flat}[field.name] for field in PROCEDURES.fields]


PROCEDURES = Resource(
    name="thu-tuc",
    label=_("Thủ tục hành chính"),
    text=_("Danh mục thủ tục hành chính đang đăng: mã, tên, lĩnh vực, cấp, thời hạn, phí, căn cứ, tình trạng, nguồn."),
    fields=(
        ApiField("id", "integer", _("Số của trang trên cổng; không đổi."), always=True),
        ApiField("code", "text", _("Mã thủ tục trên Cơ sở dữ liệu quốc gia; là chữ, không phải số."), always=True),
        ApiField("name", "text", _("Tên thủ tục."), always=True),
        ApiField("field", "text", _("Lĩnh vực."), always=True),
        ApiField("field_id", "integer", _("Số của lĩnh vực, dùng cho tham số linh-vuc."), always=True),
        ApiField("levels", "list", _("Cấp thực hiện, các mã; trong tệp CSV cách nhau bằng dấu phẩy."), always=True),
        ApiField("audiences", "list", _("Đối tượng thực hiện, các mã; trong tệp CSV như trên."), always=True),
        ApiField("authority", "text", _("Cơ quan có thẩm quyền.")),
        ApiField(
            "time",
            "list",
            _("Thời hạn giải quyết của từng cách nộp; trong tệp CSV là chữ, cách nhau bằng dấu chấm phẩy."),
            always=True,
            parts=_TIME,
        ),
        ApiField("fee", "text", _("Phí, lệ phí của các cách nộp, dạng chữ.")),
        ApiField("decisions", "text", _("Quyết định công bố.")),
        ApiField("bases", "text", _("Căn cứ pháp lý.")),
        ApiField("online_level", "text", _("Mức dịch vụ công trực tuyến, dạng mã.")),
        ApiField(
            "state", "text", _("Tình trạng hôm nay: in_force, amended, not_yet, expired hoặc abolished."), always=True
        ),
        ApiField("effective_from", "date", _("Có hiệu lực từ ngày.")),
        ApiField("effective_to", "date", _("Hết hiệu lực sau ngày.")),
        ApiField("source", "text", _("Nguồn của bản ghi.")),
        ApiField("checked_on", "date", _("Ngày kiểm tra gần nhất.")),
        ApiField("url", "url", _("Địa chỉ của trang."), always=True),
        ApiField("updated_at", "datetime", _("Lần cuối trang được đăng.")),
    ),
    rows=rows,
    record=record,
    key=("code", "code"),
    pattern=r"\d\.\d{6}(?:\.[A-Z]?\d{2,3})?",
    key_example="1.004494",
    filters=(
        ApiFilter("linh-vuc", _("Số của lĩnh vực (field_id)."), "1", "integer", lookup="field_id"),
        CodeFilter("cap", _("Cấp thực hiện, dạng mã."), "cap-xa", lookup="levels__contains", catalogue=Level),
        CodeFilter("doi-tuong", _("Đối tượng, dạng mã."), "cong-dan", lookup="audiences__contains", catalogue=Audience),
        ApiFilter("tinh-trang", _("Tình trạng, dạng mã."), "in_force", lookup="standing_on_day"),
    ),
    files=(
        DataFile(
            lambda: f"{BASE}du-lieu.csv", _("Mọi thủ tục đang đăng; thêm ?linh-vuc, cap, doi-tuong để lọc"), "CSV"
        ),
        DataFile(lambda: f"{BASE}du-lieu.json", _("Mọi thủ tục đang đăng; lọc như tệp CSV"), "JSON"),
        DataFile(
            lambda: f"{BASE}ban-ghi.json",
            _("Bản ghi đầy đủ theo các phần của Cơ sở dữ liệu quốc gia; nhập lại được, lọc như tệp CSV"),
            "JSON",
        ),
        DataFile(lambda: f"{BASE}nhung/", _("Đặt danh sách này trên trang web khác"), "HTML"),
        DataFile(lambda: f"{BASE}atom.xml", _("Thủ tục mới đăng"), "Atom"),
    ),
)
