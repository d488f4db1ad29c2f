"""The captcha: digits as a picture and as spoken Vietnamese, each challenge good for one try.

django-simple-captcha keeps the challenges and draws the picture. Which challenge belongs to whom is kept by
the asker (the draft of a form), never by the browser alone, so that a solved challenge cannot be carried over.
"""

import hashlib
import hmac
import io
import random
import secrets
import wave
from array import array
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register
from django.utils import timezone
from django.utils.translation import gettext as _

from captcha.conf import settings as captcha_settings
from captcha.models import CaptchaStore

DIGITS = "23456789"
SOUNDS = Path(__file__).with_name("static") / "core" / "sounds"
VOICES = "ab"
RATE = 16_000  # samples a second
_FULL = 32_767


def digits_challenge() -> tuple[str, str]:
    """Return a challenge and its answer; digits, because everybody can read and hear them."""
    digits = "".join(secrets.choice(DIGITS) for _place in range(captcha_settings.CAPTCHA_LENGTH))
    return digits, digits


def challenge_make() -> str:
    """Make a challenge and return its key."""
    return str(CaptchaStore.generate_key())


def challenge_waits(key: str) -> bool:
    """Say whether the challenge may still be answered."""
    return bool(key) and CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now()).exists()


def challenge_drop(key: str) -> None:
    """Forget a challenge that nobody will answer."""
    CaptchaStore.objects.filter(hashkey=key).delete()


def challenge_pass(*, key: str, answer: str) -> bool:
    """Try ``answer``; right or wrong, the challenge is used up, and of many tries at once only one can pass."""
    given = "".join(answer.split()).lower()
    waiting = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now())
    if captcha_settings.CAPTCHA_TEST_MODE and given == "passed":
        challenge_drop(key)
        return True
    # Letters and digits only: PostgreSQL takes no NUL even in a question.
    passed = waiting.filter(response=given).delete()[0] if given.isalnum() else 0
    if not passed:
        challenge_drop(key)
    return passed == 1


def spoken(key: str) -> bytes | None:
    """Return the challenge read aloud as a WAV file, or None when it is gone.

    The same challenge always sounds the same (a player may ask for it in pieces); two challenges never do:
    voice, speed, pauses and noise differ, so that comparing with the known sounds of the digits is not enough.
    """
    store = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now()).first()
    if store is None:
        return None
    seed = hmac.new(settings.SECRET_KEY.encode(), f"captcha {key}".encode(), hashlib.sha256).digest()
    chance = random.Random(seed)  # noqa: S311  repeatable on purpose, its seed is secret
    voice = chance.choice(VOICES)
    samples = array("h", bytes(2 * int(RATE * 0.4)))
    for digit in store.challenge:
        samples.extend(_stretched(_digit(f"{voice}{digit}"), chance.uniform(0.88, 1.1)))
        samples.extend(array("h", bytes(2 * int(RATE * chance.uniform(0.35, 0.75)))))
    return _wave(_noisy(samples, chance))


@cache
def _digit(name: str) -> array:
    with wave.open(str(SOUNDS / f"{name}.wav"), "rb") as sound:
        return array("h", sound.readframes(sound.getnframes()))


def _stretched(samples: array, pace: float) -> array:
    """Say it slower and lower (below 1) or faster and higher (above 1)."""
    last = len(samples) - 1
    return array("h", (samples[min(last, int(place * pace))] for place in range(int(len(samples) / pace))))


def _noisy(samples: array, chance: random.Random) -> array:
    noise = array("b", chance.randbytes(len(samples)))
    loudness = chance.uniform(5, 9)
    return array("h", (max(-_FULL, min(_FULL, int(s + n * loudness))) for s, n in zip(samples, noise, strict=True)))


def _wave(samples: array) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return out.getvalue()


@register()
def check_test_mode(app_configs: list[AppConfig] | None, **options: Any) -> list[Error]:
    """Refuse to start with the switch that lets every answer pass."""
    if not captcha_settings.CAPTCHA_TEST_MODE:
        return []
    words = _("CAPTCHA_TEST_MODE đang bật: câu trả lời nào cũng qua được. Hãy bỏ cài đặt này.")
    return [Error(words, id="core.E001")]
