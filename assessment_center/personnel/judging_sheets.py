"""What the forms of appraisals and decisions say, ready to be drawn (F-804 to F-807)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from assessment_center import pdf
from assessment_center.organization.models import AssessmentCentre
from assessment_center.personnel.conduct import measure_words
from assessment_center.personnel.judging_enums import Branch
from assessment_center.personnel.judging_grades import Grades
from assessment_center.personnel.judging_labels import TAKEN_LABELS
from assessment_center.personnel.judging_reading import YearRow, failing_words, follow_words
from assessment_center.personnel.models import (
    Appraisal,
    MisconductCase,
    SessionRating,
    StaffMember,
)
from assessment_center.personnel.rules.appraisal import Taken, shown

DAY = "{0:%Y-%m-%d}"
CHINESE_DAY = "{0.year}年{0.month}月{0.day}日"
NOTHING = "——"


def mean_words(row: Appraisal) -> str:
    return str(shown(Decimal(row.mean))) if row.mean is not None else NOTHING


def card_of(member: StaffMember) -> str:
    cards = [card for card in member.qualifications.all() if card.card_number]
    return "、".join(card.card_number for card in cards[:2])


def session_roster(
    name: str,
    day: str,
    rows: Sequence[tuple[StaffMember, int, SessionRating | None]],
    grades: Grades,
) -> pdf.Roster:
    """F-804: everybody who judged in one assessment, with score, opinion and who rated."""
    raters = dict.fromkeys(rating.rated_by_name for _m, _n, rating in rows if rating)
    return pdf.Roster(
        title="职业技能等级认定考评人员认定表",
        subtitle=name,
        columns=(
            pdf.Column("序号", 6),
            pdf.Column("姓名", 13, face=pdf.Face.KAI, names=True),
            pdf.Column("证卡编号", 20),
            pdf.Column("考评场次", 10),
            pdf.Column("认定分数", 11),
            pdf.Column(grades.label, 11),
            pdf.Column("认定意见", 29, align="left"),
        ),
        rows=[
            (
                str(number),
                member.person.name,
                card_of(member),
                str(sittings),
                str(rating.score) if rating and rating.score is not None else "",
                grades.of(rating.score, rating.grade) if rating else "",
                rating.opinion if rating else "",
            )
            for number, (member, sittings, rating) in enumerate(rows, start=1)
        ],
        meta=(("认定日期", day), ("评价人", "、".join(raters) or NOTHING)),
        signatures=("评价人", "认定中心负责人", "日期"),
        notes=grades.notes,
    )


def review_form(row: Appraisal, labels: Sequence[str], grades: Grades) -> pdf.Form:
    """F-805: one member's year with sessions, opinions, score and grade."""
    member = row.member
    rows = [
        pdf.FormRow(
            (
                pdf.label_cell("姓名"),
                pdf.Cell(member.person.name, face=pdf.Face.KAI),
                pdf.label_cell("所在部门"),
                pdf.Cell(str(member.department or NOTHING)),
                pdf.label_cell("证卡编号"),
                pdf.Cell(card_of(member) or NOTHING),
            )
        ),
        pdf.FormRow(tuple(pdf.label_cell(text) for text in (*SESSION_HEADS, grades.label))),
        *(_session_row(fact, grades) for fact in row.basis),
        pdf.FormRow(
            (
                pdf.label_cell("加权平均分"),
                pdf.Cell(mean_words(row)),
                pdf.label_cell("考核等次"),
                pdf.Cell(row.grade or "本年未参评"),
                pdf.label_cell("直接不合格"),
                pdf.Cell(failing_words(row) or NOTHING),
            )
        ),
    ]
    ordered = [each for each in labels if each in row.content] or list(row.content)
    rows += [_block(each, row.content[each], 18) for each in ordered]
    rows += [
        _block("管理人员评议意见", row.manager_opinion, 26, "签名：　　　　　年　月　日"),
        *_by_supervisor(row),
        _block("结果运用", follow_words(row) or "无", 12),
        _block("审定意见", _confirmed(row), 26, "负责人：　　　　（盖章）　　年　月　日"),
    ]
    title = "考评人员年度考核评议表"
    if row.branch == Branch.SUPERVISOR:
        title = "质量督导员年度考核表"
    return pdf.Form(
        title=title,
        subtitle=f"{row.year} 年度",
        widths=(16, 18, 16, 18, 16, 16),
        rows=tuple(rows),
        notes=grades.notes if row.basis else (),
        who=member.person.name,
    )


SESSION_HEADS = ("日期", "认定批次", "考评场次", "参加情况", "认定分数")


def _session_row(fact: dict[str, Any], grades: Grades) -> pdf.FormRow:
    return pdf.FormRow(
        (
            pdf.Cell(fact["day"]),
            pdf.Cell(fact["session"]),
            pdf.Cell(str(fact["sittings"] or NOTHING)),
            pdf.Cell(str(TAKEN_LABELS[Taken(fact["taken"])])),
            pdf.Cell(fact["score"] or NOTHING),
            pdf.Cell(grades.of(fact["score"], fact["grade"]) or NOTHING),
        )
    )


