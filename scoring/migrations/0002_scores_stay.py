"""What the database itself keeps of scores; each trigger agrees with the service that writes.

A refusal reaches Django as `IntegrityError` with the sentence given here.
"""

from django.db import migrations

from assessment_center.registry.operations import protect

REFUSE = """
CREATE OR REPLACE FUNCTION scoring_refuse(words text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = words;
END $$;
"""

# Marks: nothing is entered, changed or removed once the subject has its checked score.
ENTRY = """
CREATE OR REPLACE FUNCTION scoring_entry_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM scoring_subjectresult r
        WHERE r.application_id = OLD.application_id AND r.subject = OLD.subject
    ) OR TG_OP <> 'DELETE' AND EXISTS (
        SELECT 1 FROM scoring_subjectresult r
        WHERE r.application_id = NEW.application_id AND r.subject = NEW.subject
    ) THEN
        PERFORM scoring_refuse('这一科目已核分，登分不能改动');
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scoring_scoreentry_open BEFORE INSERT OR UPDATE OR DELETE ON scoring_scoreentry
    FOR EACH ROW EXECUTE FUNCTION scoring_entry_open();
"""

# Checked scores: changed only to what an answered review says, removed only before publication.
SUBJECT = """
CREATE OR REPLACE FUNCTION scoring_subject_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (
            SELECT 1 FROM scoring_finalresult f
            WHERE f.application_id = OLD.application_id AND f.status <> 'draft'
        ) THEN
            PERFORM scoring_refuse('成绩已公示，科目成绩不能删除');
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.application_id <> OLD.application_id OR NEW.subject <> OLD.subject
        OR NEW.standing <> OLD.standing OR NEW.full_score <> OLD.full_score
        OR NEW.checked_by_id IS DISTINCT FROM OLD.checked_by_id
        OR NOT EXISTS (
            SELECT 1 FROM scoring_scorereview v
            JOIN scoring_finalresult f ON f.id = v.result_id
            WHERE f.application_id = OLD.application_id AND f.status = 'published'
                AND v.subject = OLD.subject AND v.status = 'corrected'
                AND v.changed_to = NEW.score
        )
    THEN
        PERFORM scoring_refuse('已核分的成绩只能通过成绩复核更正');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scoring_subjectresult_stays BEFORE UPDATE OR DELETE ON scoring_subjectresult
    FOR EACH ROW EXECUTE FUNCTION scoring_subject_stays();
"""

# Recognitions: only of confirmed applications of that very route, on papers that are there.
RECOGNITION = """
CREATE OR REPLACE FUNCTION scoring_recognition_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM candidates_application a
        WHERE a.id = NEW.application_id AND a.route = NEW.route AND a.status = 'confirmed'
    ) THEN
        PERFORM scoring_refuse('认定须是审核通过的申报，评价方式须与申报一致');
    END IF;
    IF EXISTS (
        SELECT 1 FROM jsonb_array_elements(NEW.evidence) AS paper
        WHERE NOT EXISTS (
            SELECT 1 FROM candidates_evidence e
            WHERE e.application_id = NEW.application_id AND e.digest = paper->>'digest'
        )
    ) THEN
        PERFORM scoring_refuse('认定所依据的材料不在申报中');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scoring_recognitiondecision_fits
    BEFORE INSERT OR UPDATE ON scoring_recognitiondecision
    FOR EACH ROW EXECUTE FUNCTION scoring_recognition_fits();
"""

