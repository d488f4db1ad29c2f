from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('official_documents', '0004_one_relation_a_word'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='officialdocumentpage',
            name='replaced_by',
        ),
    ]
