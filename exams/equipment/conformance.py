"""How the rules of equipment are kept (area 31)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.catalog.enums import Subject
from assessment_center.conformance.declarations import (
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
)
from exams.enums import SittingStatus
from exams.equipment.enums import CheckMoment
from exams.equipment.room_selectors import rooms_without_check
from exams.equipment.selectors import of_occupations
from exams.models import Equipment, SessionCheck

PAGES = "tests/exams/equipment/test_pages.py::"
BLOCKS = "tests/exams/equipment/test_blocking.py::"
KEPT = "tests/exams/equipment/test_kept.py::"
ASKED = {
    "model": gettext_lazy("型号规格"),
    "bought_on": gettext_lazy("购置日期"),
    "price": gettext_lazy("单价"),
    "assesses": gettext_lazy("可认定的工作内容"),
}

enforced(
    "EQP-01",
    how="学历或职业资格达不到规程要求的，不能指定为设备保管员",
    tests=[f"{PAGES}test_a_keeper_is_as_the_rulebook_wants"],
)
enforced(
    "EQP-04",
    how="维修和定期维护不写之后的技术指标不能登记，登记后不能改动",
    tests=[
        f"{PAGES}test_damage_is_noted_and_settled_on_the_page",
        f"{KEPT}test_the_database_keeps_what_was_measured_mended_and_found",
    ],
)
enforced(
    "EQP-05",
    how="考场登记有设备的，没有考前检查合格不能开考；损坏、借出的设备所在工位不能编排",
    tests=[
        f"{BLOCKS}test_the_start_waits_for_the_check_of_the_rooms_equipment",
        f"{BLOCKS}test_what_is_broken_blocks_until_it_is_repaired",
    ],
)
enforced(
    "EQP-06",
    how="损坏须写明情况、原因和违规操作的制止人，只能补处理结果，未处理的不计入可用数量",
    tests=[
        f"{PAGES}test_damage_is_noted_and_settled_on_the_page",
        f"{KEPT}test_the_database_keeps_what_was_measured_mended_and_found",
    ],
)
enforced(
    "EQP-07",
    how="考试当天超期、不合格或没有检定的计量器具所在工位不能排座和开考",
    tests=[
        f"{BLOCKS}test_an_expired_instrument_blocks_its_workstation_and_names_itself_the_day_and_the_article",
        f"{BLOCKS}test_what_expires_between_arranging_and_the_start_is_refused_at_the_start",
    ],
)
enforced(
    "EQP-09",
    how="借领、购置和报废须他人批准，归还有缺损的批准后才能收回",
    tests=[
        f"{PAGES}test_a_loan_needs_the_head_and_comes_back_looked_at",
        f"{PAGES}test_what_is_scrapped_or_bought_was_planned_and_approved",
        f"{KEPT}test_nobody_approves_what_he_asked_for",
    ],
)


@check("EQP-02", tests=[f"{KEPT}test_a_bare_ledger_is_found"])
def ledger_is_whole(batch: Any) -> Finding:
    """有技能考核的职业在设备台账中有设备，各栏齐全。"""
    practical = [each for each in batch.offerings.all() if Subject.PRACTICAL in each.subjects]
    if not practical:
        return NotApplicable(_("没有技能考核。"))
    lines = list(of_occupations(batch))
    held = {line.occupation_id for line in lines}
    faults = [
        _("设备台账中没有%(name)s的设备。") % {"name": name}
        for name in dict.fromkeys(
            each.occupation.name for each in practical if each.occupation_id not in held
        )
    ]
    faults += [
        _("%(one)s 缺：%(what)s。") % {"one": line, "what": "、".join(bare)}
        for line in lines
        if (bare := _bare(line))
    ]
    return Failed(tuple(faults)) if faults else Passed(_("%(n)s 项设备") % {"n": len(lines)})


def _bare(line: Equipment) -> list[str]:
    """The columns of the ledger that are asked for and empty."""
    return [str(label) for name, label in ASKED.items() if getattr(line, name) in {None, ""}]


@check("EQP-08", tests=[f"{KEPT}test_a_room_that_was_not_cleared_up_is_found"])
def cleared_up(batch: Any) -> Finding:
    """考完的考场，设备清洁归位已登记。"""
    done = [
        room
        for room in rooms_without_check(batch, CheckMoment.AFTER)
        if room.sitting.status == SittingStatus.RECORDED
    ]
    if done:
        return Failed(
            tuple(
                _("%(sitting)s %(room)s 没有登记考后归位。")
                % {"sitting": room.sitting, "room": room.room}
                for room in done
            )
        )
    cleared = SessionCheck.objects.filter(
        sitting_room__sitting__batch=batch, moment=CheckMoment.AFTER
    ).count()
    if not cleared:
        return NotApplicable(_("还没有考完的考场登记有设备。"))
    return Passed(_("%(n)s 次归位登记") % {"n": cleared})
