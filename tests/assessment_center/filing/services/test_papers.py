"""Papers: kept sealed, made from what is entered, bundled in the order of the checklist."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from assessment_center.audit.models import AuditEntry
from assessment_center.filing import packages, services
from assessment_center.filing.documents import MAKERS, publication
from assessment_center.filing.models import FilingApplication
from assessment_center.filing.papers import open_paper, renew_papers
from assessment_center.people.models import Disclosure
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories import filing as make
from tests.factories.foundation import make_centre, make_occupation, make_scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(frozen: Callable[..., object]) -> None:
    frozen(2026, 2, 10, 9)


def text_of(content: bytes) -> str:
    document = PdfDocument(content)
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")


def printed(application: FilingApplication, code: str) -> str:
    return text_of(MAKERS[code](application, SYSTEM).content)


def test_the_letter_has_the_wording_of_its_route() -> None:
    first = make.begin()
    services.save_profile(actor=SYSTEM, centre=first.centre, **make.PROFILE)
    told = printed(first, "F-101")
    assert "教职成〔2021〕504号" in told
    assert "省人力资源社会保障部门：" in told
    first.route = "technical"
    assert "人社职司便函〔2019〕52号" in printed(first, "F-101")
    with pytest.raises(RefusedError, match="没有申请函样式"):
        printed(make.begin(rulebook="chongqing"), "F-101")


def test_the_form_names_people_and_leaves_boxes_for_the_bodies() -> None:
    application = make.ready()
    told = printed(application, "F-102")
    for part in (
        "试验职业学院",
        "电工",
        "职业技能等级认定工作规则",
        "申请学校承诺",
        "专家组评估意见",
    ):
        assert part in told
    member = application.centre.units.get(code="centre").members.all()[0].member
    assert member.person.name in told
    assert Disclosure.objects.exists() or AuditEntry.objects.exists()


def test_the_form_tells_education_and_field_of_staff_and_supervisors() -> None:
    application = make.ready()
    unit = application.centre.units.get(code="supervision")
    member = unit.members.get().member
    member.education, member.major, member.title = "master", "教育督导学", "纪检专干"
    member.skill_level = 3
    member.save()
    told = printed(application, "F-102")
    for part in ("学历", "硕士研究生", "教育督导学", "纪检专干/高级工", "面积（㎡）"):
        assert part in told, part


def test_the_letter_lists_an_own_specification_only_where_there_is_one() -> None:
    application = make.begin()
    services.save_profile(actor=SYSTEM, centre=application.centre, **make.PROFILE)
    assert "自主开发的评价规范" not in printed(application, "F-101")
    services.ask_line(
        actor=SYSTEM,
        application=application,
        wanted=services.Wanted(
            "茶艺师", levels=(4,), major="茶艺", specification=make.specify(application)
        ),
    )
    assert "自主开发的评价规范" in printed(application, "F-101")


def test_the_evaluation_prints_every_row_and_the_sum() -> None:
    application = make.begin()
    marks = make.full_marks(application)
    services.mark_rows(actor=SYSTEM, application=application, marks=marks)
    told = printed(application, "F-106")
    for code in ("E1", "E44", "E47", "否决项", "合计", "100"):
        assert code in told


def test_the_plan_names_its_documents_and_draws_the_flow() -> None:
    application = make.begin()
    make.ask(application)
    make.staff_up(application)
    make.write_plan(application)
    told = printed(application, "F-107")
    for part in (
        "豫人社函〔2022〕8号", "一、院校基本情况", "（一）院校概况", "考试考核工作流程图",
        "直接认定、过程化考核", "学分认定工作流程图", "考务管理组", "六、证书样式",
    ):  # fmt: skip
        assert part in told, part


def test_opinions_and_specifications_are_printed() -> None:
    application = make.recommended()
    assert "郑专家" in printed(application, "F-109")
    with pytest.raises(RefusedError, match="没有自主评价规范"):
        printed(application, "F-108")
    with pytest.raises(RefusedError, match="没有规定工作方案的章节"):
        printed(make.begin(rulebook="chongqing"), "F-107")


def test_a_specification_prints_its_parts_and_its_experts() -> None:
    application = make.begin()
    weights = "理论知识\n项目 | 四级（%） | 三级（%）\n职业道德 | 5 | 5\n茶艺准备 | 95"
    specification = make.specify(application, weights=weights)
    make.sign(specification)
    services.ask_line(
        actor=SYSTEM,
        application=application,
        wanted=services.Wanted("茶艺师", levels=(4,), major="茶艺", specification=specification),
    )
    told = printed(application, "F-108")
    expert = specification.experts.all()[0].expert.person.name
    for part in ("茶艺师评价规范", "一、职业概况", "四、权重表", "评审专家签字", expert):
        assert part in told
    assert "四级（%）" in told  # the weights stand as a table, without their bars
    assert "茶艺准备" in told
    assert "|" not in told


def test_the_reply_is_printed_once_it_is_entered() -> None:
    application = make.recommended()
    with pytest.raises(RefusedError, match="还没有登记回执"):
        printed(application, "F-105")
    done = services.enter_reply(actor=SYSTEM, application=application, reply=make.reply())
    told = printed(done, "F-105")
    assert make.HENAN_NUMBER in told
    assert "2029年2月28日" in told


def rows_of(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbooks_hold_scope_and_facts() -> None:
    application = make.begin()
    services.save_profile(actor=SYSTEM, centre=application.centre, **make.PROFILE)
    line = make.ask(application)
    listed = rows_of(MAKERS["F-104"](application, SYSTEM).content)
    assert listed[1][:2] == ["机构名称", application.centre.name]
    assert listed[-1][:4] == [line.occupation.code, "电工", "——", "4、3"]
    summary = rows_of(MAKERS["F-103"](application, SYSTEM).content)
    assert summary[0][0] == "河南省院校类职业技能等级认定机构汇总表"
    assert summary[2][summary[1].index("职业名称")] == "电工"


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    application = make.begin()
    facts = make.PROFILE | {"contact_name": "=1+1"}
    services.save_profile(actor=SYSTEM, centre=application.centre, **facts)
    make.ask(application)
    cells = [c for row in rows_of(MAKERS["F-104"](application, SYSTEM).content) for c in row]
    assert "=1+1" in cells
    sheet = load_workbook(io.BytesIO(MAKERS["F-104"](application, SYSTEM).content)).worksheets[0]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "=1+1")
    assert cell.data_type == "s"


def test_the_scope_of_today_is_what_is_made_public() -> None:
    with pytest.raises(RefusedError, match="没有可公布的数据"):
        publication(make_centre())
    make_scope(make_occupation("电工"), filing=make.filed(), levels=(4, 3))
    rows = rows_of(publication(make_centre()).content)
    assert rows[2][1] == make.HENAN_NUMBER
    assert rows[2][6] == "4、3"


def test_a_paper_lies_sealed_and_is_renewed_under_another_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    application = make.begin()
    paper = services.add_paper(
        actor=SYSTEM, application=application, code="evidence", content=make.PDF
    )
    assert make.PDF not in bytes(paper.sealed)
    assert services.read_paper(actor=SYSTEM, paper=paper) == make.PDF
    assert AuditEntry.objects.filter(verb="filing_request.open_paper").count() == 1
    assert renew_papers(10) == 0
    keys = dict(settings.PERSONAL_DATA_KEYS.items())
    monkeypatch.setattr(settings, "PERSONAL_DATA_KEYS", keys | {max(keys) + 1: b"k" * 32})
    assert (renew_papers(10), renew_papers(10)) == (1, 0)
    paper.refresh_from_db()
    assert open_paper(paper) == make.PDF


@pytest.mark.parametrize(
    ("code", "content", "match"),
    [
        ("evidence", b"MZ program", "须是 PDF、PNG、JPG 文件"),
        ("evidence", b"", "须是 PDF、PNG、JPG 文件"),
        ("summary", make.PDF, "须是 Excel"),
        ("nothing", make.PDF, "清单中没有这项材料"),
        ("evidence", b"%PDF-" + b"0" * 20 * 1024 * 1024, "超过 20 MB"),
    ],
)
def test_other_files_are_refused(code: str, content: bytes, match: str) -> None:
    application = make.begin()
    with pytest.raises(RefusedError, match=match):
        services.add_paper(actor=SYSTEM, application=application, code=code, content=content)


def test_making_again_replaces_ours_and_keeps_theirs() -> None:
    application = make.begin()
    services.add_paper(actor=SYSTEM, application=application, code="plan", content=make.PDF)
    for _time in range(2):
        services.produce(actor=SYSTEM, application=application, code="plan")
    assert sorted(application.papers.values_list("is_produced", flat=True)) == [False, True]
    with pytest.raises(RefusedError, match="须上传"):
        services.produce(actor=SYSTEM, application=application, code="evidence")


def test_the_package_bundles_in_order_with_contents() -> None:
    application = make.begin()
    with pytest.raises(RefusedError, match="还缺 6 项材料"):
        packages.package(application, SYSTEM)
    application = make.submitted(application=application)
    bundle = zipfile.ZipFile(io.BytesIO(packages.package(application, SYSTEM)))
    names = bundle.namelist()
    assert [name[:2] for name in names] == ["00", "01", "02", "03", "04", "05", "06"]
    assert "材料目录" in names[0]
    assert "申请备案" not in names[0]
    contents = text_of(bundle.read(names[0]))
    assert "职业技能等级认定工作方案" in contents
    assert packages.package(application, SYSTEM) == packages.package(application, SYSTEM)


def test_an_increment_bundles_less() -> None:
    make.filed()
    application = make.submitted("incremental")
    names = zipfile.ZipFile(io.BytesIO(packages.package(application, SYSTEM))).namelist()
    assert len(names) == 5
    assert not any("工作方案" in name for name in names)
