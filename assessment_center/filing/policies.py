"""What must hold before an application moves on; every refusal names its article."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.filing import selectors
from assessment_center.filing.enums import FilingStatus
from assessment_center.filing.models import FilingApplication, OwnSpecification
from assessment_center.filing.rules.evaluation import figure
from assessment_center.registry import ALLOWED, Actor, Citation, Outcome, Refused
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import rules_of

SHOWN = 6


def listed(names: list[str]) -> str:
    """The first few names, and how many there are when more."""
    if len(names) <= SHOWN:
        return "、".join(names)
    return _("%(names)s 等 %(n)s 项") % {"names": "、".join(names[:SHOWN]), "n": len(names)}


def mode_citations(rules: Rulebook) -> tuple[Citation, ...]:
    """FIL-01: by which article a centre is filed at all."""
    rule = rules.settings.filing_mode
    return rule.citations if rule else ()


def route_citations(application: Any) -> tuple[Citation, ...]:
    way: tuple[Citation, ...] = application.way.cite
    return way


def may_assess(application: FilingApplication, _actor: Actor) -> Outcome:
    """FIL-13: every row marked, no veto, the pass mark reached."""
    return next(assessment_faults(application), ALLOWED)


def assessment_faults(application: FilingApplication) -> Iterator[Refused]:
    """Everything that keeps the self-assessment from being passed."""
    if not selectors.needs_assessment(application):
        yield Refused(_("这类申请不用自评。"), mode_citations(application.rules))
        return
    rule = application.rules.settings.filing_pass_score
    cited = rule.citations if rule else ()
    found = selectors.evaluation_of(application)
    if found.missing:
        named = {"names": listed(list(found.missing))}
        yield Refused(_("评分表还有没填的项目：%(names)s。") % named, cited, _("请逐项自评。"))
    if found.vetoed:
        rows = {each.code: each for each in application.rules.filing_criteria}
        for code in found.vetoed:
            told: dict[str, str] = {"code": code, "item": rows[code].label}
            yield Refused(_("否决项“%(code)s %(item)s”不符合。") % told, rows[code].cite)
    if rule and found.total < rule.value:
        marks = {"total": figure(found.total), "pass": rule.value}
        yield Refused(_("自评 %(total)s 分，未达到 %(pass)s 分。") % marks, cited)


def may_submit(application: FilingApplication, _actor: Actor) -> Outcome:
    return next(submit_faults(application), ALLOWED)


def submit_faults(application: FilingApplication) -> Iterator[Refused]:
    """Everything that keeps the application from being handed in, in the order of the work."""
    today = timezone.localdate()
    for faults in (_facts, _scope, _specifications, _team, _regulations, _assessment, _plan):
        yield from faults(application, today)
    yield from _papers(application)


def _facts(application: FilingApplication, _today: date) -> Iterator[Refused]:
    rule = application.rules.filing_rule("form_facts") or application.rules.filing_rule("record")
    if rule and not hasattr(application.centre, "profile"):
        yield Refused(_("学校信息还没有登记。"), rule.cite, _("请先填写学校信息。"))


def _scope(application: FilingApplication, _today: date) -> Iterator[Refused]:
    if not application.lines.exists():
        yield Refused(
            _("还没有列出申请的职业（工种）。"),
            mode_citations(application.rules),
            _("请在“申请范围”中添加。"),
        )


def _specifications(application: FilingApplication, _today: date) -> Iterator[Refused]:
    """FIL-06: an own specification is signed by enough experts before it is handed in."""
    for line in selectors.lines_of(application).filter(specification__isnull=False):
        assert line.specification is not None
        yield from specification_faults(line.specification, application.rules)


def specification_faults(specification: OwnSpecification, rules: Rulebook) -> Iterator[Refused]:
    """Too few experts have signed, or one of them does not agree."""
    least = rules.settings.own_spec_min_experts
    signed = list(specification.experts.all())
    agreed = [each for each in signed if each.approves]
    if least and len(agreed) < least.value:
        told = {"title": specification.title, "have": len(agreed), "need": least.value}
        yield Refused(
            _("《%(title)s》有 %(have)s 名专家签字同意，至少须 %(need)s 名。") % told,
            least.citations,
            _("请再请专家评审签字。"),
        )
    against = [str(each.expert) for each in signed if not each.approves]
    if against:
        told = {"title": specification.title, "names": "、".join(against)}
        yield Refused(
            _("《%(title)s》有专家不同意：%(names)s。") % told,
            least.citations if least else (),
            _("请修订后另立版本再评审。"),
        )


def _team(application: FilingApplication, today: date) -> Iterator[Refused]:
    """FIL-17: full-time staff, and assessors of every occupation asked for."""
    rules, centre = application.rules, application.centre
    if (staff := rules.settings.min_fulltime_staff) is not None:
        have = len(selectors.fulltime_staff(centre))
        if have < staff.value:
            yield Refused(
                _("专职工作人员 %(have)s 名，至少须 %(need)s 名。")
                % {"have": have, "need": staff.value},
                staff.citations,
                _("请在“机构与职责”中登记专职人员。"),
            )
    if (least := rules.settings.min_assessors_per_occupation) is not None:
        for occupation in {line.occupation for line in selectors.lines_of(application)}:
            have = len(selectors.assessors_of(occupation, today))
            if have < least.value:
                told = {"occupation": occupation, "have": have, "need": least.value}
                yield Refused(
                    _("“%(occupation)s”有 %(have)s 名考评人员，至少须 %(need)s 名。") % told,
                    least.citations,
                    _("请登记考评员及其证卡。"),
                )
    yield from _supervision(application)


def _supervision(application: FilingApplication) -> Iterator[Refused]:
    """FIL-17: where the rulebook asks for the three teams, the supervision group has members."""
    rule = application.rules.filing_rule("teams")
    if rule is None:
        return
    units = selectors.units_in_force(application.centre).filter(code="supervision")
    if not any(unit.members.exists() for unit in units):
        yield Refused(_("内部质量督导组还没有成员。"), rule.cite, _("请在“机构与职责”中登记。"))


def _regulations(application: FilingApplication, today: date) -> Iterator[Refused]:
    """FIL-14: the internal regulations that must be in force before filing."""
    rules = application.rules
    missing = selectors.regulations_missing(application.centre, rules, today)
    if missing:
        cited = {c: None for each in rules.regulations_due if each.label in missing
                 for c in each.cite}  # fmt: skip
        yield Refused(
            _("内部制度还缺：%(names)s。") % {"names": listed(missing)},
            tuple(cited),
            _("请在“内部制度”中登记文号和日期。"),
        )


def _assessment(application: FilingApplication, _today: date) -> Iterator[Refused]:
    """FIL-13: the self-assessment is closed before the application is handed in."""
    if not selectors.needs_assessment(application) or application.status != FilingStatus.DRAFT:
        return
    faults = list(assessment_faults(application))
    rule = application.rules.settings.filing_pass_score
    cited = rule.citations if rule else ()
    yield from faults or (Refused(_("自评还没有确认。"), cited, _("请先确认自评。")),)


def _plan(application: FilingApplication, _today: date) -> Iterator[Refused]:
    """FIL-15: every section of the work plan is written."""
    if not selectors.needs_plan(application):
        return
    unwritten = selectors.unwritten(application)
    if unwritten:
        names = [f"{each.code} {each.label}" for each in unwritten]
        yield Refused(
            _("工作方案还缺：%(names)s。") % {"names": listed(names)},
            tuple(dict.fromkeys(c for each in unwritten for c in each.cite)),
            _("请补写后再报送。"),
        )


def _papers(application: FilingApplication) -> Iterator[Refused]:
    """FIL-12: no due paper is missing; each is named."""
    for each in selectors.checklist(application):
        if each.missing:
            yield Refused(
                _("缺少材料：%(label)s。") % {"label": each.material.label},
                each.material.cite,
                _("请生成或上传。"),
            )


def may_recommend(application: FilingApplication, _actor: Actor) -> Outcome:
    """FIL-10: where a body recommends, after its experts have looked."""
    way = application.way
    if not way.recommends:
        return Refused(_("这一途径不经推荐，由受理部门直接审核。"), way.cite)
    asked = [each for each in application.rules.filing_materials if each.by_authority]
    mine = [each for each in asked if application.kind in each.kinds]
    if mine and not application.opinions.exists():
        return Refused(
            _("还没有登记评审专家意见。"), mine[0].cite, _("请先登记专家意见，再登记推荐。")
        )
    if mine and application.opinions.filter(supports=False).exists():
        return Refused(_("有专家不同意推荐。"), mine[0].cite, _("请登记退回，整改后再报。"))
    return ALLOWED


def may_confirm(application: FilingApplication, _actor: Actor) -> Outcome:
    """FIL-10: the deciding body comes after the recommending one."""
    way = application.way
    if way.recommends and application.status != "recommended":
        return Refused(
            _("须先由%(body)s初审推荐，再由人社部门确认。") % {"body": way.recommends}, way.cite
        )
    return ALLOWED


def may_publish(application: FilingApplication, _actor: Actor) -> Outcome:
    rule = application.rules.filing_rule("publish")
    if rule is None:
        return Refused(_("规程没有规定备案后的公布，到备案为止。"))
    return ALLOWED


def may_review(specification: OwnSpecification, _actor: Actor) -> Outcome:
    rules = rules_of(specification.rulebook_version)
    return next(specification_faults(specification, rules), ALLOWED)
