"""Who may let a public copy out: Wagtail's group approval, narrowed by the matrix and by four eyes."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wagtail.models import AbstractGroupApprovalTask, TaskState

from cms.core.permissions import can
from feedback.models.public_case import PublicCase


class PublicCaseTask(AbstractGroupApprovalTask):
    """Approval by people of the task's groups who may publish this very copy and did not write its words.

    Wagtail's own task asks for the group alone: it offered the writer a button that could only refuse, and showed
    leaders what waits in every unit.
    """

    class Meta:
        verbose_name = _("bước duyệt bản công khai")
        verbose_name_plural = _("các bước duyệt bản công khai")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Người thuộc nhóm được chọn duyệt bản công khai của đơn vị mình, trừ bản do mình soạn"))

    def may_decide(self, copy: PublicCase, user: Any) -> bool:
        """Say whether ``user`` may approve ``copy`` or give it back."""
        return self._concerns(copy, user) and copy.last_writer_id() != user.pk

    def get_actions(self, obj: PublicCase, user: Any) -> list[tuple[str, Any, bool]]:
        return super().get_actions(obj, user) if self.may_decide(obj, user) else []

    def user_can_access_editor(self, obj: PublicCase, user: Any) -> bool:
        return self._concerns(obj, user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return what waits for ``user``; few copies wait at one time, so each is asked."""
        waiting = self.task_states.filter(pk__in=super().get_task_states_user_can_moderate(user, **kwargs).values("pk"))
        keys = dict(waiting.values_list("pk", "workflow_state__object_id"))
        copies = {str(copy.pk): copy for copy in PublicCase.objects.visible_to(user).filter(pk__in=keys.values())}
        mine = [pk for pk, key in keys.items() if key in copies and self.may_decide(copies[key], user)]
        return TaskState.objects.filter(pk__in=mine)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Hold the case before Wagtail takes its rows: whoever withdraws the copy meanwhile takes them so too."""
        task_state.workflow_state.content_object.hold()
        # Read again: what was withdrawn while we waited for the case is not to be approved any more.
        task_state.refresh_from_db()
        return super().on_action(task_state, user, action_name, **kwargs)

    def _concerns(self, copy: PublicCase, user: Any) -> bool:
        return self._user_in_groups(user) and can(user, "public_case_publish", copy)
