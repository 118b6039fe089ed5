"""An application on its way: every part of it made through the services."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from assessment_center.catalog.models import Occupation
from assessment_center.filing import services
from assessment_center.filing.models import FilingApplication, OrgUnit, OwnSpecification
from assessment_center.filing.rules.evaluation import Mark
from assessment_center.filing.selectors import has_sections
from assessment_center.organization.models import AssessmentCentre, Filing
from assessment_center.personnel.enums import Grade
from assessment_center.registry import SYSTEM
from assessment_center.rulebooks.selectors import rules_of
from tests.factories.foundation import (
    make_centre,
    make_filing,
    make_member,
    make_occupation,
    make_rulebook,
    make_standard,
)
from tests.remembered import remembered

HENAN_NUMBER = "Y000041019001"
PDF = b"%PDF-1.4 paper"
PROFILE: dict[str, Any] = {
    "school_name": "试验职业学院",
    "school_address": "江州市学府路1号",
    "registered_with": "江州市事业单位登记管理局",
    "ownership": "public",
    "credit_code": "124100004158000000",
    "supervised_by": "省教育厅",
    "legal_name": "周校长",
    "legal_post": "校长",
    "legal_phone": "0371-60000001",
    "contact_name": "吴主任",
    "contact_post": "主任",
    "contact_phone": "0371-60000002",
    "contact_mobile": "13900000001",
    "email": "rd@example.edu.cn",
}


@remembered
def begin(
    kind: str = "initial", *, rulebook: str = "henan", route: str = "", **more: Any
) -> FilingApplication:
    """An application just begun, by the first route that allows its kind."""
    version = more.pop("version", None) or make_rulebook(rulebook)
    routes = rules_of(version).filing_routes
    way = route or next(each.code for each in routes if kind in each.kinds)
    return services.begin(
        actor=SYSTEM, centre=make_centre(), version=version, kind=kind, route=way, **more
    )


@remembered
def filed(centre: AssessmentCentre | None = None, **more: Any) -> Filing:
    """A filing under Henan's rulebook that holds through 2026."""
    facts = {
        "number": HENAN_NUMBER,
        "valid_from": date(2025, 1, 1),
        "valid_until": date(2027, 12, 31),
        "rulebook_version": make_rulebook("henan"),
        **more,
    }
    return make_filing(centre or make_centre(), **facts)


@remembered
def ask(application: FilingApplication, name: str = "电工", **more: Any) -> Any:
    """A line with standard, major and audience."""
    occupation = make_occupation(name)
    make_standard(occupation)
    facts: dict[str, Any] = {
        "occupation": name,
        "levels": (4, 3),
        "major": "电气自动化技术",
        "audience": ("students",),
        **more,
    }
    return services.ask_line(actor=SYSTEM, application=application, wanted=services.Wanted(**facts))


@remembered
def specify(application: FilingApplication, name: str = "茶艺师", **more: Any) -> OwnSpecification:
    """An own specification of an occupation without a national standard."""
    facts: dict[str, Any] = {
        "title": f"{name}评价规范",
        "edition": "2026",
        "levels": (4, 3),
        "overview": "职业定义和环境。",
        "basics": "职业道德和基础知识。",
        "demands": "各等级的技能和知识要求。",
        "weights": "理论 40%，技能 60%。",
        **more,
    }
    return services.write_specification(
        actor=SYSTEM,
        centre=application.centre,
        version=application.rulebook_version,
        occupation=make_occupation(name),
        **facts,
    )


@remembered
def sign(specification: OwnSpecification, times: int = 5, *, approves: bool = True) -> None:
    """As many appointed experts sign, all in favour unless told otherwise."""
    for _number in range(times):
        services.sign_specification(
            actor=SYSTEM,
            specification=specification,
            expert=make_member(Grade.EXPERT),
            approves=approves,
            signed_on=date(2026, 2, 9),
        )


