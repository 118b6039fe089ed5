"""What the database itself keeps of draws, broken seals, hours and numbers, and who sits when.

A refusal reaches Django as `IntegrityError` with the sentence given here.
"""

from django.db import migrations

from assessment_center.registry.operations import protect

# Lots are written with their draw: none is added once the draw is held.
LOTS = """
CREATE OR REPLACE FUNCTION exams_lots_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM exams_draw d WHERE d.id = NEW.draw_id AND d.held_at IS NOT NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '抽签结果已经公开，不能再加签';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exams_drawline_closed BEFORE INSERT ON exams_drawline
    FOR EACH ROW EXECUTE FUNCTION exams_lots_closed();
"""
DROP_LOTS = """
DROP TRIGGER IF EXISTS exams_drawline_closed ON exams_drawline;
DROP FUNCTION IF EXISTS exams_lots_closed();
"""
# A seal found broken does not heal; only the bag's return closes it with a new one.
SEALS = """
CREATE OR REPLACE FUNCTION exams_seal_stays_broken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seal_intact AND NEW.state <> 'returned' AND EXISTS (
        SELECT 1 FROM exams_handover h
        WHERE h.packet_id = NEW.packet_id AND NOT h.seal_intact AND h.id <> NEW.id
          AND h.at <= NEW.at
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '封签已登记破损，交回重封以前不能记为完好';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exams_handover_seal BEFORE INSERT OR UPDATE ON exams_handover
    FOR EACH ROW EXECUTE FUNCTION exams_seal_stays_broken();
"""
DROP_SEALS = """
DROP TRIGGER IF EXISTS exams_handover_seal ON exams_handover;
DROP FUNCTION IF EXISTS exams_seal_stays_broken();
"""
COMMITTED = (
    "OLD.key IS DISTINCT FROM NEW.key OR OLD.commitment IS DISTINCT FROM NEW.commitment "
    "OR OLD.committed_at IS DISTINCT FROM NEW.committed_at "
    "OR OLD.not_before IS DISTINCT FROM NEW.not_before "
    "OR OLD.sitting_id IS DISTINCT FROM NEW.sitting_id OR OLD.kind IS DISTINCT FROM NEW.kind"
)
# Papers, score tables and archives are ordered by the admission number.
NUMBERED = (
    "OLD.number IS DISTINCT FROM NEW.number OR OLD.application_id IS DISTINCT FROM NEW.application_id"
)

PLANS = """
CREATE FUNCTION exams_drawn_plan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM exams_sitting WHERE id = OLD.sitting_id AND confirmed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '排座已经确认，抽签记录不能改动';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER exams_drawn_plan_stays BEFORE UPDATE OR DELETE ON exams_drawnplan
FOR EACH ROW EXECUTE FUNCTION exams_drawn_plan_stays();
"""
DROP_PLANS = """
DROP TRIGGER exams_drawn_plan_stays ON exams_drawnplan;
DROP FUNCTION exams_drawn_plan_stays;
"""
# Whose a seat is and when: written here alone, so that the exclusion constraints cannot be passed
# by. A sitting put off or cancelled takes nobody's time until it has a new one.
WHOSE = """
CREATE FUNCTION exams_whose_and_when() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT person_id INTO NEW.person_id FROM candidates_application WHERE id = NEW.application_id;
    SELECT CASE WHEN c.outcome IN ('cancelled', 'postponed') THEN NULL
                ELSE tstzrange(s.starts_at, s.ends_at) END
      INTO NEW.period
      FROM exams_sitting s LEFT JOIN LATERAL (
          SELECT outcome FROM exams_calloff WHERE sitting_id = s.id
          ORDER BY decided_at DESC, created_at DESC LIMIT 1
      ) c ON TRUE
     WHERE s.id = NEW.sitting_id;
    RETURN NEW;
END $$;
CREATE TRIGGER exams_seat_whose BEFORE INSERT OR UPDATE OF
    sitting_id, application_id, person_id, period ON exams_seatassignment
    FOR EACH ROW EXECUTE FUNCTION exams_whose_and_when();
CREATE TRIGGER exams_allotment_whose BEFORE INSERT OR UPDATE OF
    sitting_id, application_id, person_id, period ON exams_allotment
    FOR EACH ROW EXECUTE FUNCTION exams_whose_and_when();
CREATE FUNCTION exams_when_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exams_seatassignment SET period = NULL WHERE sitting_id = NEW.id;
    UPDATE exams_allotment SET period = NULL WHERE sitting_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER exams_sitting_moves AFTER UPDATE OF starts_at, ends_at ON exams_sitting
    FOR EACH ROW WHEN (
        OLD.starts_at IS DISTINCT FROM NEW.starts_at OR OLD.ends_at IS DISTINCT FROM NEW.ends_at
    ) EXECUTE FUNCTION exams_when_follows();
CREATE FUNCTION exams_when_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exams_seatassignment SET period = NULL WHERE sitting_id = NEW.sitting_id;
    UPDATE exams_allotment SET period = NULL WHERE sitting_id = NEW.sitting_id;
    RETURN NULL;
END $$;
CREATE TRIGGER exams_calloff_frees AFTER INSERT ON exams_calloff
    FOR EACH ROW WHEN (NEW.outcome IN ('cancelled', 'postponed'))
    EXECUTE FUNCTION exams_when_ends();
"""
DROP_WHOSE = """
DROP TRIGGER IF EXISTS exams_calloff_frees ON exams_calloff;
DROP TRIGGER IF EXISTS exams_sitting_moves ON exams_sitting;
DROP TRIGGER IF EXISTS exams_allotment_whose ON exams_allotment;
DROP TRIGGER IF EXISTS exams_seat_whose ON exams_seatassignment;
DROP FUNCTION IF EXISTS exams_when_ends();
DROP FUNCTION IF EXISTS exams_when_follows();
DROP FUNCTION IF EXISTS exams_whose_and_when();
"""


class Migration(migrations.Migration):
    dependencies = [("exams", "0001_initial")]

    operations = [
        protect("exams_calloff", "缓考与重排的决定登记后不能改动"),
        protect(
            "exams_draw",
            "抽签结果已经公开，不能改动",
            when="OLD.held_at IS NOT NULL",
            on="UPDATE",
            name="held",
        ),
        protect(
            "exams_draw",
            "抽签密钥已经封存，不能更换",
            when=COMMITTED,
            on="UPDATE",
            name="committed",
        ),
        protect("exams_draw", "抽签已经封存密钥，不能删除", on="DELETE", name="stays"),
        protect("exams_drawline", "签已抽出，不能改动"),
        protect("exams_drawcorrection", "抽签更正不能改动"),
        migrations.RunSQL(LOTS, DROP_LOTS),
        migrations.RunSQL(SEALS, DROP_SEALS),
        migrations.RunSQL(PLANS, DROP_PLANS),
        migrations.RunSQL(WHOSE, DROP_WHOSE),
        protect("exams_roomacceptance", "验收记录不能改动", on="UPDATE"),
        protect("exams_arrangementhour", "编排公开时间的决定不能改动，变更须另作决定"),
        protect(
            "exams_admissionticket",
            "准考证号一经发放不能更换",
            when=NUMBERED,
            on="UPDATE",
            name="number",
        ),
        protect("exams_admissionticket", "准考证号连续，发放后不能删除", on="DELETE", name="stays"),
    ]
