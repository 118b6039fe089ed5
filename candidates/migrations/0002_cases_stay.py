"""A signed agreement stays; a case of fraud is decided once, and what was found never changes."""

from django.db import migrations

from assessment_center.registry.operations import protect


class Migration(migrations.Migration):
    dependencies = [("candidates", "0001_initial")]

    operations = [
        protect("candidates_safetyagreement", "安全保证书登记后不能改动"),
        protect(
            "candidates_fraudcase", "处理决定作出后不能改动", when="OLD.status <> 'open'",
            on="UPDATE",
        ),
        protect(
            "candidates_fraudcase",
            "查明的事实登记后不能改动",
            when="(OLD.application_id, OLD.act_code, OLD.facts, OLD.effects, OLD.found_by_id)"
            " IS DISTINCT FROM "
            "(NEW.application_id, NEW.act_code, NEW.facts, NEW.effects, NEW.found_by_id)",
            on="UPDATE",
            name="facts",
        ),
        protect("candidates_fraudcase", "弄虚作假的处理不能删除", on="DELETE", name="keep"),
    ]
