"""The ten sheets: nothing on any problem, nothing twice, and every change shown before it is made."""

import io
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.audit.models import AuditEntry
from assessment_center.first_day import services, uploads
from assessment_center.first_day.models import SheetUpload
from assessment_center.first_day.services import importing
from assessment_center.jobs.services import run_job
from assessment_center.organization.models import AssessmentCentre, Filing
from assessment_center.people.models import Department, Person, StudentRecord, TeachingAssignment
from assessment_center.people.services import ensure_person
from assessment_center.personnel.models import Qualification, StaffMember
from assessment_center.personnel.setup_sheet import StaffJudge
from assessment_center.registry import SYSTEM, Actor, RefusedError
from assessment_center.registry.entries import setup_steps
from assessment_center.spreadsheets import template
from exams.models import Room
from tests.factories.foundation import id_number, make_user
from tests.first_day.conftest import ORDER, content_of, rows_of, show, write, write_until

OTHER = id_number(301, birth="19810412")
SMALL_X = id_number(19, birth="19800412").lower()


@pytest.mark.parametrize("key", ORDER)
def test_the_same_file_again_changes_nothing(actor: Actor, key: str) -> None:
    write_until(actor, key)
    first = write(actor, key, rows_of(key))
    count = len(rows_of(key))
    assert first.outcome["new"] == count
    assert first.outcome["written"] is True
    before = AuditEntry.objects.count()
    again = show(actor, key, rows_of(key))
    assert [again.outcome[k] for k in ("new", "changed", "unchanged")] == [0, 0, count]
    services.apply_upload(actor=actor, upload=again)
    verbs = set(AuditEntry.objects.order_by("id")[before:].values_list("verb", flat=True))
    assert verbs == {"first_day.import"}


CASES: list[tuple[str, dict[int, dict[str, Any]], str, str]] = [
    ("centre", {0: {"所在省份": "重庆"}}, "所在省份", "是否为“重庆市”"),
    ("centre", {0: {"统一社会信用代码": "1" * 19}}, "统一社会信用代码", "最多 18 个字"),
    ("filing", {0: {"有效期起": "3/4/25"}}, "有效期起", "分不清年、月、日"),
    ("filing", {0: {"有效期止": "2025-12-31"}}, "有效期止", "已于 2025-12-31 到期"),
    ("filing", {0: {"有效期止": "2024-12-31"}}, "有效期止", "须晚于起日"),
    ("scope", {0: {"职业": "6-31-01-30"}}, "职业", "是否为“电工”（6-31-01-03）"),
    ("scope", {1: {"职业": "电工", "标准名称": "另一标准"}}, "职业", "与第 2 行相同"),
    ("scope", {0: {"等级": "六级"}}, "等级", "没有“六级”这个等级"),
    ("accounts", {0: {"角色": "考务"}}, "角色", "是否为“考务员”"),
    ("accounts", {1: {"登录名": "zhouxm"}}, "登录名", "第 2 行与第 3 行重复"),
    ("accounts", {0: {"登录名": "周晓梅"}}, "登录名", "小写字母开头"),
    ("departments", {1: {"院系名称": "机电工程学院"}}, "院系名称", "已用代码 JD"),
    ("classes", {0: {"院系": "机电学院"}}, "院系", "是否为“机电工程学院”"),
    ("classes", {0: {"毕业年份": 2023}}, "毕业年份", "应晚于入学年份"),
    ("classes", {0: {"入学年份": 23}}, "入学年份", "应写四位"),
    ("students", {0: {"证件号码": 500103200510161018}}, "证件号码", "必须是文本"),
    ("students", {0: {"证件号码": "500103200510161010"}}, "证件号码", "校验未通过"),
    ("students", {0: {"班级": "电器2301班"}}, "班级", "是否为“电气2301班”"),
    ("students", {1: {"证件号码": id_number(101)}}, "姓名", "与第 2 行证件号码相同，姓名却不同"),
    ("students", {1: {"证件号码": id_number(101)}}, "姓名", "“赵安安”"),
    ("students", {1: {"学号": "2301001"}}, "学号", "与第 2 行“赵安安”相同"),
    ("students", {3: {"姓名": "赵安安", "证件号码": id_number(101)}}, "证件号码", "第 2 行已有"),
    ("rooms", {0: {"不设座的位置": "7排1列"}}, "不设座的位置", "7 排 1 列不在 6 排 5 列之内"),
    ("rooms", {0: {"不设座的位置": "左上角"}}, "不设座的位置", "写成 1排1列"),
    ("rooms", {0: {"可用座位数": 31}}, "可用座位数", "实有座位 28 个"),
    ("rooms", {1: {"考点地址": "另一地址"}}, "考点地址", "第 2 行写的是“学府大道88号”"),
    ("rooms", {0: {"排数": 0}}, "排数", "1 至 40"),
    ("rooms", {0: {"面积（平方米）": 0}}, "面积（平方米）", "大于 0"),
    ("staff", {0: {"有效期止": "2025-12-31"}}, "有效期止", "已于 2025-12-31 到期"),
    ("staff", {2: {"可考评职业": "化学检验师"}}, "可考评职业", "是否为“化学检验员”"),
    ("staff", {2: {"可考评职业": "6-31-01-30"}}, "可考评职业", "“电工”（6-31-01-03）"),
    ("staff", {1: {"姓名": "吴建平"}}, "姓名", "那里是“吴建国”，这里是“吴建平”"),
    (
        "staff",
        {1: {"证件号码": SMALL_X, "姓名": "吴建平"}, 0: {"证件号码": SMALL_X.upper()}},
        "姓名",
        "与第 2 行证件号码相同，姓名却不同",
    ),
    (
        "students",
        {0: {"证件号码": id_number(112)}, 1: {"证件号码": id_number(112).lower()}},
        "姓名",
        "与第 2 行证件号码相同，姓名却不同",
    ),
    ("staff", {1: {"职称/职务": "教授"}}, "职称/职务", "同一人各行须一致"),
    ("staff", {2: {"证卡编号": "KP0001"}}, "证卡编号", "与第 3 行“吴建国”相同"),
    ("staff", {0: {"所在院系": "机电学院"}}, "所在院系", "是否为“机电工程学院”"),
    ("staff", {0: {"有效期止": 2026.1}}, "有效期止", "1 月还是 10 月"),
    ("staff", {2: {"有效期起": "1/5/26"}}, "有效期起", "分不清年、月、日"),
    ("teaching", {0: {"姓名": "吴建军"}}, "姓名", "是否为“吴建国”"),
    ("teaching", {0: {"学期": "2025-2027-1"}}, "学期", "2025-2026-1"),
    (
        "teaching",
        {0: {"姓名": "赵安安", "证件号码": id_number(101)}},
        "班级",
        "登记为这个班的学生",
    ),
]


