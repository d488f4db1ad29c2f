"""The OpenAPI 3.1 document, made of the declarations that the answers are made of."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cms.core.api.declared import KINDS, ApiField, ApiFilter, Report, Resource, declared

PAGE, MOST = 100, 500
# Raised whenever a key changes its shape; what changed stands in docs/operations.md.
VERSION = "1.1"
PAGING = (
    ApiFilter("sau", _("Trang bắt đầu sau chỗ này; lấy từ địa chỉ ở mục next."), "1200", "integer"),
    ApiFilter("moi-trang", _("Mỗi trang bao nhiêu mục, nhiều nhất 500."), "100", "integer"),
)


def document(*, base: str, publisher: str, licence: str) -> dict[str, Any]:
    """Return the whole document; ``base`` is the address of ``/api/v1/`` without its last slash."""
    paths: dict[str, Any] = {"/": _index_path()}
    schemas: dict[str, Any] = {"Error": _object({"error": {"type": "string"}}), "Index": _index_schema()}
    for resource in declared.resources.values():
        schemas[resource.name] = record_schema(resource.fields)
        paths[f"/{resource.name}/"] = _list_path(resource)
        paths[f"/{resource.name}/{{{resource.key[0]}}}/"] = _single_path(resource)
    for report in declared.reports.values():
        schemas[f"so-lieu-{report.name}"] = report.schema()
        paths[f"/so-lieu/{report.name}/"] = _report_path(report)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Dữ liệu mở – %(publisher)s") % {"publisher": publisher},
            "version": VERSION,
            "description": _("Chỉ đọc, không cần khóa, không có dữ liệu cá nhân. Cùng những gì trang công khai hiện."),
            "license": {"name": licence or _("chưa ghi")},
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def field_schema(each: ApiField) -> dict[str, Any]:
    """Return a field as JSON Schema."""
    kind, form = KINDS[each.type]
    if kind == "array":
        items = record_schema(each.parts) if each.parts else {"type": "string"}
        return {"type": kind, "items": items, "description": str(each.meaning)}
    shape: dict[str, Any] = {"type": kind if each.always else [kind, "null"], "description": str(each.meaning)}
    return shape | ({"format": form} if form else {})


def record_schema(fields: Iterable[ApiField]) -> dict[str, Any]:
    """Return a record of ``fields``: every key is there, and no other."""
    return _object({each.name: field_schema(each) for each in fields})


def figures_schema(
    figures: tuple[ApiField, ...],
    *,
    tables: Iterable[str],
    words: Iterable[str],
    month_type: str,
    formulas: Iterable[str],
    more: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the record of a period's figures: totals, tables by name, months, formulas, and what is its own.

    Args:
        figures: of the whole, and of each row of a table, where they may be hidden.
        tables: keys of the tables; each is null where the period has none.
        words: keys of plain text about the file.
        month_type: type of the figures of a month.
        formulas: keys whose way of reckoning is told.
        more: schemas by key.

    """
    row = record_schema(
        (ApiField("code", "text", _("Mã.")), ApiField("name", "text", _("Tên."), always=True), *figures)
    )
    row["properties"]["hidden"] = {"type": "array", "items": {"type": "string"}}
    row["required"].append("hidden")
    month = record_schema((ApiField("month", "text", _("Tháng, dạng năm-tháng."), always=True),))
    month["additionalProperties"] = field_schema(ApiField("", month_type, _("Số của tháng.")))
    return _object(
        {
            **{name: {"type": "string"} for name in words},
            "period": _period_schema(),
            "smallest_cell": {"type": "integer"},
            "totals": record_schema(figures),
            **{name: {"type": ["array", "null"], "items": row} for name in tables},
            "by_month": {"type": "array", "items": month},
            "formulas": {"type": "object", "additionalProperties": {"type": "string"}, "required": list(formulas)},
            **more,
        }
    )


def _period_schema() -> dict[str, Any]:
    return record_schema(
        (
            ApiField("key", "text", _("Kỳ, ví dụ 2026-Q1; trống khi hỏi theo ngày.")),
            ApiField("label", "text", _("Kỳ, dạng chữ."), always=True),
            ApiField("from", "date", _("Ngày đầu."), always=True),
            ApiField("to", "date", _("Ngày cuối."), always=True),
        )
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _index_schema() -> dict[str, Any]:
    entry = {"name": {"type": "string"}, "title": {"type": "string"}, "url": {"type": "string", "format": "uri"}}
    words = {name: {"type": "string"} for name in ("title", "publisher", "licence", "openapi", "dictionary")}
    return _object({**words, "items": {"type": "array", "items": _object(entry)}})


def _answers(schema: dict[str, Any], *errors: int) -> dict[str, Any]:
    words = {400: _("Điều hỏi không đọc được."), 404: _("Không có, hoặc không công khai.")}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "200": {"description": _("Dữ liệu."), "content": {"application/json": {"schema": schema}}},
        "304": {"description": _("Không đổi từ lần trước (ETag).")},
        **{str(code): {"description": words[code], "content": error} for code in errors},
    }


def _parameters(filters: Iterable[ApiFilter]) -> list[dict[str, Any]]:
    found = []
    for each in filters:
        kind, form = KINDS[each.type]
        schema = {"type": kind} | ({"format": form} if form else {})
        example = int(each.example) if kind == "integer" else each.example
        entry = {"name": each.name, "in": "query", "required": False, "description": str(each.meaning)}
        found.append({**entry, "schema": schema, "example": example})
    return found


def _index_path() -> dict[str, Any]:
    answers = _answers({"$ref": "#/components/schemas/Index"})
    return {"get": {"operationId": "index", "summary": _("Có những dữ liệu nào"), "responses": answers}}


def _list_path(resource: Resource) -> dict[str, Any]:
    page = _object(
        {
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{resource.name}"}},
            "next": {"type": ["string", "null"], "format": "uri", "description": _("Địa chỉ trang sau; trống ở cuối.")},
        }
    )
    return {
        "get": {
            "operationId": f"{resource.name}-list",
            "summary": str(resource.label),
            "description": str(resource.text),
            "parameters": _parameters((*resource.filters, *PAGING)),
            "responses": _answers(page, 400),
        }
    }


def _single_path(resource: Resource) -> dict[str, Any]:
    name = resource.key[0]
    parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "get": {
            "operationId": f"{resource.name}-one",
            "summary": f"{resource.label}: {_('một mục')}",
            "parameters": [{**parameter, "example": resource.key_example}],
            "responses": _answers({"$ref": f"#/components/schemas/{resource.name}"}, 404),
        }
    }


def _report_path(report: Report) -> dict[str, Any]:
    return {
        "get": {
            "operationId": f"so-lieu-{report.name}",
            "summary": str(report.label),
            "description": str(report.text),
            "parameters": _parameters(report.filters),
            "responses": _answers({"$ref": f"#/components/schemas/so-lieu-{report.name}"}, 400),
        }
    }
