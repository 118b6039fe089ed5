"""The demo's filing: how the centre came to be filed, and what it asks for next.

The `Demo` knows of batches, which stand above: here it is only what it offers.
"""

from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from assessment_center import pdf
from assessment_center.accounts.enums import Role
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.selectors import current_standard
from assessment_center.catalog.services import record_standard
from assessment_center.filing import demo_specification, packages, selectors, services
from assessment_center.filing.models import FilingApplication
from assessment_center.filing.rules.evaluation import Mark
from assessment_center.organization.models import AssessmentCentre
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.services import add_qualification, hire, next_card_number
from assessment_center.registry import Actor
from assessment_center.registry.entries import demo_steps
from assessment_center.rulebooks.selectors import current_version, rules_of

SINCE = date(2021, 9, 1)
SENT, REPLIED = date(2021, 11, 15), date(2021, 12, 20)
CARDS = (date(2026, 1, 1), date(2027, 12, 31))
TERM = (date(2022, 1, 1), date(2024, 12, 31))
ASKED = (("电工", "电气自动化技术"), ("保育师", "早期教育"), ("化学检验员", "分析检验技术"))
NEXT = (("装配钳工", "机电设备技术"), ("茶艺师", "茶艺与茶文化"))
HEADS = ("主任", "专职干事", "专职干事")
SCHOOL: dict[str, Any] = {
    "school_name": "江州化工职业学院（演示）",
    "school_address": "江州市学府大道88号",
    "registered_with": "江州市事业单位登记管理局",
    "ownership": "public",
    "credit_code": "125000004500000000",
    "supervised_by": "省教育厅",
    "legal_name": "周明远",
    "legal_post": "院长",
    "legal_phone": "023-60000001",
    "contact_name": "吴静",
    "contact_post": "认定中心主任",
    "contact_phone": "023-60000088",
    "contact_mobile": "13900000088",
    "email": "rending@example.edu.cn",
    "website": "https://rending.example.edu.cn",
}
# Points lost in the self-assessment, with what was found.
LOST = {
    "E3": (2, "试点总结一章较简略"),
    "E12": (1, "过程化考核办法还在试行"),
    "E17": (1, "车工实训设备偏旧"),
    "E21": (1, "首批计划人数待定"),
    "E42": (2, "保育师技能题库承诺开考前补足"),
    "E43": (1, "两门校本教材在编"),
}
EXTRA = {"E47": (2, "2008 年起设有职业技能鉴定所")}


def filings(demo: Any) -> None:
    """The first filing, asked for and replied to; where the rulebook has it, the next increment."""
    centre, actor = demo.centre, demo.actor(Role.CLERK)
    version = current_version(demo.rulebook)
    rules = rules_of(version)
    if centre is None or not rules.filing_routes:
        return
    services.save_profile(actor=actor, centre=centre, **SCHOOL)
    way = rules.filing_routes[0]
    application = services.begin(
        actor=actor, centre=centre, version=version, kind=way.kinds[0], route=way.code
    )
    _stand_behind(actor, application)
    _fill(actor, application)
    number = centre.filings.filter(rulebook_version=version, base=None)[0].number
    done = _decided(actor, application, number)
    demo.say(f"{done.get_kind_display()} {done.get_status_display()}")
    if "incremental" in way.kinds and rules.filing_materials:
        _increment(demo, actor, centre, way.code)


def _stand_behind(actor: Actor, application: FilingApplication) -> None:
    """Regulations and units the rulebook asks for, as far as they are not there yet."""
    centre, rules = application.centre, application.rules
    held = set(centre.regulations.values_list("code", flat=True))
    for number, due in enumerate(rules.regulations_due, start=1):
        if due.code not in held:
            services.issue_regulation(
                actor=actor,
                centre=centre,
                code=due.code,
                title=due.label,
                number=f"江化院〔2021〕{20 + number}号",
                issuer="院长办公室",
                issued_on=SINCE,
                rules=rules,
            )
    people = iter(_own(Grade.STAFF) + _own(Grade.SUPERVISOR_INTERNAL))
    for rule in selectors.units_missing(centre, rules):
        unit = services.set_up_unit(
            actor=actor,
            centre=centre,
            rules=rules,
            code=rule.code,
            name=rule.label,
            since=SINCE,
            document="江化院〔2021〕18号",
        )
        posts = HEADS if rule.kind == "office" else (rule.head or "联络人",)
        for place, post in enumerate(posts):
            if member := next(people, None):
                services.join_unit(
                    actor=actor,
                    unit=unit,
                    member=member,
                    post=post,
                    is_head=place == 0,
                    is_fulltime=rule.kind == "office",
                )


def _own(grade: Grade) -> list[StaffMember]:
    found = StaffMember.objects.filter(qualifications__grade=grade, is_active=True)
    return list(found.distinct().order_by("person__pinyin", "pk"))


def _fill(actor: Actor, application: FilingApplication) -> None:
    """Lines, self-assessment, plan and papers, as far as the rulebook asks for them."""
    known = application.rules.settings.levels
    levels = (4, 3) if known and known.value else ()
    for name, major in ASKED:
        _ask(actor, application, name, major, levels)
    services.describe(
        actor=actor,
        application=application,
        letter_number="江化院函〔2021〕9号",
        advantage_unit="认定工作由院领导分管，专职人员三名，制度齐全。",
        advantage_major="化工类专业群为省级高水平专业群，实训设备完备。",
        systems="使用本考务管理软件，与省平台对接；标准化考场全部接入视频监控。",
    )
    if selectors.needs_assessment(application):
        services.mark_rows(actor=actor, application=application, marks=_marks(application))
    if selectors.needs_plan(application):
        _plan(actor, application)
    _bind(actor, application)


