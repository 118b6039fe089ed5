"""How the rules of banks, items and papers are kept (areas 16 and 17)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.conformance.declarations import (
    Evidence,
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
)
from assessment_center.rulebooks import Cited
from questionbank.enums import ItemStatus
from questionbank.models import Bank, Item, ItemUse, Paper, Point
from questionbank.selectors import bank_sizes

PAPERS = "tests/questionbank/services/test_papers.py::"
SEALING = "tests/questionbank/services/test_sealing.py::"
STAYS = "tests/questionbank/test_constraints.py::"
ITEMS = "tests/questionbank/services/test_items.py::"
MOVES = "tests/questionbank/test_lifecycle.py::"
CHECKS = "tests/questionbank/test_rules_kept.py::"
OPENING = "tests/questionbank/services/test_opening.py::"
PAGE = "questionbank_office:papers"

enforced(
    "BANK-01",
    how="题库按职业、工种、等级和科目各建一个",
    tests=[f"{STAYS}test_a_bank_stands_once_even_without_job_and_level"],
)
enforced(
    "BANK-09",
    how="每批次另行抽题组卷，用过的试题先不再抽，封存的试卷不能另用",
    tests=[
        f"{PAPERS}test_roles_foreign_batches_and_repeats_are_refused",
        f"{PAPERS}test_items_of_earlier_papers_rest",
        f"{OPENING}test_questions_of_before_come_last",
        f"{OPENING}test_a_paper_of_before_is_never_drawn_again",
        f"{STAYS}test_a_sealed_paper_can_only_be_released_and_then_stays",
    ],
)
enforced(
    "BANK-18",
    how="入库须有规程要求的人数的专家验收意见",
    tests=[f"{ITEMS}test_acceptance_needs_the_rulebooks_experts"],
)
enforced(
    "BANK-20",
    how="题目和试卷只能按状态表流转",
    tests=[
        f"{MOVES}test_an_item_moves_only_as_the_table_says",
        f"{MOVES}test_a_paper_moves_only_as_the_table_says",
        f"{MOVES}test_a_sealed_paper_only_opens",
    ],
)
enforced(
    "BANK-23",
    how="抽题、审批、封存、启封都留痕，试卷可追溯到每道题",
    tests=[
        f"{PAPERS}test_two_forms_and_a_spare_are_drawn_and_traced",
        f"{SEALING}test_a_wrong_passphrase_opens_nothing_and_stays_on_record",
    ],
)
enforced(
    "BANK-31",
    how="权重合计不超过百分之百，组卷按方案的题型、题数和权重",
    tests=[
        f"{STAYS}test_points_and_blueprints_have_unique_names_and_sound_weights",
        "tests/questionbank/rules/test_assembly.py::test_every_form_keeps_the_blueprint",
    ],
)
enforced(
    "PAPER-11",
    how="每批次抽出的试卷密封后随批次归档",
    tests=[
        "tests/questionbank/test_panels.py::test_closed_papers_are_listed_and_archived_still_closed"
    ],
)
enforced(
    "SEC-07",
    how="封存后库里没有明文试题，启封须两名保管人，到时间才能开",
    tests=[
        f"{SEALING}test_after_sealing_no_clear_content_is_left_in_the_database",
        f"{SEALING}test_one_person_alone_opens_nothing",
        f"{SEALING}test_papers_are_not_opened_early_unsealed_or_by_others",
        "tests/questionbank/test_pages.py::test_registers_show_no_content",
    ],
)


def _own(batch: Any) -> list[Bank]:
    """The banks out of which this batch draws."""
    drawn = batch.papers.exclude(status="void").values("blueprint__bank")
    banks = Bank.objects.filter(pk__in=drawn)
    return list(banks.select_related("occupation", "job").order_by("pk"))


def _named(bank: Bank, words: str) -> Evidence:
    return Evidence(f"{bank}：{words}", reverse("questionbank_office:bank", args=[bank.pk]))


def _small(batch: Any, subject: str, least: Cited[int]) -> Iterator[Evidence]:
    for bank, size in bank_sizes(batch).values():
        if bank.subject == subject and size < least.value:
            told = {"n": size, "least": least.value}
            yield _named(bank, _("已入库 %(n)s 题，应不少于 %(least)s 题") % told)


def _size_check(batch: Any, subject: str, least: Cited[int] | None) -> Finding:
    used = {bank.pk for bank in _own(batch) if bank.subject == subject}
    if least is None or not used:
        return NotApplicable(_("没有最低题量的规定，或还没有从本机构题库组卷。"))
    faults = tuple(_small(batch, subject, least))
    return Failed(faults) if faults else Passed(_("%(n)s 个题库") % {"n": len(used)})


@check("BANK-02", tests=[f"{CHECKS}test_a_bank_too_small_is_found"], page=PAGE)
def theory_banks_are_large_enough(batch: Any) -> Finding:
    """理论题库的题量达到规程的下限。"""
    return _size_check(batch, "theory", batch.rules.settings.bank_theory_min)


@check("BANK-03", tests=[f"{CHECKS}test_a_bank_too_small_is_found"], page=PAGE)
def practical_banks_are_large_enough(batch: Any) -> Finding:
    """技能题库的题量达到规程的下限。"""
    return _size_check(batch, "practical", batch.rules.settings.bank_practical_min)


@check("BANK-04", tests=[f"{CHECKS}test_the_bank_of_a_review_is_counted"], page=PAGE)
def review_banks_are_large_enough(batch: Any) -> Finding:
    """综合评审题库的题量达到规程的下限。"""
    return _size_check(batch, "review", batch.rules.settings.bank_review_min)


@check("BANK-05", tests=[f"{CHECKS}test_too_few_points_are_found"], page=PAGE)
def theory_banks_have_points_enough(batch: Any) -> Finding:
    """理论题库的考核点达到规程的数量，每个范围的点数与权重相称。"""
    settings = batch.rules.settings
    least, factor = settings.points_min, settings.points_weight_factor
    banks = [bank for bank in _own(batch) if bank.subject == "theory"]
    if least is None or factor is None or not banks:
        return NotApplicable(_("没有考核点数量的规定，或还没有从本机构题库组卷。"))
    faults = [each for bank in banks for each in _few_points(bank, least.value, factor.value)]
    return Failed(tuple(faults)) if faults else Passed(_("%(n)s 个题库") % {"n": len(banks)})


def _few_points(bank: Bank, least: int, factor: float) -> Iterator[Evidence]:
    areas = list(
        bank.points.values("area").annotate(n=Count("id"), share=Sum("weight")).order_by("area")
    )
    total = sum(each["n"] for each in areas)
    if total < least:
        told = {"n": total, "least": least}
        yield _named(bank, _("有考核点 %(n)s 个，应不少于 %(least)s 个") % told)
    for each in areas:
        if each["n"] < factor * float(each["share"]):
            told = {"area": each["area"], "n": each["n"], "factor": factor}
            yield _named(bank, _("“%(area)s”有考核点 %(n)s 个，不足其权重的 %(factor)s 倍") % told)


@check("BANK-07", tests=[f"{CHECKS}test_papers_that_repeat_too_much_are_found"], page=PAGE)
def papers_repeat_little(batch: Any) -> Finding:
    """启封过的试卷与同一题库其他试卷的重复率不超过规程的上限。"""
    most = batch.rules.settings.paper_overlap_max
    papers = list(batch.papers.filter(uses__isnull=False).distinct().select_related("blueprint"))
    if most is None or not papers:
        return NotApplicable(_("没有重复率的规定，或还没有启封试卷。"))
    faults = [each for paper in papers if (each := _repeated(paper, most.value))]
    return Failed(tuple(faults)) if faults else Passed(_("%(n)s 份试卷") % {"n": len(papers)})


def _repeated(paper: Paper, most: float) -> Evidence | None:
    """The paper of the same bank that shares most with this one, where it is too much."""
    own = set(paper.uses.values_list("item_id", flat=True))
    shared = Counter(
        ItemUse.objects.filter(item__in=own, paper__blueprint__bank=paper.blueprint.bank_id)
        .exclude(paper=paper)
        .values_list("paper_id", flat=True)
    )
    largest = max(shared.values(), default=0)
    if largest <= most * len(own):
        return None
    told = {"n": largest, "all": len(own)}
    words = _("与另一份试卷重复 %(n)s 题，全卷 %(all)s 题") % told
    return Evidence(f"{paper}：{words}", reverse(PAGE, args=[paper.batch.code]))


@check("BANK-06", tests=[f"{CHECKS}test_a_point_without_items_is_found"], page=PAGE)
def every_point_has_an_item(batch: Any) -> Finding:
    """每个考核点至少有一道已入库的试题。"""
    banks = _own(batch)
    if not banks:
        return NotApplicable(_("还没有从本机构题库组卷。"))
    kept = Count("items", filter=Q(items__status=ItemStatus.ACCEPTED))
    bare = Point.objects.filter(bank__in=banks).annotate(kept=kept).filter(kept=0)
    faults = [
        _named(each.bank, _("考核点 %(code)s 没有试题") % {"code": each.code})
        for each in bare.select_related("bank__occupation", "bank__job").order_by("code")
    ]
    return Failed(tuple(faults)) if faults else Passed(_("%(n)s 个题库") % {"n": len(banks)})


@check("DBL-06", tests=[f"{CHECKS}test_a_reviewer_who_writes_for_the_bank_is_found"], page=PAGE)
def reviewers_did_not_write(batch: Any) -> Finding:
    """审题人不是同一题库的命题人。"""
    banks = _own(batch)
    if not banks:
        return NotApplicable(_("还没有从本机构题库组卷。"))
    reviewed = Item.objects.filter(bank__in=banks, reviewer__isnull=False)
    wrote = reviewed.filter(bank__items__writer=F("reviewer")).distinct()
    faults = {
        (each.bank_id, each.reviewer_id): _named(
            each.bank, _("%(who)s 既命题又审题") % {"who": each.reviewer}
        )
        for each in wrote.select_related("bank__occupation", "bank__job", "reviewer")
    }
    if faults:
        return Failed(tuple(faults.values()))
    return Passed(_("%(n)s 个题库") % {"n": len(banks)})
