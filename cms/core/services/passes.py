"""A form that stands on one page, between its pages: a signed pass in the page itself, so that no session is needed.

The pass names one captcha challenge and one sending. A solved challenge cannot be carried to another form.
"""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from django.core import signing
from django.utils import timezone

from cms.core.captcha import challenge_drop, challenge_make, challenge_pass, challenge_waits

_SALT = "feedback.pass"
LIFE = timedelta(hours=12)
HUMAN_LIFE = timedelta(minutes=15)
FASTEST_HAND = timedelta(seconds=3)


@dataclass(frozen=True)
class Pass:
    """What one form knows of itself; times are seconds since the epoch."""

    token: str
    about: str
    began: float
    challenge: str = ""
    human_until: float = 0

    @property
    def is_human(self) -> bool:
        return self.human_until > timezone.now().timestamp()

    @property
    def is_hasty(self) -> bool:
        return timezone.now().timestamp() - self.began < FASTEST_HAND.total_seconds()

    def sealed(self) -> str:
        """Return the pass as the form carries it."""
        return signing.dumps(asdict(self), salt=_SALT)


def pass_new(about: str) -> Pass:
    """Begin a form; ``about`` names what it is for, and a pass is good for that alone."""
    return Pass(token=secrets.token_urlsafe(24), about=about, began=timezone.now().timestamp())


def pass_read(sealed: str, about: str) -> Pass | None:
    """Return the pass of a form; None when it is not ours, too old, or about something else."""
    try:
        found = Pass(**signing.loads(sealed, salt=_SALT, max_age=LIFE))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return found if found.about == about else None


def pass_needs_challenge(given: Pass) -> bool:
    """Say whether a captcha has to be made for the pass; whoever makes one counts it first: each is a row."""
    return not given.is_human and not challenge_waits(given.challenge)


def pass_with_challenge(given: Pass) -> Pass:
    """Return the pass with a new captcha."""
    return replace(given, challenge=challenge_make(), human_until=0)


def pass_without_challenge(given: Pass) -> Pass:
    """Return the pass without its captcha, for somebody who cannot read this one."""
    challenge_drop(given.challenge)
    return replace(given, challenge="")


def pass_prove(given: Pass, answer: str) -> Pass:
    """Try a captcha answer; right or wrong, the challenge is used up. Proof lasts a quarter of an hour."""
    if given.is_human:
        return given
    passed = bool(given.challenge) and bool(answer) and challenge_pass(key=given.challenge, answer=answer)
    until = (timezone.now() + HUMAN_LIFE).timestamp() if passed else 0.0
    return replace(given, challenge="", human_until=until)
