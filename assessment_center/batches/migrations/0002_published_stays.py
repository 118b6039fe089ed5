"""A published announcement is never changed nor deleted; only a further one changes it.

The log of the reports only grows.

The basis of a recognition is put out of use, never changed.
"""

from django.db import migrations

from assessment_center.registry.operations import protect


class Migration(migrations.Migration):
    dependencies = [("batches", "0001_initial")]

    operations = [
        protect(
            "batches_announcement", "公告已发布，不能改动", when="OLD.status = 'published'"
        ),
        protect(
            "batches_recognitionbasis",
            "认定依据登记后不能改，请停用后另行登记",
            when="(to_jsonb(OLD) - 'is_active') IS DISTINCT FROM (to_jsonb(NEW) - 'is_active') "
            "OR NEW.is_active AND NOT OLD.is_active",
            on="UPDATE",
        ),
        protect("batches_reportreceipt", "回执登记后不能改动"),
        protect(
            "batches_recognitionbasis", "认定依据不能删除，请停用", on="DELETE", name="keep"
        ),
    ]
