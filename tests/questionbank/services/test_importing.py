"""Items out of workbooks: bad ones are named by row, and nothing is half imported."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.spreadsheets import template, write
from questionbank.models import Bank, Item, Point
from questionbank.services.importing import import_items
from questionbank.sheets import ITEMS
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = pytest.mark.django_db
CODE = "6-31-77-01"


@pytest.fixture
def occupation():
    return f.make_occupation("电工", CODE)


def line(stem: str = "欧姆定律的表达式是", **more: str) -> dict[str, str]:
    return {
        "level": "四级/中级工",
        "point": "A-1",
        "area": "电路",
        "point_name": "欧姆定律",
        "weight": "2.5",
        "kind": "单项选择题",
        "stem": stem,
        "option_a": "I=U/R",
        "option_b": "I=UR",
        "answer": "A",
        **more,
    }


def sheet(*rows: dict[str, str]) -> bytes:
    keys = [column.key for column in ITEMS.columns]
    cells = [[row.get(key, "") for key in keys] for row in rows]
    return write(cells, list(ITEMS.columns), title=ITEMS.title)


def test_items_points_and_banks_come_in_together(occupation):
    f.make_job(occupation, "外线电工")
    content = sheet(
        line(),
        line("判断", kind="判断题", answer="正确", option_a="", option_b="", difficulty="0.3"),
        line("多选", kind="多项选择题", answer="AB", subject="理论知识考试", point="A-1"),
        line("任务", kind="操作题", answer="按表评分", subject="技能操作考核", weight="100"),
        line("另一工种", job="外线电工"),
        line("无等级", level="——"),
    )
    tried = import_items(actor=SYSTEM, occupation=occupation, content=content, dry_run=True)
    assert tried.as_json() == {
        "rows": 6,
        "items": 6,
        "points": 4,
        "banks": 4,
        "written": False,
        "problem_count": 0,
        "problems": [],
    }
    assert Bank.objects.count() == 0
    assert import_items(actor=SYSTEM, occupation=occupation, content=content).written
    assert (Bank.objects.count(), Point.objects.count(), Item.objects.count()) == (4, 4, 6)
    item = Item.objects.get(kind="true_false")
    assert (item.answer, float(item.difficulty), item.status) == (True, 0.3, "draft")
    again = import_items(actor=SYSTEM, occupation=occupation, content=content)
    assert [p.message for p in again.problems] == ["题库或本表中已有相同的题干"] * 6


@pytest.mark.parametrize(
    ("facts", "header", "words"),
    [
        ({"stem": ""}, "题干", "必填"),
        ({"kind": "问答题"}, "题型", "没有“问答题”"),
        ({"answer": "E"}, "", "所列选项"),
        ({"answer": "说不清"}, "", "所列选项"),
        ({"kind": "判断题", "answer": "也许"}, "", "判断题"),
        ({"option_b": ""}, "", "两个不同"),
        ({"option_b": "", "option_c": "丙"}, "", "两个不同"),
        ({"difficulty": "2"}, "", "难度"),
        ({"difficulty": "中"}, "难度", "应为数字"),
        ({"point": "A-2", "area": ""}, "鉴定点代码", "要素细目表中没有"),
        ({"point": "A-2", "weight": ""}, "鉴定点代码", "要素细目表中没有"),
        ({"point": "A-2", "weight": "0"}, "权重（%）", "合计不超过"),
        ({"point": "A-2", "weight": "101"}, "权重（%）", "合计不超过"),
        ({"job": "没有的工种"}, "工种", "没有这个工种"),
        ({"level": "九级"}, "等级", "没有“九级”"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(occupation, facts, header, words):
    content = sheet(line("好的一题"), line(**facts))
    report = import_items(actor=SYSTEM, occupation=occupation, content=content)
    (problem,) = report.problems
    assert (problem.row, problem.header) == (3, header)
    assert words in problem.message
    assert str(problem).startswith("第 3 行")
    assert not report.written
    assert Item.objects.count() == Bank.objects.count() == 0


def test_the_same_stem_twice_and_too_much_weight_are_found_within_the_sheet(occupation):
    content = sheet(
        line("同题"), line("同题？"), line("甲", point="A-2", weight="98"), line("乙", point="A-2")
    )
    report = import_items(actor=SYSTEM, occupation=occupation, content=content)
    assert [(p.row, p.header) for p in report.problems] == [(3, "题干"), (4, "权重（%）")]


def test_one_bank_takes_only_its_own_rows(occupation):
    bank = q.make_bank(occupation=occupation)
    q.make_points(bank, areas=1, each=1)
    row = line(level="", point="0-0", area="", point_name="", weight="")
    facts = {"actor": f.make_user(Role.ITEM_WRITER).as_actor(), "occupation": occupation}
    assert import_items(**facts, bank=bank, content=sheet(row)).written
    foreign = {**row, "stem": "另一题", "level": "三级/高级工"}
    report = import_items(**facts, bank=bank, content=sheet(foreign))
    assert [p.message for p in report.problems] == ["这一行的等级、工种或科目不属于这个题库"]
    item = bank.items.get()
    assert item.writer_id == facts["actor"].user_id


def test_files_that_are_no_sheet_are_refused_with_a_reason(occupation):
    facts = {"actor": SYSTEM, "occupation": occupation}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(RefusedError, match="Word"):
        import_items(**facts, content=buffer.getvalue())
    for content in (b"", b"PK", b"%PDF-1.7", template(ITEMS)):
        with pytest.raises(RefusedError):
            import_items(**facts, content=content)
    with pytest.raises(RefusedError, match="您的角色"):
        import_items(actor=f.make_user(Role.CLERK).as_actor(), occupation=occupation, content=b"")


def test_the_command_tries_imports_and_says_what_is_wrong(occupation, tmp_path: Path, capsys):
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(sheet(line()))
    bad.write_bytes(sheet(line(answer="E")))
    call_command("import_items", str(good), standard=CODE, dry_run=True)
    assert "试读：共 1 行，新增试题 1" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 处问题"):
        call_command("import_items", str(bad), standard=CODE)
    assert "第 2 行" in capsys.readouterr().out
    call_command("import_items", str(good), standard=CODE, json=True)
    assert json.loads(capsys.readouterr().out)["written"] is True
    with pytest.raises(CommandError, match="打不开"):
        call_command("import_items", str(tmp_path / "none.xlsx"), standard=CODE)
    with pytest.raises(CommandError, match="职业编码"):
        call_command("import_items", str(good), standard="9-99-99-99")
    junk = tmp_path / "junk.xlsx"
    junk.write_bytes(b"junk")
    with pytest.raises(CommandError):
        call_command("import_items", str(junk), standard=CODE)
