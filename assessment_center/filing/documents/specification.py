"""F-108, an own assessment specification with the experts' signatures."""

from collections.abc import Iterator

from assessment_center import pdf
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.filing.documents.base import Made, chinese_day, imprint
from assessment_center.filing.models import FilingApplication, OwnSpecification
from assessment_center.filing.rules.blocks import Block, blocks
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese

PARTS = (
    ("overview", "职业概况"),
    ("basics", "基本要求"),
    ("demands", "工作要求"),
    ("weights", "权重表"),
)
NUMBERS = "一二三四"


@in_chinese
def specifications(application: FilingApplication, actor: Actor) -> Made:
    """Every own specification that a line of this application rests on."""
    lines = application.lines.exclude(specification=None).select_related("specification")
    found = list({line.specification_id: line.specification for line in lines}.values())
    if not found:
        rule = application.rules.filing_rule("own_spec")
        raise RefusedError(
            "这份申请都以国家职业标准为依据，没有自主评价规范。", rule.cite if rule else ()
        )
    notices = [_notice(each) for each in found if each is not None]
    shown = [[str(part) for part in each.body] for each in notices]
    title = "自主开发的评价规范"
    mark = imprint(
        application, actor, code="F-108", slug="own-specification", title=title, content=shown
    )
    return Made(title, "pdf", pdf.notice(notices, imprint=mark))


def _notice(specification: OwnSpecification) -> pdf.Notice:
    return pdf.Notice(
        issuer=specification.centre.name,
        title=f"{specification.title}\n（{specification.edition}）",
        body=tuple(_body(specification)),
        signer=f"{specification.centre.name}（盖章）",
        date="",
        red_head=False,
    )


def _table(block: Block) -> pdf.Table:
    """The first column holds the words, the others figures."""
    first, *others = block.head
    columns = (pdf.Column(first, 3, align="left"), *(pdf.Column(each, 2) for each in others))
    return pdf.Table(columns, block.rows)


def _body(specification: OwnSpecification) -> Iterator[str | pdf.Table]:
    job = f"（{specification.job}）" if specification.job else ""
    levels = "、".join(str(LEVEL_LABELS[level]) for level in specification.levels)
    yield f"职业（工种）：{specification.occupation}{job}　编码：{specification.occupation.code}"
    if levels:
        yield f"等级：{levels}"
    for number, (name, title) in enumerate(PARTS):
        yield f"{NUMBERS[number]}、{title}"
        for block in blocks(getattr(specification, name)):
            yield _table(block) if block.head else block.text
    rows = [
        (
            each.expert.person.name,
            each.expert.title,
            "同意" if each.approves else "不同意",
            each.opinion,
            chinese_day(each.signed_on),
            "",
        )
        for each in specification.experts.select_related("expert__person")
    ]
    columns = (
        pdf.Column("专家", 2, names=True),
        pdf.Column("职务/职称", 2.4),
        pdf.Column("结论", 1.5),
        pdf.Column("意见", 6, align="left"),
        pdf.Column("日期", 3),
        pdf.Column("签字", 2.4),
    )
    yield pdf.Table(columns, rows, caption="评审专家签字")
