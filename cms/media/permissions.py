"""Who may open a file of the public kind: everybody once it is shown, before that whoever may edit it."""

from typing import Any

from django.http import HttpRequest

from wagtail.permissions import policy_registry

from cms.media.models import PortalDocument
from cms.media.querysets import closed_sections_of, shown_to_everybody


def may_open(request: HttpRequest, document: PortalDocument) -> bool:
    """Say whether the visitor may have the bytes of ``document``; the same number of queries whatever shows it.

    Who asks is looked at only when the file is not open to everybody: otherwise the answer would be personal.
    """
    if shown_to_everybody(document):
        return True
    sections = closed_sections_of(document)
    if any(all(section.accept_request(request) for section in closed) for closed in sections):
        return True
    return _may_edit(request.user, document)


def _may_edit(user: Any, document: PortalDocument) -> bool:
    policy = policy_registry.get(document)
    rights = ["change", "choose"]
    return user.is_authenticated and policy.user_has_any_permission_for_instance(user, rights, document)
