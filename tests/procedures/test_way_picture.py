"""“Đường đi của hồ sơ” on the page of a procedure: drawn from the table, told in words."""

import re
from dataclasses import replace

from procedures import transitions
from procedures.enums import DossierState
from procedures.services import way_picture as drawing
from tests.procedures.portal import ProcedureSite


class WayPictureTests(ProcedureSite):
    def test_every_state_is_a_box_and_every_step_has_its_words(self):
        body = self.body(self.page.url)
        picture = body.split('class="dossier-way"')[1].split("</svg>")[0]
        assert picture.count("<rect") == len(DossierState)
        assert not re.search(r' style="|\d,\d', picture)
        words = body.split('id="duong-di-loi"')[1].split("</ol>")[0]
        for row in transitions.TRANSITIONS:
            assert not (row.drawn and row.sources) or str(row.label) in words, row.verb
        assert "từ “Mới đăng ký” sang “Được tiếp nhận”" in words
        assert '<a href="#duong-di">' in body

    def test_another_table_is_another_picture(self):
        before = drawing.way_picture()
        rows = [replace(row, target=DossierState.STOPPED) if row.verb == "post" else row for row in drawing.TRANSITIONS]
        kept, drawing.TRANSITIONS = drawing.TRANSITIONS, tuple(rows)
        try:
            after = drawing.way_picture()
        finally:
            drawing.TRANSITIONS = kept
        assert (before.arrows != after.arrows, before.words != after.words) == (True, True)
