"""Lines of a register are numbered without a gap, never changed and never deleted.

Only the consent of a leader, and what was done on it, is written into a line afterwards, once.
"""

from django.db import migrations

from assessment_center.registry.operations import protect

TABLES = ("documententry", "transfer", "minutes", "sealuse")
GAPLESS = """
CREATE OR REPLACE FUNCTION registers_gapless() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last integer;
DECLARE before integer;
BEGIN
    EXECUTE format('SELECT COALESCE(MAX(number), 0) FROM %I WHERE series = $1 AND year = $2',
                   TG_TABLE_NAME) INTO last USING NEW.series, NEW.year;
    IF NEW.number <> last + 1 THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '登记号须逐号连续';
    END IF;
    IF NEW.corrects_id IS NOT NULL THEN
        EXECUTE format('SELECT count(*) FROM %I WHERE id = $1 AND series = $2', TG_TABLE_NAME)
            INTO before USING NEW.corrects_id, NEW.series;
        IF before = 0 THEN
            RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
                MESSAGE = '更正须登记在同一登记簿';
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""
COMMON = ("series", "year", "number", "entered_on", "entered_by_id", "matter_id", "matter",
          "corrects_id", "reason", "created_at")
FACTS = {
    "transfer": ("document", "moved_at", "place", "giver", "receiver", "important", "leaves",
                 "remark"),
    "sealuse": ("seal", "document", "copies", "purpose", "applicant"),
}


def _changed(names: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in names)


def _gapless(name: str) -> migrations.RunSQL:
    table = f"registers_{name}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_gapless BEFORE INSERT ON {table} FOR EACH ROW "
        "EXECUTE FUNCTION registers_gapless();",
        f"DROP TRIGGER IF EXISTS {table}_gapless ON {table};",
    )


def _consented(name: str) -> list[migrations.RunSQL]:
    """Facts stay; a decision is written once, over ASKED, and what was done over GIVEN."""
    table = f"registers_{name}"
    step = (
        "NOT (OLD.consent = 'asked' AND NEW.consent IN ('given', 'refused') "
        "OR OLD.consent = 'given' AND NEW.consent = 'used' "
        "AND OLD.decided_by_id IS NOT DISTINCT FROM NEW.decided_by_id "
        "AND OLD.decided_at IS NOT DISTINCT FROM NEW.decided_at "
        "AND OLD.decision IS NOT DISTINCT FROM NEW.decision)"
    )
    return [
        protect(table, "登记不能删除，只能更正", on="DELETE", name="stays"),
        protect(
            table,
            "登记不能改动，只能另行更正",
            when=f"{_changed((*COMMON, *FACTS[name]))} OR {step}",
            on="UPDATE",
            name="facts",
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]

    operations = [
        migrations.RunSQL(GAPLESS, "DROP FUNCTION IF EXISTS registers_gapless();"),
        *(_gapless(name) for name in TABLES),
        protect("registers_documententry", "登记不能改动，只能另行更正"),
        protect("registers_minutes", "登记不能改动，只能另行更正"),
        *_consented("transfer"),
        *_consented("sealuse"),
    ]
