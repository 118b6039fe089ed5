"""A department's sheet: every fault told by row, nothing half written, twice is once."""

import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.catalog.models import Job
from assessment_center.people.models import Person, StudentRecord
from assessment_center.registry import SYSTEM, RefusedError
from candidates.models import Application
from candidates.services import standing
from candidates.services.importing import import_sheet
from tests.candidates.sheets import HEADERS, row_for, student_row, workbook
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def problems(batch: Any, *rows: dict[str, Any]) -> list[str]:
    """What the import says; it must have written nothing."""
    before = Application.objects.count(), Person.objects.count()
    report = import_sheet(actor=SYSTEM, batch=batch, content=workbook(list(rows)))
    assert (report.ok, report.written) == (False, False)
    assert (Application.objects.count(), Person.objects.count()) == before
    return [str(problem) for problem in report.problems]


def test_all_rows_are_written_and_again_adds_nothing() -> None:
    batch = c.make_open_offering(code="2026-03").batch
    content = workbook([student_row(1), row_for(2), row_for(3, 原证书号="Y1", 原证书等级="五级/初级工", 原证书发证日期="2020-01-01")])  # fmt: skip
    actor = c.department_user().as_actor()
    report = import_sheet(actor=actor, batch=batch, content=content)
    assert (report.rows, report.new, report.unchanged, report.written) == (3, 3, 0, True)
    rows = Application.objects.order_by("number")
    assert [row.number for row in rows] == ["2026-03-00001", "2026-03-00002", "2026-03-00003"]
    assert [row.finding for row in rows] == ["eligible", "unproven", "unproven"]
    assert {row.status for row in rows} == {"submitted"}
    student = StudentRecord.objects.get()
    assert (student.status, rows[0].school_class) == ("final_year", student.school_class)
    again = import_sheet(actor=actor, batch=batch, content=content)
    assert (again.new, again.unchanged) == (0, 3)
    assert Application.objects.count() == 3
    verbs = AuditEntry.objects.filter(verb="application.enter").count()
    assert verbs == 3


def test_a_dry_run_writes_nothing() -> None:
    batch = c.make_open_offering().batch
    report = import_sheet(actor=SYSTEM, batch=batch, content=workbook([row_for(1)]), dry_run=True)
    assert (report.new, report.written, Application.objects.count()) == (1, False, 0)


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"姓名": "赵7"}, "“姓名”：姓名中不能有数字"),
    ({"证件号码": "500103200510160011"}, "“证件号码”"),
    ({"证件号码": 500103200510160000}, "必须是文本"),
    ({"手机号码": "12"}, "不是有效的电话号码"),
    ({"职业": "魔术师"}, "不在职业分类大典中"),
    ({"工种": "没有"}, "没有工种"),
    ({"等级": "四级"}, "没有“四级”这个选项，是否为“四级/中级工”"),
    ({"等级": "一级/高级技师"}, "本批次公告没有“电工 一级/高级技师”"),
    ({"班级": "没有的班"}, "没有这个班级"),
    ({"从事本职业起始日期": "2026-13-01"}, "没有这一天"),
    ({"从事本职业起始日期": "2025-03-01"}, "不符合该等级的任何一项申报条件"),
    ({"从事本职业起始日期": "2099-01-01"}, "“从事本职业起始日期”：日期晚于今天"),
    ({"原证书号": "Y1"}, "“原证书号”：原证书号、原证书等级和发证日期须一起填"),
    ({"原证书等级": "五级/初级工", "原证书发证日期": "2020-01-01"}, "须一起填，或者都留空"),
    ({"学号": "A1"}, "“班级”：填了学号的学生须填班级"),
    ({"考试类型": "补考"}, "没有仍有效的合格科目"),
]


def test_a_fault_is_told_in_its_row() -> None:
    batch = c.make_open_offering().batch
    for change, words in FAULTS:
        told = problems(batch, row_for(1), row_for(2, **change))
        assert len(told) == 1, change
        assert told[0].startswith("第 3 行")
        assert words in told[0]
        assert f.id_number(2) not in told[0]


