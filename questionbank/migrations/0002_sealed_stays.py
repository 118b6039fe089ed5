"""A sealed paper is never changed: it can only be released, and neither can be deleted."""

from django.db import migrations

from assessment_center.registry.operations import protect

REST = "- ARRAY['status', 'released_at']"


class Migration(migrations.Migration):
    dependencies = [("questionbank", "0001_initial")]

    operations = [
        protect(
            "questionbank_paper",
            "试卷已封存，不能删除",
            when="OLD.status IN ('sealed', 'released')",
            on="DELETE",
            name="keep",
        ),
        protect(
            "questionbank_paper",
            "试卷已封存，只能启封，不能改动",
            when="OLD.status = 'sealed' AND NOT (NEW.status = 'released'"
            f" AND to_jsonb(NEW) {REST} = to_jsonb(OLD) {REST})",
            on="UPDATE",
            name="sealed",
        ),
        protect(
            "questionbank_paper",
            "试卷已启封，不能再改动",
            when="OLD.status = 'released'",
            on="UPDATE",
            name="released",
        ),
    ]
