"""What the database itself keeps of draws, broken seals, hours set and numbers given.

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
