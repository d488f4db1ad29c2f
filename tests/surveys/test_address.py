"""How people are spoken to: “ông/bà” as everywhere in the portal; pupils, where they answer themselves, as “bạn”."""

import re
from pathlib import Path

from django.conf import settings

import pytest

from cms.demo.surveys import POLL_DRAFT
from surveys.services.education import education_drafts
from surveys.services.seed import _answer_rating, _dossier_rating
from surveys.services.sipas import sipas_draft

YOU = re.compile(r"\bbạn\b(?! đọc)", re.IGNORECASE)
ROOT = Path(settings.BASE_DIR)
SAID = sorted(
    path
    for folder in ("templates/pages/surveys", "templates/components/surveys", "templates/pages/feedback/follow")
    for path in (ROOT / folder).glob("*.html")
    if "follow" not in folder or path.name == "rating.html"
)


def words_of(draft):
    parts = [(part.title, part.intro, *(str(value) for each in part.questions for value in each.values()))
             for part in draft.parts]  # fmt: skip
    return " ".join([str(value) for value in draft.survey.values()] + [each for part in parts for each in part])


def drafts():
    return {draft.survey["slug"]: draft for draft in (_answer_rating(), _dossier_rating(), sipas_draft(), POLL_DRAFT)}


@pytest.mark.parametrize("slug", drafts())
def test_a_questionnaire_to_citizens_says_ong_ba(slug):
    words = words_of(drafts()[slug])
    assert not YOU.search(words)
    assert "ông/bà" in words.lower()


def test_of_schools_those_that_pupils_answer_speak_to_pupils():
    found = {draft.survey["slug"].removeprefix("hai-long-giao-duc-"): words_of(draft) for draft in education_drafts()}
    # “Hòa đồng với bạn”: whom a child plays with, nobody who is spoken to.
    spoken = {level: bool(YOU.search(words.replace("hòa đồng với bạn", ""))) for level, words in found.items()}
    assert spoken == {"mam-non": False, "tieu-hoc": False, "thcs": True, "thpt": True, "gdtx": True}
    assert ["ông/bà" in found[level].lower() for level in ("mam-non", "tieu-hoc", "thcs")] == [True, True, False]


@pytest.mark.parametrize("path", SAID, ids=lambda path: path.name)
def test_pages_say_ong_ba(path):
    assert not YOU.search(path.read_text())
