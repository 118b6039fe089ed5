"""The same sheet again changes nothing; a corrected one changes what it says, while that may be."""

from typing import Any

import pytest

from assessment_center.audit.models import AuditEntry
from assessment_center.people.models import Person
from assessment_center.registry import SYSTEM, RefusedError
from candidates.models import Application
from candidates.services import registration, review
from candidates.services.importing import ImportReport, import_sheet
from tests.candidates.sheets import row_for, student_row, workbook
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def imported(batch: Any, *rows: dict[str, Any], **more: Any) -> ImportReport:
    return import_sheet(actor=SYSTEM, batch=batch, content=workbook(list(rows)), **more)


def test_a_correction_is_shown_written_once_and_leaves_the_rest() -> None:
    batch = c.make_open_offering().batch
    assert imported(batch, row_for(1), row_for(2)).new == 2
    number = Application.objects.get(person__name="赵安二").number
    better = [
        row_for(1, 工作单位="第二机床厂", 从事本职业起始日期="2014-09-01", 手机号码="13900000000"),
        row_for(2),
    ]
    tried = imported(batch, *better, dry_run=True)
    assert (tried.new, tried.changed, tried.unchanged, tried.written) == (0, 1, 1, False)
    assert [(each["row"], each["header"], each["old"], each["new"]) for each in tried.changes] == [
        (2, "手机号码", "13800000000", "13900000000"),
        (2, "工作单位", "江州机电厂", "第二机床厂"),
        (2, "从事本职业起始日期", "2015-03-01", "2014-09-01"),
    ]
    assert not Application.objects.filter(employer="第二机床厂").exists()
    assert imported(batch, *better).written
    row = Application.objects.get(employer="第二机床厂")
    assert (row.person.phone, row.status) == ("13900000000", "submitted")
    assert row.number == number
    assert row.declaration["work"][0]["starts"] == "2014-09-01"
    entry = AuditEntry.objects.get(verb="application.correct")
    assert entry.payload["fields"] == ["手机号码", "工作单位", "从事本职业起始日期"]
    again = imported(batch, *better)
    assert (again.changed, again.unchanged) == (0, 2)
    assert AuditEntry.objects.filter(verb="application.correct").count() == 1
    assert (Application.objects.count(), Person.objects.count()) == (2, 2)


def test_what_was_reviewed_is_refused_row_by_row_with_its_state() -> None:
    batch = c.make_open_offering().batch
    imported(batch, student_row(1), row_for(2))
    confirmed = Application.objects.get(person__name="赵安二")
    review.first_review(actor=c.department_user().as_actor(), application=confirmed)
    untouched = Application.objects.get(pk=confirmed.pk)
    school_class = untouched.school_class.name
    same = row_for(1, 学号="X000001", 班级=school_class, 工作单位=None, 从事本职业起始日期=None)
    assert imported(batch, same, row_for(2)).ok
    report = imported(batch, {**same, "民族": "回族"}, row_for(2, 民族="满族"))
    (told,) = report.problems
    assert (told.row, told.header) == (2, "民族")
    assert "待复核" in told.message
    assert "退回" in told.message
    assert not report.written
    assert set(Application.objects.values_list("ethnicity", flat=True)) == {"汉族"}


def test_a_returned_application_is_answered_by_the_corrected_sheet(clock: Any) -> None:
    batch = c.make_open_offering().batch
    imported(batch, row_for(1), row_for(2))
    row = Application.objects.get(person__name="赵安二")
    actor = c.department_user().as_actor()
    review.return_application(actor=actor, application=row, part="facts", reason="单位不对")
    clock.move_to(f.at(2026, 4, 21))
    late = imported(batch, row_for(1, 工作单位="改后单位"), row_for(3))
    assert [(each.row, each.header) for each in late.problems] == [(3, "姓名")]
    assert "报名已截止" in late.problems[0].message
    assert imported(batch, row_for(1, 工作单位="改后单位"), row_for(2)).written
    row.refresh_from_db()
    assert (row.status, row.employer, row.return_reason) == ("submitted", "改后单位", "")
    with pytest.raises(RefusedError, match="报名已截止"):
        imported(batch, row_for(1, 工作单位="又改"))


