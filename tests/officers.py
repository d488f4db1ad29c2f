"""Officers for test classes that make them once."""

from django.apps import apps


def make_officer(*roles, unit=None, username=""):
    """Return a user in the groups of ``roles``, after ``build_site``; the password is never asked for."""
    users, groups = apps.get_model("accounts", "User"), apps.get_model("auth", "Group")
    user = users.objects.create(username=username or f"canbo{users.objects.count() + 1}")
    user.groups.set(groups.objects.filter(name__in=[str(role.label) for role in roles]))
    if unit:
        user.memberships.create(unit=unit)
    return user
