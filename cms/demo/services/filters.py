"""A filter that the sample clerk keeps for herself, and one that the sample leader shares with the unit."""

from cms.accounts.models import User
from cms.core.models import Unit
from feedback.models import Category
from feedback.services.saved_filters import saved_filter_save


def filters_seed() -> None:
    """Save both; the accounts take them along when the samples are cleared."""
    clerk, leader = (User.objects.get(username=name) for name in ("tiepnhan", "lanhdao"))
    category = Category.objects.get(code="an-toan")
    saved_filter_save(actor=clerk, name="An toàn trường học, mới", query=f"queue=new&category={category.pk}")
    unit = Unit.objects.filter(members=leader).first()
    saved_filter_save(actor=leader, name="Đã giao, chưa làm", query="state=assigned", unit=unit)
