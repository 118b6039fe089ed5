"""What the database itself keeps of the staff's file.

Promises, examinations and what was recommended do not change afterwards; a revoked card stays
revoked; nobody is hired beyond his card. A refusal reaches Django as `IntegrityError`.
"""

from django.db import migrations

from assessment_center.registry.operations import protect

WITHIN_CARD = """
CREATE OR REPLACE FUNCTION personnel_engagement_within_card() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE card personnel_qualification;
BEGIN
    SELECT * INTO card FROM personnel_qualification WHERE id = NEW.qualification_id;
    IF card.member_id <> NEW.member_id OR card.grade <> NEW.grade THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '聘任所凭的证卡须是本人同一资格的';
    END IF;
    IF card.valid_until IS NOT NULL AND NEW.ends > card.valid_until THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '聘期不能超过证卡的有效期';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER personnel_engagement_within BEFORE INSERT OR UPDATE ON personnel_engagement
    FOR EACH ROW WHEN (NEW.qualification_id IS NOT NULL)
    EXECUTE FUNCTION personnel_engagement_within_card();
"""
DROP_WITHIN = """
DROP TRIGGER IF EXISTS personnel_engagement_within ON personnel_engagement;
DROP FUNCTION IF EXISTS personnel_engagement_within_card();
"""
RECOMMENDED = (
    "OLD.status <> 'draft' AND (OLD.facts IS DISTINCT FROM NEW.facts "
    "OR OLD.grade IS DISTINCT FROM NEW.grade OR OLD.member_id IS DISTINCT FROM NEW.member_id "
    "OR OLD.rulebook_version_id IS DISTINCT FROM NEW.rulebook_version_id)"
)


class Migration(migrations.Migration):
    dependencies = [("personnel", "0001_initial")]

    operations = [
        protect("personnel_undertaking", "承诺书已签署，不能改动"),
        protect("personnel_qualificationexam", "资格考核已登记，不能改动"),
        protect(
            "personnel_qualification",
            "证卡已注销，不能再改动",
            when="OLD.revoked_on IS NOT NULL",
        ),
        protect(
            "personnel_qualificationapplication",
            "申报已推荐，所依据的事实不能改动",
            when=RECOMMENDED,
            on="UPDATE",
            name="recommended",
        ),
        protect(
            "personnel_qualificationapplication",
            "申报已办结，不能再改动",
            when="OLD.status IN ('carded', 'refused', 'withdrawn')",
            name="decided",
        ),
        protect(
            "personnel_engagement",
            "聘任已终止，不能再改动",
            when="OLD.ended_on IS NOT NULL",
            name="ended",
        ),
        migrations.RunSQL(WITHIN_CARD, DROP_WITHIN),
    ]