def test_a_students_number_is_his_alone() -> None:
    """Told before anything is written, not when the register refuses the whole sheet."""
    batch = c.make_open_offering().batch
    known = c.make_candidate(number=f.id_number(9))
    taken = known.student.student_number
    first, second, third = student_row(1), student_row(2), student_row(9)
    (told,) = problems(batch, first | {"学号": taken})
    assert "“学号”：这个学号是另一名学生的" in told
    (told,) = problems(batch, first, second | {"学号": "X000001"})
    assert told.startswith("第 3 行“学号”：这个学号是另一名学生的")
    here = {"姓名": known.name, "班级": known.student.school_class.name}
    (told,) = problems(batch, third | here)
    assert f"学号“{taken}”不一致" in told
    right = workbook([third | here | {"学号": taken}])
    assert import_sheet(actor=SYSTEM, batch=batch, content=right, dry_run=True).ok


def test_what_merged_and_hidden_cells_conceal_is_told() -> None:
    batch = c.make_open_offering().batch
    book = load_workbook(BytesIO(workbook([row_for(n) for n in (1, 2, 3)])))
    sheet = book.worksheets[0]
    sheet.row_dimensions[3].hidden = True
    out = BytesIO()
    book.save(out)
    tried = import_sheet(actor=SYSTEM, batch=batch, content=out.getvalue(), dry_run=True)
    assert [(each["row"], each["message"]) for each in tried.remarks] == [
        (3, "表格里这一行是隐藏的，也一并读入。")
    ]
    place = get_column_letter(HEADERS.index("工作单位") + 1)
    sheet.merge_cells(f"{place}2:{place}4")
    out = BytesIO()
    book.save(out)
    tried = import_sheet(actor=SYSTEM, batch=batch, content=out.getvalue(), dry_run=True)
    assert [str(each) for each in tried.problems] == [
        f"第 2 行“工作单位”：{place}2:{place}4 是合并单元格；请取消合并，逐格填写"
    ]


def test_outside_the_filed_scope_is_told_with_the_article() -> None:
    batch = c.make_open_offering().batch
    f.make_occupation("品酒师", "6-02-06-07")
    (told,) = problems(batch, row_for(1, 职业="品酒师"))
    assert "不在备案范围内" in told
    assert "依据" in told


def test_an_offering_that_left_the_scope_is_refused() -> None:
    offering = c.make_open_offering()
    for line in offering.batch.centre.filings.get().scope.all():
        line.levels = [5]
        line.save()
    (told,) = problems(offering.batch, row_for(1))
    assert "没有备案 4 级" in told


def test_duplicates_and_another_name_are_told() -> None:
    batch = c.make_open_offering().batch
    (told,) = problems(batch, row_for(1), row_for(1))
    assert "第 2 行与第 3 行重复" in told
    f.make_person("钱安", number=f.id_number(5))
    (other,) = problems(batch, row_for(5))
    assert "已用另一个姓名登记" in other


def two_projects() -> tuple[Any, str]:
    """A batch with a second project, so that rows of one person are no duplicates."""
    batch = f.make_batch()
    for name in ("电工", "焊工"):
        f.make_offering(batch, name)
    f.announced(batch)
    return batch, "焊工"


def test_one_number_under_two_names_in_one_file_names_both_rows() -> None:
    batch, other = two_projects()
    number = f.id_number(8)
    assert number.endswith("X")
    small = number.lower()
    rows = row_for(1), row_for(8, 姓名="赵安"), row_for(8, 姓名="钱安", 证件号码=small)
    (told,) = problems(batch, *rows)
    assert "与第 3 行证件号码相同，姓名却不同：那里是“赵安”，这里是“钱安”" in told
    spaced = workbook([row_for(8, 姓名="赵 安"), row_for(8, 姓名="赵　安", 职业=other)])
    assert import_sheet(actor=SYSTEM, batch=batch, content=spaced, dry_run=True).ok
    rows = row_for(8, 姓名="赵安"), row_for(8, 姓名="赵安", 证件号码=small)
    (told,) = problems(batch, *rows)
    assert "第 2 行与第 3 行重复" in told
    twice = row_for(8, 姓名="钱安", 证件号码=small, 职业=other)
    (told,) = problems(batch, row_for(8, 姓名="赵安"), row_for(1), twice)
    assert told.startswith("第 4 行")
    assert "与第 2 行证件号码相同，姓名却不同：那里是“赵安”，这里是“钱安”" in told
    # The first row being wrong itself hides nothing of the second.
    both = problems(batch, row_for(8, 姓名="赵安", 班级="没有的班"), twice)
    assert ["没有这个班级" in both[0], "姓名却不同" in both[1]] == [True, True]
    assert not any(number in line.upper() for line in (told, *both))


