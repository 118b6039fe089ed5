"""What the database itself keeps of judgements: confirmed years, decided cases, exclusions.

Only what comes afterwards may still be noted: that it was reported, corrected, appealed, lifted.
A refusal reaches Django as `IntegrityError` with the sentence given here.
"""

from django.db import migrations

from assessment_center.registry.operations import protect


def changed_but(*later: str) -> str:
    """A condition over OLD and NEW: something else than the columns `later` has changed."""
    less = "".join(f" - '{name}'" for name in later)
    return f"(to_jsonb(OLD){less}) IS DISTINCT FROM (to_jsonb(NEW){less})"


class Migration(migrations.Migration):
    dependencies = [("personnel", "0002_kept")]

    operations = [
        protect(
            "personnel_appraisal",
            "年度考核已审定，不能改动",
            when=f"OLD.status = 'confirmed' AND {changed_but('reported_on', 'receipt')}",
            on="UPDATE",
            name="confirmed",
        ),
        protect(
            "personnel_appraisal",
            "年度考核已审定，不能删除",
            when="OLD.status = 'confirmed'",
            on="DELETE",
            name="stays",
        ),
        protect(
            "personnel_misconductcase",
            "违规已处理，不能改动",
            when="OLD.status <> 'open' AND "
            + changed_but("reported_on", "receipt", "corrected_on", "appealed_on", "appeal_note"),
            on="UPDATE",
            name="decided",
        ),
        protect("personnel_misconductcase", "违规记录不能删除", on="DELETE", name="stays"),
        protect(
            "personnel_exclusion",
            "停任记录不能改动",
            when=changed_but("lifted_on", "lifted_reason"),
            on="UPDATE",
            name="kept",
        ),
        protect(
            "personnel_exclusion",
            "停任记录已撤销，不能改动",
            when="OLD.lifted_on IS NOT NULL",
            on="UPDATE",
            name="lifted",
        ),
        protect("personnel_exclusion", "停任记录不能删除", on="DELETE", name="stays"),
    ]
