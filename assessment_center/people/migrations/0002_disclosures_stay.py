"""What was seen stays on record."""

from django.db import migrations

from assessment_center.registry.operations import protect


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [protect("people_disclosure", "证件号码使用记录不能改动")]
