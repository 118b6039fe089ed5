"""F-102, the application form: the school, what it asks for, what it has, who vouches for it."""

from collections.abc import Sequence

from django.utils import timezone

from assessment_center import pdf
from assessment_center.filing import selectors
from assessment_center.filing.documents.base import (
    NO_JOB,
    Made,
    basis_of,
    chinese_day,
    imprint,
    level_figures,
    profile_of,
    standard_words,
)
from assessment_center.filing.documents.grid import WHOLE, heading, label, table, value
from assessment_center.filing.documents.people import team_rows
from assessment_center.filing.labels import OWNERSHIP_LABELS, PART_LABELS
from assessment_center.filing.models import FilingApplication
from assessment_center.pdf import Cell, Form, FormRow
from assessment_center.registry import Actor
from assessment_center.registry.entries import FilingPart
from assessment_center.registry.language import in_chinese

WIDTHS = (1.0,) * WHOLE
PLACES: tuple[FilingPart, ...] = ("work_place", "theory_place", "practical_place")


@in_chinese
def form(application: FilingApplication, actor: Actor) -> Made:
    """Print the form with the ID numbers it demands; who opened them is noted (SEC-22)."""
    named = application.rules.form("F-102")
    title = named.name if named else "职业技能等级认定机构备案申请表"
    rows = [
        *_kind(application),
        *_school(application),
        *_scope(application),
        *_regulations(application),
        *_advantages(application),
        *_places(application),
        *_equipment(application),
        *_systems(application),
        *team_rows(application),
        *_opinions(application),
    ]
    shown = [[cell.text for cell in row.cells] for row in rows]
    mark = imprint(application, actor, code="F-102", slug="filing-form", title=title, content=shown)
    sheet = Form(
        title=title,
        widths=WIDTHS,
        rows=rows,
        meta=(
            ("学校名称", f"{profile_of(application).school_name}（盖章）"),
            ("填报时间", chinese_day(application.submitted_on)),
        ),
        notes=("佐证材料按表中内容的顺序排列，单独装订。",)
        if basis_of(application.rules, "F-102")
        else (),
        who=profile_of(application).school_name,
    )
    return Made(title, "pdf", pdf.form_table([sheet], imprint=mark))


def _kind(application: FilingApplication) -> list[FormRow]:
    setup = "☑" if application.kind != "incremental" else "□"
    more = "☑" if application.kind == "incremental" else "□"
    words = f"{setup} 机构设置备案申请　　{more} 评价职业（工种）增量备案申请"
    return [FormRow((label("备案申请类别", 6), value(words, 18)))]


def _school(application: FilingApplication) -> list[FormRow]:
    p = profile_of(application)
    ownership = str(OWNERSHIP_LABELS.get(p.ownership, ""))
    former = application.base.number if application.base else application.former_code
    return [
        FormRow((label("申请学校全称", 6), value(p.school_name, 18))),
        FormRow((label("学校地址", 6), value(p.school_address, 18))),
        FormRow((label("注册登记机构", 6), value(p.registered_with, 10),
                 label("学校性质"), value(ownership, 4))),
        FormRow((label("统一社会信用代码", 6), value(p.credit_code, 8),
                 label("主管部门"), value(p.supervised_by, 6))),
        FormRow((label("法定代表人", 6), value(p.legal_name, 4), label("职务", 3),
                 value(p.legal_post, 4), label("办公电话", 3), value(p.legal_phone, 4))),
        FormRow((label("联系人", 6), value(p.contact_name, 4), label("职务", 3),
                 value(p.contact_post, 4), label("办公电话", 3), value(p.contact_phone, 4))),
        FormRow((label("手机号码", 6), value(p.contact_mobile, 8), label("邮箱"),
                 value(p.email, 6))),
        FormRow((label("技能等级认定工作网址", 6), value(p.website, 7),
                 label("原鉴定所（站）代码或评价机构代码", 6), value(former, 5))),
    ]  # fmt: skip


