"""What two people have signed stays as it was signed, and what is handed over waits unchanged."""

from django.db import migrations

from assessment_center.registry.operations import protect

DECLARATION, SHEET = "opening_openingdeclaration", "opening_openingsheet"
SIGNED = "OLD.status = 'signed'"
CARRIED = (
    "(NEW.kind, NEW.digest, NEW.prepared_by_id, NEW.prepared_at)"
    " IS DISTINCT FROM (OLD.kind, OLD.digest, OLD.prepared_by_id, OLD.prepared_at)"
)
SIGNING = (
    "NEW.status = 'signed' AND OLD.status <> 'signed'"
    f" AND (OLD.status <> 'prepared' OR {CARRIED})"
)

SHEETS = """
CREATE OR REPLACE FUNCTION opening_sheet_of_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'rows_sealed' = to_jsonb(OLD) - 'rows_sealed' THEN
        RETURN NEW;
    END IF;
    SELECT status INTO state FROM opening_openingdeclaration
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.declaration_id ELSE NEW.declaration_id END;
    IF state IS NOT NULL AND state <> 'draft' THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '期初数据已提交签署，各表不能再改动';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER opening_openingsheet_draft BEFORE INSERT OR UPDATE OR DELETE ON opening_openingsheet
    FOR EACH ROW EXECUTE FUNCTION opening_sheet_of_draft();
"""
UNDO = """
DROP TRIGGER IF EXISTS opening_openingsheet_draft ON opening_openingsheet;
DROP FUNCTION IF EXISTS opening_sheet_of_draft;
"""


class Migration(migrations.Migration):
    dependencies = [("opening", "0001_initial")]

    operations = [
        migrations.RunSQL(SHEETS, UNDO),
        protect(DECLARATION, "已签署的期初数据不能删除", when=SIGNED, on="DELETE", name="kept"),
        protect(
            DECLARATION,
            "已签署的期初数据不能改动",
            when=f"{SIGNED} AND NEW.status = 'signed' AND NEW.* IS DISTINCT FROM OLD.*",
            on="UPDATE",
            name="signed",
        ),
        protect(
            DECLARATION,
            "只有提交后未改动的期初数据才能签署",
            when=SIGNING,
            on="UPDATE",
            name="signing",
        ),
    ]
