import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from assessment_center import catalog
from assessment_center.accounts.enums import Act
from assessment_center.audit.models import AuditEntry
from assessment_center.catalog import selectors
from assessment_center.catalog.enums import Level, StandardStatus, Subject
from assessment_center.catalog.labels import LEVEL_LABELS, STANDARD_STATUS_LABELS, SUBJECT_LABELS
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard
from assessment_center.catalog.services import (
    ImportOutcome,
    import_occupations,
    record_job,
    record_standard,
)
from assessment_center.registry import SYSTEM, Actor, RefusedError, SubjectRef

pytestmark = pytest.mark.django_db

DATA = Path(catalog.__file__).parent / "data" / "occupations_2022.csv"
NOBODY = Actor(SubjectRef("accounts.user", UUID(int=1)), "无权者")
KEEPER = Actor(SubjectRef("accounts.user", UUID(int=2)), "有权者", frozenset({Act.CENTRE_MANAGE}))
HEADER = "code,tier,name,marks\n6-31-01-00,3,通用组,\n"


def take(lines: str, edition: int = 2022, actor: Actor = SYSTEM) -> ImportOutcome:
    return import_occupations(file=io.StringIO(HEADER + lines), edition=edition, actor=actor)


def states() -> list[tuple[str, str, int, bool]]:
    order = Occupation.objects.order_by("code", "edition")
    return list(order.values_list("code", "name", "edition", "is_active"))


@pytest.fixture
def electrician() -> Occupation:
    take("6-31-01-03,4,电工,\n")
    return Occupation.objects.get()


def test_the_classification_of_2022_comes_in_and_again_changes_nothing() -> None:
    first = import_occupations(file=DATA, edition=2022, actor=KEEPER)
    assert (len(first.added), first.changed, first.removed, first.unchanged) == (1632, (), (), 0)
    second = import_occupations(file=DATA, edition=2022, actor=KEEPER)
    assert (second.added, second.changed, second.removed, second.unchanged) == ((), (), (), 1632)
    names = dict(Occupation.objects.values_list("code", "name"))
    assert [names[c] for c in ("6-31-01-03", "6-18-02-04", "6-31-03-01", "4-10-01-03")] == [
        "电工",
        "焊工",
        "化学检验员",
        "保育师",
    ]
    assert not [name for name in names.values() if name.endswith(("L", "S"))]
    assert Occupation.objects.filter(group_code="").count() == 0
    assert set(AuditEntry.objects.values_list("verb", "actor_label")) == {
        ("catalog.import_occupations", "有权者")
    }


def test_within_an_edition_names_are_corrected_and_missing_ones_retired() -> None:
    take("6-31-01-01,4,甲工,L\n6-31-01-02,4,乙工,\n6-31-01-03,4,丙工,S\n")
    keys = dict(Occupation.objects.values_list("code", "id"))
    outcome = take("6-31-01-01,4,甲师,L\n6-31-01-03,4,丙工,S\n6-31-01-04,4,丁工,\n")
    assert outcome == ImportOutcome(2022, ("6-31-01-04",), ("6-31-01-01",), ("6-31-01-02",), 1)
    assert states() == [
        ("6-31-01-01", "甲师", 2022, True),
        ("6-31-01-02", "乙工", 2022, False),
        ("6-31-01-03", "丙工", 2022, True),
        ("6-31-01-04", "丁工", 2022, True),
    ]
    assert Occupation.objects.get(code="6-31-01-01").id == keys["6-31-01-01"]
    assert Occupation.objects.get(code="6-31-01-01").pinyin == "jia shi"
    again = take("6-31-01-02,4,乙工,\n")
    assert (again.changed, len(again.removed)) == (("6-31-01-02",), 3)


def test_a_newer_edition_carries_over_what_keeps_its_name() -> None:
    take("6-31-01-01,4,甲工,\n6-31-01-02,4,乙工,\n6-31-01-03,4,丙工,\n")
    keys = dict(Occupation.objects.values_list("code", "id"))
    outcome = take("6-31-01-01,4,甲工,\n6-31-01-02,4,新工,\n6-31-01-09,4,九工,\n", edition=2030)
    assert outcome == ImportOutcome(2030, ("6-31-01-09",), ("6-31-01-02",), ("6-31-01-03",), 1)
    assert states() == [
        ("6-31-01-01", "甲工", 2030, True),
        ("6-31-01-02", "乙工", 2022, False),
        ("6-31-01-02", "新工", 2030, True),
        ("6-31-01-03", "丙工", 2022, False),
        ("6-31-01-09", "九工", 2030, True),
    ]
    assert Occupation.objects.get(code="6-31-01-01").id == keys["6-31-01-01"]
    assert take("6-31-01-01,4,甲工,\n6-31-01-02,4,新工,\n6-31-01-09,4,九工,\n", 2030).unchanged == 3


