"""Every address that the resolver knows, made concrete with the objects of a world."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django.urls import URLPattern, get_resolver
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.architecture.world import World


@dataclass(frozen=True)
class Pattern:
    """One pattern of the resolver: its name with its namespaces, and its route from the root."""

    name: str
    route: str

    @property
    def key(self) -> str:
        """What rows of the matrix match: the name, or the route where there is no name."""
        return self.name or f"/{self.route}"


@dataclass(frozen=True)
class Address:
    """One concrete address; ``whose`` is own or other where the object belongs to a unit."""

    pattern: Pattern
    path: str
    whose: str = "own"

    def __str__(self) -> str:
        return f"{self.pattern.key} {self.path}"


def patterns(resolver: Any = None, route: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Pattern]:
    """Yield every pattern below ``resolver``, the whole site by default."""
    for each in (resolver or get_resolver()).url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Pattern(":".join([*spaces, each.name]) if each.name else "", here)
        else:
            yield from patterns(each, here, (*spaces, each.namespace) if each.namespace else spaces)


# What an argument means whatever the address; a name of the world's things.
COMMON = {
    "page_id": "page", "parent_page_id": "home", "page_to_move_id": "page", "page_pk": "page",
    "destination_id": "hidden", "revision_id": "revision", "task_state_id": "task_state", "task_id": "task",
    "workflow_pk": "workflow", "workflow_state_id": "workflow_state", "image_id": "image", "document_id": "document",
    "doc_id": "document", "collection_id": "collection", "redirect_id": "redirect", "session_id": "editing",
    "uploaded_file_id": "upload", "page_view_restriction_id": "restriction", "restriction_id": "locked",
}  # fmt: skip

# What ``pk`` means depends on whose address it is; the first that matches the key.
OBJECTS = [
    ("wagtailadmin_api:documents:*", "document"),
    ("wagtailadmin_api:images:*", "image"),
    ("wagtailadmin_api:pages:*", "draft"),
    ("wagtailadmin_collections:*", "collection"),
    ("wagtailadmin_workflows:*_task", "task"),
    ("wagtailadmin_workflows:*", "workflow"),
    ("internal:file", "own.notice_file"),
    ("internal_*", "own.notice"),
    ("wagtailsites:*", "site"),
    ("wagtailusers_users:*", "user"),
    ("wagtailusers_groups:*", "group"),
    ("wagtaildocs_chooser:*", "document"),
    ("wagtailimages_chooser:*", "image"),
    ("units:*", "other_school"),
    ("calendar:*", "day"),
    ("outbox:*", "mail"),
    ("mail_text:*", "mail_text"),
    ("case_category:*", "category"),
    ("case_profile:*", "profile"),
    ("decline_reason:*", "decline_reason"),
    ("answer_template:*", "answer_template"),
    ("api_key:*", "api_key"),
    ("extra_question:*", "extra_question"),
    ("plans:task_table", "plan_page"),
    ("issuers:*", "issuer"),
    ("document_areas:*", "area"),
    ("procedure_fields:*", "procedure_field"),
    ("duty_officers:*", "duty_officer"),
    ("duty_turns:*", "duty_turn"),
    ("duty_swaps:*", "duty_swap"),
    ("receiving_places:*", "receiving_place"),
    ("procedure_reviews:*", "procedure_review"),
    ("review_years:*", "review_year"),
    ("news_categories:*", "news_category"),
    ("material_topics:*", "material_topic"),
    ("wagtailsettings:*", "site"),
    ("week_copy", "week"),
    ("wagtailsnippets_home_menu:*", "menu"),
    ("wagtailsnippets_home_sitenotice:*", "notice"),
    ("wagtailsnippets_home_searchpromotion:*", "promotion"),
    ("survey_theme:*", "survey_theme"),
    ("surveys:snapshot*", "survey_snapshot"),
    ("survey:version", "survey_version"),
    ("survey:preview", "survey_version"),
    ("survey:*", "survey"),
    # Objects of a unit: one of the own and one of another.
    ("case_routing:*", "routing_rule"),
    ("opinion:*", "own.consult"),
    ("paper_book:*", "own.book"),
    ("paper:correct", "own.line"),
    ("paper:restore", "own.line"),
    ("paper:receipt*", "own.paper_case"),
    ("paper:*", "own.book"),
    ("apology:write", "own.dossier"),
    ("apology:*", "own.apology"),
    ("case:file", "own.file"),
    ("case:letter", "own.letter"),
    ("saved_filter:*", "own.saved_filter"),
    ("case:*", "own.case"),
    ("dossier:*", "own.dossier"),
    ("dossier_report:*", "dossier_report"),
    ("service_evaluation_desk:*", "service_evaluation"),
    ("plan_task:file", "own.product"),
    ("plan_task:*", "own.task"),
    ("plan_target:*", "own.target"),
    ("plans_public:product", "own.product"),
    ("plans_public:*", "plan_page"),
    ("wagtailsnippets_feedback_publiccase:unpublish", "own.live"),
    ("wagtailsnippets_feedback_publiccase:*", "own.public_draft"),
    # A visitor's own, known by the session alone: a number says nothing.
    ("feedback:draft_file", "own.file"),
    ("feedback:follow_file", "own.file"),
]

# Words in addresses.
WORDS = {
    "content_type_app_name": "pages", "content_type_model_name": "standardpage", "app_label": "wagtailcore",
    "app_name": "pages", "model_name": "page", "action": "delete", "action_name": "approve", "filter_spec": "width-20",
    "verb": "note", "uidb64": urlsafe_base64_encode(force_bytes(1)), "token": "khong-dung",
    "waiver": "1",
}  # fmt: skip
SPECIAL_WORDS = [
    ("wagtailadmin_pages:choose_parent", {"app_label": "pages", "model_name": "standardpage"}),
    ("wagtailadmin_api:pages:action", {"action_name": "publish"}),
    ("wagtailadmin_editing_sessions:ping", {"model_name": "page", "object_id": "{page}"}),
    ("wagtailadmin_tag_model_autocomplete", {"app_name": "taggit", "model_name": "tag"}),
    ("wagtailadmin_workflows:add_task", {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}),
    ("wagtailsettings:*", {"app_name": "core", "model_name": "agencysettings"}),
    ("wagtailsnippets_feedback_publiccase:picture_page*", {"attachment": "{own.paper}", "page": "1"}),
    (
        "wagtailsnippets_feedback_publiccase:*",
        {"workflow_state_id": "{workflow_state}", "attachment": "{own.photo}", "picture": "{own.covered}"},
    ),
    ("wagtailsnippets_home_*", {"workflow_state_id": "{workflow_state}"}),
    ("documents_import*", {"key": "{run[documents_import]}"}),
    ("procedures_import*", {"key": "{run[procedures_import]}"}),
    ("dossiers_import*", {"key": "{run[dossiers_import]}"}),
    ("dossier:step", {"verb": "contact"}),
    ("dossier:sheet", {"sheet": "bo-sung", "kind": "pdf"}),
    ("review_years:report", {"year": "2026"}),
    ("procedures:*", {"code": "9.000001", "slug": "th-mot"}),
    ("service_evaluation", {"key": "2025"}),
    ("review_years:report", {"year": "2026"}),
    ("cases_import*", {"key": "{run[cases_import]}"}),
    ("news_import*", {"key": "{run[news_import]}"}),
    ("plans_import*", {"key": "{run[plans_import]}"}),
    ("plan_tasks_import*", {"key": "{run[plan_tasks_import]}"}),
    ("plan_task:step", {"verb": "progress"}),
    ("plan_target:remove", {"value_pk": "{own.value}"}),
    ("apology:file", {"kind": "pdf"}),
    ("apology:step", {"verb": "submit"}),
    ("*:task_table", {"extension": "csv"}),
    ("plans_public:board_table", {"extension": "csv"}),
    ("responses_import*", {"key": "{run[responses_import]}"}),
    ("units_import*", {"key": "{run[units_import]}"}),
    ("unit:*", {"slug": "th-mot"}),
    ("events:unit_calendar", {"slug": "th-mot"}),
    ("events:page_calendar", {"slug": "hop-phu-huynh"}),
    ("feedback:captcha_*", {"key": "khong-co"}),
    ("feedback:form_step", {"slug": "noi-dung"}),
    ("feedback:public_case*", {"reference": "{own.public_case}", "picture": "{own.shown}"}),
    ("picture", {"name": "khong-co.png"}),
    ("internal:*", {"page_id": "{own.notice}"}),
    ("open311:*", {"extension": "json", "code": "co-so-vat-chat", "reference": "{own.public_case}", "token": "0"}),
    ("api:report", {"name": "phan-anh"}),
    ("api:*", {"name": "phan-anh", "key": "{own.public_case}"}),
    ("ledger_day", {"day": "2026-03-02"}),
    ("readers:*", {"mark": "khong-dung"}),
    ("surveys:*_kiosk", {"slug": "khao-sat-thu", "code": "quay-thu"}),
    ("surveys:*", {"slug": "khao-sat-thu", "token": "khong-co-ma-nay", "code": "cong-truong"}),
    ("survey:step", {"verb": "draft"}),
    ("survey:export", {"kind": "csv"}),
    ("survey:withdraw", {"snapshot": "{survey_snapshot}"}),
    (
        "survey:*",
        {
            "place_pk": "{survey_place}",
            "paper_pk": "{own.survey_paper}",
            "batch_pk": "{survey_batch}",
            "words_pk": "{survey_words}",
        },
    ),
]

# Addresses that are no plain routes.
WHOLE = {
    "wagtailadmin_pages:revisions_compare": ["/quan-tri/pages/{page}/revisions/compare/earliest...latest/"],
    "wagtailsnippets_feedback_publiccase:revisions_compare": [
        "/quan-tri/ban-cong-khai/history/{own.public_draft}/revisions/compare/earliest...latest/",
        "/quan-tri/ban-cong-khai/history/{other.public_draft}/revisions/compare/earliest...latest/",
    ],
    "wagtailsnippets_home_menu:revisions_compare": [
        "/quan-tri/danh-muc-lien-ket/history/{menu}/revisions/compare/earliest...latest/"
    ],
    "wagtailsnippets_home_sitenotice:revisions_compare": [
        "/quan-tri/thong-bao-dau-trang/history/{notice}/revisions/compare/earliest...latest/"
    ],
    "mail_text:revisions_compare": ["/quan-tri/thu-mau/history/{mail_text}/revisions/compare/earliest...latest/"],
    "wagtail_bulk_action": [
        "/quan-tri/bulk/wagtailcore/page/delete/?id={draft}&next=/quan-tri/",
        "/quan-tri/bulk/wagtailcore/page/publish/?id={page}&next=/quan-tri/",
    ],
    "readers:comment": ["/y-kien/?trang={page}"],
    "readers:rating": ["/danh-gia/?trang={page}"],
    "wagtaildocs_serve": ["/tai-lieu/{document}/mo.pdf"],
    "wagtail_serve": ["/", "/trang-da-dang/", "/trang-nhap/", "/trang-khoa/", "/van-ban/", "/khong-co/"],
    "/quan-tri/^.*/$": ["/quan-tri/khong-co/"],
}
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


def addresses(pattern: Pattern, world: World) -> list[Address]:
    """Return the concrete addresses of ``pattern``; KeyError names an argument that nobody has given a meaning."""
    if pattern.key in WHOLE:
        return [
            Address(pattern, _filled(path, world), "other" if "{other." in path else "own")
            for path in WHOLE[pattern.key]
        ]
    template = "/" + _ARGUMENT.sub(lambda match: _template(pattern, match[1]), pattern.route.replace("^", ""))
    found = [Address(pattern, _filled(template, world))]
    if "{own." in template:
        found.append(Address(pattern, _filled(template.replace("{own.", "{other."), world), "other"))
    return found


def _template(pattern: Pattern, argument: str) -> str:
    for glob, words in SPECIAL_WORDS:
        if fnmatchcase(pattern.key, glob) and argument in words:
            return words[argument]
    if argument in WORDS:
        return WORDS[argument]
    if argument in COMMON:
        return f"{{{COMMON[argument]}}}"
    if argument == "pk":
        for glob, thing in OBJECTS:
            if fnmatchcase(pattern.key, glob):
                return f"{{{thing}}}"
    raise KeyError(f"tests/architecture/urls.py: no meaning for <{argument}> of {pattern.key}")


def _filled(template: str, world: World) -> str:
    def value(match: re.Match) -> str:
        thing: Any = world.things
        for part in match[1].replace("[", ".").rstrip("]").split("."):
            thing = thing[part] if isinstance(thing, dict) else getattr(thing, part)
        return str(thing.reference if match[1].endswith(".public_case") else thing.pk)

    return re.sub(r"\{([^}]+)\}", value, template)
