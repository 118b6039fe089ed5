"""A published announcement is never changed nor deleted; only a further one changes it."""

from django.db import migrations

from assessment_center.registry.operations import protect


class Migration(migrations.Migration):
    dependencies = [("batches", "0001_initial")]

    operations = [
        protect(
            "batches_announcement", "公告已发布，不能改动", when="OLD.status = 'published'"
        ),
    ]
