"""F-101, the application letter in its two wordings, and F-105, the reply as it is kept here."""

from assessment_center import pdf
from assessment_center.filing.documents.base import (
    NO_JOB,
    Made,
    chinese_day,
    imprint,
    level_figures,
    profile_of,
    standard_words,
)
from assessment_center.filing.models import FilingApplication
from assessment_center.filing.selectors import checklist, lines_of
from assessment_center.organization.models import Filing
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese


def _set_up(school: str, centre: str) -> str:
    """The unit the letter speaks of: a centre that bears the school's name alone is told apart."""
    return f"{school}职业技能等级认定中心" if centre == school else centre


@in_chinese
def letter(application: FilingApplication, actor: Actor) -> Made:
    """F-101: to whom, on what ground, what was set up, what is asked for."""
    way, school = application.way, profile_of(application).school_name
    if not way.ground:
        raise RefusedError("这一途径的规程没有申请函样式。", way.cite)
    centre = _set_up(school, application.centre.name)
    title = f"{school}关于申请职业技能等级认定机构备案的函"
    asked = (
        f"{way.ground}，{school}成立了“{centre}”，制定了《{school}职业技能等级认定工作方案》，"
        "并就开展职业技能等级认定工作进行了充分准备。认定中心已具备备案和开展认定工作的条件，"
        "现申请予以备案。"
    )
    body = (asked, "妥否，请函复。")
    day = chinese_day(application.submitted_on)
    content = (title, application.letter_number, body, day)
    notice = pdf.Notice(
        issuer=school,
        title=title,
        body=body,
        signer=f"{school}（盖章）",
        date=day,
        number=application.letter_number,
        addressee=f"{way.decides}：",
        attachments=tuple(
            each.material.label
            for each in checklist(application)
            if each.material.code != "letter" and not each.material.by_authority
        ),
    )
    mark = imprint(
        application, actor, code="F-101", slug="filing-letter", title=title, content=content
    )
    return Made(title, "pdf", pdf.notice([notice], imprint=mark))


@in_chinese
def reply(application: FilingApplication, actor: Actor) -> Made:
    """F-105: what the authority answered, as it was entered, with its list."""
    filing = application.filing
    if filing is None:
        raise RefusedError("还没有登记回执。", application.way.cite)
    kind = "增量备案回执" if filing.is_incremental else "备案回执"
    title = f"{application.centre.name}{kind}（登记件）"
    headed = f"{application.centre.name}\n{kind}（登记件）"
    body: list[str | pdf.Table | pdf.FlowChart] = [*_sentences(application, filing), _table(filing)]
    content = (title, filing.reply_number, [str(each) for each in filing.scope.all()])
    notice = pdf.Notice(
        issuer=application.centre.name,
        title=headed,
        body=body,
        signer=f"登记：{application.centre.name}",
        date=chinese_day(filing.reply_date),
        number=filing.reply_number,
        red_head=False,
    )
    mark = imprint(
        application, actor, code="F-105", slug="filing-reply", title=title, content=content
    )
    return Made(title, "pdf", pdf.notice([notice], imprint=mark))


def _sentences(application: FilingApplication, filing: Filing) -> tuple[str, ...]:
    said = f"{filing.replied_by}以{filing.reply_number}"
    if filing.is_incremental and filing.base is not None:
        added = "、".join(str(line) for line in lines_of(application))
        return (
            f"{said}同意{application.centre.name}在原评价范围的基础上增加{added}。",
            f"机构备案号 {filing.number} 不变，有效期至{chinese_day(filing.valid_until)}。",
        )
    until = f"至{chinese_day(filing.valid_until)}" if filing.valid_until else "起"
    return (
        f"{said}同意{application.centre.name}备案。",
        f"机构备案号 {filing.number}，有效期自{chinese_day(filing.valid_from)}{until}。",
    )


def _table(filing: Filing) -> pdf.Table:
    lines = filing.scope.select_related("occupation", "job", "standard").order_by(
        "occupation__code"
    )
    return pdf.Table(
        (
            pdf.Column("职业编码", 2.4),
            pdf.Column("职业名称", 3),
            pdf.Column("工种/职业方向", 3),
            pdf.Column("级别", 2.4),
            pdf.Column("评价标准", 3),
        ),
        [
            (
                line.occupation.code,
                line.occupation.name,
                line.job.name if line.job else NO_JOB,
                level_figures(line),
                standard_words(line),
            )
            for line in lines
        ],
        caption="评价机构信息与认定范围清单",
    )
