"""Writing accounts: who works here, in which units, with which roles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.models import Membership, RoleRequest, User
from cms.accounts.notifications import NOTICE, PASSWORD_RESET
from cms.accounts.querysets import KEEPERS, holds
from cms.core.enums import Role
from cms.core.models import LedgerEvent, OutboxMail, Unit
from cms.core.permissions import can, capabilities
from cms.core.services.ledger import event_record
from cms.core.services.outbox import mail_queue

# One reset mail a person in so many seconds, however often it is asked for.
_RESET_EVERY = 600


@dataclass(frozen=True)
class _Standing:
    """What an account was before a change, as far as others must hear of the change."""

    email: str
    active: bool
    groups: Mapping[int, str]
    units: frozenset[tuple[int, bool]]


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

    Nobody alone makes an administrator or a leader: these roles wait as requests until a second person confirms
    them, unless the house has no second person yet. Nobody sets the password or address of another who keeps the
    house or reads cases. Whoever led before the change is told by mail when somebody gets to read cases, or more of
    them, when another loses a keeper's role, and when such an account is closed or opened.

    Args:
        user: validated, saved or new.
        actor: the officer; None is the system (set-up, demo content).
        password: a new password, or empty to leave it.
        groups: the roles; None leaves them.
        units: the units; None leaves them.
        with_units_below: whether the units' sub-units are included.

    Raises PermissionDenied when the officer may not manage accounts, would change their own roles or units, or
    touches an account that stands above theirs, or the password or address that is another's own.

    """
    refuse_unless_may_manage(actor=actor, user=user)
    if actor is not None and user.pk == actor.pk and (groups is not None or units is not None):
        raise PermissionDenied(_("Không ai tự đổi vai trò hay đơn vị của mình."))
    created = user.pk is None
    before, leaders = _standing(user), list(_leaders())
    _refuse_anothers_credentials(user, actor, changed=bool(password) or user.email != before.email)
    if password:
        user.set_password(password)
    elif created:
        user.set_unusable_password()
    user.save()
    waiting = _set_groups(user, list(groups), before, actor) if groups is not None else []
    if units is not None:
        _set_units(user, list(units), with_units_below)
    event = event_record(
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
    for group in waiting:
        _ask(user, group, actor)
    if actor is not None:
        _tell_of_changes(event, before, leaders, password=bool(password) and not created)
    return user


@transaction.atomic
def role_confirm(*, request: RoleRequest, actor: Any) -> None:
    """Give the role that ``request`` asks for; the second pair of eyes.

    Raises PermissionDenied unless ``actor`` may confirm, did not ask for it, and is not to receive it;
    RoleRequest.DoesNotExist when somebody decided meanwhile; ValidationError when whoever asked may no longer ask
    or the receiver's account is closed: such a request can only be refused.
    """
    request = _locked(request)
    _refuse_unless_may_decide(request, actor)
    user = request.user
    if not can(request.asked_by, "user_edit"):
        raise ValidationError(_("Người đề nghị không còn quản lý tài khoản. Hãy bỏ đề nghị này và lập lại nếu cần."))
    if not user.is_active:
        raise ValidationError(_("Tài khoản của người nhận đã đóng. Hãy bỏ đề nghị này và lập lại nếu cần."))
    user.groups.add(request.group)
    event = _record_role("role.granted", user, request.group, actor)
    _tell(event, "granted", user, [*_leaders(), user], groups=[request.group_id])
    request.delete()


@transaction.atomic
def role_refuse(*, request: RoleRequest, actor: Any) -> None:
    """Drop ``request``; whoever asked for it may do so as well.

    Raises PermissionDenied and RoleRequest.DoesNotExist as ``role_confirm`` does.
    """
    request = _locked(request)
    if request.asked_by_id != actor.pk:
        _refuse_unless_may_decide(request, actor)
    _record_role("role.refused", request.user, request.group, actor)
    request.delete()


@transaction.atomic
def password_reset_ask(*, user: User) -> None:
    """Have a mail with a way to a new password leave; the token is made when it does and is kept nowhere."""
    window = int(timezone.now().timestamp()) // _RESET_EVERY
    mail_queue(kind=PASSWORD_RESET, reference={"user": str(user.pk)}, dedupe_key=f"{PASSWORD_RESET}:{user.pk}:{window}")


def refuse_unless_may_manage(*, actor: Any, user: User) -> None:
    """Raise PermissionDenied unless ``actor`` (None is the system) may manage the account ``user``."""
    if actor is None or actor.is_superuser:
        return
    if not can(actor, "user_edit"):
        raise PermissionDenied
    if user.is_superuser:
        raise PermissionDenied(_("Tài khoản này đứng trên tài khoản của ông/bà."))


def needs_second_person(*, user: User, actor: Any) -> bool:
    """Say whether a second person must confirm that ``user`` becomes an administrator or a leader.

    Whoever else ever held such a role counts, working or not: neither closing their accounts nor taking their roles
    first opens a way around. ``user`` counts too when they once held one and do no more: otherwise a role taken, a new
    password and the role given back would be a takeover by one. A house whose keepers have all gone gets a new one at
    the server (``createsuperuser``).
    """
    others = User.objects.exclude(pk__in=[actor.pk, user.pk])
    if others.filter(holds(*KEEPERS)).exists() or others.filter(is_superuser=True).exists():
        return True
    excused = {str(actor.pk)}
    if user.pk is not None and User.objects.filter(holds(*KEEPERS), pk=user.pk).exists():
        excused.add(str(user.pk))
    return bool(_ever_keepers() - excused)


def credentials_are_own(*, user: User) -> bool:
    """Say whether the password and address of ``user`` are theirs alone to change, not also for others to set.

    So it is with whoever keeps the house or reads cases, by the roles that are stored now; and with everybody for as
    long as a notice of what was done to their account has not left yet, for it must reach the address they had.
    """
    if user.pk is None:
        return False
    names = [str(role.label) for role in _watched()]
    if User.objects.filter(pk=user.pk).filter(Q(groups__name__in=names) | Q(is_superuser=True)).exists():
        return True
    return OutboxMail.objects.waiting().filter(kind=NOTICE, reference__to=str(user.pk)).exists()


def _refuse_anothers_credentials(user: User, actor: Any, *, changed: bool) -> None:
    if changed and actor is not None and actor.pk != user.pk and credentials_are_own(user=user):
        raise PermissionDenied(_("Mật khẩu, thư điện tử của người này không ai đặt thay được."))


def _watched() -> frozenset[Role]:
    """Return the roles of whose accounts leaders hear: those that keep the house and those that read cases."""
    return frozenset(KEEPERS) | frozenset(capabilities()["case_view"])


def _ever_keepers() -> set[str]:
    """Return the keys of everybody whom the ledger knows in a keeper's role.

    A role that the server itself took away (sample people when the samples go) counts no longer: no administrator can
    do that.
    """
    names = {str(role.label) for role in KEEPERS}
    found: set[str] = set()
    verbs = ("user.created", "user.changed", "role.granted")
    events = LedgerEvent.objects.filter(subject_type="user", verb__in=verbs).order_by("seq")
    for key, actor_id, data in events.values_list("subject_key", "actor_id", "data").iterator():
        if names & set(data.get("groups", ())):
            found.add(key)
        elif actor_id is None:
            found.discard(key)
    return found


def _standing(user: User) -> _Standing:
    """Return what is stored of the account, held against a second change at the same moment."""
    if user.pk is None:
        return _Standing("", user.is_active, {}, frozenset())
    # Events name their actor: a lock of the key too would wait for whoever writes one, and they for us.
    stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    groups = dict(user.groups.values_list("pk", "name"))
    units = frozenset(user.memberships.values_list("unit_id", "with_units_below"))
    return _Standing(stored.email, stored.is_active, groups, units)


def _leaders() -> QuerySet[User]:
    return User.objects.filter(holds(Role.LEADER), is_active=True).distinct()


def _set_groups(user: User, groups: list[Group], before: _Standing, actor: Any) -> list[Group]:
    """Give the roles that may be given at once; return those that wait for a second person."""
    names = {str(role.label) for role in KEEPERS}
    kept_back = [group for group in groups if group.pk not in before.groups and group.name in names]
    if actor is None or not (kept_back and needs_second_person(user=user, actor=actor)):
        kept_back = []
    user.groups.set([group for group in groups if group not in kept_back])
    return kept_back


def _ask(user: User, group: Group, actor: Any) -> None:
    _row, is_new = RoleRequest.objects.get_or_create(user=user, group=group, defaults={"asked_by": actor})
    if is_new:
        event = _record_role("role.asked", user, group, actor)
        keepers = User.objects.filter(holds(*KEEPERS), is_active=True).exclude(pk__in=[actor.pk, user.pk])
        _tell(event, "asked", user, keepers.distinct(), groups=[group.pk])


def _locked(request: RoleRequest) -> RoleRequest:
    """Return ``request`` as it is stored, for this transaction alone to decide; DoesNotExist when it is gone."""
    return RoleRequest.objects.select_for_update().get(pk=request.pk)


def _refuse_unless_may_decide(request: RoleRequest, actor: Any) -> None:
    if not can(actor, "role_confirm"):
        raise PermissionDenied
    if not RoleRequest.objects.for_decision_by(actor).filter(pk=request.pk).exists():
        raise PermissionDenied(_("Người đề nghị và người nhận vai trò không tự xác nhận được."))


def _record_role(verb: str, user: User, group: Group, actor: Any) -> LedgerEvent:
    return event_record(
        subject_type="user", subject_key=str(user.pk), verb=verb, actor=actor, data={"groups": [group.name]}
    )


def _tell_of_changes(event: LedgerEvent, before: _Standing, leaders: list[User], *, password: bool) -> None:
    """Tell who led before an administrator's change what it opened; of one's own password nobody hears."""
    user = User.objects.get(pk=event.subject_key)
    after = _standing(user)
    readers = {str(role.label) for role in capabilities()["case_view"]}
    keepers = {str(role.label) for role in KEEPERS}
    watched = {str(role.label) for role in _watched()}
    people = [*leaders, user] if before.active or after.active else leaders
    gained = [key for key, name in after.groups.items() if name in readers and key not in before.groups]
    lost = [key for key, name in before.groups.items() if name in keepers and key not in after.groups]
    if gained:
        _tell(event, "granted", user, people, groups=gained)
    elif readers.intersection(after.groups.values()) and after.units - before.units:
        _tell(event, "units", user, people)
    if event.actor_id == user.pk:
        return
    if lost:
        _tell(event, "removed", user, people, groups=lost)
    if before.active != after.active and watched.intersection([*before.groups.values(), *after.groups.values()]):
        _tell(event, "opened" if after.active else "closed", user, people)
    if password and watched.intersection(after.groups.values()):
        _tell(event, "password", user, people)
    if before.email not in {"", after.email} and watched.intersection(after.groups.values()):
        _tell(event, "email", user, people)


def _tell(event: LedgerEvent, what: str, user: User, people: Iterable[User], *, groups: Iterable[int] = ()) -> None:
    """Queue one mail about ``user`` to each of ``people``."""
    for person in {person.pk: person for person in people}.values():
        reference = {
            "to": str(person.pk),
            "about": str(user.pk),
            "actor": str(event.actor_id),
            "what": what,
            "groups": ",".join(map(str, groups)),
        }
        mail_queue(kind=NOTICE, reference=reference, dedupe_key=f"{NOTICE}:{event.seq}:{what}:{person.pk}")


def _set_units(user: User, units: list[Unit], with_units_below: bool) -> None:
    user.memberships.exclude(unit__in=units).delete()
    for unit in units:
        Membership.objects.update_or_create(user=user, unit=unit, defaults={"with_units_below": with_units_below})