@remembered
def staff_up(application: FilingApplication, occupations: Iterable[Occupation] = ()) -> OrgUnit:
    """The units with two full-time members, a supervision group and three assessors."""
    centre, rules = application.centre, application.rules
    units = {}
    for rule in rules.org_units:
        if rule.kind != "authority":
            units[rule.code] = services.set_up_unit(
                actor=SYSTEM,
                centre=centre,
                rules=rules,
                code=rule.code,
                name=rule.label,
                since=date(2025, 1, 1),
            )
    office = next(unit for unit in units.values() if unit.kind == "office")
    for number in range(2):
        services.join_unit(
            actor=SYSTEM,
            unit=office,
            member=make_member(),
            post="主任" if number == 0 else "专职成员",
            is_head=number == 0,
            is_fulltime=True,
        )
    if "supervision" in units:
        services.join_unit(
            actor=SYSTEM, unit=units["supervision"], member=make_member(), post="组长"
        )
    for _number in range(3):
        make_member(Grade.ASSESSOR, occupations=occupations)
    return office


@remembered
def regulate(application: FilingApplication) -> None:
    """Every regulation the rulebook asks for, in force."""
    for number, due in enumerate(application.rules.regulations_due, start=1):
        services.issue_regulation(
            actor=SYSTEM,
            centre=application.centre,
            code=due.code,
            title=due.label,
            number=f"试院〔2025〕{number}号",
            issuer="院长办公室",
            issued_on=date(2025, 3, 1),
            rules=application.rules,
        )


def full_marks(application: FilingApplication) -> dict[str, tuple[Mark, str]]:
    """Every row at its best, the bonus rows left out."""
    return {
        each.code: (
            Mark(met=True) if each.veto else Mark(points=Decimal(each.points)),
            "",
        )
        for each in application.rules.filing_criteria
        if not each.bonus
    }


@remembered
def write_plan(application: FilingApplication) -> None:
    rules = application.rules
    for chapter in rules.plan_chapters:
        if not has_sections(rules, chapter):
            services.write_section(
                actor=SYSTEM,
                application=application,
                code=chapter.code,
                text=f"{chapter.label}：按学校实际情况办理。",
            )


@remembered
def gather(application: FilingApplication) -> None:
    """Every paper: made where it can be made, uploaded otherwise."""
    services.produce_all(actor=SYSTEM, application=application)
    held = set(application.papers.values_list("code", flat=True))
    for each in application.rules.filing_materials:
        wanted = application.kind in each.kinds and not each.by_authority
        if wanted and not each.only_own_spec and each.code not in held:
            services.add_paper(actor=SYSTEM, application=application, code=each.code, content=PDF)


@remembered
def ready(
    kind: str = "initial",
    *,
    rulebook: str = "henan",
    application: FilingApplication | None = None,
) -> FilingApplication:
    """An application that can be handed in: its self-assessment closed, all papers there."""
    application = application or begin(kind, rulebook=rulebook)
    services.save_profile(actor=SYSTEM, centre=application.centre, **PROFILE)
    ask(application)
    staff_up(application)
    regulate(application)
    if kind == "initial" and application.rules.filing_criteria:
        services.mark_rows(actor=SYSTEM, application=application, marks=full_marks(application))
        write_plan(application)
    gather(application)
    if kind == "initial" and application.rules.filing_criteria:
        application = services.assess(actor=SYSTEM, application=application)
    return application


@remembered
def submitted(kind: str = "initial", **more: Any) -> FilingApplication:
    application = ready(kind, **more)
    return services.submit(actor=SYSTEM, application=application, pledged_by="周校长")


@remembered
def recommended(**more: Any) -> FilingApplication:
    """Submitted, an expert in favour, passed on by the recommending body."""
    application = submitted(**more)
    services.give_opinion(
        actor=SYSTEM,
        application=application,
        expert="郑专家",
        opinion="条件具备。",
        supports=True,
        signed_on=timezone.localdate(),
    )
    return services.recommend(actor=SYSTEM, application=application)


def reply(**more: Any) -> services.Reply:
    facts: dict[str, Any] = {
        "reply_number": "豫人社函〔2026〕8号",
        "reply_date": date(2026, 3, 1),
        "filing_number": HENAN_NUMBER,
        "valid_from": date(2026, 3, 1),
        "valid_until": date(2029, 2, 28),
        **more,
    }
    return services.Reply(**facts)
