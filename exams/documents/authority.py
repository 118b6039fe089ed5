"""F-302 to F-304: what a station sends before the day, and the form the authority fills in."""

from collections.abc import Iterator

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.batches.telling import days
from candidates.selectors import admitted
from exams.documents.common import called, own_name, place, subject_of, when, when_below
from exams.documents.grids import wide
from exams.documents.handbook import on_duty
from exams.documents.reading import Plan, with_offerings
from exams.documents.sheet import Kind, Made, Scope, declare, named_form
from exams.handed_in import SEATING, wanted

NAME = pdf.Column("姓名", 16, face=pdf.Face.KAI, names=True)


def _numbers(batch: AssessmentBatch) -> list[tuple[str, str, str]]:
    """Project, subjects and number of admitted candidates of every offering."""
    counted: dict[object, int] = {}
    for offering in admitted(batch).values_list("offering_id", flat=True):
        counted[offering] = counted.get(offering, 0) + 1
    offerings = batch.offerings.select_related("occupation", "job").order_by("occupation__code")
    return [
        (str(each), "、".join(each.subject_names), str(counted.get(each.pk, 0)))
        for each in offerings
    ]


def _table(batch: AssessmentBatch) -> pdf.Table:
    columns = (
        pdf.Column("职业（工种）等级", 30, align="left"),
        pdf.Column("科目", 34, align="left"),
        pdf.Column("人数", 10),
    )
    return pdf.Table(columns, _numbers(batch))


def application(plan: Plan) -> Iterator[Made]:
    """F-302: the station asks for the examination."""
    batch = plan.batch
    title = own_name(batch, "F-302", "职业技能鉴定申请报告")
    total = sum(int(number) for _name, _subjects, number in _numbers(batch))
    body: list[str | pdf.Table | pdf.FlowChart] = [
        f"我单位拟组织{batch.name}，报名和资格审查已经完成，现将有关情况报告如下，请予核准。",
        "一、职业、等级与人数",
        _table(batch),
        f"合计 {total} 人。",
        "二、时间和地点",
        f"考试时间：{days(batch.exam_starts, batch.exam_ends)}。考试地点：{batch.exam_place}。",
        "三、考场、设备与人员",
        "考场和设备已按要求准备，考务人员安排见备案表，实施方案和考生花名册随文报送。",
    ]
    notice = pdf.Notice(
        issuer=batch.centre.name,
        title=title,
        addressee=f"{batch.centre.authority_name}：",
        body=body,
        attachments=tuple(_attachments(batch)),
        signer=batch.centre.name,
        date="　　年　　月　　日",
        contact=f"联系电话：{batch.centre.phone}" if batch.centre.phone else "",
        red_head=False,
    )
    yield Made(notice, title)


def _attachments(batch: AssessmentBatch) -> Iterator[str]:
    """What lies in the package with the application, each by its own name."""
    for code, otherwise in (
        ("F-301", "实施方案"),
        ("F-303", "考务人员安排备案表"),
        ("F-212", "考生花名册"),
        ("F-304", "核准表"),
    ):
        yield own_name(batch, code, otherwise)
    arranged = wanted(batch, SEATING)
    yield f"报名数据{'和考场编排' if arranged else ''}"
    yield "考生资格材料复印件"


def seating(plan: Plan) -> Iterator[Made]:
    """The seats that go with the application; without numbers of tickets, which come after it."""
    if not plan.rooms:
        return
    rows = [
        (
            f"{room.sitting.number}",
            subject_of(room.sitting),
            when_below(room.sitting),
            f"{called(room.room)}\n{place(room.room)}",
            each.station or each.number,
            each.name,
            each.id_masked,
            each.offering,
        )
        for room in plan.rooms
        for each in room.seats
    ]
    sheet = pdf.Roster(
        title="考场编排名单",
        subtitle=plan.batch.name,
        meta=(
            ("机构", plan.batch.centre.name),
            ("场次", f"{len(plan.sittings)} 场"),
            ("考场", f"{len(plan.rooms)} 个"),
            ("合计", f"{len(rows)} 人次"),
        ),
        columns=(
            pdf.Column("场次", 6),
            pdf.Column("科目", 14),
            pdf.Column("时间", 20),
            pdf.Column("考场", 36, align="left"),
            pdf.Column("座（工）位", 11),
            NAME,
            pdf.Column("证件号码", 20),
            pdf.Column("职业（工种）等级", 22, align="left"),
        ),
        rows=rows,
        signatures=("填报人", "单位负责人（盖章）", "日期"),
    )
    yield Made(sheet, "考场编排名单", pdf.Paper.A4_LANDSCAPE)


