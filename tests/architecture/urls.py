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
    ("wagtailsites:*", "site"),
    ("wagtailusers_users:*", "user"),
    ("wagtailusers_groups:*", "group"),
    ("wagtaildocs_chooser:*", "document"),
    ("wagtailimages_chooser:*", "image"),
    ("units:*", "other_school"),
    ("calendar:*", "day"),
    ("outbox:*", "mail"),
    ("case_category:*", "category"),
    ("case_profile:*", "profile"),
    ("decline_reason:*", "decline_reason"),
    ("issuers:*", "issuer"),
    ("document_areas:*", "area"),
    ("wagtailsettings:*", "site"),
    # Objects of a unit: one of the own and one of another.
    ("case:file", "own.file"),
    ("case:*", "own.case"),
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
}  # fmt: skip
SPECIAL_WORDS = [
    ("wagtailadmin_pages:choose_parent", {"app_label": "pages", "model_name": "standardpage"}),
    ("wagtailadmin_api:pages:action", {"action_name": "publish"}),
    ("wagtailadmin_editing_sessions:ping", {"model_name": "page", "object_id": "{page}"}),
    ("wagtailadmin_tag_model_autocomplete", {"app_name": "taggit", "model_name": "tag"}),
    ("wagtailadmin_workflows:add_task", {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}),
    ("wagtailsettings:*", {"app_name": "core", "model_name": "agencysettings"}),
    ("wagtailsnippets_feedback_publiccase:*", {"workflow_state_id": "{workflow_state}"}),
    ("documents_import*", {"key": "{run[documents_import]}"}),
    ("plans_import*", {"key": "{run[plans_import]}"}),
    ("feedback:captcha_*", {"key": "khong-co"}),
    ("feedback:form_step", {"slug": "noi-dung"}),
    ("feedback:public_case", {"reference": "{own.public_case}"}),
    ("picture", {"name": "khong-co.png"}),
]

# Addresses that are no plain routes.
WHOLE = {
    "wagtailadmin_pages:revisions_compare": ["/quan-tri/pages/{page}/revisions/compare/earliest...latest/"],
    "wagtailsnippets_feedback_publiccase:revisions_compare": [
        "/quan-tri/ban-cong-khai/history/{own.public_draft}/revisions/compare/earliest...latest/",
        "/quan-tri/ban-cong-khai/history/{other.public_draft}/revisions/compare/earliest...latest/",
    ],
    "wagtail_bulk_action": [
        "/quan-tri/bulk/wagtailcore/page/delete/?id={draft}&next=/quan-tri/",
        "/quan-tri/bulk/wagtailcore/page/publish/?id={page}&next=/quan-tri/",
    ],
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