# Results: a published one changes only by its moves or to what its corrected subjects say; a
# published or final one has exactly the subjects of its application, each as it was checked, or,
# without an examination, says what the confirmed recognition decision says.
RESULT = """
CREATE OR REPLACE FUNCTION scoring_result_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM scoring_refuse('成绩已公示，不能删除');
    END IF;
    IF NEW.status = 'draft' OR NEW.application_id <> OLD.application_id
        OR NEW.batch_id <> OLD.batch_id OR NEW.published_at IS DISTINCT FROM OLD.published_at
    THEN
        PERFORM scoring_refuse('成绩已公示，不能改动');
    END IF;
    IF NEW.subjects IS DISTINCT FROM OLD.subjects THEN
        IF NEW.status <> OLD.status OR EXISTS (
            SELECT 1 FROM jsonb_array_elements(NEW.subjects) AS fact
            WHERE NOT OLD.subjects @> jsonb_build_array(fact) AND NOT EXISTS (
                SELECT 1 FROM scoring_scorereview v
                WHERE v.result_id = OLD.id AND v.subject = fact->>'subject'
                    AND v.status = 'corrected'
                    AND v.changed_to = (fact->>'score')::numeric
            )
        ) THEN
            PERFORM scoring_refuse('公示的成绩只能通过成绩复核更正');
        END IF;
    ELSIF NEW.passed <> OLD.passed OR NEW.grade_label <> OLD.grade_label THEN
        PERFORM scoring_refuse('公示的成绩只能通过成绩复核更正');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scoring_finalresult_stays BEFORE UPDATE OR DELETE ON scoring_finalresult
    FOR EACH ROW WHEN (OLD.status = 'published') EXECUTE FUNCTION scoring_result_stays();

CREATE OR REPLACE FUNCTION scoring_result_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT a.route FROM candidates_application a WHERE a.id = NEW.application_id) <> 'exam'
    THEN
        IF NEW.subjects <> '[]'::jsonb OR NOT EXISTS (
            SELECT 1 FROM scoring_recognitiondecision d
            WHERE d.application_id = NEW.application_id AND d.status = 'confirmed'
                AND (d.verdict = 'granted') = NEW.passed
        ) THEN
            PERFORM scoring_refuse('不组织考试的结果须与已确认的认定结论一致');
        END IF;
        RETURN NEW;
    END IF;
    IF ARRAY(SELECT f->>'subject' FROM jsonb_array_elements(NEW.subjects) f ORDER BY 1)
        IS DISTINCT FROM (
            SELECT ARRAY(SELECT unnest(a.subjects)::text ORDER BY 1)
            FROM candidates_application a WHERE a.id = NEW.application_id
        )
        OR EXISTS (
            SELECT 1 FROM jsonb_array_elements(NEW.subjects) f
            WHERE NOT EXISTS (
                SELECT 1 FROM scoring_subjectresult r
                WHERE r.application_id = NEW.application_id AND r.subject = f->>'subject'
                    AND r.score IS NOT DISTINCT FROM (f->>'score')::numeric
                    AND r.passed = (f->>'passed')::boolean
                    AND r.standing = f->>'standing'
            )
        )
    THEN
        PERFORM scoring_refuse('成绩须包含申报的全部科目，并与核分一致');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scoring_finalresult_whole BEFORE INSERT OR UPDATE ON scoring_finalresult
    FOR EACH ROW WHEN (NEW.status <> 'draft') EXECUTE FUNCTION scoring_result_whole();
"""

DROP = """
DROP TRIGGER IF EXISTS scoring_scoreentry_open ON scoring_scoreentry;
DROP TRIGGER IF EXISTS scoring_subjectresult_stays ON scoring_subjectresult;
DROP TRIGGER IF EXISTS scoring_recognitiondecision_fits ON scoring_recognitiondecision;
DROP TRIGGER IF EXISTS scoring_finalresult_stays ON scoring_finalresult;
DROP TRIGGER IF EXISTS scoring_finalresult_whole ON scoring_finalresult;
DROP FUNCTION IF EXISTS scoring_entry_open(), scoring_subject_stays(), scoring_result_stays(),
    scoring_result_whole(), scoring_recognition_fits(), scoring_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial"), ("candidates", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE + ENTRY + SUBJECT + RECOGNITION + RESULT, DROP),
        protect("scoring_finalresult", "成绩已生效，不能改动", when="OLD.status = 'final'"),
        protect("scoring_scorereview", "复核已答复，不能改动", when="OLD.status <> 'waiting'"),
        protect(
            "scoring_recognitiondecision",
            "认定结论已确认，不能改动",
            when="OLD.status = 'confirmed'",
        ),
        protect("scoring_publicity", "公示已结束，不能改动", when="OLD.status = 'closed'"),
    ]
