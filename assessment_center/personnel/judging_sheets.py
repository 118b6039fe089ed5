"""What the forms of appraisals and decisions say, ready to be drawn (F-804 to F-807)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from assessment_center import pdf
from assessment_center.organization.models import AssessmentCentre
from assessment_center.personnel.conduct import measure_words
from assessment_center.personnel.exclusions import in_words
from assessment_center.personnel.judging_enums import Branch
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
    name: str, day: str, rows: Sequence[tuple[StaffMember, int, SessionRating | None]]
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
            pdf.Column("评价", 9),
            pdf.Column("认定意见", 31, align="left"),
        ),
        rows=[
            (
                str(number),
                member.person.name,
                card_of(member),
                str(sittings),
                str(rating.score) if rating and rating.score is not None else "",
                rating.grade if rating else "",
                rating.opinion if rating else "",
            )
            for number, (member, sittings, rating) in enumerate(rows, start=1)
        ],
        meta=(("认定日期", day), ("评价人", "、".join(raters) or NOTHING)),
        signatures=("评价人", "认定中心负责人", "日期"),
    )


def _label(text: str) -> pdf.Cell:
    return pdf.Cell(text, label=True)


def review_form(row: Appraisal, labels: Sequence[str] = ()) -> pdf.Form:
    """F-805: one member's year with sessions, opinions, score and grade."""
    member = row.member
    rows = [
        pdf.FormRow(
            (
                _label("姓名"),
                pdf.Cell(member.person.name, face=pdf.Face.KAI),
                _label("所在部门"),
                pdf.Cell(str(member.department or NOTHING)),
                _label("证卡编号"),
                pdf.Cell(card_of(member) or NOTHING),
            )
        ),
        pdf.FormRow(tuple(_label(text) for text in SESSION_HEADS)),
        *(_session_row(fact) for fact in row.basis),
        pdf.FormRow(
            (
                _label("加权平均分"),
                pdf.Cell(mean_words(row)),
                _label("考核等次"),
                pdf.Cell(row.grade or "本年未参评"),
                _label("直接不合格"),
                pdf.Cell(failing_words(row) or NOTHING),
            )
        ),
    ]
    ordered = [each for each in labels if each in row.content] or list(row.content)
    rows += [_block(each, row.content[each], 18) for each in ordered]
    rows += [
        _block("管理人员评议意见", row.manager_opinion, 26, "签名：　　　　　年　月　日"),
        _block("督导员评议意见", row.supervisor_opinion, 26, "签名：　　　　　年　月　日"),
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
        who=member.person.name,
    )


SESSION_HEADS = ("日期", "认定批次", "考评场次", "参加情况", "认定分数", "评价")


def _session_row(fact: dict[str, Any]) -> pdf.FormRow:
    return pdf.FormRow(
        (
            pdf.Cell(fact["day"]),
            pdf.Cell(fact["session"]),
            pdf.Cell(str(fact["sittings"] or NOTHING)),
            pdf.Cell(str(TAKEN_LABELS[Taken(fact["taken"])])),
            pdf.Cell(fact["score"] or NOTHING),
            pdf.Cell(fact["grade"] or NOTHING),
        )
    )


def _block(label: str, text: str, height: float, foot: str = "") -> pdf.FormRow:
    cells = (pdf.Cell(label, label=True), pdf.Cell(text, span=5, block=True, foot=foot))
    return pdf.FormRow(cells, height=height)


def _confirmed(row: Appraisal) -> str:
    if row.confirmed_at is None:
        return ""
    return f"{row.confirmed_by_name}，{CHINESE_DAY.format(row.confirmed_at)}审定。"


def summary_form(row: Appraisal) -> pdf.Form:
    """F-806: the member's own account of his year."""
    served = [fact for fact in row.basis if fact["taken"] == Taken.SERVED]
    return pdf.Form(
        title="年度个人考评工作小结",
        subtitle=f"{row.year} 年度",
        widths=(16, 34, 16, 34),
        rows=(
            pdf.FormRow(
                (
                    pdf.Cell("姓名", label=True),
                    pdf.Cell(row.member.person.name, face=pdf.Face.KAI),
                    pdf.Cell("参加考评", label=True),
                    pdf.Cell(f"{len(served)} 次，{sum(int(f['sittings']) for f in served)} 场"),
                )
            ),
            pdf.FormRow(
                (
                    pdf.Cell("工作小结", label=True),
                    pdf.Cell(
                        row.summary, span=3, block=True, foot="本人签名：　　　　　年　月　日"
                    ),
                ),
                height=170,
            ),
        ),
        who=row.member.person.name,
    )


def ledger_roster(members: Iterable[StaffMember], last: dict[Any, Appraisal]) -> pdf.Roster:
    """F-807: the ledger of all assessors, one line each."""
    rows = []
    for number, member in enumerate(members, start=1):
        cards = list(member.qualifications.all())
        hire = max(member.engagements.all(), key=lambda each: each.starts, default=None)
        judged = last.get(member.pk)
        rows.append(
            (
                str(number),
                member.person.name,
                str(member.department or NOTHING),
                "\n".join(_card(card) for card in cards) or NOTHING,
                f"{hire.starts} 至 {hire.last_day}" if hire else NOTHING,
                str(len({each.session_id for each in member.dispatches.all()})),
                f"{judged.year} {judged.grade or '未参评'}" if judged else NOTHING,
                "；".join(in_words(each) for each in member.exclusions.all()) or NOTHING,
            )
        )
    return pdf.Roster(
        title="考评人员信息台账",
        columns=(
            pdf.Column("序号", 5),
            pdf.Column("姓名", 10, face=pdf.Face.KAI, names=True),
            pdf.Column("所在部门", 16),
            pdf.Column("任职资格、证卡和有效期", 34, align="left"),
            pdf.Column("聘期", 16),
            pdf.Column("考评批次", 8),
            pdf.Column("最近年度考核", 13),
            pdf.Column("奖惩和注销", 26, align="left"),
        ),
        rows=rows,
        signatures=("制表人", "审核人", "日期"),
    )


def _card(card: Any) -> str:
    ends = f"至 {card.valid_until}" if card.valid_until else "长期"
    told = f"{card.get_grade_display()} {card.card_number}\n{card.valid_from} {ends}"
    return f"{told}（{card.revoked_on} 注销）" if card.revoked_on else told


def results_notice(
    centre: AssessmentCentre, year: int, branch: str, rows: Sequence[YearRow], day: str
) -> pdf.Notice:
    """R-21: the year's results for the authority."""
    what = "质量督导员" if branch == Branch.SUPERVISOR else "考评人员"
    judged = [row for row in rows if row.appraisal]
    table = pdf.Table(
        columns=(
            pdf.Column("序号", 6),
            pdf.Column("姓名", 14, face=pdf.Face.KAI, names=True),
            pdf.Column("证卡编号", 24),
            pdf.Column("参加批次", 10),
            pdf.Column("平均分", 10),
            pdf.Column("等次", 12),
            pdf.Column("结果运用", 24),
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
        title=f"关于报送{year}年度{what}考核结果的报告",
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
