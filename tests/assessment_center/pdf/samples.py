"""One example of every layout, used by the tests and by the golden pictures."""

from collections.abc import Callable
from functools import cache, partial
from io import BytesIO

from PIL import Image

from assessment_center import pdf

RARE = "䶮㛃𬭎𬍛𫖯𬎆𠅤"
LONG = "买买提·吐尔逊江·阿不都热西提"
IMPRINT = pdf.Imprint(code="KW-07", version="v1", basis="考务管理规程第十二条")
META = (("考点", "南岸校区"), ("考场", "第 03 考场"), ("科目", "理论知识"))
COLUMNS = (
    pdf.Column("座位", 10),
    pdf.Column("准考证号", 30),
    pdf.Column("姓名", 24, names=True),
    pdf.Column("职业", 30),
    pdf.Column("签名", 24),
)


@cache
def photo(form: str = "JPEG") -> bytes:
    picture = BytesIO()
    Image.new("RGB", (59, 82), (90, 120, 160)).save(picture, form)
    return picture.getvalue()


def roster(count: int = 12, *, name: str = "李明") -> pdf.Roster:
    rows = [(f"{n:02d}", f"2026{n:010d}", name, "化工总控工", "") for n in range(1, count + 1)]
    return pdf.Roster(
        "考场签到表",
        COLUMNS,
        rows,
        subtitle="2026 年第三批次",
        meta=META,
        signatures=("监考员", "考点主任"),
        notes=("不得代签。", "缺考的注明“缺考”。"),
    )


def form(*, name: str = RARE) -> pdf.Form:
    cell, row = pdf.Cell, pdf.FormRow
    return pdf.Form(
        "职业技能等级认定申报表",
        (15, 30, 15, 30, 25),
        (
            row(
                (
                    cell("姓名", label=True),
                    cell(name, face=pdf.Face.KAI),
                    cell("性别", label=True),
                    cell("女"),
                    cell("照片", kind="photo", rows=3, image=photo()),
                ),
                12,
            ),
            row((cell("证件号码", label=True), cell("500101200405061234", span=3)), 12),
            row((cell("工种", label=True), cell("——", span=3)), 12),
            row(
                (
                    cell("承诺", label=True),
                    cell("填报的信息真实。" * 12, span=3, block=True, foot="签名：　　年　月　日"),
                    cell("https://example.org/a/1", kind="qr"),
                ),
                30,
            ),
        ),
        meta=(("申报编号", "2026-000128"),),
        notes=("由考务办归档。",),
        signatures=("经办人",),
        who=name,
    )


def ticket(*, name: str = "欧阳娜娜", rules: int = 5) -> pdf.Ticket:
    return pdf.Ticket(
        "示范学院职业技能等级认定中心",
        name,
        "20260301000128",
        (("证件号码", "500101200405061234"), ("职业", "化工总控工"), ("等级", "三级/高级工")),
        (
            pdf.TicketSitting(
                "理论知识", "2026-11-21（周六） 09:00 至 10:30", "南岸校区", "第 03 考场", "17"
            ),
        ),
        ("凭本准考证和有效居民身份证原件，于开考前 30 分钟到考场签到入座。",) * rules,
        subtitle="2026 年第三批次",
        photo=photo(),
        qr="AC1:T:20260301000128",
        contact="考务咨询：12345678",
    )


def certificate(*, name: str = RARE) -> pdf.Certificate:
    return pdf.Certificate(
        "职业技能等级证书",
        pdf.certificate_facts(
            name=name,
            id_type="居民身份证",
            id_number="500101200405061234",
            occupation="互联网营销师",
            job="直播销售员",
            level="三级/高级工",
            number="Y000041019001263000128",
            english=True,
        ),
        "示范学院职业技能等级认定中心",
        "2026 年 12 月 08 日",
        title_en="Certificate of Occupational Skill Level",
        statement="本证书由本中心颁发，表明持证人具备相应等级的技能水平。",
        statement_en="This is to certify that the bearer has been assessed.",
        photo=photo(),
        qr="https://example.org/v/Y000041019001263000128",
        queries=("查询：http://example.org",),
        serial="No. 000128",
        who=name,
    )


def notice(*, paragraphs: int = 4) -> pdf.Notice:
    table = pdf.Table(
        (pdf.Column("职业", 30), pdf.Column("人数", 10)), [("化工总控工", "120")], caption="表 1"
    )
    text = "因材料不齐退回补正的，应当在 2026 年 11 月 20 日 17:00 前重新提交，逾期不再受理。" * 3
    return pdf.Notice(
        "示范学院",
        "关于开展第三批次职业技能等级认定工作的公告",
        ("一、认定职业", table, "二、其他事项", "（一）报名", *[text] * paragraphs),
        "示范学院",
        "2026 年 9 月 28 日",
        number="示院认〔2026〕15 号",
        addressee="各二级学院：",
        attachments=("申报条件", "申报表"),
        contact="联系电话：12345678。",
    )


def wall_notice(*, items: int = 8) -> pdf.WallNotice:
    rule = "考生凭准考证和有效身份证件，在开考前 30 分钟进入考场，对号入座。"
    return pdf.WallNotice(
        "考场规则", (rule,) * items, "示范学院", "2026 年 11 月", subtitle="理论知识考试"
    )


