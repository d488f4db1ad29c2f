"""The secret by which a dossier may be rated once: made again whenever it is needed, stored nowhere."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from django.conf import settings


def rating_token(dossier_id: int) -> str:
    """Return the token of the invitation to rate the handling of one dossier."""
    message = f"dossier rating\0{dossier_id}".encode()
    digest = hmac.new(settings.TRACKING_KEY.encode(), message, hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