def test_an_older_edition_an_absurd_one_and_a_stranger_are_refused() -> None:
    take("6-31-01-01,4,甲工,\n")
    for edition in (2015, 20220):
        with pytest.raises(RefusedError, match=f"不能导入 {edition} 年版：目录已是 2022 年版"):
            take("6-31-01-01,4,甲工,\n", edition=edition)
    with pytest.raises(RefusedError, match="权限"):
        take("6-31-01-01,4,甲工,\n", actor=NOBODY)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("code,name\n1,2\n", "文件缺少列：tier。"),
        ("", "文件缺少列：code、tier、name。"),
        (HEADER, "文件中没有职业（层级 4），未导入。"),
        (HEADER + "x,4,甲,\n", "共 1 处错误，未导入：第 3 行编码“x”不是 6-31-01-03 的样式。"),
    ],
)
def test_a_faulty_list_changes_nothing(content: str, message: str) -> None:
    with pytest.raises(RefusedError) as caught:
        import_occupations(file=io.StringIO(content), edition=2022, actor=SYSTEM)
    assert str(caught.value) == message
    assert Occupation.objects.count() == 0


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="无法打开文件"):
        import_occupations(file=tmp_path / "none.csv", edition=2022, actor=SYSTEM)
    foreign = tmp_path / "gbk.csv"
    foreign.write_bytes("code,tier,name\n6-31-01-03,4,电工\n".encode("gb18030"))
    with pytest.raises(RefusedError, match="不是 UTF-8"):
        import_occupations(file=foreign, edition=2022, actor=SYSTEM)


def test_the_command_prints_a_sentence_or_json_and_refuses_clearly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(HEADER + "6-31-01-03,4,电工,\n", encoding="utf-8-sig")
    call_command("import_catalog", file, edition=2022)
    assert capsys.readouterr().out == "2022 年版：新增 1，变更 0，停用 0，未变 0。\n"
    call_command("import_catalog", str(file), "--edition", "2022", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "edition": 2022,
        "added": [],
        "changed": [],
        "removed": [],
        "unchanged": 1,
    }
    with pytest.raises(CommandError, match="不能导入 2015 年版"):
        call_command("import_catalog", file, edition=2015)


OWN = {
    "id": "STD-4",
    "label": "从事本职业满 1 年",
    "level": 4,
    "all": [{"predicate": "work_years", "years": 1}],
    "cite": ["1.5 申报条件"],
}


@pytest.mark.parametrize(
    "bad",
    [
        {**OWN, "all": [{"predicate": "work_years"}]},
        {**OWN, "all": [{"predicate": "wisdom"}]},
        {**OWN, "cite": []},
        {**OWN, "rank": 3},
        {"id": "STD-4"},
    ],
)
def test_conditions_nobody_could_judge_are_refused(
    electrician: Occupation, bad: dict[str, Any]
) -> None:
    with pytest.raises(RefusedError, match="申报条件有误"):
        record_standard(
            actor=KEEPER, occupation=electrician, edition="2025", name="电工", condition_set=[bad]
        )


def test_a_standard_comes_in_from_its_file(electrician: Occupation, tmp_path: Path) -> None:
    file = tmp_path / "standard.toml"
    file.write_text(STANDARD, encoding="utf-8")
    call_command("record_standard", file)
    (made,) = OccupationalStandard.objects.all()
    assert (made.edition, made.durations) == ("2025", {"theory": 90})
    assert made.condition_set == [OWN]
    with pytest.raises(CommandError, match="已登记过"):
        call_command("record_standard", file)
    file.write_text(STANDARD.replace("edition", "editor"), encoding="utf-8")
    with pytest.raises(CommandError, match="edition"):
        call_command("record_standard", file)


STANDARD = """
occupation = "6-31-01-03"
edition = "2025"
name = "电工国家职业标准"

[durations]
theory = 90

[[conditions]]
id = "STD-4"
label = "从事本职业满 1 年"
level = 4
all = [{ predicate = "work_years", years = 1 }]
cite = ["1.5 申报条件"]
"""


def test_a_new_standard_supersedes_the_one_before(electrician: Occupation) -> None:
    job = record_job(actor=KEEPER, occupation=electrician, name="维修电工", code="01")
    old = record_standard(actor=KEEPER, occupation=electrician, edition="2018", name="电工")
    own = record_standard(
        actor=KEEPER,
        occupation=electrician,
        job=job,
        edition="2018",
        name="维修电工",
        durations={Subject.THEORY: 90, Subject.PRACTICAL: 120},
        ratios={Subject.PRACTICAL: 5},
        related_majors=["电气自动化技术"],
        hazardous=True,
        condition_set=[OWN],
    )
    new = record_standard(actor=KEEPER, occupation=electrician, edition="2025", name="电工")
    stand = OccupationalStandard.objects.order_by("name", "edition").values_list("id", "status")
    assert list(stand) == [
        (old.id, StandardStatus.SUPERSEDED),
        (new.id, StandardStatus.CURRENT),
        (own.id, StandardStatus.CURRENT),
    ]
    own.refresh_from_db()
    assert (own.durations, own.ratios) == ({"theory": 90, "practical": 120}, {"practical": 5})
    assert selectors.current_standard(electrician) == new
    assert selectors.current_standard(electrician, job) == own
    other = record_job(actor=KEEPER, occupation=electrician, name="安装电工")
    assert selectors.current_standard(electrician, other) == new
    assert list(selectors.jobs_of(electrician)) == [other, job]
    assert [str(x) for x in (electrician, job, new)] == ["电工", "维修电工", "电工（2025）"]
    verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))[1:]
    assert sorted(set(verbs)) == ["catalog.record_job", "catalog.record_standard"]