def _is_reported(batch: AssessmentBatch) -> bool:
    return is_examined(batch) and wanted(batch, SEATING)


def staff_filing(plan: Plan) -> Iterator[Made]:
    """F-303: who serves where, for the authority's file."""
    batch = plan.batch
    title = own_name(batch, "F-303", "考务人员安排备案表")
    duties = [
        (f"第 {sitting.number} 场 {subject_of(sitting)}", when(sitting), *each)
        for sitting in plan.sittings
        for each in on_duty(plan, sitting)
    ]
    rows = [(str(number), *row, "") for number, row in enumerate(duties, 1)]
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        meta=(("机构", batch.centre.name), ("合计", f"{len(rows)} 人次" if rows else "　　人次")),
        columns=(
            pdf.Column("序号", 7),
            pdf.Column("场次", 26, align="left"),
            pdf.Column("时间", 32),
            pdf.Column("岗位", 17),
            pdf.Column("考场", 16),
            NAME,
            pdf.Column("备注", 16),
        ),
        rows=rows,
        blank_rows=0 if rows else 15,
        signatures=("填报人", "单位负责人（盖章）", "日期"),
    )
    yield Made(sheet, title, pdf.Paper.A4_LANDSCAPE)


def approval(plan: Plan) -> Iterator[Made]:
    """F-304: the facts in print, the decision left to the authority."""
    batch = plan.batch
    title = own_name(batch, "F-304", "职业技能鉴定核准表")
    told = "；\n".join(f"{name}：{subjects}，{n} 人" for name, subjects, n in _numbers(batch))
    held = (each for each in with_offerings(batch) if not each.called_off)
    times = "；\n".join(dict.fromkeys(f"{subject_of(each)}：{when(each)}" for each in held))
    phone = _cell("联系电话", batch.centre.phone)
    form = pdf.Form(
        title=title,
        subtitle=batch.name,
        widths=(3, 5, 3, 5),
        rows=(
            pdf.FormRow((*_cell("申请单位", batch.centre.name), *_cell("批次", batch.code)), 11.0),
            pdf.FormRow((*_cell("考试地点", batch.exam_place), *phone), 11.0),
            wide("职业、等级、科目与人数", told, 34.0),
            wide("考试时间", times or days(batch.exam_starts, batch.exam_ends), 24.0),
            wide("申请单位意见", "", 34.0, "负责人（盖章）：　　　　　年　月　日"),
            wide("审核意见", "", 36.0, "审核人：　　　　　年　月　日"),
            wide("核准意见", "", 36.0, "负责人（盖章）：　　　　　年　月　日"),
        ),
    )  # fmt: skip
    yield Made(form, title)


def _cell(label: str, text: str) -> tuple[pdf.Cell, pdf.Cell]:
    return pdf.Cell(label, label=True), pdf.Cell(text)


def register() -> None:
    for code, slug, label, make in (
        ("F-302", "application-report", "申请报告", application),
        ("F-303", "staff-filing", "考务人员安排备案表", staff_filing),
        ("F-304", "approval-form", "核准表", approval),
    ):
        kind = Kind(code, slug, label, Scope.BATCH, make, named_form(code), in_set=False)
        declare(kind, order=296)
    label, slug = "考场编排名单", "reported-seating"
    seats = Kind("F-302", slug, label, Scope.BATCH, seating, _is_reported, in_set=False)
    declare(seats, order=296)
