"""The secret by which a sender finds a case again.

Twelve letters of a 32-letter alphabet (60 bits). A code is derived from the form's token under a key of
its own, so that sending the same form again shows the same code; only its keyed digest is stored.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from django.conf import settings

# No I and O beside 1 and 0, and neither 1 nor 0: what is read aloud or copied by hand stays the same.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 12
GROUP = 4
_HEARD_AS = str.maketrans({"1": "L", "I": "L"})


def _keyed(purpose: str, text: str) -> bytes:
    message = f"{purpose}\0{text}".encode(errors="replace")
    return hmac.new(settings.TRACKING_KEY.encode(), message, hashlib.sha256).digest()


def code_for(form_token: str, turn: int = 0) -> str:
    """Return the code that belongs to ``form_token``; ``turn`` makes another when the first is taken."""
    number = int.from_bytes(_keyed(f"code {turn}", form_token))
    letters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def code_digest(code: str) -> str:
    """Return what is stored of a code."""
    return _keyed("digest", code).hex()


def form_token_digest(form_token: str) -> str:
    """Return what is stored of a form's token."""
    return _keyed("form", form_token).hex()


def rating_token(answer_id: int) -> str:
    """Return the token of the invitation to rate one answer: made again whenever it is needed, stored nowhere."""
    return urlsafe_b64encode(_keyed("rating", str(answer_id))).decode().rstrip("=")


def api_key_digest(key: str) -> str:
    """Return what is stored of a key of other software."""
    return _keyed("api key", key).hex()


def api_token(form_token: str) -> str:
    """Return the token under which other software asks which case came of what it sent; the same for a retry."""
    return _keyed("api token", form_token).hex()[:40]


def normalise_code(text: str) -> str:
    """Return the code meant by what a person typed, or an empty string when it cannot be one."""
    code = "".join(letter for letter in text.upper()[:60] if letter not in " -–—.\t").translate(_HEARD_AS)
    return code if len(code) == LENGTH and all(letter in ALPHABET for letter in code) else ""


def grouped(code: str) -> str:
    """Return a code as people read it: XXXX-XXXX-XXXX."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
