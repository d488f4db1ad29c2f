"""The captcha: each challenge good for one try of one form, to be seen or to be heard."""

import io
import re
import wave
from datetime import timedelta

from django.core.checks import run_checks
from django.test import Client
from django.utils import timezone

import pytest
from captcha.conf import settings as captcha_settings
from captcha.models import CaptchaStore

from cms.core import captcha
from cms.core.models import RateWindow
from feedback.models import Case, CaseDraft
from feedback.services.draft import draft_prove_human, draft_start
from tests.feedback import walk

pytestmark = pytest.mark.django_db
ADDRESS = "/phan-anh-kien-nghi/ma-xac-nhan/"


def answer_of(key: str) -> str:
    return CaptchaStore.objects.get(hashkey=key).response


def test_challenges_are_digits_that_look_and_sound_apart():
    made = {captcha.digits_challenge() for _time in range(50)}
    assert all(shown == answer and re.fullmatch(r"[2-9]{5}", shown) for shown, answer in made)
    assert len(made) > 45


def test_a_right_answer_passes_once():
    key = captcha.challenge_make()
    answer = answer_of(key)
    assert [captcha.challenge_pass(key=key, answer=answer) for _time in range(3)] == [True, False, False]


def test_a_wrong_answer_uses_the_challenge_up():
    key = captcha.challenge_make()
    answer = answer_of(key)
    assert not captcha.challenge_pass(key=key, answer="0")
    assert not captcha.challenge_pass(key=key, answer=answer)


def test_blanks_between_the_digits_are_forgiven():
    key = captcha.challenge_make()
    assert captcha.challenge_pass(key=key, answer=" ".join(answer_of(key)))


def test_an_old_challenge_does_not_pass():
    key = captcha.challenge_make()
    answer = answer_of(key)
    CaptchaStore.objects.update(expiration=timezone.now() - timedelta(seconds=1))
    assert not captcha.challenge_pass(key=key, answer=answer)
    assert captcha.spoken(key) is None


@pytest.mark.parametrize("answer", ["", "\x00", "passed", "ｐ", "9" * 10_000])
def test_no_odd_answer_passes(answer):
    assert not captcha.challenge_pass(key=captcha.challenge_make(), answer=answer)


def test_a_challenge_of_another_form_does_not_count():
    mine, _token = draft_start()
    other = captcha.challenge_make()
    assert not draft_prove_human(draft=mine, key=other, answer=answer_of(other))


def test_missing_wrong_and_reused_answers_send_nothing(client):
    draft = walk.to_review(client)
    right = walk.right_answer(client, draft)
    for changes in ({"captcha_1": ""}, {"captcha_1": "11111"}, {}):
        assert walk.post(client, "xem-lai", right | changes).status_code == 422
    assert Case.objects.count() == 0


def test_the_wrong_answer_is_not_shown_again_and_the_picture_is_new(client):
    draft = walk.to_review(client)
    right = walk.right_answer(client, draft)
    text = walk.post(client, "xem-lai", right | {"captcha_1": "11111"}).content.decode()
    assert "11111" not in text
    assert right["captcha_0"] not in text
    assert "chưa đúng" in text


def test_looking_at_the_review_again_keeps_the_challenge(client):
    draft = walk.to_review(client)
    first = walk.right_answer(client, draft)
    assert walk.right_answer(client, draft) == first
    assert CaptchaStore.objects.count() == 1


def test_other_digits_are_one_press_away_without_script(client):
    draft = walk.to_review(client)
    first = walk.right_answer(client, draft)
    assert walk.post(client, "xem-lai", {"doi_ma": "1"}).status_code == 302
    assert walk.right_answer(client, draft)["captcha_0"] != first["captcha_0"]
    assert CaptchaStore.objects.count() == 1


def test_who_passed_is_not_asked_again_for_a_while(client):
    draft = walk.to_review(client)
    right = walk.right_answer(client, draft)
    assert draft_prove_human(draft=draft, key=right["captcha_0"], answer=right["captcha_1"])
    assert "captcha_1" not in client.get(f"{walk.FORM}xem-lai/").content.decode()
    CaseDraft.objects.update(human_until=timezone.now())
    assert "captcha_1" in client.get(f"{walk.FORM}xem-lai/").content.decode()


@pytest.mark.parametrize("what", ["anh", "am-thanh"])
def test_picture_and_sound_are_never_stored_on_the_way(client, what):
    key = captcha.challenge_make()
    answer = client.get(f"{ADDRESS}{key}/{what}/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not answer.cookies


@pytest.mark.parametrize("what", ["anh", "am-thanh"])
def test_a_used_challenge_has_neither(client, what):
    key = captcha.challenge_make()
    captcha.challenge_drop(key)
    assert client.get(f"{ADDRESS}{key}/{what}/").status_code == 410
    assert client.get(f"{ADDRESS}khong-co/{what}/").status_code == 410


@pytest.mark.parametrize("what", ["anh", "am-thanh"])
def test_picture_and_sound_are_limited(client, what):
    key = captcha.challenge_make()
    RateWindow.objects.all().delete()
    answers = [client.head(f"{ADDRESS}{'x' if turn else key}/{what}/").status_code for turn in range(61)]
    assert answers[-1] == 429


def test_the_sound_speaks_the_digits_in_16_khz_mono():
    key = captcha.challenge_make()
    content = captcha.spoken(key)
    assert content == captcha.spoken(key)
    with wave.open(io.BytesIO(content)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16_000, 1, 2)
        assert 3 < sound.getnframes() / 16_000 < 9


def test_the_same_digits_never_sound_the_same_twice():
    keys = [captcha.challenge_make() for _time in range(3)]
    CaptchaStore.objects.update(challenge="23456", response="23456")
    assert len({captcha.spoken(key) for key in keys}) == 3


def test_every_digit_has_its_sound_in_every_voice():
    assert {path.stem for path in captcha.SOUNDS.glob("*.wav")} == {
        v + d for v in captcha.VOICES for d in captcha.DIGITS
    }


def test_a_player_may_ask_for_a_part(client):
    address = f"{ADDRESS}{captcha.challenge_make()}/am-thanh/"
    whole = client.get(address).content
    part = client.get(address, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole)}"
    rest = client.get(address, headers={"range": "bytes=100-"})
    assert (rest.status_code, rest.content) == (206, whole[100:])
    assert client.get(address, headers={"range": f"bytes={len(whole)}-"}).status_code == 416
    for odd in ("bytes=x", "bytes=-5", "bytes=5-1,7-9", "lines=1-2", "bytes=" + "9" * 50 + "-"):
        assert client.get(address, headers={"range": odd}).status_code in {200, 416}


def test_another_session_cannot_use_a_solved_challenge(client):
    draft = walk.to_review(client)
    right = walk.right_answer(client, draft)
    stranger = Client()
    theirs = walk.to_review(stranger)
    stolen = right | {"form_token": theirs.form_token}
    assert walk.post(stranger, "xem-lai", stolen).status_code == 422
    assert Case.objects.count() == 0


def test_the_switch_that_lets_all_answers_pass_stops_the_start(monkeypatch):
    monkeypatch.setattr(captcha_settings, "CAPTCHA_TEST_MODE", True)
    assert "core.E001" in {fault.id for fault in run_checks()}


def test_without_the_switch_the_word_passed_does_not_pass(client):
    assert "core.E001" not in {fault.id for fault in run_checks()}
