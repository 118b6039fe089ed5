"""The database itself keeps filed records: no change, no deletion, no early disposal."""

from django.db import migrations

from assessment_center.registry.operations import protect

SAME_FACTS = (
    "(OLD.digest, OLD.title, OLD.kind, OLD.number, OLD.volume_id, OLD.keep_until, OLD.permanent, "
    "OLD.file, OLD.size) IS DISTINCT FROM "
    "(NEW.digest, NEW.title, NEW.kind, NEW.number, NEW.volume_id, NEW.keep_until, NEW.permanent, "
    "NEW.file, NEW.size)"
)


class Migration(migrations.Migration):
    dependencies = [("archives", "0001_initial")]

    operations = [
        protect("archives_archiveitem", "档案不能删除。", on="DELETE", name="no_delete"),
        protect(
            "archives_archiveitem",
            "已归档的内容不能改动。",
            on="UPDATE",
            when=SAME_FACTS,
            name="no_change",
        ),
        protect(
            "archives_archiveitem",
            "冻结或在保管期内的档案不能销毁。",
            on="UPDATE",
            when=(
                "NEW.status = 'disposed' AND (OLD.on_hold OR OLD.permanent "
                "OR OLD.keep_until >= CURRENT_DATE)"
            ),
            name="no_early_disposal",
        ),
        protect(
            "archives_archiveitem",
            "已销毁的档案不能恢复。",
            on="UPDATE",
            when="OLD.status = 'disposed' AND NEW.status <> 'disposed'",
            name="no_return",
        ),
        protect(
            "archives_volume",
            "已封的卷不能改动。",
            when="OLD.status = 'closed'",
            name="closed",
        ),
    ]
