"""The first steps of the demo: centre, catalogue, people, staff, plan, batches, announcements."""

import re

from assessment_center.accounts.demo_users import ensure_demo_users
from assessment_center.accounts.enums import Role
from assessment_center.batches import (
    demo_registers,  # noqa: F401 - its step registers itself
    services,
)
from assessment_center.batches.demo_changes import change_place, report_papers
from assessment_center.batches.demo_crew import scope_occupations, staff
from assessment_center.batches.demo_crowd import people
from assessment_center.batches.demo_facts import (
    BATCHES,
    CENTRE,
    DURATIONS,
    FILED_FROM,
    FILED_UNTIL,
    FILING_NUMBERS,
    HAZARDOUS,
    HELD,
    RATIOS,
    RECOGNISING,
    REVIEWED,
    ROUTED,
    SCOPE,
    DemoBatch,
    moment,
)
from assessment_center.batches.demo_routes import enter_demo_basis
from assessment_center.batches.demo_staff import files
from assessment_center.batches.models import AnnualPlan, AssessmentBatch
from assessment_center.catalog.enums import Subject
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard
from assessment_center.catalog.selectors import occupation_by_code
from assessment_center.catalog.services import record_job, record_standard
from assessment_center.demo import Demo
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import active_centre
from assessment_center.organization.services import add_filing, add_scope_line, save_centre
from assessment_center.registry import Actor
from assessment_center.registry.entries import demo_steps
from assessment_center.rulebooks import Rulebook
from assessment_center.rulebooks.selectors import current_version, rules_of

SKILLED = 3  # 三级/高级工 and above: candidates who also sit the language
LAST = "archive"
SERIAL = "264000001"


def accounts(demo: Demo) -> None:
    """The people who sign in, one for each role and a second where two must act."""
    demo.users = dict(ensure_demo_users())
    demo.say(f"账号 {len(demo.users)} 个")


def centre(demo: Demo) -> None:
    """The centre, what it is filed for under the demo's rulebook, and the standards it uses."""
    actor = demo.actor(Role.CLERK)
    found = active_centre()
    number = _filing_number(demo)
    facts = CENTRE | {"province_code": number[5:7]}
    demo.centre = found or save_centre(actor=actor, **facts)
    filing = add_filing(
        actor=actor,
        centre=demo.centre,
        number=number,
        rulebook_version=current_version(demo.rulebook),
        valid_from=FILED_FROM,
        valid_until=FILED_UNTIL,
    )
    known = rules_of(filing.rulebook_version).settings.levels
    for code, _name, job_name, major in SCOPE:
        occupation = occupation_by_code(code)
        job = _job(actor, occupation, job_name) if job_name else None
        add_scope_line(
            actor=actor,
            filing=filing,
            occupation=occupation,
            job=job,
            standard=_standard(demo, occupation, job, major),
            levels=known.value if known else (),
            matching_major=major,
        )
    demo.say(f"备案 {filing.number}，{len(SCOPE)} 个职业")


def _job(actor: Actor, occupation: Occupation, name: str) -> Job:
    known = occupation.jobs.filter(name=name).first()
    return known or record_job(actor=actor, occupation=occupation, name=name)


def _filing_number(demo: Demo) -> str:
    """The first invented number that makes certificate numbers of the rulebook's pattern."""
    pattern = rules_of(current_version(demo.rulebook)).settings.certno_pattern
    if pattern is None:
        return FILING_NUMBERS[0]
    tried = (each for each in FILING_NUMBERS if re.fullmatch(pattern.value, f"{each}{SERIAL}"))
    return next(tried, FILING_NUMBERS[0])


def _standard(
    demo: Demo, occupation: Occupation, job: Job | None, major: str
) -> OccupationalStandard:
    known = OccupationalStandard.objects.filter(occupation=occupation, job=job, edition="2022")
    return known.first() or record_standard(
        actor=demo.actor(Role.CLERK),
        occupation=occupation,
        job=job,
        edition="2022",
        name=f"{occupation.name}国家职业标准",
        durations=DURATIONS,
        ratios=RATIOS,
        related_majors=[major],
        hazardous=occupation.name in HAZARDOUS,
    )


def plan(demo: Demo) -> AnnualPlan:
    """The approved plan of 2026 with every occupation of the filed scope."""
    assert demo.centre is not None
    found = AnnualPlan.objects.filter(centre=demo.centre, year=2026).first()
    if found is not None:
        return found
    made = services.create_plan(
        actor=demo.actor(Role.CLERK),
        centre=demo.centre,
        year=2026,
        notes="各批次的时间以公告为准。",
        training="3 月组织考评员业务培训一次，6 月前完成新申报考评员的资格培训。",
    )
    rules = rules_of(current_version(demo.rulebook))
    levels = rules.settings.levels
    for month, occupation in enumerate(scope_occupations(), start=5):
        services.add_plan_line(
            actor=demo.actor(Role.CLERK),
            plan=made,
            occupation=occupation,
            level=4 if levels and levels.value else None,
            forecast=demo.candidates,
            planned_month=month,
            paper_source=services.paper_origin(rules, None),
        )
    approved = services.approve_plan(actor=demo.actor(Role.HEAD), plan=made, at=moment(1, 15))
    if not rules.settings.annual_plan_filed.value:
        return approved
    return services.file_plan(
        actor=demo.actor(Role.CLERK),
        plan=approved,
        filed_on=moment(1, 20).date(),
        receipt_number="计划备案〔2026〕12号",
    )


