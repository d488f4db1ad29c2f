"""What stood in one column of the older document becomes a relation and its effect; every file gets a key of its own."""

import uuid

from django.db import migrations

# The status that an editor had typed beside the link says which of the two was meant.
AMENDED = 'amended'


def relations(apps, schema_editor):
    page = apps.get_model('official_documents', 'OfficialDocumentPage')
    relation = apps.get_model('official_documents', 'DocumentRelation')
    effect = apps.get_model('official_documents', 'LegalEffect')
    for old in page.objects.exclude(replaced_by=None).select_related('replaced_by').iterator():
        kind = ('amended_by', 'amends') if old.legal_status == AMENDED else ('replaced_by', 'replaces')
        relation.objects.create(page=old, kind=kind[0], cited_page_id=old.replaced_by_id, sort_order=0)
        newer = old.replaced_by
        if old.live and newer.live:
            since = newer.effective_on or newer.issued_on
            effect.objects.create(declared_by=old, kind=kind[1], acting=newer, acted_on=old, from_on=since)


def keys(apps, schema_editor):
    for row in apps.get_model('official_documents', 'DocumentAttachment').objects.iterator():
        row.key = uuid.uuid4()
        row.save(update_fields=['key'])


class Migration(migrations.Migration):

    dependencies = [
        ('official_documents', '0003_status_files_consultations'),
    ]

    operations = [
        migrations.RunPython(relations, migrations.RunPython.noop),
        migrations.RunPython(keys, migrations.RunPython.noop),
    ]
