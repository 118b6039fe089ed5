"""What was handed in stays as it was: lines, papers, marks, texts; and what experts signed."""

from typing import ClassVar

from django.db import migrations

from assessment_center.registry.operations import protect

FUNCTION = """
CREATE OR REPLACE FUNCTION filing_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    request uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.application_id ELSE NEW.application_id END;
    held text;
BEGIN
    SELECT status INTO held FROM filing_filingapplication WHERE id = request;
    IF held IS NOT NULL AND NOT (held = ANY (TG_ARGV)) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '申请已报送，内容不能再改。';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
TABLES = {
    "filing_scoperequest": "'draft'",
    "filing_assessmentmark": "'draft'",
    "filing_plansection": "'draft'",
    "filing_filingpaper": "'draft', 'assessed'",
}


def _settle(table: str, states: str) -> migrations.RunSQL:
    """Refuse changes outside the states; a paper may be sealed anew under another key."""
    same = "(to_jsonb(OLD) - 'sealed') IS DISTINCT FROM (to_jsonb(NEW) - 'sealed')"
    call = f"FOR EACH ROW {{when}} EXECUTE FUNCTION filing_settled({states});"
    create = (
        f"CREATE TRIGGER {table}_settled BEFORE INSERT OR DELETE ON {table} "
        f"{call.format(when='')}"
        f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} "
        f"{call.format(when=f'WHEN ({same})')}"
    )
    drop = (
        f"DROP TRIGGER IF EXISTS {table}_settled ON {table};"
        f"DROP TRIGGER IF EXISTS {table}_unchanged ON {table};"
    )
    return migrations.RunSQL(create, drop)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("filing", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION IF EXISTS filing_settled();"),
        *(_settle(table, states) for table, states in TABLES.items()),
        protect("filing_specificationexpert", "专家签字后不能改动。"),
        protect("filing_expertopinion", "专家意见登记后不能改动。"),
    ]
