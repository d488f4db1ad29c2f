"""Making an empty database a portal: idempotent, so it runs at every start and after every upgrade."""

from collections.abc import Callable

from django.db import transaction

from cms.core.models import AgencySettings
from cms.core.services.calendar import calendar_seed
from cms.core.services.mail_texts import mail_texts_seed
from cms.core.services.schedule import schedule_sync
from cms.home.models import HomePage
from cms.home.services.groups import groups_setup
from cms.home.services.menus import menus_setup
from cms.home.services.tree import root_unit_setup, tree_setup
from cms.home.services.workflows import workflows_setup
from cms.library.services import topics_seed
from cms.news.services import categories_seed
from cms.units.services.pages import unit_pages_setup
from feedback.services.catalogue import catalogue_seed
from surveys.services.pages import survey_pages_setup
from surveys.services.seed import surveys_seed


def site_setup(*, say: Callable[[str], None] = lambda _line: None) -> None:
    """Build what is missing: units, roles, calendar, catalogues, pages, workflows, schedule.

    Args:
        say: is told each step in Vietnamese.

    """
    agency = AgencySettings.load()
    steps: list[tuple[str, Callable[[], object]]] = [
        ("Cơ quan và đơn vị", lambda: root_unit_setup(name=agency.name, short_name=agency.short_name)),
        ("Lịch ngày làm việc", calendar_seed),
        ("Thư và văn bản mẫu", mail_texts_seed),
        ("Lĩnh vực và thời hạn phản ánh", catalogue_seed),
        ("Khảo sát", surveys_seed),
        ("Chuyên mục tin", categories_seed),
        ("Chủ đề học liệu", topics_seed),
        ("Vai trò và quyền", groups_setup),
        ("Cây trang", lambda: tree_setup(agency_name=agency.name)),
        ("Danh mục liên kết", lambda: menus_setup(home=HomePage.objects.get())),
        ("Trang của từng đơn vị", unit_pages_setup),
        ("Trang của từng khảo sát", survey_pages_setup),
        ("Quy trình duyệt", workflows_setup),
        ("Việc định kỳ", schedule_sync),
    ]
    for label, step in steps:
        say(label)
        with transaction.atomic():
            step()