def test_one_person_with_two_projects_and_a_small_x_is_one_person() -> None:
    batch, other = two_projects()
    number = f.id_number(8)
    rows = [
        row_for(8, 姓名="赵安"),
        row_for(8, 姓名="赵安", 证件号码=number.lower(), 职业=other),
    ]
    report = import_sheet(actor=SYSTEM, batch=batch, content=workbook(rows))
    assert (report.ok, report.new) == (True, 2), report.problems
    assert Person.objects.filter(name="赵安").count() == 1


def test_students_need_number_and_their_own_class() -> None:
    batch = c.make_open_offering().batch
    (told,) = problems(batch, student_row(1) | {"学号": None})
    assert "须填学号" in told
    known = c.make_candidate(number=f.id_number(9))
    (other,) = problems(batch, student_row(9, 姓名=known.name))
    assert "与学籍登记的班级" in other


def test_a_known_student_needs_no_class() -> None:
    batch = c.make_open_offering().batch
    known = c.make_candidate(number=f.id_number(9))
    report = import_sheet(
        actor=SYSTEM,
        batch=batch,
        content=workbook([row_for(9, 姓名=known.name, 从事本职业起始日期=None)]),
    )
    assert report.written
    row = Application.objects.get()
    assert (row.person, row.finding, row.source) == (known, "eligible", "school")


def test_bans_and_passed_subjects_count() -> None:
    passed = c.make_admitted()
    banned = c.make_candidate(number=f.id_number(9))
    standing.grant_subject_pass(
        actor=SYSTEM, application=passed, subject="theory", passed_on=c.NOW.date(),
        valid_until=None, source=passed.subject,
    )  # fmt: skip
    standing.impose_ban(
        actor=SYSTEM, person=banned, starts=c.NOW.date(), until=None, reason="替考",
        citations=(), source=banned.subject,
    )  # fmt: skip
    batch = c.make_open_offering().batch
    (told,) = problems(batch, row_for(9, 姓名=banned.name))
    assert "替考" in told
    from assessment_center.people.selectors import id_number

    row = row_for(1, 姓名=passed.person.name, 证件号码=id_number(passed.person), 考试类型="补考")
    assert import_sheet(actor=SYSTEM, batch=batch, content=workbook([row])).written
    made = Application.objects.get(batch=batch)
    assert (made.subjects, made.exam_kind) == (["practical"], "resit")
    standing.grant_subject_pass(
        actor=SYSTEM, application=passed, subject="practical", passed_on=c.NOW.date(),
        valid_until=None, source=passed.subject,
    )  # fmt: skip
    third = c.make_open_offering().batch
    (done,) = problems(third, row)
    assert "各科都已合格" in done


def test_one_person_may_stand_in_two_rows_for_two_levels() -> None:
    offering = c.make_open_offering()
    c.moved_to(offering.batch, "draft")
    f.make_offering(offering.batch, level=5, fee_cents=100)
    c.moved_to(offering.batch, "announced")
    both = [row_for(1), row_for(1, 等级="五级/初级工")]
    report = import_sheet(actor=SYSTEM, batch=offering.batch, content=workbook(both))
    assert report.written
    assert Application.objects.count() == 2
    assert Application.objects.values("person").distinct().count() == 1