def _ask(
    actor: Actor, application: FilingApplication, name: str, major: str, levels: tuple[int, ...]
) -> None:
    occupation = Occupation.objects.filter(name=name, is_active=True).first()
    if occupation is None:
        return
    if current_standard(occupation) is None:
        record_standard(
            actor=actor, occupation=occupation, edition="2020", name=f"{name}国家职业标准"
        )
    wanted = services.Wanted(
        name, levels=levels, major=major, audience=("students",), whole_reason="各工种统一备案"
    )
    services.ask_line(actor=actor, application=application, wanted=wanted)


def _marks(application: FilingApplication) -> dict[str, tuple[Mark, str]]:
    found = {}
    for row in application.rules.filing_criteria:
        lost, note = LOST.get(row.code, (0, "查看文件和现场，符合"))
        if row.veto:
            found[row.code] = (Mark(met=True), note)
        elif not row.bonus:
            found[row.code] = (Mark(points=Decimal(row.points - lost)), note)
        elif row.code in EXTRA:
            points, told = EXTRA[row.code]
            found[row.code] = (Mark(points=Decimal(points)), told)
    return found


def _plan(actor: Actor, application: FilingApplication) -> None:
    for chapter in application.rules.plan_chapters:
        if not selectors.has_sections(application.rules, chapter):
            told = chapter.hint or "按年度工作计划推进，责任到人，逐项落实。"
            services.write_section(
                actor=actor,
                application=application,
                code=chapter.code,
                text=f"学院围绕“{chapter.label}”作如下安排。{told}",
            )


def _proof(label: str) -> bytes:
    notice = pdf.Notice(
        issuer=SCHOOL["school_name"],
        title=label,
        body=("演示材料：证照复印件、任职文件和场地照片按申请表顺序装订。",),
        signer=SCHOOL["school_name"],
        date="2021年11月10日",
        red_head=False,
    )
    return pdf.notice([notice], imprint=pdf.Imprint())


def _decided(actor: Actor, application: FilingApplication, number: str) -> FilingApplication:
    """Handed in, recommended where the way says so, replied to, made public where it is."""
    if selectors.needs_assessment(application):
        application = services.assess(actor=actor, application=application)
    application = services.submit(
        actor=actor, application=application, pledged_by=SCHOOL["legal_name"], on=SENT
    )
    if application.way.recommends:
        for expert in ("郑克勤", "冯雅琴", "陈立新"):
            services.give_opinion(
                actor=actor,
                application=application,
                expert=expert,
                unit="省职业技能评审专家库",
                opinion="组织健全，场地设备满足所报职业，同意推荐备案。",
                supports=True,
                signed_on=date(2021, 12, 3),
            )
        services.recommend(actor=actor, application=application, on=date(2021, 12, 6))
    reply = services.Reply(
        reply_number="人社函〔2021〕136号",
        reply_date=REPLIED,
        filing_number=number,
        valid_from=TERM[0],
        valid_until=TERM[1],
    )
    application = services.enter_reply(actor=actor, application=application, reply=reply)
    if application.rules.filing_rule("publish"):
        return services.publish(
            actor=actor, application=application, site="www.osta.org.cn", on=date(2022, 1, 10)
        )
    return application


def _increment(demo: Any, actor: Actor, centre: AssessmentCentre, route: str) -> None:
    """The next occupations, one of them by an own specification: filled in, not handed in yet.

    Its package is made once, so that what would be handed in is known to be whole.
    """
    version = current_version(demo.rulebook)
    application = services.begin(
        actor=actor, centre=centre, version=version, kind="incremental", route=route
    )
    for name, major in NEXT:
        _ask(actor, application, name, major, (4, 3))
    if specification := demo_specification.specify(actor, application):
        wanted = services.Wanted(
            specification.occupation.name,
            levels=specification.levels,
            major=demo_specification.MAJOR,
            audience=("students",),
            specification=specification,
        )
        services.ask_line(actor=actor, application=application, wanted=wanted)
    services.describe(
        actor=actor,
        application=application,
        advantage_unit="认定中心已组织五批认定，制度和人员齐备。",
        advantage_major="新增职业均有对应专业和实训室，近三年就业对口率高。",
        systems="使用本考务管理软件，与省平台对接；标准化考场全部接入视频监控。",
    )
    _judges(actor, application)
    _bind(actor, application)
    size = len(packages.package(application, actor))
    demo.say(f"增量备案已填好待报送，{application.lines.count()} 个职业，材料包 {size // 1024} KB")


def _judges(actor: Actor, application: FilingApplication) -> None:
    """For every new occupation as many assessors with cards and contracts as are asked for."""
    least = application.rules.settings.min_assessors_per_occupation
    if least is None:
        return
    free = iter(_own(Grade.PROCTOR))
    for line in application.lines.select_related("occupation"):
        for member in islice(free, least.value):
            card = add_qualification(
                actor=actor,
                member=member,
                grade=Grade.ASSESSOR,
                card_number=next_card_number(Grade.ASSESSOR, CARDS[0]),
                occupations=[line.occupation],
                valid_from=CARDS[0],
                valid_until=CARDS[1],
            )
            hire(
                actor=actor,
                member=member,
                grade=Grade.ASSESSOR,
                starts=CARDS[0],
                ends=CARDS[1],
                card=card,
                signed_on=CARDS[0],
            )


def _bind(actor: Actor, application: FilingApplication) -> None:
    """Every paper of the checklist: made from what is entered, or brought along."""
    services.produce_all(actor=actor, application=application)
    for due in selectors.checklist(application):
        if due.missing:
            services.add_paper(
                actor=actor,
                application=application,
                code=due.material.code,
                content=_proof(due.material.label),
            )


demo_steps.register("filing.applications", filings, order=150)