@pytest.mark.parametrize("key", ORDER)
def test_every_problem_names_row_column_and_what_to_do(actor: Actor, key: str) -> None:
    write_until(actor, key, without=("accounts",))
    before = Person.objects.count(), Department.objects.count(), Room.objects.count()
    cases = [case[1:] for case in CASES if case[0] == key]
    assert cases
    for wrong, header, words in cases:
        rows = rows_of(key)
        for number, values in wrong.items():
            rows[number] |= values
        upload = show(actor, key, rows)
        told = [(one["header"], one["message"], one["row"]) for one in upload.outcome["problems"]]
        assert any(h == header and words in message for h, message, _row in told), told
        assert max(wrong) + 2 in {row for _h, _m, row in told}
        assert not any(id_number(101) in message for _h, message, _r in told)
        with pytest.raises(RefusedError, match="还有问题"):
            services.apply_upload(actor=actor, upload=upload)
    assert before == (Person.objects.count(), Department.objects.count(), Room.objects.count())


def test_staff_dates_of_every_manner_in_one_file_are_the_same_day(actor: Actor) -> None:
    write_until(actor, "staff", without=("accounts",))
    manners = ("2026-5-1", "2026/05/01", "20260501", "2026年5月1日", datetime(2026, 5, 1))  # noqa: DTZ001
    rows = [
        {
            "姓名": "吴建国", "证件号码": id_number(201, birth="19800412"), "资格": "监考员",
            "证卡编号": f"JK{place}", "有效期起": day, "有效期止": "2027-5-31",
        }
        for place, day in enumerate(manners)
    ]  # fmt: skip
    write(actor, "staff", rows)
    starts = Qualification.objects.values_list("valid_from", flat=True)
    assert list(starts) == [date(2026, 5, 1)] * len(manners)


def test_one_bad_row_keeps_all_others_out(actor: Actor) -> None:
    write_until(actor, "students", without=("accounts",))
    rows = rows_of("students")
    rows[3]["证件号码"] = "110101199003070000"
    assert show(actor, "students", rows).outcome["problem_count"] == 1
    assert not StudentRecord.objects.exists()


