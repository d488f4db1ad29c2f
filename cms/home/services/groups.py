"""The nine roles as Wagtail groups, with what Wagtail itself must know of their rights.

What a role may do in our own services stands in the permission matrix. Here stand only the rights that
Wagtail asks Django for: pages, collections, moderated snippets, settings.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.core.enums import Role

PAGE_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change"),
    Role.PUBLISHER: ("add", "change", "publish", "lock", "unlock"),
}
COLLECTION_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change", "choose"),
    Role.PUBLISHER: ("add", "change", "choose"),
    Role.SURVEYOR: ("add", "choose"),
}
# Who keeps the tree of collections itself; Wagtail asks for this right on the root collection too.
COLLECTION_KEEPING: dict[Role, tuple[str, ...]] = {Role.ADMIN: ("add", "change")}
# app_label.codename
MODEL_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.HANDLER: ("feedback.change_publiccase",),
    Role.LEADER: ("feedback.change_publiccase", "feedback.publish_publiccase"),
    Role.PUBLISHER: (
        "feedback.change_publiccase",
        "feedback.publish_publiccase",
        # Wagtail's buttons in the editor of snippets ask Django; the views behind them ask the matrix.
        "home.publish_menu",
        "home.publish_sitenotice",
        "procedures.change_guidesettings",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
    Role.ADMIN: (
        "accounts.add_user",
        "accounts.change_user",
        "core.change_agencysettings",
        "procedures.change_dossiersettings",
        "procedures.change_guidesettings",
        "wagtailcore.change_site",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
}


def groups_setup() -> None:
    """Make the groups and give each exactly its rights; running it again changes nothing.

    Rights on the whole tree are the roles' own. Rights that an office gave on a part of it stay.
    """
    for role in Role:
        group, _ = Group.objects.get_or_create(name=str(role.label))
        group.permissions.set(_permissions(["wagtailadmin.access_admin", *MODEL_RIGHTS.get(role, ())]))
        _set_page_rights(group, PAGE_RIGHTS.get(role, ()))
        _set_collection_rights(group, role)
    # Wagtail's own starting groups carry rights that no role of this house has.
    Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()


def _set_page_rights(group: Group, rights: Iterable[str]) -> None:
    root = Page.get_first_root_node()
    wanted = [_right_on(Page, f"{right}_page") for right in rights]
    GroupPagePermission.objects.filter(group=group, page=root).exclude(permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _set_collection_rights(group: Group, role: Role) -> None:
    root = Collection.get_first_root_node()
    wanted = [_media_right(kind, right) for right in COLLECTION_RIGHTS.get(role, ()) for kind in ("image", "document")]
    wanted += [_right_on(Collection, f"{right}_collection") for right in COLLECTION_KEEPING.get(role, ())]
    GroupCollectionPermission.objects.filter(group=group, collection=root).exclude(permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _permissions(names: Iterable[str]) -> list[Permission]:
    found = []
    for name in names:
        app, codename = name.split(".")
        found.append(Permission.objects.get(content_type__app_label=app, codename=codename))
    return found


def _right_on(model: type[models.Model], codename: str) -> Permission:
    return Permission.objects.get(content_type=ContentType.objects.get_for_model(model), codename=codename)


def _media_right(kind: str, right: str) -> Permission:
    """Wagtail asks for the right on its own model, also where the site has put another in its place."""
    app = {"image": "wagtailimages", "document": "wagtaildocs"}[kind]
    return Permission.objects.get(content_type__app_label=app, codename=f"{right}_{kind}")
