"""People who work in the portal."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.accounts.querysets import RoleRequestQuerySet
from cms.core.enums import Role
from cms.core.models import Unit

_ROLE_OF_GROUP = {str(role.label): role for role in Role}


class User(AbstractUser):
    """An officer. What they may do follows from their groups (roles) and their units, nothing else."""

    position = models.CharField(_("chức vụ"), max_length=120, blank=True)
    units = models.ManyToManyField(
        "core.Unit", verbose_name=_("đơn vị"), through="Membership", related_name="members", blank=True
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name as Vietnamese write it: family name first, given name last."""
        return f"{self.last_name} {self.first_name}".strip() or self.username

    def get_full_name(self) -> str:
        return self.called

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles by the groups that setup_site made; a superuser keeps house but is not thereby an officer."""
        names = self.groups.values_list("name", flat=True)
        found = {_ROLE_OF_GROUP[name] for name in names if name in _ROLE_OF_GROUP}
        if self.is_superuser:
            found.add(Role.ADMIN)
        return frozenset(found)

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """Units this person acts for, with what lies below where the membership says so."""
        memberships = list(self.memberships.values_list("unit_id", "with_units_below"))
        whole = [unit_id for unit_id, below in memberships if below]
        return frozenset(unit_id for unit_id, _below in memberships) | Unit.objects.with_ids_below(whole)


class Membership(models.Model):
    """A person's place in a unit."""

    user = models.ForeignKey(User, verbose_name=_("người"), on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(
        "core.Unit", verbose_name=_("đơn vị"), on_delete=models.CASCADE, related_name="memberships"
    )
    with_units_below = models.BooleanField(
        _("gồm cả đơn vị cấp dưới"), default=False, help_text=_("Dành cho lãnh đạo phụ trách nhiều đơn vị.")
    )

    class Meta:
        verbose_name = _("nơi công tác")
        verbose_name_plural = _("nơi công tác")
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="once_in_a_unit")]

    def __str__(self) -> str:
        return f"{self.user} · {self.unit}"


class RoleRequest(models.Model):
    """A role that somebody asked for on behalf of another, until a second person says yes or no."""

    user = models.ForeignKey(User, verbose_name=_("người nhận"), on_delete=models.CASCADE, related_name="role_requests")
    group = models.ForeignKey(Group, verbose_name=_("vai trò"), on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người đề nghị"), on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(_("đề nghị lúc"), auto_now_add=True)

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("vai trò chờ xác nhận")
        verbose_name_plural = _("vai trò chờ xác nhận")
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="role_asked_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.group}"