def _block(label: str, text: str, height: float, foot: str = "") -> pdf.FormRow:
    cells = (pdf.label_cell(label), pdf.Cell(text, span=5, block=True, foot=foot))
    return pdf.FormRow(cells, height=height)


def _by_supervisor(row: Appraisal) -> tuple[pdf.FormRow, ...]:
    """Supervisors judge assessors, not each other."""
    if row.branch == Branch.SUPERVISOR:
        return ()
    sign = "签名：　　　　　年　月　日"
    return (_block("督导员评议意见", row.supervisor_opinion, 26, sign),)


def _confirmed(row: Appraisal) -> str:
    if row.confirmed_at is None:
        return ""
    return (
        f"{row.confirmed_by_name}，{CHINESE_DAY.format(timezone.localdate(row.confirmed_at))}审定。"
    )


def summary_form(row: Appraisal) -> pdf.Form:
    """F-806: the member's own account of his year, under what the records say of it."""
    member = row.member
    served = [fact for fact in row.basis if fact["taken"] == Taken.SERVED]
    sittings = sum(int(fact["sittings"]) for fact in served)
    judged = "\n".join(f"{fact['day']}　{fact['session']}" for fact in served)
    return pdf.Form(
        title="年度个人考评工作小结",
        subtitle=f"{row.year} 年度",
        widths=(16, 34, 16, 34),
        rows=(
            pdf.fact_row("姓名", pdf.Cell(member.person.name, face=pdf.Face.KAI),
                 "所在部门", pdf.Cell(str(member.department or NOTHING))),
            pdf.fact_row("证卡编号", pdf.Cell(card_of(member) or NOTHING),
                 "参加考评", pdf.Cell(f"{len(served)} 次，{sittings} 场")),
            pdf.FormRow(
                (pdf.label_cell("考评记录"),
                 pdf.Cell(judged or "本年没有考评。", span=3, align="left")),
            ),
            pdf.FormRow(
                (pdf.label_cell("工作小结"),
                 pdf.Cell(row.summary, span=3, block=True, foot="本人签名：　　　　　年　月　日")),
                height=140,
            ),
        ),
        who=member.person.name,
    )  # fmt: skip


def results_notice(
    centre: AssessmentCentre, year: int, branch: str, rows: Sequence[YearRow], day: str
) -> pdf.Notice:
    """R-21: the year's results for the authority."""
    what = "质量督导员" if branch == Branch.SUPERVISOR else "考评人员"
    judged = [row for row in rows if row.appraisal]
    table = pdf.Table(
        columns=(
            pdf.Column("序号", 7),
            pdf.Column("姓名", 16, face=pdf.Face.KAI, names=True),
            pdf.Column("证卡编号", 20),
            pdf.Column("参加批次", 13),
            pdf.Column("平均分", 11),
            pdf.Column("等次", 11),
            pdf.Column("结果运用", 26),
        ),
        rows=[
            (
                str(number),
                row.member.person.name,
                card_of(row.member),
                str(row.served),
                mean_words(row.appraisal) if row.appraisal else NOTHING,
                (row.appraisal.grade if row.appraisal else "") or "未参评",
                row.follows or NOTHING,
            )
            for number, row in enumerate(judged, start=1)
        ],
    )
    return pdf.Notice(
        issuer=centre.name,
        title=f"关于报送{year}年度{what}\n考核结果的报告",
        addressee=f"{centre.authority_name}：",
        body=(f"现将我单位{year}年度{what}考核结果报送如下，请审阅。", table),
        signer=centre.name,
        date=day,
        red_head=False,
    )


def case_letter(
    centre: AssessmentCentre, case: MisconductCase, appeal: str, day: str
) -> pdf.Notice:
    """R-22: how a case was handled, for the authority and the person."""
    basis = "、".join(case.citations)
    found = case.decided_on
    who, when = case.member.person.name, CHINESE_DAY.format(case.happened_on)
    body = [
        "一、基本情况",
        f"{who}（{case.get_group_display()}），{when}，涉嫌“{case.act}”。",
        case.description,
        "二、处理结果",
        f"处理意见：{case.decision}" if case.decision else "正在调查。",
    ]
    if case.measures:
        body.append(f"处理：{measure_words(case.measures)}。依据：{basis}。")
    if found:
        body.append(f"决定人：{case.decided_by_name}，{CHINESE_DAY.format(found)}。")
    if appeal:
        body += ["三、申诉", appeal]
    return pdf.Notice(
        issuer=centre.name,
        title="关于工作人员违规处理结果的报告",
        addressee=f"{centre.authority_name}：",
        body=tuple(body),
        signer=centre.name,
        date=day,
        red_head=False,
    )
