"""Reading a list of news (CSV, XLSX) of an older portal into rows for this one."""

import hashlib
import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.importing import (
    Column,
    Fate,
    ImportKind,
    Item,
    Reading,
    Refusal,
    Remark,
    TableRow,
    first_words,
    form_problems,
    read_table,
)
from cms.core.permissions import can
from cms.core.services.moderation import draft_hand_in
from cms.core.text import fold, format_vietnamese_date, looks_like_legacy_encoding
from cms.news.forms import NewsRowForm, has_markup
from cms.news.models import NewsCategory, NewsPage
from cms.news.querysets import NewsIdentity, identity_of
from cms.news.services import NewsRow, news_import

COLUMNS = (
    Column("title", ("Tiêu đề", "Tên tin", "Tên bài", "Tít"), required=True),
    Column("lead", ("Tóm tắt", "Mô tả", "Trích dẫn", "Sapo", "Đoạn mở đầu")),
    Column("body", ("Nội dung", "Toàn văn", "Bài viết")),
    Column("category", ("Chuyên mục", "Danh mục", "Mục")),
    Column("published_on", ("Ngày", "Ngày đăng", "Ngày tin", "Ngày xuất bản"), required=True),
    Column("author", ("Tác giả", "Người viết")),
    Column("source", ("Nguồn", "Nguồn tin")),
)


class NewsReader:
    """Judges the rows of one file against each other and against the news that is there."""

    def __init__(self) -> None:
        self.reading: Reading[NewsRow] = Reading()
        self.categories = {fold(category.name): category for category in NewsCategory.objects.all()}
        self.first_lines: dict[NewsIdentity, int] = {}

    def read(self, rows: list[TableRow]) -> Reading[NewsRow]:
        """Return what would be made of ``rows``; two queries whatever their number, and nothing is written."""
        checked = [(row.line, data) for row in rows if (data := self._check(row))]
        known = NewsPage.objects.identified(data.published_on for _line, data in checked)
        for line, data in checked:
            page = known.get(identity_of(data.title, data.published_on))
            fate = Fate.NEW if page is None else Fate.UNCHANGED if page.source_digest == data.digest else Fate.CHANGED
            detail = " · ".join(
                filter(None, [format_vietnamese_date(data.published_on), data.category_name, data.lead])
            )
            self.reading.items.append(Item(line, data.title, detail, fate, data))
        return self.reading

    def _check(self, row: TableRow) -> NewsRow | None:
        form = NewsRowForm(dict(row.values))
        problem = row.problem or ("" if form.is_valid() else form_problems(form))
        if problem:
            self.reading.refusals.append(Refusal(row.line, problem, first_words(list(row.values.values()))))
            return None
        cleaned = form.cleaned_data
        identity = identity_of(cleaned["title"], cleaned["published_on"])
        if first := self.first_lines.get(identity):
            self._remark(row.line, _("Trùng tin ở dòng %(line)d, chỉ lấy dòng đó.") % {"line": first})
            return None
        self.first_lines[identity] = row.line
        category = self.categories.get(fold(cleaned["category"]))
        self._remark_on_row(row, cleaned, category)
        facts = {**cleaned, "category_name": category.name if category else ""}
        del facts["category"]
        digest = hashlib.sha256(json.dumps(facts, default=str, sort_keys=True).encode()).hexdigest()
        return NewsRow(**facts, digest=digest)

    def _remark_on_row(self, row: TableRow, cleaned: dict, category: NewsCategory | None) -> None:
        if cleaned["category"] and category is None:
            text = _("Chưa có chuyên mục “%(category)s”, tin để không chuyên mục.")
            self._remark(row.line, text % {"category": cleaned["category"]})
        if has_markup(row.values["body"]):
            self._remark(row.line, _("Nội dung có mã HTML, chỉ giữ chữ; ảnh, bảng, liên kết cần đưa lại."))
        if looks_like_legacy_encoding(cleaned["title"]):
            self._remark(row.line, _("Tiêu đề có vẻ dùng bảng mã cũ (TCVN3, VNI), cần xem lại chữ."))

    def _remark(self, line: int, text: str) -> None:
        self.reading.remarks.append(Remark(line, text))


def read_news(content: bytes, filename: str) -> Reading[NewsRow]:
    """Read a list of news; raises UnreadableFileError when the file as a whole cannot be used."""
    return NewsReader().read(read_table(content, filename, COLUMNS))


def write_news(items: list[Item[NewsRow]], *, actor: object, publish: bool) -> list[str]:
    """Hand the rows of ``items`` to the one service that writes them."""
    return news_import(rows=[item.data for item in items], actor=actor, publish=publish)


NEWS_IMPORT = ImportKind(
    name="news_import",
    label=gettext_lazy("Nhập tin từ tệp"),
    capability="news_import",
    extensions=("csv", "xlsx"),
    explanation=gettext_lazy(
        "Bảng có dòng tiêu đề với các cột: Tiêu đề, Tóm tắt, Nội dung, Chuyên mục, Ngày, Tác giả, Nguồn. "
        "Thứ tự cột tùy ý; phải có Tiêu đề và Ngày. Mỗi đoạn của nội dung là một dòng trong ô."
    ),
    read=read_news,
    write=write_news,
    may_publish=lambda user: can(user, "page_publish"),
    preview_template="news/admin/preview.html",
    publish_label=gettext_lazy("Đăng ngay các tin này"),
    list_url_name="news:index",
    hand_in=draft_hand_in,
)
