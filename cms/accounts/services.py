"""Writing accounts: who works here, in which units, with which roles."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cms.accounts.models import Membership, User
from cms.core.models import Unit
from cms.core.permissions import can
from cms.core.services.ledger import event_record


@transaction.atomic
def user_save(
    *,
    user: User,
    actor: Any = None,
    password: str = "",
    groups: Iterable[Group] | None = None,
    units: Iterable[Unit] | None = None,
    with_units_below: bool = False,
) -> User:
    """Store ``user`` with its roles and units, and note the change in the ledger.

    Args:
        user: validated, saved or new.
        actor: the officer; None is the system (set-up, demo content).
        password: a new password, or empty to leave it.
        groups: the roles; None leaves them.
        units: the units; None leaves them.
        with_units_below: whether the units' sub-units are included.

    Raises PermissionDenied when the officer may not manage accounts, would change their own roles or units, or
    touches an account that stands above theirs.

    """
    refuse_unless_may_manage(actor=actor, user=user)
    if actor is not None and user.pk == actor.pk and (groups is not None or units is not None):
        raise PermissionDenied(_("Không ai tự đổi vai trò hay đơn vị của mình."))
    created = user.pk is None
    if password:
        user.set_password(password)
    elif created:
        user.set_unusable_password()
    user.save()
    if groups is not None:
        user.groups.set(groups)
    if units is not None:
        _set_units(user, list(units), with_units_below)
    event_record(
        subject_type="user",
        subject_key=str(user.pk),
        verb="user.created" if created else "user.changed",
        actor=actor,
        data={
            "active": user.is_active,
            "groups": sorted(user.groups.values_list("name", flat=True)),
            "units": sorted(user.units.values_list("code", flat=True)),
            "password": bool(password),
        },
    )
    return user


def refuse_unless_may_manage(*, actor: Any, user: User) -> None:
    """Raise PermissionDenied unless ``actor`` (None is the system) may manage the account ``user``."""
    if actor is None or actor.is_superuser:
        return
    if not can(actor, "user_edit"):
        raise PermissionDenied
    if user.is_superuser:
        raise PermissionDenied(_("Tài khoản này đứng trên tài khoản của ông/bà."))


def _set_units(user: User, units: list[Unit], with_units_below: bool) -> None:
    user.memberships.exclude(unit__in=units).delete()
    for unit in units:
        Membership.objects.update_or_create(user=user, unit=unit, defaults={"with_units_below": with_units_below})