def labels(count: int = 11) -> list[pdf.Label]:
    return [
        pdf.Label(
            LONG, (f"2026{n:08d}",), corner=f"{n:02d}", heading="第 03 考场", qr="AC1" * (n % 2)
        )
        for n in range(count)
    ]


def seating_chart() -> pdf.SeatingChart:
    seats = [
        pdf.Seat(row, column, f"{column * 5 + row:02d}", LONG if row == column else RARE, "A 卷")
        for row in range(1, 6)
        for column in range(1, 5)
        if (row, column) != (5, 4)
    ]
    return pdf.SeatingChart(
        "第 03 考场座次表",
        seats,
        5,
        4,
        meta=META,
        doors=("front-left", "back-right"),
        notes=("自讲台左侧起编排。",),
        subtitle="2026 年第三批次",
    )


def exam_paper(count: int = 12) -> pdf.ExamPaper:
    stem = "离心泵启动前应关闭出口阀，其主要目的是降低启动电流，防止电机过载。正确的是（　　）。"
    short = pdf.PaperItem(stem, ("防止气蚀", "降低功率", "提高扬程", "减少泄漏"))
    middle = pdf.PaperItem(stem, ("降低离心泵启动时的功率", "提高扬程", "减少泄漏", "防止"))
    long = pdf.PaperItem("下列说法正确的是（　　）。", (stem, stem, "以上都对"))
    return pdf.ExamPaper(
        "化工总控工（三级/高级工）理论知识试卷",
        (
            pdf.PaperSection("一、单项选择题（每题 1 分）", (short, middle, long) * count),
            pdf.PaperSection(
                "二、简答题（每题 10 分）", (pdf.PaperItem("简述开车步骤。", lines=6),)
            ),
        ),
        subtitle="A 卷",
        mark="绝密★启用前",
        meta=(("考试时间", "90 分钟"), ("满分", "100 分")),
        notes=("请用黑色签字笔作答。",),
    )


LAYOUTS: dict[str, Callable[[], bytes]] = {
    "roster": lambda: pdf.roster(roster(30), imprint=IMPRINT),
    "form_table": lambda: pdf.form_table(form(), imprint=IMPRINT),
    "ticket": lambda: pdf.ticket(ticket(), imprint=IMPRINT),
    "ticket_pair": lambda: pdf.ticket([ticket(), ticket(name=LONG)], imprint=IMPRINT, per_page=2),
    "certificate": lambda: pdf.certificate(certificate(), imprint=IMPRINT),
    "certificate_landscape": lambda: pdf.certificate(
        certificate(), imprint=IMPRINT, paper=pdf.Paper.A4_LANDSCAPE, face=pdf.Face.FANGSONG
    ),
    "exam_paper": lambda: pdf.exam_paper(exam_paper(), imprint=IMPRINT),
    "notice": lambda: pdf.notice(notice(), imprint=IMPRINT),
    "wall_notice": lambda: pdf.wall_notice(wall_notice(), imprint=IMPRINT),
    "labels": lambda: pdf.labels(labels(), imprint=IMPRINT),
    "seating_chart": lambda: pdf.seating_chart(seating_chart(), imprint=IMPRINT),
}


SHEETS = {
    "timeline": pdf.Timeline(
        f"{LONG}的时间卡",
        [
            pdf.Point("08:00", "开考前 30 分钟", "监考人员进入考场布置", "考务管理规程第十二条"),
            pdf.Point("08:30", "", f"开考 {RARE}", strong=True),
        ],
        subtitle="2026 年第三批次",
        meta=META,
        notes=("以统一信号为准。",),
        signatures=("执行人",),
    ),
    "sign": pdf.Sign("第 03 考场", "left", LONG, (RARE,)),
    "photo_roll": pdf.PhotoRoll(
        "考生照片核对表",
        [
            pdf.Portrait(f"{n:02d}", LONG if n % 2 else RARE, ("2026000128",), photo())
            for n in range(1, 32)
        ],
        meta=META,
        signatures=("监考员",),
    ),
    "room_cards": pdf.RoomCards(
        "考场示意图",
        [
            pdf.CardGroup(
                "第 1 场 理论知识考试",
                [pdf.Card(f"{n:02d}", LONG, (f"电工 {RARE} 30 人",)) for n in range(1, 16)],
            )
        ],
        subtitle="南岸校区",
    ),
    "cover": pdf.Cover(
        "第 03 考场",
        [(f"{LONG}{n}", "K7Q2M9ABCD", "v1", "1") for n in range(1, 30)],
        heading=RARE,
        meta=META,
        notes=("按序号清点装袋。",),
        signatures=("装袋人",),
        step=2,
    ),
    "labels": pdf.LabelSheet(
        [
            pdf.Label(LONG if n % 2 else RARE, ("2026",), f"{n:02d}", "第 03 考场", left=True)
            for n in range(12)
        ]
    ),
}
LAYOUTS |= {
    f"sheet_{name}": partial(pdf.bind, pdf.Leaf(item, IMPRINT)) for name, item in SHEETS.items()
}
