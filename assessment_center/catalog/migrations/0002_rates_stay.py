"""A rate that was published stays as it was; another price is another rate."""

from django.db import migrations

from assessment_center.registry.operations import protect


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [protect("catalog_feerate", "收费标准登记后不能改动，调整请另登记新的标准")]
