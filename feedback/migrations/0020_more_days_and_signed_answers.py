"""More days, signed documents, changes of public copies. SQLite makes the copies' table anew, and its index of words."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.core.search import WordColumn

COPIES = WordColumn("feedback_publiccase", "search_text")


def make(_apps, schema_editor):
    COPIES.make(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0019_copies_counted'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='deadlineprofile',
            name='extension_days',
            field=models.PositiveSmallIntegerField(default=10, help_text='Cộng mọi lần gia hạn của một phản ánh. Ghi 0 nếu không được gia hạn.', validators=[django.core.validators.MaxValueValidator(365)], verbose_name='số ngày được gia hạn nhiều nhất'),
        ),
        migrations.RunPython(migrations.RunPython.noop, make),
        migrations.AddField(
            model_name='publiccase',
            name='changes',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='các lần sửa sau khi đăng'),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.CreateModel(
            name='AnswerLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=80, verbose_name='số văn bản')),
                ('signed_on', models.DateField(verbose_name='ngày văn bản')),
                ('name', models.CharField(max_length=120, verbose_name='tên tệp')),
                ('stored_name', models.CharField(editable=False, max_length=200, unique=True, verbose_name='tên trong kho')),
                ('content_type', models.CharField(max_length=100, verbose_name='loại tệp')),
                ('size', models.PositiveIntegerField(verbose_name='dung lượng')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='dấu nội dung')),
                ('made_at', models.DateTimeField(verbose_name='lúc')),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letter', to='feedback.answer', verbose_name='câu trả lời')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
            ],
            options={
                'verbose_name': 'văn bản trả lời',
                'verbose_name_plural': 'văn bản trả lời',
            },
        ),
        migrations.CreateModel(
            name='DeadlineExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField(verbose_name='thêm bao nhiêu ngày')),
                ('reason', models.CharField(max_length=300, verbose_name='lý do gia hạn')),
                ('made_at', models.DateTimeField(verbose_name='lúc')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='feedback.case', verbose_name='phản ánh')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gia hạn')),
            ],
            options={
                'verbose_name': 'lần gia hạn',
                'verbose_name_plural': 'các lần gia hạn',
                'ordering': ['made_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('days__gt', 0)), name='extension_adds_days')],
            },
        ),
    ]
