"""Nobody reviews himself or his kin, and what was drawn stays drawn, whoever writes."""

from django.db import migrations

from assessment_center.registry.operations import protect

# A tie declared after the review does not undo it: only a reviewer newly written is looked at.
APART = """
CREATE FUNCTION candidates_reviewer_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fresh uuid[] := ARRAY[]::uuid[];
BEGIN
    IF TG_OP = 'INSERT' OR NEW.first_reviewed_by_id IS DISTINCT FROM OLD.first_reviewed_by_id THEN
        fresh := fresh || NEW.first_reviewed_by_id;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id THEN
        fresh := fresh || NEW.confirmed_by_id;
    END IF;
    IF EXISTS (
        SELECT 1 FROM people_person p
        LEFT JOIN people_staffidentity i ON i.person_id = p.id
        WHERE p.id = NEW.person_id AND (p.user_id = ANY (fresh) OR i.user_id = ANY (fresh))
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '不能审核自己的申报';
    END IF;
    IF EXISTS (
        SELECT 1 FROM people_tie t
        JOIN people_person p ON p.id IN (t.first_id, t.second_id) AND p.id <> NEW.person_id
        LEFT JOIN people_staffidentity i ON i.person_id = p.id
        WHERE NEW.person_id IN (t.first_id, t.second_id) AND t.kind IN ('kin', 'friend')
        AND (p.user_id = ANY (fresh) OR i.user_id = ANY (fresh))
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '与考生有回避关系的人不能审核';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER candidates_reviewer_apart
    BEFORE INSERT OR UPDATE OF first_reviewed_by_id, confirmed_by_id ON candidates_application
    FOR EACH ROW WHEN (NEW.first_reviewed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL)
    EXECUTE FUNCTION candidates_reviewer_apart();
"""
UNDO = """
DROP TRIGGER candidates_reviewer_apart ON candidates_application;
DROP FUNCTION candidates_reviewer_apart();
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0002_cases_stay")]

    operations = [
        migrations.RunSQL(APART, UNDO),
        protect("candidates_sampledraw", "抽查结果不能改动"),
    ]