def test_a_job_of_the_occupation_that_is_not_offered() -> None:
    offering = c.make_open_offering()
    Job.objects.create(occupation=offering.occupation, name="维修电工")
    (told,) = problems(offering.batch, row_for(1, 工种="维修电工"))
    assert "本批次公告没有" in told or "不在备案范围内" in told


def merged_title(content: bytes) -> bytes:
    book = load_workbook(BytesIO(content))
    sheet = book.active
    assert sheet is not None
    sheet.insert_rows(1)
    sheet["A1"] = "机电学院 2026 年报名表"
    sheet.merge_cells("A1:R1")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("[Content_Types].xml", "<x/>")
        bundle.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a workbook",
        workbook([{"姓": "赵"}], headers=["姓", "名"]),
        workbook([]),
        merged_title(workbook([row_for(1)], headers=HEADERS[3:])),
        bomb(),
    ],
    ids=["empty", "text", "wrong-header", "no-rows", "title-and-missing-columns", "bomb"],
)
def test_an_unfit_file_is_refused_in_one_sentence(content: bytes) -> None:
    batch = c.make_open_offering().batch
    with pytest.raises(RefusedError) as refused:
        import_sheet(actor=SYSTEM, batch=batch, content=content)
    assert refused.value.refusal.reason.count("\n") == 0
    assert Application.objects.count() == 0


def test_only_who_enters_may_and_only_in_time(clock: Any) -> None:
    batch = c.make_open_offering().batch
    content = workbook([row_for(1)])
    with pytest.raises(RefusedError, match="不能集中报名"):
        import_sheet(actor=f.make_user(Role.REVIEWER).as_actor(), batch=batch, content=content)
    with pytest.raises(RefusedError, match="不能晚于现在"):
        import_sheet(actor=SYSTEM, batch=batch, content=content, received_at=f.at(2026, 4, 12))
    clock.move_to(f.at(2026, 4, 21))
    with pytest.raises(RefusedError, match="报名已截止"):
        import_sheet(actor=SYSTEM, batch=batch, content=content)
    late = import_sheet(actor=SYSTEM, batch=batch, content=content, received_at=f.at(2026, 4, 19))
    assert late.written
    assert Application.objects.get().submitted_at == f.at(2026, 4, 19)


def test_the_command_prints_json_and_fails_on_faults(tmp_path: Path) -> None:
    batch = c.make_open_offering().batch
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(workbook([row_for(1)]))
    bad.write_bytes(workbook([row_for(1, 班级="无")]))
    out = StringIO()
    call_command("import_applications", str(good), batch=batch.code, json=True, stdout=out)
    assert json.loads(out.getvalue())["written"] is True
    told = StringIO()
    with pytest.raises(CommandError, match="1 处问题"):
        call_command("import_applications", str(bad), batch=batch.code, stdout=told)
    assert "没有这个班级" in told.getvalue()
    with pytest.raises(CommandError, match="没有批次号为“X”的批次"):
        call_command("import_applications", str(good), batch="X")
    with pytest.raises(CommandError, match="文件打不开"):
        call_command("import_applications", str(tmp_path / "none"), batch=batch.code)


@pytest.mark.parametrize("rulebook", ["fujian", "jilin"])
def test_where_the_candidate_must_act_himself(rulebook: str) -> None:
    batch = f.make_batch(rulebook=rulebook)
    level = None if rulebook == "fujian" else 4
    offering = f.make_offering(batch, level=level)
    f.announced(batch)
    label = "——" if level is None else "四级/中级工"
    content = workbook([row_for(1, 等级=label)])
    if rulebook == "fujian":
        with pytest.raises(RefusedError, match="须由考生本人填报") as refused:
            import_sheet(actor=SYSTEM, batch=batch, content=content)
        assert refused.value.refusal.citations != ()
        return
    assert import_sheet(actor=SYSTEM, batch=batch, content=content).written
    row = offering.applications.get()
    assert (row.status, row.number) == ("draft", "")
    from candidates.services.registration import submit_application

    with pytest.raises(RefusedError, match="承诺书还没有签署"):
        submit_application(actor=SYSTEM, application=row)
