"""A confirmation is what somebody signed: it is taken back once, and otherwise stays."""

from typing import ClassVar

from django.db import migrations

from assessment_center.registry.operations import protect

TABLE = "conformance_manualconfirmation"
SIGNED = "(OLD.batch_id, OLD.rule, OLD.outcome, OLD.note, OLD.attachment, OLD.attachment_digest, OLD.confirmed_by_id, OLD.confirmed_at)"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("conformance", "0001_initial")]

    operations: ClassVar = [
        protect(TABLE, "人工确认不能删除。", on="DELETE", name="keep"),
        protect(
            TABLE,
            "人工确认签认后不能修改，只能撤回。",
            on="UPDATE",
            when=f"{SIGNED} IS DISTINCT FROM {SIGNED.replace('OLD.', 'NEW.')}",
        ),
        protect(
            TABLE,
            "已撤回的确认不能再改。",
            on="UPDATE",
            when="OLD.revoked_at IS NOT NULL",
            name="revoked",
        ),
    ]