def test_standards_and_jobs_that_cannot_be(electrician: Occupation) -> None:
    take("6-31-01-03,4,电工,\n6-31-01-04,4,他工,\n")
    other = Occupation.objects.get(code="6-31-01-04")
    job = record_job(actor=KEEPER, occupation=other, name="某工种")
    base = {"actor": KEEPER, "occupation": electrician, "edition": "2018", "name": "电工"}
    record_standard(**base)
    for change, message in [
        ({}, "这个版本的标准已登记过。"),
        ({"edition": "2020", "job": job}, "工种“某工种”不属于这个职业。"),
        ({"edition": "2020", "durations": {"theory": 0}}, "理论知识考试应为 1 至 1440 的整数。"),
        ({"edition": "2020", "durations": {"theory": True}}, "理论知识考试应为 1 至 1440 的整数。"),
        ({"edition": "2020", "ratios": {"practical": 101}}, "技能操作考核应为 1 至 100 的整数。"),
        ({"edition": "2020", "ratios": {"x": 1}}, "没有“x”这个科目。"),
        ({"edition": "2020", "actor": NOBODY}, "您没有维护职业目录的权限。"),
    ]:
        with pytest.raises(RefusedError) as caught:
            record_standard(**{**base, **change})
        assert str(caught.value) == message
    assert [s.status for s in OccupationalStandard.objects.all()] == [StandardStatus.CURRENT]
    with pytest.raises(RefusedError, match="这个职业下已有同名的工种"):
        record_job(actor=KEEPER, occupation=other, name="某工种")
    with pytest.raises(RefusedError, match="权限"):
        record_job(actor=NOBODY, occupation=other, name="别的")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("电工", ["电工", "电工仪器工", "锻压电工"]),
        ("dg", ["电工", "电工仪器工"]),
        ("dian gong yi", ["电工仪器工"]),
        ("6-31-01", ["锻压电工", "电工仪器工", "电工"]),
        ("", ["锻压电工", "电工仪器工", "电工"]),
        ("100%", []),
    ],
)
def test_search_by_name_code_and_pinyin(text: str, names: list[str]) -> None:
    take("6-31-01-01,4,锻压电工,\n6-31-01-02,4,电工仪器工,\n6-31-01-03,4,电工,\n6-31-01-04,4,停,\n")
    Occupation.objects.filter(code="6-31-01-04").update(is_active=False)
    assert [o.name for o in selectors.search_occupations(text)] == names


def test_an_occupation_by_its_code(electrician: Occupation) -> None:
    assert selectors.occupation_by_code(" 6-31-01-03 ") == electrician
    with pytest.raises(RefusedError, match="职业编码“9-99”不在职业分类大典中，请核对。"):
        selectors.occupation_by_code("9-99")
    Occupation.objects.update(is_active=False)
    with pytest.raises(RefusedError, match="“电工”（6-31-01-03）已不在现行职业分类大典中。"):
        selectors.occupation_by_code("6-31-01-03")


def test_the_database_itself_refuses(electrician: Occupation) -> None:
    standard = {"occupation": electrician, "edition": "1", "name": "x"}
    OccupationalStandard.objects.create(**standard)
    Job.objects.create(occupation=electrician, name="a", code="1")
    for name, broken in [
        ("occupation_once", Occupation(code="6-31-01-03", name="x", edition=2022)),
        ("occupation_code_form", Occupation(code="6-31", name="x", edition=2022)),
        ("job_once", Job(occupation=electrician, name="a")),
        ("job_code_once", Job(occupation=electrician, name="b", code="1")),
        ("standard_once", OccupationalStandard(**standard, status="superseded")),
        ("standard_one_current", OccupationalStandard(**{**standard, "edition": "2"})),
        ("standard_status_known", OccupationalStandard(**{**standard, "edition": "2"}, status="?")),
    ]:
        broken.id = uuid4()
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            broken.save(force_insert=True)


def test_every_level_subject_and_state_has_its_word() -> None:
    assert list(LEVEL_LABELS) == list(Level)
    assert list(SUBJECT_LABELS) == list(Subject)
    assert list(STANDARD_STATUS_LABELS) == list(StandardStatus)