def batches(demo: Demo) -> None:
    """Five batches, from one in its archive to one that takes registrations now."""
    assert demo.centre is not None
    year = plan(demo)
    for facts in (*BATCHES, *((RECOGNISING,) if _routes(demo, RECOGNISING.name) else ())):
        demo.batches[facts.name] = _batch(demo, demo.centre, year, facts)
        demo.reach[facts.name] = facts.reach
    demo.say("批次 " + "、".join(batch.code for batch in demo.batches.values()))


def _batch(
    demo: Demo, where: AssessmentCentre, year: AnnualPlan, facts: DemoBatch
) -> AssessmentBatch:
    actor = demo.actor(Role.CLERK)
    rules = rules_of(current_version(demo.rulebook))
    batch = services.open_batch(
        actor=actor,
        centre=where,
        code=f"{rules.identity.short}2026{facts.number:02d}",
        name=_title(rules, facts),
        plan=year,
        rulebook_code=demo.rulebook,
        registration_opens=facts.opens,
        registration_closes=facts.closes,
        exam_starts=facts.starts,
        exam_ends=facts.ends,
        exam_place=f"{where.short_name}实训中心和第一教学楼",
        is_demo=True,
    )
    _offer(demo, batch, facts)
    report_papers(demo, batch, facts.announced)
    draft = services.draft_announcement(actor=actor, batch=batch)
    services.publish_announcement(
        actor=demo.actor(Role.HEAD),
        announcement=draft,
        document_number=f"江化院认〔2026〕{facts.number}号",
        at=facts.announced,
    )
    batch.refresh_from_db()
    change_place(demo, facts.name, batch, facts.announced)
    return batch


def _title(rules: Rulebook, facts: DemoBatch) -> str:
    """Named after what the rulebook's own plan of a batch (F-203) says is held."""
    form = rules.form("F-203")
    return facts.title.replace(HELD, form.name.removesuffix("计划")) if form else facts.title


def _routes(demo: Demo, name: str) -> list[tuple[str, str, int]]:
    """The routes of this batch under which somebody may apply by the demo's rulebook."""
    rules = rules_of(current_version(demo.rulebook))
    modes = rules.settings.assessment_modes
    known = {(route, each.level) for each in rules.conditions for route in each.routes}
    return [
        (route, occupation, level)
        for route, occupation, level in ROUTED.get(name, ())
        if modes and route in modes.value and (route, level) in known
    ]


def _offer(demo: Demo, batch: AssessmentBatch, facts: DemoBatch) -> None:
    settings = batch.rules.settings
    free = settings.fee_mode is not None and settings.fee_mode.value == "none"
    offered = set()
    drawn = settings.review_order is not None and facts.reach == LAST
    for name, level, yuan in (*facts.offers, *(REVIEWED if drawn else ())):
        occupation = next(each for each in scope_occupations() if each.name == name)
        chosen = level if settings.levels and settings.levels.value else None
        if (name, chosen) in offered:
            continue
        offered.add((name, chosen))
        services.add_offering(
            actor=demo.actor(Role.CLERK),
            batch=batch,
            occupation=occupation,
            job=occupation.jobs.first(),
            level=chosen,
            subjects=_subjects(batch, chosen),
            fee_cents=0 if free else yuan * 100,
        )
    for route, name, level in _routes(demo, facts.name):
        occupation = next(each for each in scope_occupations() if each.name == name)
        job = occupation.jobs.first()
        enter_demo_basis(demo.actor(Role.CLERK), route, occupation, job, level)
        services.add_offering(
            actor=demo.actor(Role.CLERK),
            batch=batch,
            occupation=occupation,
            job=job,
            level=level,
            route=route,
        )


def _subjects(batch: AssessmentBatch, level: int | None) -> list[str] | None:
    """The rulebook's own; with the foreign language where it has one, at its higher levels."""
    optional = batch.rules.settings.optional_subjects
    if optional and Subject.LANGUAGE in optional.value and level is not None and level <= SKILLED:
        return [Subject.THEORY, Subject.PRACTICAL, Subject.LANGUAGE]
    return None


demo_steps.register("foundation.accounts", accounts, order=100)
demo_steps.register("foundation.centre", centre, order=101)
demo_steps.register("foundation.people", people, order=102)
demo_steps.register("foundation.staff", staff, order=103)
demo_steps.register("foundation.staff_files", files, order=103)
demo_steps.register("foundation.batches", batches, order=104)