def test_what_the_candidate_entered_is_his() -> None:
    offering = c.make_open_offering()
    own = c.make_submitted(offering, person=c.make_candidate(number=f.id_number(7)))
    report = imported(offering.batch, row_for(7, 姓名=own.person.name, 民族="回族"))
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
    assert "以本人填报为准" in report.remarks[0]["message"]
    own.refresh_from_db()
    assert own.ethnicity == "汉族"


def test_a_telephone_is_left_to_who_signs_in_himself() -> None:
    batch = c.make_open_offering().batch
    person = c.make_candidate(number=f.id_number(8))
    row = row_for(8, 姓名=person.name, 从事本职业起始日期=None, 工作单位=None)
    assert imported(batch, row).written
    assert imported(batch, {**row, "手机号码": "13911112222"}).unchanged == 1
    person.refresh_from_db()
    assert person.phone == "13800000000"


def test_who_withdrew_is_not_entered_again_by_the_next_sheet() -> None:
    batch = c.make_open_offering().batch
    person = c.make_candidate(number=f.id_number(8))
    row = row_for(8, 姓名=person.name, 从事本职业起始日期=None, 工作单位=None)
    imported(batch, row)
    registration.withdraw_application(
        actor=person.user.as_actor(), application=Application.objects.get()
    )
    (told,) = imported(batch, row).problems
    assert "已撤回" in told.message
    assert "删去这一行" in told.message


def test_somebody_reviewed_between_trial_and_import(monkeypatch: pytest.MonkeyPatch) -> None:
    from candidates.services import importing

    batch = c.make_open_offering().batch
    imported(batch, row_for(1))
    plan = importing.plan_rows

    def reviewed_meanwhile(**more: Any) -> Any:
        planned = plan(**more)
        actor, application = c.department_user().as_actor(), Application.objects.get()
        review.first_review(actor=actor, application=application, note="看过原件")
        return planned

    monkeypatch.setattr(importing, "plan_rows", reviewed_meanwhile)
    with pytest.raises(RefusedError, match="试读以后"):
        imported(batch, row_for(1, 工作单位="改"))
    assert Application.objects.get().employer == "江州机电厂"


@pytest.mark.parametrize(
    ("change", "header", "words"),
    [
        ({"院系": "没有的系"}, "院系", "没有这个院系"),
        ({"院系": "别的系"}, "院系", "这个班级属于"),
        ({"评价方式": "竞赛取证"}, "职业", "本批次公告没有"),
    ],
)
def test_departments_and_routes_are_checked(
    change: dict[str, Any], header: str, words: str
) -> None:
    batch = c.make_open_offering().batch
    f.make_department("别的系")
    (told,) = imported(batch, student_row(1, **change)).problems
    assert told.header == header
    assert words in told.message


def test_who_has_no_class_belongs_to_the_department_that_brings_him() -> None:
    batch = c.make_open_offering().batch
    department = f.make_department("继续教育学院")
    assert imported(batch, row_for(1, 院系="继续教育学院")).written
    assert Application.objects.get().department == department


def test_another_route_comes_in_as_a_draft_for_the_candidate_to_complete() -> None:
    batch = f.make_batch(rulebook="henan")
    offering = f.make_offering(batch, level=3, route="contest")
    f.announced(batch)
    offering.batch.refresh_from_db()
    row = student_row(1, 等级="三级/高级工", 评价方式="竞赛取证")
    assert imported(offering.batch, row).written
    made = Application.objects.get()
    assert (made.status, made.number, made.subjects, made.route) == ("draft", "", [], "contest")
    with pytest.raises(RefusedError):
        registration.submit_application(actor=SYSTEM, application=made)
