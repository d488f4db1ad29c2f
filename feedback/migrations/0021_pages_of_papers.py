"""Pages of a sender's PDF as public pictures. No table with an index of words is made anew here (ADR 0034)."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0020_more_days_and_signed_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="publicpicture",
            name="page",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="trang của tệp PDF"),
        ),
        migrations.AddConstraint(
            model_name="publicpicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("page__isnull", True), ("page__gte", 1), _connector="OR"), name="page_from_one"
            ),
        ),
    ]
