"""What the world has of surveys."""

from typing import Any

from cms.core.enums import Role
from surveys import factories as surveys
from surveys.enums import ChannelKind


def seed_surveys(world: Any) -> None:
    """An open survey with words that wait for their moderator, and the questions of its next version."""
    things = world.things
    things.survey = surveys.survey(slug="khao-sat-thu", open_link=True, results_public=True)
    response = surveys.answered(things.survey, {"muc": "4", "loi": "Góp ý CHIM-NGOI"}, unit=things.school)
    things.survey_words = response.words.get()
    things.survey_batch = surveys.batch(things.survey, "Khối một CHIM-DIEC", unit=things.school)
    things.survey_place = surveys.place(things.survey, "cong-truong", unit=things.school)
    surveys.place(things.survey, "quay-thu", ChannelKind.KIOSK)
    for mine, unit, word in (
        (things.own, things.school, "CHIM-ROI"),
        (things.other, things.other_school, "CHIM-VAC"),
    ):
        mine.survey_paper = surveys.paper(things.survey, {"loi": f"Phiếu giấy {word}"}, {"loi": "Đọc khác"}, unit=unit)
    draft = {**surveys.SCORE, "label": "Câu hỏi nháp CHIM-BOI"}
    things.survey_version = surveys.version(things.survey, [draft])
    things.survey_theme = surveys.theme("chim-te", "Chủ đề thử")
    things.survey_snapshot = surveys.snapshot(things.survey, "2025")
    keeper = frozenset({Role.SURVEYOR})
    world.canaries |= dict.fromkeys(("CHIM-NGOI", "CHIM-BOI", "CHIM-VAC", "CHIM-DIEC"), keeper)
    world.canaries["CHIM-ROI"] = keeper | {Role.INTAKE, Role.ONE_STOP}
