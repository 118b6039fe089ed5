"""What the database itself keeps of equipment: what was measured, mended, found and decided.

A refusal reaches Django as `IntegrityError` with the sentence given here.
"""

from django.db import migrations

from assessment_center.registry.operations import protect

CALIBRATED = " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}"
    for name in ("equipment_id", "done_on", "verdict", "valid_until", "certificate", "body",
                 "handling")
)
FOUND = " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}"
    for name in ("equipment_id", "sitting_id", "kind", "count", "happened_at", "what", "cause",
                 "misuse", "stopped_by", "noted_by_id")
)
ASKED = " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}"
    for name in ("equipment_id", "count", "borrower_id", "purpose", "starts_on", "due_back",
                 "asked_by_id")
)


class Migration(migrations.Migration):
    dependencies = [("exams", "0002_draws_stay")]

    operations = [
        protect("exams_equipment", "设备不能从台账中删除，只能报废", on="DELETE", name="stays"),
        protect(
            "exams_equipment",
            "已报废的设备不能再改",
            when="OLD.state = 'scrapped'",
            on="UPDATE",
            name="scrapped",
        ),
        protect("exams_calibration", "检定记录不能删除", on="DELETE", name="stays"),
        protect(
            "exams_calibration",
            "检定记录不能改动，登记有误的请作废后重新登记",
            when=f"OLD.voided_at IS NOT NULL OR {CALIBRATED}",
            on="UPDATE",
            name="facts",
        ),
        protect("exams_maintenance", "维护维修记录不能改动"),
        protect("exams_damage", "损坏记录不能删除", on="DELETE", name="stays"),
        protect(
            "exams_damage",
            "损坏记录不能改动，只能登记处理结果",
            when=f"OLD.settlement <> '' OR {FOUND}",
            on="UPDATE",
            name="facts",
        ),
        protect("exams_loan", "借领记录不能删除", on="DELETE", name="stays"),
        protect(
            "exams_loan",
            "借领记录不能改动",
            when=f"OLD.state IN ('returned', 'refused') OR {ASKED}",
            on="UPDATE",
            name="facts",
        ),
        protect("exams_equipmentplan", "设备计划不能删除", on="DELETE", name="stays"),
        protect(
            "exams_equipmentplan",
            "设备计划审核以后不能改动",
            when="OLD.kind IS DISTINCT FROM NEW.kind OR OLD.text IS DISTINCT FROM NEW.text "
            "OR OLD.equipment_id IS DISTINCT FROM NEW.equipment_id "
            "OR OLD.cost IS DISTINCT FROM NEW.cost OR OLD.state IN ('refused', 'done')",
            on="UPDATE",
            name="facts",
        ),
        protect("exams_sessioncheck", "考场设备检查记录不能改动"),
    ]