def _scope(application: FilingApplication) -> list[FormRow]:
    rows = [
        (
            str(number),
            line.occupation.code,
            line.occupation.name,
            line.job.name if line.job else NO_JOB,
            level_figures(line),
            f"{line.major}（相近）" if line.is_near else line.major,
            standard_words(line),
        )
        for number, line in enumerate(selectors.lines_of(application), start=1)
    ]
    head = ("序号", "职业编码", "职业名称", "工种名称", "等级", "对应专业", "评价标准")
    title = heading("申请开展职业技能等级认定的职业（工种）")
    return [title, *table((2, 4, 4, 4, 2, 4, 4), head, rows)]


def _regulations(application: FilingApplication) -> list[FormRow]:
    held = selectors.regulations_in_force(application.centre, timezone.localdate())
    rows = [
        (str(number), each.title, each.issued_on.isoformat(), f"{each.issuer} {each.number}")
        for number, each in enumerate(held, start=1)
    ]
    head = ("序号", "名称", "制定时间", "发文部门及文号")
    return [heading("文件、规章制度清单（具体材料另附）"), *table((2, 10, 4, 8), head, rows)]


def _advantages(application: FilingApplication) -> list[FormRow]:
    told = (("组织优势", application.advantage_unit), ("专业优势", application.advantage_major))
    return [
        heading("具备的组织和专业优势"),
        *(
            FormRow((label(name), Cell(text, span=20, block=True)), height=18)
            for name, text in told
        ),
    ]


def _places(application: FilingApplication) -> list[FormRow]:
    rows = []
    for part in PLACES:
        facts = selectors.facts_of(application.centre, part)
        for fact in facts:
            cells = [str(cell) for cell in fact.cells]
            what = " ".join(filter(None, (str(fact.group), cells[0])))
            rows.append((str(PART_LABELS[part]), what, *cells[1:]))
        if not facts:
            rows.append((str(PART_LABELS[part]), "", "", "", ""))
    head = ("类别", "场所", "地点", "面积（㎡）", "数量")
    return [heading("场地情况"), *table((5, 7, 6, 3, 3), head, rows)]


def _equipment(application: FilingApplication) -> list[FormRow]:
    groups: dict[str, list[Sequence[str]]] = {}
    for fact in selectors.facts_of(application.centre, "equipment"):
        cells = tuple(str(cell) for cell in fact.cells)
        groups.setdefault(str(fact.group), []).append(cells)
    rows = [heading("设施设备情况")]
    for group, found in groups.items():
        named = Cell(f"认定职业及设备所在地：{group}", span=WHOLE, align="left")
        rows.append(FormRow((named,), heads=True))
        numbered = [(str(n), *each) for n, each in enumerate(found, start=1)]
        head = ("序号", "名称", "规格/型号", "数量", "权属")
        rows += table((2, 8, 6, 4, 4), head, numbered)
    if not groups:
        rows.append(FormRow((Cell("见场地和设备清单（另附）", span=WHOLE),)))
    return rows


def _systems(application: FilingApplication) -> list[FormRow]:
    facts = selectors.facts_of(application.centre, "system")
    told = [f"{fact.cells[0]}：{fact.cells[1]}" for fact in facts]
    text = "\n".join(filter(None, (application.systems, *told)))
    return [
        heading("信息化建设情况"),
        FormRow((Cell(text, span=WHOLE, block=True),), height=20),
    ]


def _opinions(application: FilingApplication) -> list[FormRow]:
    pledge = "本表所填内容及所提供的材料真实有效，本人对此负责。" + (
        f"　　承诺人：{application.pledged_by}" if application.pledged_by else ""
    )
    found = [f"{each.expert}：{each.opinion}" for each in application.opinions.all()]
    way = application.way
    boxes = [
        ("申请学校承诺", pledge, "法定代表人签字　　　　　单位（公章）　　年　月　日"),
        ("专家组评估意见", "\n".join(found), "年　月　日"),
        ("人力资源社会保障部门意见", "", "（盖章）　　年　月　日"),
    ]
    if way.recommends:
        boxes.insert(2, ("教育部门意见", "", "（盖章）　　年　月　日"))
    return [
        FormRow((label(name), Cell(text, span=20, block=True, foot=foot)), height=26)
        for name, text, foot in boxes
    ]
