"""The demo's own specification: an occupation without a national standard, signed by experts."""

from datetime import date
from typing import Any

from assessment_center.catalog.models import Occupation
from assessment_center.filing import services
from assessment_center.filing.models import FilingApplication, OwnSpecification
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.selectors import live_qualifications
from assessment_center.registry import Actor

OCCUPATION, MAJOR = "化工生产现场技术员", "应用化工技术"
LEVELS = (4, 3)
SIGNED = date(2025, 12, 18)
PARTS: dict[str, Any] = {
    "overview": """1.1 职业定义：在化工生产现场从事工艺巡检、参数调整、异常处置和现场管理的人员。
1.2 职业技能等级：本规范设四级/中级工、三级/高级工两个等级。
1.3 职业环境条件：室内、外，常温，部分岗位接触有毒有害物质，须按规定佩戴防护用品。
1.4 普通受教育程度：高中毕业（或同等学力）。
1.5 评价方式：理论知识考试闭卷笔试，不少于 90 分钟；\
技能考核现场操作，四级不少于 90 分钟，三级不少于 120 分钟。""",
    "basics": """2.1 职业道德：遵章守纪，安全第一；爱岗敬业，精益求精；保护环境，文明生产。
2.2 基础知识：化学基础与化工单元操作；工艺流程图与仪表识读；\
安全、消防与职业卫生；环境保护与相关法律法规。""",
    "demands": """3.1 四级/中级工：能按路线完成现场巡检并记录；能识读带控制点的流程图；\
能按指令调整温度、压力、流量和液位；能发现跑冒滴漏并作应急隔离。
3.2 三级/高级工：能编制巡检方案和操作卡；能分析工艺参数偏离的原因并提出处置意见；\
能组织班组应急演练；能指导四级人员操作。""",
    "weights": """4.1 理论知识权重
项目 | 四级（%） | 三级（%）
职业道德 | 5 | 5
基础知识 | 20 | 15
现场巡检 | 30 | 25
工艺调整 | 25 | 30
异常处置 | 20 | 25
4.2 技能要求权重
项目 | 四级（%） | 三级（%）
现场巡检 | 40 | 30
工艺调整 | 35 | 35
异常处置 | 25 | 35""",
}
OPINIONS = (
    "职业边界清楚，与现行职业分类大典一致，同意。",
    "四级、三级要求有区分度，权重合理，同意。",
    "安全、环保要求落到了考核要点，同意。",
    "技能考核条件学院实训基地能够满足，同意。",
    "编写符合国家职业标准编制技术规程，同意。",
)


def specify(actor: Actor, application: FilingApplication) -> OwnSpecification | None:
    """Written, signed by as many experts as are asked for, and reviewed.

    None where the rulebook knows no own specification or there are too few experts.
    """
    rules = application.rules
    least = rules.settings.own_spec_min_experts
    occupation = Occupation.objects.filter(name=OCCUPATION, is_active=True).first()
    if rules.filing_rule("own_spec") is None or least is None or occupation is None:
        return None
    cards = live_qualifications(SIGNED).filter(grade=Grade.EXPERT).select_related("member")
    experts = list({card.member_id: card.member for card in cards}.values())
    if len(experts) < least.value:
        return None
    written = services.write_specification(
        actor=actor,
        centre=application.centre,
        version=application.rulebook_version,
        occupation=occupation,
        levels=LEVELS,
        title=f"{OCCUPATION}职业技能等级评价规范",
        edition="2025年版",
        **PARTS,
    )
    for expert, opinion in zip(experts[: least.value], OPINIONS, strict=False):
        services.sign_specification(
            actor=actor,
            specification=written,
            expert=expert,
            approves=True,
            signed_on=SIGNED,
            opinion=opinion,
        )
    return services.close_review(actor=actor, specification=written)