def test_known_under_another_name_is_told_with_both_names(actor: Actor) -> None:
    write_until(actor, "students", without=("accounts",))
    write(actor, "students", rows_of("students"))
    rows = rows_of("students")
    rows[0]["姓名"] = "赵安"
    told = show(actor, "students", rows).outcome["problems"][0]["message"]
    assert "“赵安安”" in told
    assert "“赵安”" in told


def test_staff_entered_meanwhile_under_another_name_are_refused(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the books and the writing somebody else enters the same number."""
    write_until(actor, "staff", without=("accounts",))
    rows = rows_of("staff")
    upload = show(actor, "staff", rows)
    looked = StaffJudge.judge

    def judge(self: StaffJudge, row: Any) -> Any:
        plan = looked(self, row)
        ensure_person(
            actor=SYSTEM, name="吴卫国", id_kind="resident", id_number=rows[0]["证件号码"]
        )
        return plan

    monkeypatch.setattr(StaffJudge, "judge", judge)
    with pytest.raises(RefusedError) as caught:
        services.apply_upload(actor=actor, upload=upload)
    assert "已登记为“吴卫国”" in caught.value.refusal.reason
    assert f"现填“{rows[0]['姓名']}”" in caught.value.refusal.reason


CHANGES = [
    ("centre", {"联系电话": "023-61111111"}, ("联系电话", "023-60000088", "023-61111111")),
    ("accounts", {"兼任角色": "证书管理员"}, ("角色", "考务员", "考务员、证书管理员")),
    ("departments", {"院系名称": "机电学院"}, ("院系名称", "机电工程学院", "机电学院")),
    ("classes", {"毕业年份": 2027}, ("毕业年份", "2026", "2027")),
    ("students", {"班级": "化工2301班"}, ("班级", "电气2301班", "化工2301班")),
    ("students", {"手机号码": "13800138000"}, ("手机号码", "（空）", "13800138000")),
    ("rooms", {"排数": 7}, ("排数", "6", "7")),
    ("staff", {"职称/职务": "教授"}, ("职称/职务", "讲师", "教授")),
]


@pytest.mark.parametrize(("key", "new", "told"), CHANGES)
def test_a_change_is_shown_and_then_made(
    actor: Actor, key: str, new: dict[str, Any], told: tuple[str, str, str]
) -> None:
    write_until(actor, key, without=("accounts",) if key != "accounts" else ())
    write(actor, key, rows_of(key))
    rows = rows_of(key)
    for number in range(2 if key == "staff" else 1):
        rows[number] |= new
    upload = show(actor, key, rows)
    shown = [(one["header"], one["old"], one["new"]) for one in upload.outcome["changes"]]
    assert told in shown
    services.apply_upload(actor=actor, upload=upload)
    again = show(actor, key, rows)
    assert again.outcome["changed"] == 0
    assert again.outcome["new"] == 0


UNCHANGEABLE = [
    ("filing", {"有效期止": "2028-12-31"}, "登记后不能改写"),
    ("scope", {"等级": "五级、四级"}, "扩项请办理增量备案"),
    ("staff", {"有效期止": "2027-06-30"}, "换发的新卡请填新编号"),
    ("accounts", {"姓名": "周小梅"}, "请换一个登录名"),
]


@pytest.mark.parametrize(("key", "new", "words"), UNCHANGEABLE)
def test_what_stands_for_good_is_not_overwritten(
    actor: Actor, key: str, new: dict[str, Any], words: str
) -> None:
    write_until(actor, key, without=("accounts",) if key != "accounts" else ())
    write(actor, key, rows_of(key))
    rows = rows_of(key)
    rows[0] |= new
    assert words in show(actor, key, rows).outcome["problems"][0]["message"]


def test_what_was_shown_is_what_is_written(actor: Actor) -> None:
    """Between the look and the click somebody else entered one of the departments."""
    upload = show(actor, "departments", rows_of("departments"))
    write(actor, "departments", rows_of("departments")[:1])
    with pytest.raises(RefusedError, match="库中的内容有了变化"):
        services.apply_upload(actor=actor, upload=upload)
    assert Department.objects.count() == 1


@pytest.mark.parametrize("key", ["filing", "classes", "students", "teaching", "scope"])
def test_a_step_waits_for_what_it_builds_on(actor: Actor, key: str) -> None:
    with pytest.raises(RefusedError, match="请先完成"):
        services.upload_sheet(actor=actor, key=key, file_name="x.xlsx", content=b"PK")


@pytest.mark.parametrize(
    ("key", "role"), [("students", Role.HEAD), ("accounts", Role.CLERK), ("rooms", Role.REVIEWER)]
)
def test_a_step_is_its_roles_work(actor: Actor, key: str, role: Role) -> None:
    write_until(actor, key if key != "accounts" else "departments", without=("accounts",))
    with pytest.raises(RefusedError, match="您的角色不能登记"):
        show(make_user(role).as_actor(), key, rows_of(key))


def test_an_upload_is_its_owners(actor: Actor) -> None:
    upload = show(actor, "departments", rows_of("departments"))
    with pytest.raises(RefusedError, match="只有上传的人"):
        services.apply_upload(actor=make_user(Role.CLERK).as_actor(), upload=upload)


def test_written_once_and_then_forgotten(actor: Actor) -> None:
    upload = write(actor, "departments", rows_of("departments"))
    assert (upload.sealed, uploads.content_of(upload)) == (None, None)
    with pytest.raises(RefusedError, match="已经导入过"):
        services.apply_upload(actor=actor, upload=upload)
    upload.sealed = b"x"
    with (
        pytest.raises(IntegrityError, match="upload_content_goes_once_written"),
        transaction.atomic(),
    ):
        upload.save()


def test_what_nobody_imported_is_gone_after_a_week(actor: Actor) -> None:
    write_until(actor, "students", without=("accounts",))
    write(actor, "students", rows_of("students"))
    rows = rows_of("students")
    rows[0]["手机号码"] = "13800138000"
    old = show(actor, "students", rows)
    SheetUpload.objects.update(created_at=timezone.now() - timedelta(days=8))
    show(actor, "departments", rows_of("departments"))
    old.refresh_from_db()
    assert old.sealed is None
    assert (old.outcome["changes"], old.outcome["changed"]) == ([], 1)
    with pytest.raises(RefusedError, match="重新上传"):
        services.apply_upload(actor=actor, upload=old)


def test_a_waiting_file_is_sealed_for_its_row(actor: Actor) -> None:
    write_until(actor, "students", without=("accounts",))
    content = content_of("students", rows_of("students"))
    upload = services.upload_sheet(actor=actor, key="students", file_name="x", content=content)
    upload.refresh_from_db()
    assert uploads.content_of(upload) == content
    assert b"PK" not in bytes(upload.sealed or b"")[:64]
    assert uploads.renew(10) == 0


def test_a_large_file_is_read_and_written_by_jobs(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_until(actor, "students", without=("accounts",))
    monkeypatch.setattr(importing, "AT_ONCE", 1000)
    upload = show(actor, "students", rows_of("students"))
    assert (upload.outcome, upload.job.params["dry_run"]) == ({}, True)
    run_job(upload.job.pk)
    upload.refresh_from_db()
    assert upload.outcome["new"] == len(rows_of("students"))
    assert not StudentRecord.objects.exists()
    ordered = services.apply_upload(actor=actor, upload=upload)
    run_job(ordered.job.pk)
    run_job(ordered.job.pk)
    upload.refresh_from_db()
    assert upload.written_at
    assert StudentRecord.objects.count() == len(rows_of("students"))


def test_a_roll_of_hundreds_takes_few_queries(
    actor: Actor, django_assert_max_num_queries: Any
) -> None:
    write_until(actor, "students", without=("accounts",))
    rows = [
        {
            "姓名": "赵钱孙李周吴郑王"[n % 8] + "安博晨大恩方"[n // 8 % 6],
            "证件号码": id_number(n, birth="20050301"),
            "学号": f"N{n:05d}",
            "班级": "电气2301班",
        }
        for n in range(300)
    ]
    with django_assert_max_num_queries(60):
        write(actor, "students", rows)
    assert StudentRecord.objects.count() == 300


def test_teachers_are_found_by_an_unmistakable_name_or_their_document(actor: Actor) -> None:
    write_until(actor, "teaching", without=("accounts",))
    twin = rows_of("staff")[2] | {"姓名": "吴建国", "证件号码": OTHER, "证卡编号": "KP9"}
    write(actor, "staff", [twin])
    told = show(actor, "teaching", rows_of("teaching")).outcome["problems"][0]
    assert told["header"] == "证件号码"
    assert "2 位“吴建国”" in told["message"]
    write(actor, "teaching", [rows_of("teaching")[0] | {"证件号码": OTHER}])
    write(
        actor,
        "teaching",
        [rows_of("teaching")[0] | {"姓名": "外聘教师", "证件号码": id_number(302)}],
    )
    assert TeachingAssignment.objects.count() == 2


def test_a_card_has_one_holder_and_a_person_may_have_many(actor: Actor) -> None:
    write_until(actor, "staff", without=("accounts",))
    write(actor, "staff", rows_of("staff"))
    assert StaffMember.objects.count() == 3
    taken = AuditEntry.objects.filter(verb="staff.take_on").count()
    assert (taken, AuditEntry.objects.filter(verb="staff.change").count()) == (3, 0)
    stolen = rows_of("staff")[0] | {"姓名": "郑大恩", "证件号码": OTHER}
    told = show(actor, "staff", [stolen]).outcome["problems"][0]["message"]
    assert "已登记在“吴建国”名下" in told
    assert Qualification.objects.count() == 4


def test_the_rulebooks_limits_are_told_in_the_preview(actor: Actor) -> None:
    """Jilin limits the years of an assessor's card; the article stands in the message."""
    write_until(actor, "staff", without=("accounts",))
    row = rows_of("staff")[2] | {"有效期止": "2035-12-31"}
    told = show(actor, "staff", [row]).outcome["problems"][0]["message"]
    assert "证卡有效期最长" in told
    assert "依据" in told


def test_the_template_offers_lists_texts_and_notes(actor: Actor) -> None:
    write_until(actor, "students", without=("accounts",))
    book = openpyxl.load_workbook(io.BytesIO(template(setup_steps["students"].sheet.spec(None))))
    sheet, notes, lists = book.worksheets
    headers = [cell.value for cell in sheet[1]]
    assert headers[:3] == ["姓名 *", "证件类型", "证件号码 *"]
    assert sheet.column_dimensions["C"].number_format == "@"
    offered = {str(rule.sqref).partition("2:")[0] for rule in sheet.data_validations.dataValidation}
    assert {"B", "E", "F"} <= offered
    told = {cell.value for row in lists.iter_rows() for cell in row}
    assert {"电气2301班", "化工2301班", "应届毕业生"} <= told
    assert "证件号码加密保存" in "".join(str(row[0].value) for row in notes.iter_rows())


def test_by_hand_the_same_rules_and_the_change_shown_first(actor: Actor) -> None:
    cells = {"code": "JD", "name": "机电工程学院"}
    assert services.enter_record(actor=actor, key="departments", cells=cells).written
    again = services.enter_record(actor=actor, key="departments", cells=cells)
    assert (again.written, again.unchanged) == (False, 1)
    changed = services.enter_record(
        actor=actor, key="departments", cells=cells | {"name": "机电系"}
    )
    assert not changed.written
    assert Department.objects.get().name == "机电工程学院"
    done = services.enter_record(
        actor=actor,
        key="departments",
        cells=cells | {"name": "机电系"},
        seen=changed.fingerprint,
    )
    assert done.written
    assert Department.objects.get().name == "机电系"
    empty = services.enter_record(actor=actor, key="departments", cells={"code": " "})
    assert [problem.header for problem in empty.problems] == ["院系代码", "院系名称"]


def test_nobody_gives_himself_a_role_by_a_file(user: User, actor: Actor) -> None:
    row = {"登录名": user.username, "姓名": user.display_name, "角色": "检查人员"}
    told = show(actor, "accounts", [row]).outcome["problems"][0]["message"]
    assert "不能给自己授予角色" in told


def test_the_centre_and_filing_are_one(actor: Actor) -> None:
    two = [*rows_of("centre"), rows_of("centre")[0] | {"机构名称": "另一所学院"}]
    assert "第 2 行已填" in show(actor, "centre", two).outcome["problems"][0]["message"]
    write(actor, "centre", rows_of("centre"))
    write(actor, "filing", rows_of("filing"))
    assert AssessmentCentre.objects.count() == Filing.objects.count() == 1
    assert Filing.objects.get().rulebook_version.code == "jilin"
    with pytest.raises(RefusedError, match="不能改选"):
        services.choose_rulebook(actor=actor, code="henan")


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_write_once() -> None:
    actor = make_user(Role.CLERK, Role.HEAD).as_actor()
    upload = show(actor, "departments", rows_of("departments"))
    told: list[str] = []
    gate = threading.Barrier(4)

    def click() -> None:
        gate.wait()
        try:
            services.apply_upload(actor=actor, upload=upload)
            told.append("written")
        except RefusedError:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["refused", "refused", "refused", "written"]
    assert Department.objects.count() == 2


def test_files_that_are_no_workbooks_are_refused(actor: Actor, frozen: Callable[..., Any]) -> None:
    for content in (b"", b"hello", b"PK\x03\x04broken"):
        with pytest.raises(RefusedError):
            services.upload_sheet(actor=actor, key="departments", file_name="x", content=content)
    assert not SheetUpload.objects.exists()
